"""Addresses of the notifications room."""

from django.urls import path

from notifications.views import check, drafts, papers

app_name = "notifications"
urlpatterns = [
    path("", check.index, name="check"),
    path("list/", papers.index, name="list"),
    path("drafts/<uuid:pk>/", drafts.draft, name="draft"),
    path("view/<uuid:pk>/", papers.paper, name="paper"),
    path("view/<uuid:pk>/receive/", papers.receive, name="receive"),
    path("view/<uuid:pk>/file/", papers.download, name="download"),
    path("<str:code>/", check.check_code, name="check_code"),
    path("<str:code>/file/", check.public_file, name="public_file"),
]
