"""Addresses of the ledgers."""

from django.urls import path

from indicators.views import contacts, ledger_imports, ledger_reports, ledgers

app_name = "ledgers"
urlpatterns = [
    path("", ledgers.index, name="index"),
    path("imports/<uuid:pk>/", ledger_imports.page, name="import"),
    path("imports/<uuid:pk>/act/", ledger_imports.act, name="import_act"),
    path("checks/", ledger_reports.checks, name="checks"),
    path("contacts/", contacts.page, name="contacts"),
    path("support/statistics/", ledger_reports.statistics, name="statistics"),
    path("support/statistics.csv", ledger_reports.statistics_file, name="statistics_file"),
    path("<slug:book>/", ledgers.rows, name="list"),
    path("<slug:book>/add/", ledgers.add, name="add"),
    path("<slug:book>/import/", ledger_imports.send, name="send"),
    path("<slug:book>/template.xlsx", ledger_imports.blank, name="template"),
    path("<slug:book>/export/", ledgers.export, name="export"),
    path("<slug:book>/<uuid:pk>/", ledgers.row, name="row"),
    path("<slug:book>/<uuid:pk>/edit/", ledgers.edit, name="edit"),
    path("<slug:book>/<uuid:pk>/remove/", ledgers.remove, name="remove"),
]
