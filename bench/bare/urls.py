"""Addresses of the bare sides."""

from django.urls import path

from bench.bare import views

urlpatterns = [
    path("bytes/<slug:name>/", views.same_bytes),
    path("parks/", views.park_list),
    path("cases/", views.case_list),
    path("notes/<int:pk>/", views.save_note),
]
