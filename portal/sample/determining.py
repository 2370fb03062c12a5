"""A county's application before the departments, one of which has answered, and a round of pilots that was told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from accounts.enums import PostRole
from accounts.models import Division, Organisation
from accounts.queries import the_lead
from accounts.scope import system
from applications.kinds import topic_of
from applications.models import Filing
from indicators.enums_evaluating import EvaluationKind
from indicators.services.opening_cities import governments_of
from portal.sample import applying, evaluating
from portal.sample.acting import Office, office
from portal.sample.city_years import BASES, tell, yearly
from portal.sample.clocks import days_ago
from portal.sample.journeys import CONDITIONS
from portal.sample.years import Told
from reviews.enums_city_review import CityStance
from reviews.models import Case, CityOpinion, CityReview, Nomination, Opinion
from reviews.papers.city_review import CIRCULAR
from reviews.services import city_reviewing
from workflow.ledger import recorded

Progress = Callable[[str], None]
COUNTY, OFFICE, MILLIONS = "330624", "county-330624", Decimal("0.42")
# How far its strengths are above those of a county of its size.
STRENGTH = Decimal("1.5")
# Who is asked for the county: the first has answered.
ASKED = ("dept-fgw", "dept-jxw")
# Who is asked about the round of pilots: all have answered.
REVIEWERS = ("dept-fgw", "dept-stat")
SHEETS = (("86", "84.5", "88"), ("82", "80", "85"))
CONTACT = recorded("联系人：示例·李经办，电话：0571-00000001")
ADDED = recorded("示例：本轮参评设区市中得分居首，研发投入增长较快，经研究一并报请。")


def load(progress: Progress) -> None:
    """Load it once; every step by the office whose turn it is."""
    with system():
        if Case.objects.filter(direct=True).exists():
            return
        offices = {one.code: one for one in Organisation.objects.filter(code__in=[OFFICE, *ASKED, *REVIEWERS])}
        lead, county = office(the_lead()), office(offices[OFFICE])
        desks = {code: office(offices[code]) for code in {*ASKED, *REVIEWERS}}
        _figures()
        with days_ago(60):
            filing = applying.accepted(county, lead)
        third = evaluating.known(1)
    with days_ago(50):
        row = evaluating.begin(EvaluationKind.INITIAL, (COUNTY,), third, lead, recorded("示评合〔3〕号"))
        for evaluator, scores in zip(third.evaluators[:2], SHEETS, strict=True):
            evaluating.score(evaluator, COUNTY, scores)
        evaluating.close(row, third, lead)
    with days_ago(6):
        _ask_departments(filing, lead, desks[ASKED[0]])
    _circulate(lead, [desks[code] for code in REVIEWERS])
    progress(f"Before the departments: {filing.park_name}; a round of pilots circulated")


def _figures() -> None:
    """The county's final figures of the year by which it is evaluated, and of the one before."""
    place, told = Division.objects.get(pk=COUNTY), Told({one.code: one for one in Organisation.objects.all()})
    series, governments = yearly(COUNTY, MILLIONS), governments_of([place])[COUNTY]
    for year in (evaluating.YEAR - 1, evaluating.YEAR):
        values = {name: value if name in BASES else value * STRENGTH for name, value in series[year].items()}
        tell(told, place, year, values, governments)
    told.keep()


def _ask_departments(filing: Filing, lead: Office, first: Office) -> None:
    """U4: the letter to the departments, and the first one's opinion."""
    with lead.as_(PostRole.HANDLER):
        filing.refresh_from_db()
    fields = {"departments": list(ASKED), "contact": CONTACT}
    lead.issue("consultation", filing, filing.dossier, f"关于征求{topic_of(filing)}意见的函", fields)
    with first.as_(PostRole.HANDLER):
        opinion = Opinion.objects.get(dossier=filing.dossier, tenant=first.organisation)
    said = {**CONDITIONS, "conditions": "示例：创建规划增加与省产业规划衔接的内容。"}
    first.issue("opinion", opinion, filing.dossier, f"关于{topic_of(filing)}意见的复函", said)


def _circulate(lead: Office, desks: list[Office]) -> None:
    """U6: the round that third parties ended is reviewed and told; one pilot below the mark is added with a reason."""
    with days_ago(35), lead.as_(PostRole.HANDLER):
        row = CityReview.objects.select_related("round", "tenant").get()
        city_reviewing.ask_departments(row, [desk.organisation for desk in desks], lead.handler)
    with days_ago(28):
        for desk in desks:
            with desk.as_(PostRole.HANDLER):
                mine = CityOpinion.objects.get(review=row.pk, tenant=desk.organisation)
                city_reviewing.advise(mine, CityStance.AGREE, "", desk.handler)
            with desk.as_(PostRole.SIGNER):
                city_reviewing.answer(mine, CityStance.AGREE, "", desk.signer)
    with days_ago(20):
        title = recorded("%d年度测评：测评结果的通报") % row.year
        lead.issue(CIRCULAR, row, row.dossier, title, {"contact": CONTACT})
    with days_ago(12), lead.as_(PostRole.REVIEWER):
        row = CityReview.objects.get(pk=row.pk)
        rows = list(Nomination.objects.filter(review=row).order_by("result__place"))
        chosen = {one.pk: one.reaches or place == 0 for place, one in enumerate(rows)}
        city_reviewing.nominate(row, chosen, {one.pk: ADDED for one in rows if not one.reaches}, lead.reviewer)
