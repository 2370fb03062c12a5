"""The applications room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    """Filing: plan, materials, boundary, self-check, submission and the formal check."""

    name = "applications"
    verbose_name = _("申报")

    def ready(self) -> None:
        from applications import parameters, periods  # noqa: F401
        from applications import effects, papers, scanning, transitions, transitions_delegation  # noqa: F401
