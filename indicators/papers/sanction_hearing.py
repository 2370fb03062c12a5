"""The papers of a hearing (听证): the notice that calls it, the record of what was said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.models import SanctionCase, SanctionHearing
from indicators.papers.sanction_shared import Content, case_of, case_page, parties, said
from indicators.services import sanctions
from indicators.services.sanctions import hearing as services
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_hearing as wording


class NoticeForm(forms.Form):
    """When and where a hearing is held, and who hears."""

    held_on = forms.DateField(label=_("听证日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    held_time = forms.TimeField(
        label=_("开始时间"),
        help_text=_("如 09:30。"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-5"}),
    )
    place = forms.CharField(label=_("地点"), max_length=120)
    heard_by = forms.CharField(
        label=_("听证人员"), help_text=_("主持人和听证员的姓名、职务；不由本案经办人担任。"), max_length=200
    )
    contact = contact_field()


class RecordForm(forms.Form):
    """Who came, who wrote, what was said."""

    present = forms.CharField(label=_("参加人员"), help_text=_("各方到场人员的姓名、单位。"), max_length=400)
    recorder = forms.CharField(label=_("记录人"), max_length=80)
    minutes = text_field(_("听证内容"), _("每行一段：陈述、举证、质证和辩论的情况，结束时各方的最后意见。"), rows=12)


def _hearing(case: SanctionCase) -> SanctionHearing:
    return SanctionHearing.objects.get(case=case)


def _instant(fields: dict[str, Any]) -> dt.datetime | None:
    """The hour that was typed, Beijing time; None while it is not typed in full."""
    form = NoticeForm(fields)
    form.is_valid()
    day, time = form.cleaned_data.get("held_on"), form.cleaned_data.get("held_time")
    return timezone.make_aware(dt.datetime.combine(day, time)) if day and time else None


# -- 听证通知书 ------------------------------------------------------------------------------------
def _notice(draft: Draft) -> Content:
    case, office, fields = case_of(draft), official_name(draft.tenant), draft.fields
    hearing = _hearing(case)
    text = wording.hearing_notice(
        office, said(case),
        held=_instant(fields), place=fields.get("place", "") or BLANK, heard_by=fields.get("heard_by", "") or BLANK,
        asked=timezone.localtime(hearing.asked_at).date(), moved=hearing.notice_paper is not None,
        contact=fields.get("contact", ""),
    )  # fmt: skip
    return addressed(text, office, [case.tenant], parties(case, case.tenant))


def _notice_missing(draft: Draft) -> list[str]:
    found = required(NoticeForm)(draft)
    moment = _instant(draft.fields)
    return found or (services.too_soon(moment) if moment else [])


def _noticed(draft: Draft, paper: Paper, actor: Actor) -> None:
    moment = _instant(draft.fields)
    assert moment is not None, "a draft with a blank hour is not signed"
    data = {"held_at": moment, "place": draft.fields["place"], "heard_by": draft.fields["heard_by"]}
    sanctions.plan_hearing(case_of(draft), data, paper, actor)


# -- 听证笔录 --------------------------------------------------------------------------------------
def _record(draft: Draft) -> Content:
    case, office, fields = case_of(draft), official_name(draft.tenant), draft.fields
    hearing = _hearing(case)
    text = wording.hearing_record(
        office, said(case),
        held=hearing.held_at, place=hearing.place or BLANK, heard_by=hearing.heard_by or BLANK,
        recorder=fields.get("recorder", "") or BLANK, present=fields.get("present", "") or BLANK,
        notice=hearing.notice_paper.number if hearing.notice_paper else "",
        reasons=lines(hearing.reasons), said_=lines(fields.get("minutes", "")) or [BLANK],
    )  # fmt: skip
    return addressed(text, office, [case.tenant], parties(case, case.tenant), sealed=False)


def _record_missing(draft: Draft) -> list[str]:
    return required(RecordForm)(draft) or services.record_obstacles(_hearing(case_of(draft)))


def _recorded(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.hold_hearing(case_of(draft), draft.fields, paper, actor)


register(
    PaperKind(
        "hearing_notice", _("听证通知书"), _("签发后送达，听证按所定时间举行"), "letter",
        _notice, _noticed, NoticeForm, _notice_missing, page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "hearing_record", _("听证笔录"), _("签发后附卷，交园区所在市核对"), "letter",
        _record, _recorded, RecordForm, _record_missing, page=case_page,
    )
)  # fmt: skip
