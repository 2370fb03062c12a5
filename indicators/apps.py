"""The indicators room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Figures, judgement and rankings."""

    name = "indicators"
    verbose_name = _("指标")

    def ready(self) -> None:
        from indicators import parameters, parameters_policy, released, transitions, transitions_run  # noqa: F401
        from indicators.ledgers import working  # noqa: F401
