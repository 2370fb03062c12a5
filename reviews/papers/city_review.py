"""The papers of a round of pilots: circular (U6), request and recognition (U7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from indicators.enums import RankingList
from indicators.models import EvaluationResult
from indicators.papers.circular import addressees
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PLACE, PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_city_review as wording
from notifications.rendering.wording_circular_city import CITIES, COUNTIES
from policy import decimals
from registry import titles
from registry.enums import CityTitleKind
from reviews.enums_city_review import CityStance
from reviews.models import CityReview, Nomination
from reviews.papers.shared import city_above
from reviews.services import city_reviewing
from reviews.transitions_city_review import no_longer, reviewing
from workflow import instants

CIRCULAR, REQUEST, RECOGNITION, REFUSAL = (
    "evaluation_circular", "city_recognition_request", "city_recognition", "city_recognition_refusal"
)  # fmt: skip
TIERS = ((RankingList.CITY, CITIES), (RankingList.COUNTY, COUNTIES))


class CircularForm(forms.Form):
    """What 省科技厅 adds to the results."""

    summary = text_field(_("总体评价"), _("接在统计数之后，每行一段；可以不填。"), rows=5, required=False)
    duties = text_field(_("工作要求"), _("对各地的要求，每行一段；可以不填。"), rows=4, required=False)
    treated = text_field(
        _("对部门不同意见的处理"), _("不写入通报，留存案卷；部门都同意的不填。"), rows=3, required=False
    )
    contact = contact_field()


class RequestForm(forms.Form):
    """Why the province should recognise them."""

    grounds = text_field(_("报请理由"), _("试点建设成效和报请认定的理由，每行一段。"), rows=6)
    contact = contact_field()


class RecognitionForm(forms.Form):
    """Whom the notice recognises, and what it asks of them."""

    places = forms.MultipleChoiceField(label=_("认定的城市（县、区）"), widget=forms.CheckboxSelectMultiple)
    duties = text_field(_("要求"), _("每行一段；可以不填。"), rows=5, required=False)


class RefusalForm(forms.Form):
    """Why they are not recognised."""

    reasons = text_field(_("理由"), _("逐条写明，每行一条。"))
    contact = contact_field()


def _row(draft: Draft) -> CityReview:
    return CityReview.objects.select_related("round", "tenant").get(pk=draft.subject_id)


def _page(draft: Draft) -> str:
    return _row(draft).get_absolute_url()


def _against(arrow: str, draft: Draft) -> list[str]:
    row, one = _row(draft), reviewing[arrow]
    if row.status not in one.sources:
        return [gettext("现在的状态为“%(status)s”，不能办理。") % {"status": row.get_status_display()}]
    return [str(reason) for rule in one.unless for reason in rule(row)]


def ranked(results: Sequence[EvaluationResult]) -> list[tuple[int, EvaluationResult]]:
    """Standard competition ranking by the exact score (AMB-24)."""
    scores = {one.pk: decimals.parse(one.score) for one in results}
    found = sorted(results, key=lambda one: (-scores[one.pk], one.place_id))
    return [(1 + sum(scores[other.pk] > scores[one.pk] for other in found), one) for one in found]


def shown(score: str) -> str:
    """A score to two places."""
    return decimals.show(decimals.parse(score))


def _rows(row: CityReview, tier: RankingList) -> list[list[str]]:
    asked = city_reviewing.mark_of(row)
    held = titles.standing_on(instants.today(), [one.place_id for one in row.round.results.all()])
    results = list(row.round.results.filter(list=tier).select_related("place__parent"))
    return [
        [
            str(rank), one.name, city_above(one.place), shown(one.score),
            _told(one, asked, held.get(one.place_id, {})),
        ]
        for rank, one in ranked(results)
    ]  # fmt: skip


def _told(one: EvaluationResult, asked: Fraction, held: Collection[str]) -> str:
    """How a place stands to recognition: recognised already, or how its score stands to the mark."""
    if CityTitleKind.INNOVATIVE in held:
        return "已认定"
    return "达到" if decimals.parse(one.score) >= asked else "未达到"


def _compose_circular(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    asked = row.opinions.exclude(signed_at=None).select_related("tenant")
    text = wording.circular(
        office,
        year=row.year,
        tiers=[(label, _rows(row, tier)) for tier, label in TIERS],
        reviewed=[official_name(one.tenant) for one in asked] or [BLANK],
        mark=decimals.render(city_reviewing.mark_of(row)),
        summary=lines(draft.fields.get("summary", "")),
        duties=lines(draft.fields.get("duties", "")),
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, addressees())


def _nominated(row: CityReview) -> list[Nomination]:
    return list(row.nominations.filter(nominated=True).select_related("result__place__parent", "result__tenant"))


def _compose_request(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    rows = [
        [
            one.result.name, city_above(one.result.place), shown(one.result.score),
            "达到认定条件" if one.reaches else f"未达到分数线：{' '.join(one.reason.split())}",
        ]
        for one in _nominated(row)
    ]  # fmt: skip
    text = wording.request(
        office,
        year=row.year,
        rows=rows,
        mark=decimals.render(city_reviewing.mark_of(row)),
        grounds=lines(draft.fields.get("grounds", "")) or [BLANK],
        signer=draft.signer.name if draft.signer else "",
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [the_government()])


def _compose_recognition(draft: Draft) -> dict[str, Any]:
    row = _row(draft)
    chosen = [one for one in _nominated(row) if str(one.pk) in draft.fields.get("places", [])]
    names = [f"{one.result.name}为{CityTitleKind.INNOVATIVE.of(one.result.name)}" for one in chosen] or [BLANK]
    text = wording.recognised(names, lines(draft.fields.get("duties", "")))
    return addressed(text, "浙江省人民政府", addressees(), [the_lead()])


def _compose_refusal(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    text = wording.refused(
        office,
        to=official_name(row.tenant),
        names=[one.result.name for one in _nominated(row)],
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [row.tenant])


def _circulated(draft: Draft, paper: Paper, actor: Actor) -> None:
    city_reviewing.circulate(_row(draft), draft.fields.get("treated", ""), paper, actor)


def _reported(draft: Draft, paper: Paper, actor: Actor) -> None:
    city_reviewing.report(_row(draft), paper, actor)


def _recognised(draft: Draft, paper: Paper, actor: Actor) -> None:
    chosen = [UUID(one) for one in draft.fields.get("places", [])]
    city_reviewing.decide(_row(draft), True, paper, actor, chosen)


def _refused(draft: Draft, paper: Paper, actor: Actor) -> None:
    city_reviewing.decide(_row(draft), False, paper, actor)


def _circular_missing(draft: Draft) -> list[str]:
    found = [*required(CircularForm)(draft), *_against("circulate", draft)]
    objected = _row(draft).opinions.filter(stance=CityStance.OBJECT).exists()
    untreated = objected and not str(draft.fields.get("treated", "")).strip()
    return [*found, str(city_reviewing.UNTREATED)] if untreated else found


def _choices(draft: Draft, form: forms.Form) -> None:
    """The places that were laid before the province; all of them unless the handler leaves some out."""
    rows = _nominated(_row(draft))
    field = form.fields["places"]
    field.choices = [(str(one.pk), one.result.name) for one in rows]  # type: ignore[attr-defined]
    field.initial = [str(one.pk) for one in rows]


def _recognition_missing(draft: Draft) -> list[str]:
    chosen = [one for one in _nominated(_row(draft)) if str(one.pk) in draft.fields.get("places", [])]
    none = [] if chosen else [gettext("请至少选择一个认定的城市（县、区）。")]
    return [*none, *_against("recognise", draft), *no_longer([one.result for one in chosen])]


KINDS = (
    PaperKind(
        CIRCULAR, _("测评结果的通报"), _("签发后即向全省通报并公布测评结果"), PLACE,
        _compose_circular, _circulated, CircularForm,
        _circular_missing, published=True, page=_page,
    ),
    PaperKind(
        REQUEST, _("认定创新型城市的请示"), _("签发后即报省政府"), PLACE,
        _compose_request, _reported, RequestForm,
        lambda draft: [*required(RequestForm)(draft), *_against("report", draft)], page=_page,
    ),
    PaperKind(
        RECOGNITION, _("认定创新型城市的通知"), _("签发后即认定为创新型城市（县、区）并公布"), "reply",
        _compose_recognition, _recognised, RecognitionForm,
        _recognition_missing, adapt=_choices,
        confers=lambda draft: LegalEffect.INNOVATIVE, published=True, page=_page,
    ),
    PaperKind(
        REFUSAL, _("不予认定函"), _("签发后即不予认定"), "letter",
        _compose_refusal, _refused, RefusalForm,
        lambda draft: [*required(RefusalForm)(draft), *_against("refuse", draft)], page=_page,
    ),
)  # fmt: skip
for _kind in KINDS:
    register(_kind)


def kind_label(code: str) -> str:
    """How a kind of these papers is called."""
    return str(next(kind.label for kind in KINDS if kind.code == code))
