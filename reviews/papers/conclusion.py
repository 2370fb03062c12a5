"""纪要 (T9): the minutes of the joint review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government
from applications.kinds import word
from notifications.content import addressed, in_one_line, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, required, text_field
from notifications.rendering import wording
from reviews import items, services
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
    held = forms.CharField(
        label=_("会议时间和地点"), help_text=_("如：2026年11月20日，在省科技厅201会议室"), max_length=60
    )
    present = forms.CharField(label=_("出席"), help_text=_("出席人员名单"), max_length=500)


def _in_words(draft: Draft, form: forms.Form) -> None:
    """The outcomes in the words of the filing's kind."""
    kind = case_of(draft).filing.kind
    form.fields["outcome"].choices = [  # type: ignore[attr-defined]
        (one.value, word(kind, f"outcome.{one}", one.label)) for one in Outcome
    ]


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
        mark="联审联评会议纪要",
        held=fields.get("held") or BLANK,
        opinions=opinions,
        judged=_judged(case),
        treatments=_treatments(draft),
        conclusion=[f"会议建议{outcome}。", *lines(fields.get("text", ""))],
        present=fields.get("present") or BLANK,
    )
    return addressed(text, office, [the_government()], sealed=False)


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
    return [*required(MinutesForm)(draft), *adoption.untreated(case_of(draft), draft.fields)]


def _minutes_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.conclude(case_of(draft), Outcome(fields["outcome"]), fields["text"], paper, actor, fields)


register(
    PaperKind(
        "minutes", _("联审联评会议纪要"), _("签发后即形成联审结论"), "minutes", "papers/minutes.html",
        _compose_minutes, _minutes_signed, MinutesForm, _minutes_missing, page=case_page,
        editor="reviews:adoption", adapt=_in_words,
    )
)  # fmt: skip
