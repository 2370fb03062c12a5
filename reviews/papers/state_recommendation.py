"""省科技厅's letter that recommends a place to the state's department (CT-55), and the one that does not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_national
from registry.enums import CityTitleKind
from reviews import services
from reviews.outcomes import outcome_of
from reviews.papers.determination import NoPilotForm, copies_of
from reviews.papers.shared import case_of, case_page, said


class RecommendationForm(forms.Form):
    """Why the place is recommended."""

    grounds = text_field(_("推荐理由"), _("建设成效、特色和示范意义，每行一段；称号和测评结果由系统写入。"), rows=8)
    contact = contact_field()


class NotRecommendedForm(NoPilotForm):
    """Why it is not."""

    reasons = text_field(_("不予推荐的理由"), _("逐条写明，每行一条；申报单位可以看到。"))


def _compose_letter(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    grounds = lines(draft.fields.get("grounds", "")) or [BLANK]
    text = outcome_of(case).compose(said(case.filing), office, grounds, case)
    text["note"] = draft.fields.get("contact", "")
    # The state's department has no account here: the letter is sent to it on paper, with its check code.
    return addressed(text, office, [], [case.filing.tenant, *copies_of(case)])


def _letter_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.determine(case_of(draft), True, draft.fields["grounds"], paper, actor)


def _compose_refusal(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    text = wording_national.no_recommendation(
        office,
        said(case.filing),
        title=CityTitleKind.NATIONAL_PILOT.of(case.filing.of_place.name),
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [case.filing.tenant], copies_of(case))


def _refusal_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.determine(case_of(draft), False, draft.fields["reasons"], paper, actor)


register(
    PaperKind(
        "national_recommendation", _("推荐申报国家创新型试点的函"), _("签发后即推荐科学技术部，之后登记其答复"),
        "letter", _compose_letter, _letter_signed, RecommendationForm,
        required(RecommendationForm), page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "national_refusal", _("不予推荐的函"), _("签发后即告知不予推荐，可以再次申报"), "letter",
        _compose_refusal, _refusal_signed, NotRecommendedForm, required(NotRecommendedForm),
        page=case_page,
    )
)  # fmt: skip
