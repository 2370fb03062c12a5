"""Addresses of recommendations for national status."""

from django.urls import path

from reviews.views import recommending

app_name = "recommendations"
urlpatterns = [
    path("", recommending.index, name="list"),
    path("<uuid:pk>/", recommending.one, name="one"),
    path("<uuid:pk>/act/<slug:name>/", recommending.act, name="act"),
    path("<uuid:pk>/items/", recommending.assign, name="assign"),
    path("items/<uuid:pk>/", recommending.judge, name="judge"),
    path("<uuid:pk>/answer/", recommending.answer, name="answer"),
    path("<uuid:pk>/paper/<slug:code>/", recommending.draft, name="draft"),
]
