"""The notice of 省科技厅 that makes a place a pilot, and the letter that does not (U4, CT-24)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Organisation
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PLACE, PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_city
from reviews import services
from reviews.models import Case
from reviews.outcomes import outcome_of
from reviews.papers.shared import case_of, case_page, said


class NoticeForm(forms.Form):
    """What the notice asks of the new pilot."""

    duties = text_field(_("工作要求"), _("对试点的要求，每行一条；可以不填。"), rows=5, required=False)
    contact = contact_field()


class NoPilotForm(forms.Form):
    """Why a place is not made a pilot."""

    reasons = text_field(_("理由"), _("每行一条；测评得分、部门意见指出的主要差距。"))
    contact = contact_field()


def copies_of(case: Case) -> list[Organisation]:
    """The departments that were asked, and the city above a county."""
    above = case.filing.of_place.parent
    cities = list(Organisation.objects.filter(kind="applicant_gov", division=above)) if above else []
    asked = [opinion.tenant for opinion in case.opinions.select_related("tenant")]
    return [one for one in [*cities, *asked] if one.pk != case.tenant_id]


def _compose_notice(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    text = outcome_of(case).compose(said(case.filing), office, lines(draft.fields.get("duties", "")), case)
    text["note"] = draft.fields.get("contact", "")
    return addressed(text, office, [case.filing.tenant], copies_of(case))


def _notice_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.determine(case_of(draft), True, draft.fields.get("duties", ""), paper, actor)


def _compose_refusal(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    reasons = lines(draft.fields.get("reasons", "")) or [BLANK]
    text = wording_city.no_pilot(office, said(case.filing), reasons=reasons, contact=draft.fields.get("contact", ""))
    return addressed(text, office, [case.filing.tenant], copies_of(case))


def _refusal_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.determine(case_of(draft), False, draft.fields["reasons"], paper, actor)


register(
    PaperKind(
        "pilot_notice", _("公布试点的通知"), _("签发后即成为创新型试点城市（县、区）并公布"), PLACE,
        "papers/base.html", _compose_notice, _notice_signed, NoticeForm, required(NoticeForm),
        confers=lambda draft: LegalEffect.PILOT, published=True, page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "pilot_refusal", _("未列为试点的函"), _("签发后即告知未列为试点，可以再次申报"), "letter",
        "papers/letter.html", _compose_refusal, _refusal_signed, NoPilotForm, required(NoPilotForm), page=case_page,
    )
)  # fmt: skip
