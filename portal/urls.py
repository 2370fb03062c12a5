"""Addresses of the portal room."""

from django.urls import URLPattern, path

from portal.views import (
    archive,
    bulk,
    calendar,
    compare,
    desk,
    home,
    jobs,
    offices,
    parameters,
    proposals,
    rules,
    saved,
    search,
)
from portal.views import open as open_data

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("desk/messages/", desk.messages, name="messages"),
    path("desk/messages/read/", desk.read_all, name="read_all"),
    path("desk/messages/<uuid:pk>/read/", desk.read_message, name="read_message"),
    path("desk/search/", search.search, name="search"),
    path("desk/compare/", compare.compare, name="compare"),
    path("desk/views/", saved.index, name="views"),
    path("desk/views/<uuid:pk>/", saved.change, name="view_change"),
    path("desk/bulk/", bulk.bulk, name="bulk"),
    path("desk/jobs/", jobs.index, name="jobs"),
    path("desk/jobs/<uuid:pk>/", jobs.job, name="job"),
    path("desk/jobs/<uuid:pk>/report.csv", jobs.report, name="job_report"),
    path("desk/jobs/<uuid:pk>/file/", jobs.file, name="job_file"),
    path("desk/archive/<slug:code>/<uuid:pk>/", archive.export, name="archive"),
    path("desk/parks/<slug:slug>/", archive.park, name="park"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<int:year>/", calendar.calendar, name="calendar_year"),
    path("offices/", offices.index, name="offices"),
    path("offices/new/", offices.new, name="office_new"),
    path("offices/<uuid:pk>/", offices.office, name="office"),
    path("parameters/", parameters.index, name="parameters"),
    path("parameters/<slug:name>/", parameters.parameter, name="parameter"),
    path("proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("search/", search.public_search, name="public_search"),
    path("rules/", rules.rules, name="rules"),
    path("open/", open_data.catalogue, name="open"),
    path("open/<slug:code>.<slug:kind>", open_data.file, name="open_file"),
]
