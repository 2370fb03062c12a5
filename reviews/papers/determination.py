"""The notice of 省科技厅 that makes a place a pilot, and the letter that does not (U4, CT-24)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import DivisionLevel
from accounts.models import Organisation
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PLACE, PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_city
from registry.enums import CityTitleKind
from reviews import pilot_list, services
from reviews.models import Case
from reviews.outcomes import outcome_of
from reviews.papers.shared import case_of, case_page, city_above, said


class NoticeForm(forms.Form):
    """What the notice asks of the new pilot."""

    together = forms.MultipleChoiceField(
        label=_("在同一份通知中公布"),
        help_text=_("已经形成“建议列为试点”结论的其他申报；选中的与本申报列成名单，签发后一并成为试点。"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
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
    office, cases = official_name(draft.tenant), _cases_of(draft)
    text = _text_of(cases, office, lines(draft.fields.get("duties", "")))
    text["note"] = draft.fields.get("contact", "")
    told = [case.filing.tenant for case in cases]
    copies = {one.pk: one for case in cases for one in copies_of(case)}
    return addressed(text, office, told, [one for key, one in copies.items() if key not in {to.pk for to in told}])


def _cases_of(draft: Draft) -> list[Case]:
    """The application of the draft and those that it names beside it: cities before counties, by code."""
    found = [case_of(draft), *pilot_list.named_in(draft)]
    return sorted(found, key=lambda one: (one.filing.of_place.level == DivisionLevel.COUNTY, one.filing.of_place.code))


def _text_of(cases: Sequence[Case], office: str, duties: Sequence[str]) -> dict[str, Any]:
    if len(cases) == 1:
        return outcome_of(cases[0]).compose(said(cases[0].filing), office, duties, cases[0])
    places = [case.filing.of_place for case in cases]
    rows = [[one.name, city_above(one), CityTitleKind.PILOT.of(one.name)] for one in places]
    told = [official_name(case.filing.tenant) for case in cases]
    return wording_city.pilot_list(office, told, rows=rows, duties=duties)


def _offer_others(draft: Draft, form: forms.Form) -> None:
    """The applications that may stand in the same notice; the question is left out where there is none."""
    cases = {one.pk: one for one in [*pilot_list.named_in(draft), *pilot_list.others_of(case_of(draft))]}
    if not cases:
        del form.fields["together"]
        return
    form.fields["together"].choices = [  # type: ignore[attr-defined]
        (str(one.pk), one.filing.park_name) for one in cases.values()
    ]


def _notice_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    for case in _cases_of(draft):
        services.determine(case, True, draft.fields.get("duties", ""), paper, actor)


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
        _compose_notice, _notice_signed, NoticeForm, pilot_list.against,
        adapt=_offer_others, confers=lambda draft: LegalEffect.PILOT, published=True, page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "pilot_refusal", _("未列为试点的函"), _("签发后即告知未列为试点，可以再次申报"), "letter",
        _compose_refusal, _refusal_signed, NoPilotForm, required(NoPilotForm), page=case_page,
    )
)  # fmt: skip
