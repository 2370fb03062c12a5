"""Addresses of the rankings, for everybody."""

from django.urls import URLPattern, path, register_converter

from indicators.views import public


class ProgrammeName:
    """parks or cities."""

    regex = "parks|cities"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class FileName:
    """A file of a year, e.g. creating-data.csv."""

    regex = r"[a-z-]+\.(?:csv|json)"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(ProgrammeName, "programme")
register_converter(FileName, "datafile")

app_name = "rankings"
ONE = "<programme:programme>/<int:year>/"
urlpatterns: list[URLPattern] = [
    path("", public.years, name="years"),
    path(ONE, public.year, name="year"),
    path(f"{ONE}<datafile:name>", public.file, name="file"),
    path(f"{ONE}<slug:subject>/", public.park, name="subject"),
    path(f"{ONE}runs/<int:number>/", public.year, name="run"),
    path(f"{ONE}runs/<int:number>/<datafile:name>", public.file, name="run_file"),
    path(f"{ONE}runs/<int:number>/<slug:subject>/", public.park, name="run_subject"),
]
