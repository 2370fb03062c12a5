"""The papers of a recommendation for national status (T28, T29)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_recommendation as wording
from reviews.models import Recommendation
from reviews.services import recommending
from reviews.transitions_recommendation import recommendations

REPORT, REQUEST, DECLINED, UPGRADE = (
    "recommendation_report", "national_request", "recommendation_declined", "national_upgrade"
)  # fmt: skip


class GroundsForm(forms.Form):
    """Why the park is recommended."""

    grounds = text_field(_("推荐理由"), _("园区情况、优势和推荐理由，每行一段。"), rows=8)
    contact = contact_field()


class DeclinedForm(forms.Form):
    """Why it is not."""

    reasons = text_field(_("理由"), _("逐条写明，每行一条。"))
    contact = contact_field()


class UpgradeForm(forms.Form):
    """What the notice asks of the city."""

    duties = text_field(_("要求"), _("对所属政府和园区的要求，每行一条；可以不填。"), rows=5, required=False)


def _row(draft: Draft) -> Recommendation:
    return Recommendation.objects.select_related("park", "city", "tenant").get(pk=draft.subject_id)


def _page(draft: Draft) -> str:
    return _row(draft).get_absolute_url()


def _text(draft: Draft, name: str) -> list[str]:
    return lines(draft.fields.get(name, "")) or [BLANK]


def _against(arrow: str, draft: Draft) -> list[str]:
    row, one = _row(draft), recommendations[arrow]
    if row.status not in one.sources:
        return [gettext("园区现在的状态为“%(status)s”，不能办理。") % {"status": row.get_status_display()}]
    return [str(reason) for rule in one.unless for reason in rule(row)]


# -- 省科技厅 --------------------------------------------------------------------------------------
def _compose_report(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    items = [
        (
            str(item.get_strength_display()),
            str(item.get_outcome_display()) or BLANK,
            f"{item.tenant.short_name}　{item.reviewer_name}",
            " ".join(item.reason.split()) or BLANK,
        )
        for item in row.items.select_related("tenant")
    ]
    text = wording.report(
        office,
        park=row.park.name,
        city=official_name(row.city),
        year=row.year,
        rank=row.rank,
        ranked=row.ranked,
        items=items,
        grounds=_text(draft, "grounds"),
        signer=draft.signer.name if draft.signer else "",
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [the_government()])


def _report_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    recommending.report(_row(draft), paper, actor)


# -- 省政府 ----------------------------------------------------------------------------------------
def _compose_request(draft: Draft) -> dict[str, Any]:
    row = _row(draft)
    text = wording.national_request(
        park=row.park.name,
        city=row.park.city.name,
        grounds=_text(draft, "grounds"),
        signer=draft.signer.name if draft.signer else "",
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, wording.PROVINCE, [], [row.tenant])


def _request_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    recommending.recommend(_row(draft), paper, actor)


def _compose_declined(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    to, contact = official_name(row.tenant), draft.fields.get("contact", "")
    text = wording.declined(office, park=row.park.name, to=to, reasons=_text(draft, "reasons"), contact=contact)
    return addressed(text, office, [row.tenant], [row.city])


def _declined_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    recommending.decline(_row(draft), paper, actor)


def _compose_upgrade(draft: Draft) -> dict[str, Any]:
    row = _row(draft)
    assert row.council_on is not None, "the answer of the State Council is kept before the notice is drafted"
    text = wording.upgraded(
        park=row.park.name,
        to=official_name(row.city),
        name=row.new_name,
        number=row.council_number,
        day=row.council_on,
        duties=lines(draft.fields.get("duties", "")),
    )
    return addressed(text, wording.PROVINCE, [row.city], [row.tenant])


def _upgrade_missing(draft: Draft) -> list[str]:
    row = _row(draft)
    kept = [] if row.council_number and row.council_on else [gettext("还没有登记国务院的批复。")]
    return [*kept, *_against("upgrade", draft)]


def _upgrade_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    recommending.upgrade(_row(draft), paper, actor)


KINDS = (
    PaperKind(
        REPORT, _("推荐国家级的请示"), _("签发后即报省政府"), "request",
        _compose_report, _report_signed, GroundsForm,
        lambda draft: [*required(GroundsForm)(draft), *_against("report", draft)], page=_page,
    ),
    PaperKind(
        REQUEST, _("升级国家高新区的请示"), _("签发后即报国务院"), "request",
        _compose_request, _request_signed, GroundsForm,
        lambda draft: [*required(GroundsForm)(draft), *_against("recommend", draft)], page=_page,
    ),
    PaperKind(
        DECLINED, _("不予推荐函"), _("签发后即不予推荐"), "letter",
        _compose_declined, _declined_signed, DeclinedForm,
        lambda draft: [*required(DeclinedForm)(draft), *_against("decline", draft)], page=_page,
    ),
    PaperKind(
        UPGRADE, _("升级国家高新区的通知"), _("签发后园区即登记为国家高新区并公布"), "reply",
        _compose_upgrade, _upgrade_signed, UpgradeForm, _upgrade_missing,
        confers=lambda draft: LegalEffect.NATIONAL, published=True, page=_page,
    ),
)  # fmt: skip
for _kind in KINDS:
    register(_kind)


def kind_label(code: str) -> str:
    """How a kind of these papers is called."""
    return str(next(kind.label for kind in KINDS if kind.code == code))
