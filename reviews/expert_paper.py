"""专家论证意见 (T8): an expert signs alone, so the paper is issued at once and has no draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.queries import the_lead
from applications.queries import in_words
from notifications import papers
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering.wording_expert import expert_opinion
from reviews import experts
from reviews.enums import ExpertStance
from reviews.models import ExpertOpinion

SERIES, CODE = "expert", "专论"


def issue(opinion: ExpertOpinion, scores: list[dict[str, Any]], stance: ExpertStance, text: str, actor: Actor) -> Paper:
    """The paper of an expert's opinion, in the expert's name and number series."""
    code = opinion.tenant.series.get(SERIES, CODE)
    with override(settings.LANGUAGE_CODE):
        content = _composed(opinion, scores, stance, text)
    return papers.issue_alone(KIND, opinion.tenant, opinion.dossier, content, code, actor)


def _composed(opinion: ExpertOpinion, scores: list[dict[str, Any]], stance: ExpertStance, text: str) -> dict[str, Any]:
    lead, expert = the_lead(), official_name(opinion.tenant)
    wording = expert_opinion(
        official_name(lead),
        in_words(opinion.case.filing, opinion.version),
        expert=expert,
        scores=[(str(row["item"].label), row["score"], row["comment"]) for row in experts.rows_of(scores)],
        mean=str(experts.mean_of(scores) or ""),
        conclusion=str(ExpertStance(stance).label),
        reasons=lines(text),
    )
    return addressed(wording, expert, [lead], sealed=False)


def _never(draft: Draft) -> dict[str, Any]:
    raise RuntimeError("an expert's opinion is signed without a draft")


def _nothing(draft: Draft, paper: Paper, actor: Actor) -> None:
    """Nothing follows from a draft that never is."""


KIND = register(
    PaperKind(
        code="expert",
        label=_("专家论证意见"),
        act="",
        series=SERIES,
        compose=_never,
        signed=_nothing,
    )
)
