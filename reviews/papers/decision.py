"""批复 (T13) and the letter that declines or defers (T14)."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_lead
from applications.kinds import word
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording
from notifications.rendering.measures import chinese_date
from reviews import services
from reviews.enums import Ruling
from reviews.models import Case, Opinion
from reviews.outcomes import outcome_of
from reviews.papers.shared import PROVINCE, case_of, case_page, said


class ApprovalForm(forms.Form):
    """What the approval adds to its fixed wording."""

    duties = text_field(_("要求"), _("批复中对申报单位的要求，每行一条；可以不填。"), rows=5, required=False)


class RefusalForm(forms.Form):
    """Why a park is not listed, or deferred."""

    ruling = forms.ChoiceField(
        label=_("决定"),
        choices=[(Ruling.DEFER.value, Ruling.DEFER.label), (Ruling.DECLINE.value, Ruling.DECLINE.label)],
        widget=forms.RadioSelect,
    )
    reasons = text_field(_("理由"), _("每行一条；暂缓的，逐条写明须整改的事项。"))
    mend_by = forms.DateField(
        label=_("整改期限"),
        help_text=_("暂缓的必填：整改完成后可以再次申报的最迟日期。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
    )
    contact = contact_field()

    def clean(self) -> dict[str, Any]:
        """A deferral says by when it is to be put right."""
        data = super().clean() or {}
        if data.get("ruling") == Ruling.DEFER and not data.get("mend_by") and "mend_by" not in self.errors:
            self.add_error("mend_by", gettext("暂缓的请写明整改期限。"))
        return data


# -- 批复 (T13), 函 (T14) --------------------------------------------------------------------------
def _compose_approval(draft: Draft) -> dict[str, Any]:
    case, lead = case_of(draft), the_lead()
    duties = lines(draft.fields.get("duties", ""))
    text = outcome_of(case).compose(said(case.filing), official_name(lead), duties, case)
    return addressed(text, PROVINCE, [case.filing.tenant], [lead, *(o.tenant for o in _opinions(case))])


def _opinions(case: Case) -> list[Opinion]:
    return list(case.opinions.select_related("tenant"))


def _approval_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.decide(case_of(draft), Ruling.LIST, draft.fields.get("duties", ""), paper, actor)


def _confers(draft: Draft) -> str:
    return outcome_of(case_of(draft)).confers(case_of(draft))


def _compose_refusal(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    text = wording.not_listed(
        office,
        said(case.filing),
        deferred=draft.fields.get("ruling") == Ruling.DEFER,
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        mend_by=_mend_by(draft),
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [case.filing.tenant], [the_lead()])


def _mend_by(draft: Draft) -> dt.date | None:
    """The day by which a deferral is to be put right."""
    deferred = draft.fields.get("ruling") == Ruling.DEFER
    return parse_date(str(draft.fields.get("mend_by") or "")) if deferred else None


def _in_words(draft: Draft, form: forms.Form) -> None:
    """The choices, and by when what is asked is to be done, in the words of the filing's kind."""
    kind = case_of(draft).filing.kind
    for name in ("label", "help_text"):
        mend_by = form.fields["mend_by"]
        setattr(mend_by, name, word(kind, f"mend_by.{name}", getattr(mend_by, name)))
    form.fields["ruling"].choices = [  # type: ignore[attr-defined]
        (one.value, word(kind, f"ruling.{one}", one.label)) for one in (Ruling.DEFER, Ruling.DECLINE)
    ]


def _named(case: Model | UUID) -> tuple[str, str]:
    """The refusal in the words of the filing's kind."""
    found = case if isinstance(case, Case) else Case.objects.select_related("filing").get(pk=cast("UUID", case))
    kind = found.filing.kind
    return (
        str(word(kind, "refusal", gettext("不予列入（暂缓）函"))),
        str(word(kind, "refusal.act", gettext("签发后即不予列入或暂缓"))),
    )


def _refusal_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    day = _mend_by(draft)
    text = fields["reasons"] + (f"\n整改期限：{chinese_date(day)}。" if day else "")
    services.decide(case_of(draft), Ruling(fields["ruling"]), text, paper, actor)


register(
    PaperKind(
        "approval", _("批复"), _("签发后园区即列入创建名单并公布"), "reply",
        _compose_approval, _approval_signed, ApprovalForm, confers=_confers, published=True,
        page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "recognition", _("认定通知"), _("签发后园区即认定为省级高新技术产业园区并公布"), "reply",
        _compose_approval, _approval_signed, ApprovalForm, confers=_confers, published=True,
        page=case_page,
    )
)  # fmt: skip
for _code, _act in (
    ("expansion", _("签发后园区范围即变更并公布")),
    ("change", _("签发后园区登记即变更并公布")),
):
    register(
        PaperKind(
            _code, _("批复"), _act, "reply",
            _compose_approval, _approval_signed, ApprovalForm, confers=_confers, published=True,
            page=case_page,
        )
    )  # fmt: skip
register(
    PaperKind(
        "refusal", _("不予列入（暂缓）函"), _("签发后即不予列入或暂缓"), "letter",
        _compose_refusal, _refusal_signed, RefusalForm, required(RefusalForm), page=case_page, adapt=_in_words,
        named=_named,
    )
)  # fmt: skip
