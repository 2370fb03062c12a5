"""Addresses of the monitoring report: on the desks of its issuers, and for everybody below cities/."""

from django.urls import path, register_converter

from indicators.views import monitoring, public_monitoring


class ReportFile:
    """A file of a report, e.g. rankings.csv."""

    regex = r"[A-Za-z0-9-]+\.(?:csv|json|xlsx|txt)"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(ReportFile, "reportfile")

app_name = "monitoring"
ONE = "cities/<int:year>/"
urlpatterns = [
    path("", monitoring.index, name="list"),
    path("cities/", public_monitoring.years, name="years"),
    path(ONE, public_monitoring.year, name="year"),
    path(f"{ONE}editions/<int:edition>/", public_monitoring.year, name="edition"),
    path(f"{ONE}editions/<int:edition>/<reportfile:name>", public_monitoring.file, name="file"),
    path("<uuid:pk>/", monitoring.report, name="report"),
    path("<uuid:pk>/preview/", monitoring.preview, name="preview"),
    path("<uuid:pk>/write/", monitoring.write, name="write"),
    path("<uuid:pk>/report.pdf", monitoring.draft_file, name="draft_file"),
    path("<uuid:pk>/act/<slug:name>/", monitoring.act, name="act"),
]
