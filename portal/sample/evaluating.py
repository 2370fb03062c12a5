"""Two invented third parties: one evaluated two pilots, with a third evaluator, the other is scoring two counties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Division, Organisation, Person, Post
from accounts.queries import the_lead
from accounts.scope import enter, system
from indicators.enums_evaluating import EngagementKind, EvaluationKind, Turn
from indicators.models import EvaluationContract, EvaluationPlace, EvaluationRound, RatingSeat
from indicators.papers.evaluation_report import KIND, start_report
from indicators.services import evaluation_rounds, evaluation_seats, evaluation_sheets
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from portal.sample.documents import document
from portal.sample.people import POSTED
from workflow import instants
from workflow.ledger import recorded

Progress = Callable[[str], None]
YEAR = 2024
ENGAGED, CLOSED, OPEN = "330200", ("330300", "331000"), ("330382", "331082")
EVALUATORS = ("评甲", "评乙", "评丙")
DAYS = 45
# What the first two give for each place of the closed round, indicator by indicator; the third where they differ.
FIRST = (("82", "76.5", "80"), ("74", "78", "70"))
SECOND = (("68", "80", "77"), ("79", "72", "73.5"))
THIRD = "79"
REASONS = (
    recorded("示例：考核结果和佐证材料齐全，任务分解到位。"),
    recorded("示例：活动覆盖面较广，基层培训仍需加强。"),
    recorded("示例：政策落实较好，服务平台作用明显。"),
)
FINDINGS = recorded("示例：两地创新投入持续增长，企业研发机构建设成效明显。\n示例：建议加强科普和技能培训。")


@dataclass(frozen=True)
class Third:
    """A third party with those who sign its papers and its evaluators."""

    office: Office
    evaluators: list[Actor]


def load(progress: Progress) -> None:
    """Load it once; every step by the office whose turn it is."""
    with system():
        if EvaluationRound.objects.exists():
            return
        lead = office(the_lead())
        first, second = (_third(number) for number in (1, 2))
    with days_ago(DAYS), enter(first.office.handler.scope):
        engaged = Division.objects.get(pk=ENGAGED)
        told = recorded("示例：受托编制科技创新规划")
        span = dt.date(2017, 3, 1), dt.date(2018, 12, 31)
        evaluation_seats.declare_engagement(
            engaged, EngagementKind.CONTRACT, told, *span, first.office.handler, personal=False
        )
    with days_ago(DAYS):
        row = begin(EvaluationKind.BIENNIAL, CLOSED, first, lead, recorded("示评合〔1〕号"))
        for place, (one, other) in enumerate(zip(FIRST, SECOND, strict=True)):
            score(first.evaluators[0], CLOSED[place], one)
            score(first.evaluators[1], CLOSED[place], other)
        _seat(row, CLOSED[0], Turn.THIRD, first.evaluators[2], lead)
        _declare(row, first.evaluators[2])
        score(first.evaluators[2], CLOSED[0], (THIRD,))
        close(row, first, lead)
    with days_ago(DAYS // 3):
        begin(EvaluationKind.BIENNIAL, OPEN, second, lead, recorded("示评合〔2〕号"))
        score(second.evaluators[1], OPEN[0], FIRST[1])
        _write(second.evaluators[0], OPEN[0], FIRST[0][:2])
    progress(f"Evaluations by third parties: {len(CLOSED)} places done, {len(OPEN)} being scored")


def _third(number: int) -> Third:
    """A third party; its evaluators sign in as pg1-pj1 and so on, with everybody's password."""
    organisation = Organisation.objects.get(code=f"third-{number}")
    desk = office(organisation)
    found = []
    for place, name in enumerate(EVALUATORS, start=1):
        person = Person.objects.create(
            username=f"pg{number}-pj{place}", name=f"示例·{name}{number}", password=desk.handler.person.password,
            sample=True,
        )  # fmt: skip
        post = Post.objects.create(
            person=person, organisation=organisation, role=PostRole.HANDLER, title=recorded("评价人"), valid_from=POSTED
        )
        found.append(Actor(person, post))
    return Third(desk, found)


def known(number: int) -> Third:
    """A third party whose evaluators are there."""
    desk = office(Organisation.objects.get(code=f"third-{number}"))
    posts = Post.objects.in_force().filter(person__username__startswith=f"pg{number}-pj")
    rows = posts.select_related("person", "organisation").order_by("person__username")
    return Third(desk, [Actor(post.person, post) for post in rows])


def begin(kind: EvaluationKind, places: Sequence[str], third: Third, lead: Office, number: str) -> EvaluationRound:
    """A round of some places under contract `number`, two evaluators seated and declared, scoring begun."""
    with lead.as_(PostRole.HANDLER):
        due = instants.today() + dt.timedelta(days=DAYS)
        row = evaluation_rounds.open_round(kind, YEAR, places, due, lead.handler)
        evaluation_rounds.contract(
            row, third.office.organisation, places, number, instants.today(), lead.handler,
            document(recorded("第三方测评委托合同（示例）")),
        )  # fmt: skip
    for code in places:
        for turn, evaluator in zip((Turn.FIRST, Turn.SECOND), third.evaluators, strict=False):
            _seat(row, code, turn, evaluator, lead)
    for evaluator in third.evaluators[:2]:
        _declare(row, evaluator)
    with lead.as_(PostRole.HANDLER):
        evaluation_rounds.start(EvaluationRound.objects.get(pk=row.pk), "", lead.handler)
    return row


def _seat(row: EvaluationRound, code: str, turn: Turn, evaluator: Actor, lead: Office) -> None:
    with lead.as_(PostRole.HANDLER):
        place = EvaluationPlace.objects.select_related("round__tenant").get(round=row, place=code)
        evaluation_seats.seat(place, turn, evaluator.post, lead.handler)


def _declare(row: EvaluationRound, evaluator: Actor) -> None:
    with enter(evaluator.scope):
        evaluation_seats.declare_independence(EvaluationRound.objects.get(pk=row.pk), evaluator)


def _write(evaluator: Actor, code: str, scores: Sequence[str]) -> RatingSeat:
    """A draft of a sheet."""
    with enter(evaluator.scope):
        rows = RatingSeat.objects.select_related("place__round", "round__version", "person", "tenant")
        seat = rows.get(place__place=code, person=evaluator.person, ended_at=None)
        said = [{"score": score, "reason": reason} for score, reason in zip(scores, REASONS, strict=False)]
        evaluation_sheets.save_draft(seat, dict(zip(seat.codes, said, strict=False)), evaluator)
    return seat


def score(evaluator: Actor, code: str, scores: Sequence[str]) -> None:
    """A sheet that is handed in."""
    seat = _write(evaluator, code, scores)
    with enter(evaluator.scope):
        evaluation_sheets.hand_in(seat, evaluator)


def close(row: EvaluationRound, third: Third, lead: Office) -> None:
    """The third party reports, and 省科技厅 closes the round."""
    _report(row, third.office)
    with lead.as_(PostRole.REVIEWER):
        evaluation_rounds.close(EvaluationRound.objects.get(pk=row.pk), "", lead.reviewer)


def _report(row: EvaluationRound, third: Office) -> None:
    with third.as_(PostRole.HANDLER):
        rows = EvaluationContract.objects.select_related("round__tenant", "organisation", "tenant")
        agreed = rows.get(round=row.pk)
        title = start_report(agreed, third.handler).title
    fields = {"findings": FINDINGS, "contact": recorded("联系人：示例·经办")}
    third.issue(KIND, agreed, agreed.dossier, title, fields)
