"""The reviews room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """Joint review: the case, opinions, conclusion and decision."""

    name = "reviews"
    verbose_name = _("联审联评")

    def ready(self) -> None:
        from reviews import (  # noqa: F401
            effects,
            effects_countersigning,
            effects_departments,
            effects_objections,
            expert_paper,
            papers,
            parameters,
            parameters_conclusion,
            parameters_countersigning,
            parameters_recommendation,
            periods,
            periods_alone,
            periods_city,
            periods_countersigning,
            transitions,
            transitions_city_review,
            transitions_countersigning,
            transitions_departments,
            transitions_recommendation,
            transitions_state_answer,
        )
        from reviews.outcomes import change, city, creation, expansion, leaving, national, recognition  # noqa: F401
        from reviews.papers import city_review, determination, exits, recommendation, state_recommendation  # noqa: F401
