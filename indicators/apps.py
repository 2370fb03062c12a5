"""The indicators room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Figures, judgement and rankings."""

    name = "indicators"
    verbose_name = _("指标")

    def ready(self) -> None:
        from indicators import (  # noqa: F401
            card_part,
            evaluating,
            notices,
            parameters,
            parameters_inspection,
            parameters_policy,
            parameters_returns,
            parameters_sanction,
            park_part,
            periods_returns,
            periods_sanction,
            place_part,
            purposes_sanction,
            released,
            transitions,
            transitions_evaluating,
            transitions_inspection,
            transitions_monitoring,
            transitions_practices,
            transitions_rating,
            transitions_run,
            transitions_sanction,
        )
        from indicators.ledgers import working  # noqa: F401
        from indicators.papers import (  # noqa: F401
            circular,
            evaluation_report,
            monitoring,
            rectification,
            ruling,
            sanction,
            sanction_hearing,
        )
        from indicators.services import index_signing, leaving, objecting, restating  # noqa: F401
        from indicators.services import monitoring as monitoring_services  # noqa: F401
