"""What the papers of a sanction share: the case behind a draft, its words, the form fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.queries import the_departments
from indicators.enums_sanction import RUNNING, STANDING, AnswerOutcome, CardStatus, SanctionStatus
from indicators.models import SanctionCase, YellowCard
from indicators.services.sanctions.falling import UNTOLD
from notifications.content import official_name
from notifications.models import Draft
from notifications.paper_forms import BLANK
from notifications.rendering.measures import chinese_date
from notifications.rendering.wording_sanction import Sanction
from workflow.ledger import in_chinese

Content = dict[str, Any]
OPERATORS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}


def official_field() -> forms.CharField:
    """The named official who decides."""
    return forms.CharField(
        label=_("作出决定的负责人"),
        help_text=_("写明姓名和职务，如“厅长某某”；应是本文的签发人或者其授权的负责人。"),
        max_length=40,
    )


def case_of(draft: Draft) -> SanctionCase:
    """The case that a draft is about."""
    rows = SanctionCase.objects.select_related("tenant", "reporter", "park", "notice_paper", "decision_paper")
    return rows.get(pk=draft.subject_id)


def case_page(draft: Draft) -> str:
    """Where the draft belongs."""
    return case_of(draft).get_absolute_url()


def said(case: SanctionCase) -> Sanction:
    """The case as papers name it."""
    return Sanction(
        city=official_name(case.tenant),
        park=case.name,
        year=case.year,
        revocation=case.is_revocation and case.status != SanctionStatus.CHANGED,
        findings=[_row(row) for row in case.grounds],
        before=case.remarks if case.is_revocation else (),
        result=next((row["result"] for row in case.grounds if row.get("result")), ""),
        notice=case.notice_paper.number if case.notice_paper else "",
        decision=_decision(case),
    )


def _decision(case: SanctionCase) -> str:
    """The number of the paper that holds: of a revocation that became a card that of the review."""
    paper = case.review_decision if case.status == SanctionStatus.CHANGED else case.decision_paper
    return paper.number if paper else ""


def resting_words(case: SanctionCase) -> list[str]:
    """What the end of a card means for a revocation that rests on it: under way, or decided already (AMB-13)."""
    card = YellowCard.objects.filter(dossier=case.dossier, status=CardStatus.IN_FORCE).first()
    rows = SanctionCase.objects.filter(card=card, card_status=CardStatus.IN_FORCE) if card else []
    rests = f"以{case.year}年度黄牌警告为依据的"
    under_way = [
        f"{rests}{held.year}年度取消创建资格一案同时终止办理"
        f"{f'（{held.notice_paper.number}）' if held.notice_paper else ''}。"
        for held in rows
        if held.status in RUNNING and held.status not in UNTOLD
    ]
    return under_way + [
        f"{rests}{held.year}年度取消创建资格的决定（{held.decision_paper.number}），提请省政府重新审议。"
        for held in rows
        if held.status in STANDING and held.decision_paper
    ]


def _row(row: dict[str, str]) -> tuple[str, str, str, str, str]:
    unit, sign = row["unit"], OPERATORS.get(row["operator"], row["operator"])
    return (
        f"{row['label']}（{row['clause']}）",
        row["quote"],
        f"{row['shown']}{unit}",
        f"{sign}{row['threshold']}{unit}",
        row["formula"] or row["reason"],
    )


def answers(case: SanctionCase) -> list[tuple[str, str, str]]:
    """Each reason of the city with what is answered to it."""
    found = []
    for argument in case.arguments.select_related("answer").order_by("place"):
        given = getattr(argument, "answer", None)
        outcome = in_chinese(AnswerOutcome(given.outcome).label) if given else BLANK
        found.append((argument.text, outcome, given.text if given else BLANK))
    return found


def heard(case: SanctionCase) -> str:
    """How the city was heard, in one sentence."""
    notice = f"（{case.notice_paper.number}）" if case.notice_paper else ""
    stated = case.arguments.count()
    hearing = getattr(case, "hearing", None)
    said_ = f"你市提出{stated}条陈述申辩理由，已逐条答复" if stated else "期限内未收到陈述申辩意见"
    words = f"已依法告知{notice}，{said_}"
    if hearing is not None and hearing.recorded_at:
        words += f"；{chinese_date(hearing.held_at.date())}举行了听证（{hearing.heard_by}）"
    return f"{words}。"


def parties(case: SanctionCase, but: Organisation) -> list[Organisation]:
    """City and committee, but for the one that writes."""
    return [office for office in (case.tenant, case.reporter) if office is not None and office.pk != but.pk]


def told(case: SanctionCase) -> list[Organisation]:
    """Who gets a copy: the committee and the working group."""
    return [*([case.reporter] if case.reporter else []), *the_departments()]
