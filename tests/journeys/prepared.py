"""What lies before a journey of a park's later life: done in the portal's own process, each act by its office.

Run by `script/manage shell`, so that nothing here may need a browser.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import system
from applications.enums import KindCode
from applications.models import Filing
from portal.sample import recognising
from portal.sample.acting import office
from portal.sample.journeys import Journey
from registry.models import Park
from reviews import items
from reviews import services as reviews
from reviews.enums import OpinionStatus
from reviews.enums_publicity import VisitKind
from reviews.models import Case, ItemOutcome, Opinion, Publicity
from reviews.services import Judgement
from tests.journeys.dates import lay_back
from workflow import instants

RECOGNISED, DECLINED, EXPANDED = "shili-jinghu", "shili-qihang", "shili-xiangshan"
AGREES = {"stance": "agree", "reasons": "示例：符合本部门职责范围内的条件。", "conditions": ""}
FAILED = "产学研合作项目少，技术创新体系尚未形成。"


def recognitions() -> None:
    """One recognition lies before the provincial government; of the sample's all but one clause is judged."""
    with system():
        park = Park.objects.select_related("tenant", "host_zone").get(slug=RECOGNISED)
        journey = _journey(park)
        recognising.apply(journey, park)
        journey.submit().route().accept().open_review().opinions()
        _see(journey)
        _judge(journey)
    _carry_on(journey)
    with system():
        case = Case.objects.select_related("filing__park__host_zone", "filing__park__tenant").get(
            filing__park__slug=DECLINED
        )
        assert case.filing.park is not None
        asked = _journey(case.filing.park)
        asked.filing, asked.case = case.filing, case
        _answer(asked)
        waiting = items.standing(case).filter(tenant__code="dept-fgw", judged_at=None).order_by("clause")
        _judge(asked, left=waiting.values_list("clause", flat=True)[0])


def expansion() -> None:
    """The expansion whose boundary the city has drawn goes all the way to the provincial government."""
    with system():
        filing = Filing.objects.select_related("park__tenant", "park__host_zone").get(
            park__slug=EXPANDED, kind=KindCode.EXPANSION
        )
        assert filing.park is not None
        journey = _journey(filing.park)
        journey.filing = filing
        recognising.tell(journey, "99")
        journey.submit().route().accept().open_review().opinions()
    _carry_on(journey)


def _journey(park: Park) -> Journey:
    assert park.host_zone is not None
    return Journey(office(park.tenant), park.host_zone, park.name, "主导产业", "")


def _carry_on(journey: Journey) -> None:
    """Recommended, made public without an objection, reported upward."""
    with system():
        journey.conclude().publish()
        notice = Publicity.objects.get(case=journey.case)
    lay_back(Path(settings.DATA_DIR), notice.pk)
    with system():
        journey.pass_publicity().report()


def _answer(journey: Journey) -> None:
    """The departments that have not answered yet agree."""
    waiting = Opinion.objects.select_related("tenant").filter(case=journey.case, status=OpinionStatus.REQUESTED)
    for opinion in list(waiting):
        title = f"关于认定{journey.name}意见的复函"
        office(opinion.tenant).issue("opinion", opinion, journey.case.dossier, title, AGREES)


def _see(journey: Journey) -> None:
    """The park is looked at on the spot, with signed minutes."""
    with journey.lead.as_(PostRole.HANDLER):
        visit = reviews.plan_visit(
            journey.case, VisitKind.SITE, instants.today(), "园区管委会", "省科技厅 示例·王处长", journey.lead.handler
        )
    said = {"seen": "示例：实地查看了核心区。", "advice": "示例：建议加快腾退。"}
    journey.lead.issue("visit_minutes", visit, visit.dossier, "现场考察纪要", said)


def _judge(journey: Journey, left: str = "") -> None:
    """Whatever nobody judges yet goes to 省科技厅; then every reviewer judges but for the clause that is left."""
    lead = journey.lead
    with lead.as_(PostRole.HANDLER):
        taken = set(items.standing(journey.case).values_list("clause", flat=True))
        free = [clause.id for clause in items.clauses_of(journey.case) if clause.id not in taken]
        reviews.ask_reviewer(journey.case, free, lead.organisation, lead.handler)
    for desk in (lead, office(Organisation.objects.get(code="dept-fgw"))):
        with desk.as_(PostRole.HANDLER):
            mine = items.standing(journey.case).filter(tenant=desk.organisation, judged_at=None)
            codes = mine.exclude(clause=left).values_list("clause", flat=True)
            if said := {code: Judgement(ItemOutcome.MET, "示例：现场核实，已达到要求。") for code in codes}:
                reviews.judge_items(journey.case, said, desk.handler)
