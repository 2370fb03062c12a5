"""Addresses of the index versions."""

from django.urls import path

from indicators.views import index_acts, index_editing, index_versions

app_name = "index_versions"
urlpatterns = [
    path("", index_versions.index, name="list"),
    path("compare/", index_versions.compare, name="compare"),
    path("draft/", index_editing.draft, name="draft"),
    path("<uuid:pk>/", index_versions.version, name="version"),
    path("<uuid:pk>/version.json", index_versions.as_json, name="json"),
    path("<uuid:pk>/meta.csv", index_versions.as_meta, name="meta"),
    path("<uuid:pk>/head/", index_editing.head, name="head"),
    path("<uuid:pk>/weights/", index_editing.weights, name="weights"),
    path("<uuid:pk>/nodes/", index_editing.add, name="add"),
    path("<uuid:pk>/nodes/<slug:code>/", index_editing.node, name="node"),
    path("<uuid:pk>/nodes/<slug:code>/<slug:act>/", index_editing.arrange, name="arrange"),
    path("<uuid:pk>/act/<slug:name>/", index_acts.act, name="act"),
]
