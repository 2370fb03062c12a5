"""What is true of the invented filings and years, as tests/scripts/test_sample.py asks the portal that loaded them."""

import re
from fractions import Fraction

from accounts.scope import system
from applications import comparing, freezing
from applications.enums import FilingStatus
from applications.evaluating import assessment_of
from applications.models import Filing, PlanField
from indicators.enums import Programme, RunStatus, SubjectKind
from indicators.models import Conflict, Figure, Project, Return, Run, Watch
from notifications.models import Paper
from registry.models import Park
from reviews.enums import CaseStatus, OpinionStatus
from reviews.models import Case, CityReview, Opinion, Publicity
from workflow import ledger
from workflow.models import Task

NEIGHBOURS = ("331100", "330800")  # 丽水 and 衢州 lie side by side
OWN_NAMES = re.compile("丽水|衢州|绿谷|绿源|生态|绿色")


def plan_of(division: str) -> dict[str, str]:
    """The plan that a city is writing by key, with the words left out that name the city, its zone and its park."""
    own = PlanField.objects.filter(filing__tenant__division_id=division, filing__status=FilingStatus.DRAFT)
    rows = own.exclude(key__startswith="figure.")
    return {row.key: OWN_NAMES.sub("", str(row.value)) for row in rows}


def check() -> None:
    """One filing in every status, two neighbours with alike data, all of it marked and in order."""
    with system():
        assert set(Filing.objects.values_list("status", flat=True)) == set(FilingStatus.values)
        assert set(Case.objects.values_list("status", flat=True)) == set(CaseStatus.values)
        assert set(Opinion.every.values_list("status", flat=True)) == set(OpinionStatus.values)
        listed = Park.objects.filter(dossier__isnull=False)
        assert listed.count() == Filing.objects.filter(status="listed", division=None).count() == 2
        for rows in (Filing.objects.all(), Case.objects.all(), listed, Paper.objects.all()):
            assert not rows.filter(sample=False).exists()
        assert all("示例" in filing.park_name for filing in Filing.objects.filter(division=None))
        places = Filing.objects.exclude(division=None)
        assert set(places.values_list("status", flat=True)) == {"draft", "accepted", "in_review", "listed"}
        one, other = map(plan_of, NEIGHBOURS)
        alike = one.keys() & other.keys()
        assert len(alike) > 20
        assert {key: one[key] for key in alike} == {key: other[key] for key in alike}
        assert list(ledger.broken()) == []
        assert all(one.paper.issued_on == one.starts_on for one in Publicity.objects.select_related("paper"))
        assert not Task.objects.filter(
            done_at=None, dossier__in=Filing.objects.filter(status="withdrawn").values("dossier")
        ).exists()
        again = Filing.objects.exclude(former=None).get()
        changed = comparing.compare(again.former.versions.latest("serial").content, freezing.snapshot(again))
        assert {"field:industry.1.name", "field:industry.2.name", "material:3"} <= changed.targets
        assert Paper.objects.count() > 100
        _year_is_invented_and_whole()
        _places_are_reviewed()
        _places_rise_and_leave()


def count() -> dict[str, int]:
    """How many rows there are of what is loaded, by table."""
    with system():
        return {model._meta.label: model.objects.count() for model in (Filing, PlanField, Case, Paper, Figure, Return)}


def _places_are_reviewed() -> None:
    """A county lies before two departments, one of which has answered; a round of pilots was told to the province."""
    case = Case.objects.select_related("filing").get(filing__kind="city")
    said = list(case.opinions.order_by("tenant__code").values_list("tenant__code", "status"))
    assert (case.status, said) == ("reviewing", [("dept-fgw", "signed"), ("dept-jxw", "requested")])
    found = assessment_of(case.filing)
    assert found is not None
    assert Fraction(found.score) >= 60
    told = CityReview.objects.get(status="circulated")
    assert not told.round.results.filter(published_at=None).exists()
    added = list(told.nominations.filter(nominated=True))
    assert [(one.reaches, one.reason[:2]) for one in added] == [(False, "示例")]
    assert set(Task.objects.filter(dossier=told.dossier, done_at=None).values_list("kind", flat=True)) == {"report"}


def _places_rise_and_leave() -> None:
    """The state's answer to one recommendation is waited for; the wish of a pilot to leave lies before 省科技厅."""
    for kind, status, task in (("national", "listed", "state_answer"), ("exit", "reviewing", "determine")):
        case = Case.objects.get(filing__kind=kind)
        asked = Task.objects.filter(dossier=case.dossier, done_at=None).values_list("kind", flat=True)
        assert (case.status, list(asked), case.state_answers.count()) == (status, [task], 0)


def _year_is_invented_and_whole() -> None:
    """Figures, verdicts and ledgers are of invented parks alone; each verdict and each stage of a return is there."""
    invented = Park.objects.filter(sample=True)
    assert all("示例" in park.name for park in invented)
    own = {slug for park in invented for slug in (park.slug, park.host_zone.slug if park.host_zone else "")}
    told = Figure.objects.exclude(report__kind=SubjectKind.CITY).values_list("subject", flat=True)
    assert set(told) <= own | {"330000"}
    assert set(Figure.objects.filter(subject="330000").values_list("source", flat=True)) == {"示例数据"}
    assert set(Project.objects.values_list("ledger__park", flat=True)) <= own
    run = Run.objects.filter(programme=Programme.PARK, status=RunStatus.RELEASED).latest("year")
    verdicts = dict(run.assessments.filter(subject__in=own).exclude(verdict="").values_list("subject", "verdict"))
    assert sorted(slug for slug, verdict in verdicts.items() if verdict == "not_met") == [
        "shili-changtian",
        "shili-dongqian",
        "shili-nanhu",
    ]
    assert set(Return.objects.values_list("status", flat=True)) >= {"filling", "verifying", "locked"}
    assert Conflict.objects.filter(settled_at=None).count() == 1
    assert Watch.objects.get(subject="shili-changtian", kind="park").warned == ["P-II.2.2b"]
