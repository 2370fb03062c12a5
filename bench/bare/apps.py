"""The app of the bare side."""

from django.apps import AppConfig


class BareConfig(AppConfig):
    """A list of parks, a list of cases, one note per person."""

    name = "bench.bare"
    label = "bare"
    default_auto_field = "django.db.models.BigAutoField"
