"""Addresses of the files room."""

from django.urls import path

from files import tus, views

app_name = "files"
urlpatterns = [
    path("tus/", tus.collection, name="tus"),
    path("tus/<uuid:pk>/", tus.piece, name="piece"),
    path("tus/<uuid:pk>/forget/", views.forget, name="forget"),
    path("<uuid:pk>/", views.download, name="download"),
]
