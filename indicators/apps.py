"""The indicators room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Figures, judgement and rankings."""

    name = "indicators"
    verbose_name = _("指标")

    def ready(self) -> None:
        from indicators import (  # noqa: F401
            notices,
            parameters,
            parameters_inspection,
            parameters_policy,
            released,
            transitions,
            transitions_inspection,
            transitions_run,
        )
        from indicators.papers import circular, rectification  # noqa: F401
        from indicators.services import index_signing  # noqa: F401
        from indicators.ledgers import working  # noqa: F401
