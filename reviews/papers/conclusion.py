"""纪要 (T9): the minutes of the joint review."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government
from applications.kinds import reviewing, word
from notifications.content import addressed, in_one_line, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, required, text_field
from notifications.rendering import wording
from reviews import items, marks, services
from reviews.enums import Outcome, Stance
from reviews.enums_publicity import Treatment
from reviews.models import Case, Opinion
from reviews.papers.shared import case_of, case_page, concluded, said
from reviews.services import adoption
from workflow.parameters import value


class MinutesForm(forms.Form):
    """What 省科技厅 concludes."""

    outcome = forms.ChoiceField(label=_("结论"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = text_field(_("结论说明"), _("申报单位可以看到这一段；请勿引用部门意见原文。每行一段。"))
    below = text_field(
        _("得分低于试点分数线仍建议列为试点的理由"), _("测评得分达到分数线的不填。每行一段。"), rows=3, required=False
    )
    held = forms.CharField(
        label=_("会议时间和地点"), help_text=_("如：2026年11月20日，在省科技厅201会议室"), max_length=60
    )
    present = forms.CharField(label=_("出席"), help_text=_("出席人员名单"), max_length=500)


def _in_words(draft: Draft, form: forms.Form) -> None:
    """The outcomes in the words of the filing's kind."""
    case = case_of(draft)
    kind = case.filing.kind
    if not case.direct:
        form.fields.pop("below", None)
    form.fields["outcome"].choices = [  # type: ignore[attr-defined]
        (one.value, word(kind, f"outcome.{one}", one.label))
        for one in Outcome
        if one != Outcome.DEFER or not case.direct
    ]


def _named(case: Model | UUID) -> tuple[str, str]:
    """The minutes in the words of the filing's kind."""
    found = case if isinstance(case, Case) else Case.objects.select_related("filing").get(pk=cast("UUID", case))
    kind = found.filing.kind
    return reviewing.said(kind, "minutes"), reviewing.said(kind, "minutes.act")


# -- 纪要 (T9) -----------------------------------------------------------------------------------
def _compose_minutes(draft: Draft) -> dict[str, Any]:
    case, office, fields = case_of(draft), official_name(draft.tenant), draft.fields
    opinions = [
        (
            official_name(opinion.tenant),
            in_votes(opinion),
            in_one_line(opinion.conditions or lines(opinion.reasons)) or "—",
        )
        for opinion in case.opinions.select_related("tenant").order_by("tenant__order")
    ]
    outcome = concluded(case.filing, fields["outcome"]) if fields.get("outcome") else BLANK
    text = wording.joint_review_minutes(
        office,
        said(case.filing),
        mark=reviewing.kept(case.filing.kind, "minutes"),
        held=fields.get("held") or BLANK,
        opinions=opinions,
        judged=_judged(case),
        treatments=_treatments(draft),
        conclusion=[
            *marks.in_minutes(case),
            f"会议建议{outcome}。",
            *lines(fields.get("text", "")),
            *(lines(fields.get("below", "")) if case.direct else []),
        ],
        present=fields.get("present") or BLANK,
    )
    readers = [one.tenant for one in case.opinions.select_related("tenant")] if case.direct else [the_government()]
    return addressed(text, office, readers, sealed=False)


def in_votes(opinion: Opinion) -> str:
    """An opinion as the table of votes has it; silence is no consent unless the parameter says so (AMB-21)."""
    if opinion.stance:
        return str(Stance(opinion.stance).label)
    return "未回复（视为无不同意见）" if value("silence_is_consent") else "未回复"


def _judged(case: Case) -> list[tuple[str, str, str, str]]:
    """What named reviewers found of the clauses that people judge (P-II.3.0b)."""
    found = {item.clause: item for item in items.standing(case) if item.judged_at}
    return [
        (
            f"{clause.label}（{clause.id}）",
            f"{item.tenant.short_name} {item.reviewer_name}",
            str(item.get_outcome_display()),
            _one_line(item.reason),
        )
        for clause in items.clauses_of(case)
        if (item := found.get(clause.id)) is not None
    ]


def _treatments(draft: Draft) -> list[tuple[str, str, str, str]]:
    return [
        (
            official_name(row.point.opinion.tenant),
            f"{row.point.kind.label}：{_one_line(row.point.text)}",
            str(Treatment(row.treatment).label) if row.treatment else BLANK,
            _one_line(row.reason) or "—",
        )
        for row in adoption.treated(case_of(draft), draft.fields)
    ]


def _one_line(text: str) -> str:
    return in_one_line(lines(text))


def _minutes_missing(draft: Draft) -> list[str]:
    case = case_of(draft)
    return [
        *required(MinutesForm)(draft),
        *adoption.untreated(case, draft.fields),
        *marks.unreasoned(case, draft.fields),
    ]


def _minutes_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.conclude(case_of(draft), Outcome(fields["outcome"]), fields["text"], paper, actor, fields)


register(
    PaperKind(
        "minutes", _("会议纪要"), _("签发后即形成结论"), "minutes",
        _compose_minutes, _minutes_signed, MinutesForm, _minutes_missing, page=case_page,
        editor="reviews:adoption", adapt=_in_words, named=_named,
    )
)  # fmt: skip
