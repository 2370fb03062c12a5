"""An invented park whose recognition is under joint review: asked for, sent round, half of its clauses judged."""

from __future__ import annotations

from collections.abc import Callable

from accounts.enums import PostRole
from accounts.scope import system
from applications import editing, plan, services
from applications.enums import KindCode
from applications.models import Filing
from applications.plan import Kind
from applications.plan_state import opened_on
from portal.sample.acting import Office, office
from portal.sample.journeys import AGREE, Journey
from registry.models import Park
from reviews import items
from reviews import services as reviews
from reviews.models import Case, ItemOutcome
from reviews.services import Judgement

PARK = "shili-qihang"
ANSWERED = 5


def load(progress: Callable[[str], None]) -> None:
    """Make it once; every step by the office whose turn it is."""
    with system():
        park = Park.objects.filter(slug=PARK).select_related("tenant", "host_zone").first()
        if park is None or park.host_zone is None or Filing.objects.filter(kind=KindCode.RECOGNITION).exists():
            return
        journey = Journey(office(park.tenant), park.host_zone, park.name, "", "")
        apply(journey, park)
        journey.submit().route().accept().open_review().opinions(*(AGREE,) * ANSWERED)
        _judge(journey)
    progress(f"Recognition under joint review: {park.name}")


def apply(journey: Journey, park: Park) -> None:
    """The construction summary and its evidence."""
    with journey.city.as_(PostRole.HANDLER):
        journey.filing = services.create_about(journey.city.handler, park, KindCode.RECOGNITION)
    tell(journey)


def tell(journey: Journey, number: str = "12") -> None:
    """What the city says in a filing about a park that is there, each figure the same `number`, and its evidence."""
    filing, handler = journey.filing, journey.city.handler
    with journey.city.as_(PostRole.HANDLER):
        sections = plan.sections(opened_on(filing), filing.kind)
        said = {field.key: _words(field, number) for section in sections for field in section.fields}
        editing.save_fields(filing, said, handler)
        journey.attach()


def _words(field: plan.Field, number: str) -> str | bool:
    if field.kind is Kind.BOOLEAN:
        return True
    if field.kind is Kind.DECIMAL:
        return number
    if field.kind is Kind.LONGTEXT:
        return f"示例：创建以来，{field.label}按规划推进，已建成相应机构和制度，成效见佐证材料。"
    return "示例环函〔2024〕6号"


def _judge(journey: Journey) -> None:
    """The clauses go to 省发展改革委 and 省科技厅; the department has judged its own."""
    lead = journey.lead
    with lead.as_(PostRole.HANDLER):
        case = Case.objects.select_related("filing", "version").get(pk=journey.case.pk)
        codes = [clause.id for clause in items.clauses_of(case)]
        department = next(one for one in items.reviewers_for(case) if one.code == "dept-fgw")
        reviews.ask_reviewer(case, codes[:6], department, lead.handler)
        reviews.ask_reviewer(case, codes[6:9], lead.organisation, lead.handler)
    with system():
        desk: Office = office(department)
    with desk.as_(PostRole.HANDLER):
        said = {code: Judgement(ItemOutcome.MET, "示例：对照总结报告和现场情况，已达到要求。") for code in codes[:4]}
        said[codes[4]] = Judgement(ItemOutcome.NOT_MET, "示例：产学研合作项目少，技术创新体系尚未形成。")
        reviews.judge_items(case, said, desk.handler)
