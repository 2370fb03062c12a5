"""裁定: the paper that rules on a yearly target which figures cannot settle, and the one that takes it back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.enums_policy import RulingGround, RulingOutcome, RulingStatus
from indicators.models import Ruling
from indicators.services import rulings as services
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording_ruling as wording
from notifications.rendering.measures import chinese_date
from policy import index

BLANK = "（待填写）"


class RulingForm(forms.Form):
    """What is ruled, and why."""

    outcome = forms.ChoiceField(label=_("裁定"), choices=RulingOutcome.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("写明事实、算式和依据，每行一段；文件会送市政府和管委会。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ReasonsForm(forms.Form):
    """Why a ruling is taken back."""

    reasons = forms.CharField(
        label=_("撤回的理由"),
        help_text=_("每行一段；文件会送市政府和管委会。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _row(draft: Draft) -> Ruling:
    rows = Ruling.objects.select_related("city", "reporter", "tenant", "paper")
    return rows.get(pk=draft.subject_id)


def _compose(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    said = lines(draft.fields.get("reasons", "")) or [BLANK]
    common: dict[str, Any] = {"to": official_name(row.city), "park": row.name, "year": row.year, "reasons": said}
    if row.ground == RulingGround.OMISSION:
        days = [chinese_date(dt.date.fromisoformat(day)) for day in draft.fields["reminded"]]
        text = wording.omission(office, reminded=days, **common)
    else:
        clause = index.clause_of(row.clause)
        text = wording.ruling(
            office,
            clause=row.clause,
            label=clause.label if clause else row.clause,
            quote=clause.quote if clause else "",
            outcome=draft.fields.get("outcome", ""),
            **common,
        )
    return addressed(text, office, [row.city], filter(None, [row.reporter]))


def _missing(draft: Draft) -> list[str]:
    row = _row(draft)
    found = [] if row.status == RulingStatus.DRAFTING else [gettext("这项裁定已经作出或者不再办理。")]
    form = RulingForm(draft.fields)
    found += [gettext("请填写“%(field)s”。") % {"field": form.fields[name].label} for name in form.errors]
    if row.ground == RulingGround.OMISSION and draft.fields.get("outcome") != RulingOutcome.NOT_MET:
        found.append(gettext("未报送数据的，只能认定为未达到；有其他情形的，请作废本稿，另行处理。"))
    return found


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.make(_row(draft), draft.fields["outcome"], draft.fields["reasons"], paper, actor)


def _dropped(draft: Draft, actor: Actor) -> None:
    services.drop(_row(draft), actor)


def _page(draft: Draft) -> str:
    return _row(draft).get_absolute_url()


def _compose_withdrawal(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    text = wording.withdrawal(
        office,
        to=official_name(row.city),
        park=row.name,
        year=row.year,
        number=row.paper.number if row.paper else BLANK,
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
    )
    return addressed(text, office, [row.city], filter(None, [row.reporter]))


def _withdrawal_missing(draft: Draft) -> list[str]:
    found = [] if _row(draft).status == RulingStatus.SIGNED else [gettext("这项裁定已经撤回。")]
    if not lines(draft.fields.get("reasons", "")):
        found.append(gettext("请写明撤回的理由。"))
    return found


def _withdrawal_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.take_back(_row(draft), draft.fields["reasons"], paper, actor)


register(
    PaperKind(
        code=services.RULING,
        label=_("裁定"),
        act=_("签发后即作出裁定，此后开始的测算予以计入"),
        series="letter",
        compose=_compose,
        signed=_signed,
        form=RulingForm,
        missing=_missing,
        dropped=_dropped,
        page=_page,
    )
)
register(
    PaperKind(
        code=services.WITHDRAWAL,
        label=_("撤回裁定的通知"),
        act=_("签发后即撤回裁定，此后开始的测算不再计入"),
        series="letter",
        compose=_compose_withdrawal,
        signed=_withdrawal_signed,
        form=ReasonsForm,
        missing=_withdrawal_missing,
        page=_page,
    )
)
