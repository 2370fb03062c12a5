"""The applications room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    """Filing: plan, materials, boundary, self-check, submission and the formal check."""

    name = "applications"
    verbose_name = _("申报")

    def ready(self) -> None:
        from applications import (  # noqa: F401
            effects,
            evaluating,
            holdings,
            leaders,
            opportunities,
            papers,
            parameters,
            periods,
            scanning,
            transitions,
            transitions_delegation,
        )
        from applications.kinds import change, city, creation, expansion, leaving, national, recognition  # noqa: F401
