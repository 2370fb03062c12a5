"""Where each city and county stands in the second programme (CT-00 to CT-90), and what is under way for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import DivisionLevel
from accounts.models import Division
from applications.enums import OVER, FilingStatus, KindCode
from applications.models import Filing
from indicators import queries_evaluating, queries_public
from indicators.enums import Programme
from indicators.enums_evaluating import ENDED
from indicators.models import Assessment, EvaluationPlace, EvaluationResult
from registry import titles
from registry.enums import CityTitleKind
from registry.models import CityTitle
from reviews import queries
from reviews.enums_city_review import CityReviewStatus, CityStage
from reviews.enums_state_answer import StateAnswerStatus
from reviews.models import CityReview, Nomination
from workflow import instants

# The highest title says the stage.
BY_TITLE = (
    (CityTitleKind.NATIONAL_PILOT, CityStage.NATIONAL),
    (CityTitleKind.INNOVATIVE, CityStage.INNOVATIVE),
    (CityTitleKind.PILOT, CityStage.PILOT),
)
RUNNING = (CityReviewStatus.REVIEWING, CityReviewStatus.CIRCULATED, CityReviewStatus.REPORTED)


@dataclass(frozen=True)
class Affair:
    """Something under way for a place: what it is, how it stands, where it is worked on (empty: told only)."""

    text: str
    href: str = ""
    kind: str = "progress"


@dataclass
class Standing:
    """A place with its stage, the fact that the stage rests on, what is under way, and how it was judged last."""

    place: Division
    stage: CityStage
    fact: CityTitle | None = None
    affairs: list[Affair] = field(default_factory=list)
    evaluated: EvaluationResult | None = None
    ranked: Assessment | None = None
    due: int | None = None


def stand(actor: Actor, places: Iterable[Division]) -> list[Standing]:
    """How the places stand for who asks: what is not public as far as the scope opens it; a fixed number of queries."""
    wanted = {place.code: place for place in places}
    held = titles.standing_on(instants.today(), list(wanted))
    left, declined = titles.left_on(instants.today(), list(wanted)), _declined(wanted)
    found = {}
    for code, place in wanted.items():
        stage, fact = _stage(held.get(code, {}), left.get(code), code in declined)
        found[code] = Standing(place, stage, fact)
        if code in left and stage == CityStage.NATIONAL:
            found[code].affairs.append(Affair(_("已退出本省的建设活动，不再报送年度数据"), kind="ended"))
    for affairs in (_filings(actor, wanted), _rounds(actor, wanted), _reviews(wanted)):
        for code, several in affairs.items():
            found[code].affairs += several
    _judge(found)
    return list(found.values())


def _stage(
    held: Mapping[str, CityTitle], left: CityTitle | None, is_declined: bool
) -> tuple[CityStage, CityTitle | None]:
    for title, stage in BY_TITLE:
        if title in held:
            return stage, held[title]
    if left is not None:
        return CityStage.LEFT, left
    if is_declined:
        return CityStage.DECLINED, None
    strong = held.get(CityTitleKind.ST_STRONG)
    return (CityStage.ELIGIBLE, strong) if strong else (CityStage.NOT_YET, None)


def _declined(wanted: Mapping[str, Division]) -> set[str]:
    """The places whose last application to become a pilot was turned down, none being open."""
    rows = Filing.objects.filter(division__in=wanted, kind="city").order_by("created_at")
    last = {row.division_id: row.status for row in rows.only("division", "status")}
    return {str(code) for code, status in last.items() if status == FilingStatus.DECLINED}


def _filings(actor: Actor, wanted: Mapping[str, Division]) -> dict[str, list[Affair]]:
    """The filings about a place that are not over; what was recommended to the state waits for its answer (CT-56)."""
    waits = Q(status=FilingStatus.LISTED, kind=KindCode.NATIONAL)
    answered = Q(case__state_answers__status=StateAnswerStatus.CONFIRMED)
    rows = Filing.objects.filter(division__in=wanted).exclude(status__in=OVER).exclude(answered)
    rows = rows.filter(~Q(status=FilingStatus.LISTED) | waits)
    found = defaultdict(list)
    for filing in rows.select_related("tenant", "case").order_by("created_at"):
        stage = queries.stage_of(filing, getattr(filing, "case", None))
        text = f"{filing.get_kind_display()}：{stage['text']}"
        found[str(filing.division_id)].append(Affair(text, queries.filing_address(filing, actor), stage["kind"]))
    return found


def _rounds(actor: Actor, wanted: Mapping[str, Division]) -> dict[str, list[Affair]]:
    """The rounds of evaluation that a place is in."""
    rows = EvaluationPlace.objects.filter(place__in=wanted).exclude(round__status__in=ENDED).select_related("round")
    found = defaultdict(list)
    for row in rows.order_by("round__year", "round__number"):
        of = row.round
        text = f"{of.get_kind_display()}（{of.year}-{of.number}）：{of.get_status_display()}"
        found[row.place_id].append(Affair(text, of.get_absolute_url() if actor.is_lead else ""))
    return found


def _reviews(wanted: Mapping[str, Division]) -> dict[str, list[Affair]]:
    """The results that are before the departments, and whom 省科技厅 lays before the province."""
    reviews = {one.round_id: one for one in CityReview.objects.filter(status__in=RUNNING)}
    laid = set(Nomination.objects.filter(review__in=reviews.values(), nominated=True).values_list("result", flat=True))
    found = defaultdict(list)
    for result in EvaluationResult.objects.filter(round__in=reviews, place__in=wanted).only("id", "round", "place"):
        review = reviews[result.round_id]
        if review.status == CityReviewStatus.REVIEWING or result.pk in laid:
            stated = review.status == CityReviewStatus.CIRCULATED
            text = _("已通报，拟报请省政府认定") if stated else str(review.get_status_display())
            found[result.place_id].append(Affair(text, review.get_absolute_url()))
    return found


def _judge(found: Mapping[str, Standing]) -> None:
    """The last evaluation and the last released year of each place, and of pilots the year that is due."""
    for result in EvaluationResult.objects.filter(place__in=found).select_related("round").order_by("round__year"):
        found[result.place_id].evaluated = result
    if run := queries_public.released_runs(Programme.CITY).first():
        for one in queries_public.shown(run).filter(subject__in=found):
            found[one.subject].ranked = one
    for due in queries_evaluating.due_places(instants.today().year - 1):
        if due.place.code in found:
            found[due.place.code].due = due.due


def places_of(actor: Actor) -> list[Division]:
    """The places that stand today: all for the province, else one's own and those below it."""
    rows = Division.objects.filter(valid_to="").exclude(level=DivisionLevel.PROVINCE).select_related("parent")
    if actor.is_applicant or actor.is_helper:
        own = actor.organisation.division_id
        rows = rows.filter(Q(code=own) | Q(parent=own))
    return list(rows.order_by("code"))
