"""Addresses of the applications room."""

from django.urls import include, path

from applications.views import (
    about,
    applicant,
    boundary,
    comparison,
    delegating,
    ending,
    evaluated,
    materials,
    place,
    place_openings,
    plan,
    presence,
)

app_name = "applications"
urlpatterns = [
    path("", applicant.index, name="list"),
    path("new/", applicant.new, name="new"),
    path("about/", about.about, name="about"),
    path("about/<slug:slug>/", about.park, name="park"),
    path("place/", place.place, name="place"),
    path("evaluated/<uuid:pk>/", evaluated.plan, name="evaluated"),
    path("evaluated/<uuid:pk>/files/<uuid:upload>/", evaluated.material, name="evaluated_file"),
    path("place/openings/", place_openings.page, name="place_openings"),
    path("check/", include("applications.urls_authority")),
    path("versions/<uuid:pk>/", applicant.version, name="version"),
    path("<uuid:pk>/", applicant.filing, name="filing"),
    path("<uuid:pk>/plan/<slug:slug>/", plan.section, name="section"),
    path("<uuid:pk>/figures/", plan.figures_page, name="figures"),
    path("<uuid:pk>/boundary/", boundary.boundary, name="boundary"),
    path("<uuid:pk>/materials/", materials.materials, name="materials"),
    path("<uuid:pk>/materials/<uuid:material>/remove/", materials.remove, name="remove_material"),
    path("<uuid:pk>/work/", delegating.work, name="work"),
    path("<uuid:pk>/work/<uuid:delegation>/", delegating.delegation, name="delegation"),
    path("<uuid:pk>/presence/", presence.beat, name="presence"),
    path("<uuid:pk>/selfcheck/", applicant.self_check, name="selfcheck"),
    path("<uuid:pk>/versions/", comparison.versions, name="versions"),
    path("<uuid:pk>/withdraw/", ending.withdraw, name="withdraw"),
    path("<uuid:pk>/discard/", ending.discard, name="discard"),
    path("<uuid:pk>/restore/", ending.restore, name="restore"),
    path("<uuid:pk>/reapply/", ending.reapply, name="reapply"),
    path("<uuid:pk>/changes/", ending.changes, name="changes"),
    path("<uuid:pk>/request/", applicant.request_draft, name="request"),
    path("<uuid:pk>/remarks/<uuid:remark>/", applicant.answer, name="answer"),
]
