"""Addresses of one's mails."""

from django.urls import path

from notifications.views import mail

urlpatterns = [
    path("", mail.choices, name="mail"),
    path("stop/<str:token>/", mail.stop, name="mail_stop"),
]
