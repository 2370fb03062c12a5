"""Invented parks with the figures of four years, a signed index, and a year that was computed and circulated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.enums import GrantLevel, PostRole
from accounts.models import Grant, Organisation
from accounts.queries import the_lead
from accounts.scope import system
from indicators import queries
from indicators.enums import (
    FigureLevel,
    Listing,
    Programme,
    RankingList,
    ReturnStatus,
    SubjectKind,
    VerificationOutcome,
)
from indicators.gathering import PROVINCE
from indicators.models import Cosignature, Figure, Return, Run, VerifyingOffice, Watch
from indicators.services import circular, index_signing, opening, passing, running, verifying, watching, writing
from indicators.services import province as opening_province
from indicators.services.writing import Typed
from portal.sample import outlines, province, rating
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from portal.sample.plans import PLANS, Plan
from portal.sample.series import FIRST, series
from registry.enums import HostZoneKind, ParkStatus
from registry.models import HostZone, LeadingIndustry, LegalStatus, Park, ParkName
from workflow import instants, ledger
from workflow.ledger import recorded

Progress = Callable[[str], None]
LAST = 2025
CIRCULATED = LAST - 1
RELEASED = dt.date(CIRCULATED + 1, 7, 21)
RECOGNISED = dt.date(2022, 12, 20)
CITATION = "示例数据，不是真实园区"
DEPARTMENTS = {
    "统计": "dept-stat",
    "科技": "kjt",
    "发改": "dept-fgw",
    "国土资源": "dept-land",
    "建设": "dept-build",
    "环保": "dept-env",
    "经信": "dept-jxw",
    "组织部": "dept-org",
    "人社": "dept-rsj",
    "商务": "dept-commerce",
    "财税": "other-czt",
    "财政": "other-czt",
}
INDUSTRIES = (("C39", "计算机、通信和其他电子设备制造业"), ("C35", "专用设备制造业"), ("C27", "医药制造业"))
DISPUTED = "P.rd_expenditure"


def load(progress: Progress) -> None:
    """Load it once, under the system scope; acts that matter go through their services."""
    with system():
        if VerifyingOffice.objects.exists():
            return
        offices = {one.code: one for one in Organisation.objects.all()}
        VerifyingOffice.objects.bulk_create(
            VerifyingOffice(label=label, organisation=offices[code]) for label, code in DEPARTMENTS.items()
        )
        progress(f"Sample year: {len(PLANS)} invented parks with figures of {FIRST} to {LAST}")
        cities = {one.division_id: one for one in offices.values() if one.kind == "applicant_gov"}
        parks = [_park(plan, cities[plan.division], offices) for plan in PLANS]
        told = Told(offices)
        for plan, park in zip(PLANS, parks, strict=True):
            told.add(plan, park)
        told.add_province()
        told.keep()
    progress("Sample year: index signed, returns under way")
    sign_indices(offices, (RankingList.CREATING, RankingList.RECOGNISED))
    for plan, park in zip(PLANS, parks, strict=True):
        if plan.last != ReturnStatus.LOCKED:
            _report(plan, park, offices)
    for year in (CIRCULATED - 1, CIRCULATED):
        progress(f"Sample year: {year} computed and circulated")
        _circulate(year, offices)
    _watch(parks[3])


def _park(plan: Plan, city: Organisation, offices: dict[str, Organisation]) -> Park:
    """An invented park in an invented host zone."""
    assert city.division is not None
    zone = HostZone.objects.create(
        slug=f"{plan.slug}-zone",
        name=plan.name.replace("高新技术产业园区", "经济开发区"),
        kind=HostZoneKind.DEVELOPMENT,
        city=city.division,
        committee=offices.get(plan.committee),
        area_km2="58",
        source=CITATION,
        sample=True,
    )
    county = offices[plan.county].division if plan.county else None
    rows = [LegalStatus(id=uuid4(), status=ParkStatus.CREATING, since=plan.since, citation=CITATION)]
    if plan.status == ParkStatus.RECOGNISED:
        rows[0].since = dt.date(2019, 3, 6)
        rows.append(LegalStatus(id=uuid4(), status=plan.status, since=RECOGNISED, citation=CITATION))
    park = Park.objects.create(
        slug=plan.slug,
        tenant=city,
        name=plan.name,
        status=plan.status,
        current_id=rows[-1].pk,
        city=city.division,
        county=county,
        host_zone=zone,
        area_km2=plan.area,
        sample=True,
    )
    for row in rows:
        row.park = park
    LegalStatus.objects.bulk_create(rows)
    first = rows[0].since
    LeadingIndustry.objects.bulk_create(
        LeadingIndustry(park=park, order=order, name=name, code=code)
        for order, (code, name) in enumerate(INDUSTRIES, start=1)
    )
    assert first is not None
    ParkName.objects.create(park=park, name=plan.name, valid_from=first.isoformat(), source=CITATION)
    outlines.draw(park, plan.seed, first, *([plan.before, plan.area] if plan.before else [plan.area]))
    return park


class Told:
    """Locked returns with their final figures and those who may read them, written in bulk."""

    def __init__(self, offices: dict[str, Organisation]) -> None:
        self.offices = offices
        self.returns: list[Return] = []
        self.figures: list[Figure] = []
        self.grants: list[Grant] = []
        codes = [code for plan in PLANS[:1] for code in series(plan.seed, plan.scale, FIRST)[FIRST]]
        self.owners = queries.owners(codes)

    def add(self, plan: Plan, park: Park) -> None:
        """The years of one park and of its host zone, but for what is still under way."""
        for year, figures in series(plan.seed, plan.scale, LAST, *plan.flaws).items():
            if year == LAST and plan.last != ReturnStatus.LOCKED:
                continue
            assert park.host_zone is not None
            for kind, subject, name, prefix in (
                (SubjectKind.PARK, park.slug, park.name, "P."),
                (SubjectKind.ZONE, park.host_zone.slug, park.host_zone.name, "Z."),
            ):
                own = {code: value for code, value in figures.items() if code.startswith(prefix)}
                self._return(park, kind, subject, name, year, own)

    def add_province(self) -> None:
        """The province's own figures of all the years, as its departments entered them."""
        keeper = self.offices[DEPARTMENTS["统计"]]
        for year, figures in province.series(LAST).items():
            self.owners |= queries.owners(figures)
            name = opening_province.province_name()
            report = self.report(keeper, SubjectKind.PROVINCE, PROVINCE, name, year, None)
            self.figures_of(report, figures)
            readers = dict.fromkeys(queries.owners(figures).values(), GrantLevel.COLLEAGUE)
            self.open_to(report, {the_lead().pk: GrantLevel.READ, **readers})

    def _return(
        self, park: Park, kind: SubjectKind, subject: str, name: str, year: int, figures: dict[str, str]
    ) -> None:
        committee = park.host_zone.committee if park.host_zone else None
        report = self.report(park.tenant, kind, subject, name, year, committee)
        self.figures_of(report, figures)
        readers: dict[Any, GrantLevel] = dict.fromkeys(self.owners.values(), GrantLevel.ACT)
        readers[the_lead().pk] = GrantLevel.READ
        if committee:
            readers[committee.pk] = GrantLevel.COLLEAGUE
        self.open_to(report, readers)

    def report(
        self,
        tenant: Organisation,
        kind: SubjectKind,
        subject: str,
        name: str,
        year: int,
        committee: Organisation | None,
    ) -> Return:
        """A locked return of a subject's year."""
        locked = timezone.make_aware(dt.datetime(year + 1, 5, 20, 10))
        report = Return(
            tenant=tenant,
            kind=kind,
            subject=subject,
            name=name,
            year=year,
            status=ReturnStatus.LOCKED,
            reporter=committee,
            due_on=dt.date(year + 1, opening.DUE_MONTH, opening.DUE_DAY),
            opened_at=timezone.make_aware(dt.datetime(year + 1, 1, 4, 9)),
            submitted_at=timezone.make_aware(dt.datetime(year + 1, 3, 25, 15)),
            locked_at=locked,
            sample=True,
        )
        self.returns.append(report)
        return report

    def figures_of(self, report: Return, figures: Mapping[str, str]) -> None:
        """The final figures of a return."""
        locked = report.locked_at
        for code, value in figures.items():
            owner = self.owners.get(code)
            told: dict[str, Any] = {"value": value, "source": recorded("示例数据"), "recorded_at": locked}
            self.figures.append(
                Figure.follow(report, code, None, level=FigureLevel.VERIFIED, department_id=owner, **told)
            )

    def open_to(self, report: Return, readers: Mapping[Any, GrantLevel]) -> None:
        """Who else reads a return, and how far."""
        own = {"tenant_id": report.tenant_id, "granted_by_id": report.tenant_id}
        for reader, level in readers.items():
            if reader != report.tenant_id:
                self.grants.append(Grant(dossier=report.dossier, organisation_id=reader, level=level, **own))

    def keep(self) -> None:
        """Write everything."""
        Return.objects.bulk_create(self.returns)
        Figure.objects.bulk_create(self.figures)
        Grant.objects.bulk_create(self.grants)
        for report in self.returns:
            ledger.open_chain(report.dossier, report.tenant)
            ledger.append(
                report, "lock", recorded("导入已核定的年度数据"), None, dossier=report.dossier, after=report.status
            )


def sign_indices(offices: Mapping[str, Organisation], rankings: Sequence[RankingList]) -> None:
    """The versions of rankings as the project brings them, signed by the three departments."""
    with system():
        lead, others = office(offices["kjt"]), [office(offices[code]) for code in ("dept-fgw", "dept-stat")]
    people = {
        "handler": lead.handler,
        "reviewer": lead.reviewer,
        "signer": lead.signer,
        "development": others[0].signer,
        "statistics": others[1].signer,
    }
    with days_ago(days_since(dt.date(CIRCULATED, 6, 3))):
        for ranking in rankings:
            index_signing.sign_default(ranking, people)


def days_since(day: dt.date) -> int:
    """How long ago a day was; 0 for one to come."""
    return max(0, (instants.today() - day).days)


def _report(plan: Plan, park: Park, offices: dict[str, Organisation]) -> None:
    """The last year's return of a park: being filled in, or all the way to the departments with one conflict."""
    with system():
        assert park.host_zone is not None
        committee = park.host_zone.committee
        county = offices.get(plan.county)
        report = opening.open_return(SubjectKind.PARK, park.slug, park.name, LAST, park.tenant, committee, county)
        zone = park.host_zone
        opening.open_return(SubjectKind.ZONE, zone.slug, zone.name, LAST, park.tenant, committee)
        assert report is not None
        figures = series(plan.seed, plan.scale, LAST, *plan.flaws)[LAST]
        desk = office(committee or park.tenant)
        asked = queries.needed(report)
    known = asked if plan.last == ReturnStatus.VERIFYING else asked[: len(asked) // 2]
    typed = [Typed(code, text=figures[code], source=recorded("示例数据")) for code in known]
    with desk.as_(PostRole.HANDLER):
        writing.save_entries(report, typed, desk.handler)
    if plan.last == ReturnStatus.VERIFYING:
        _verify(report, desk, offices)


def _verify(report: Return, desk: Office, offices: dict[str, Organisation]) -> None:
    """The departments have verified all but one figure, on which they differ by a tenth."""
    for act in (passing.hand_up, passing.submit):
        with desk.as_(PostRole.SIGNER):
            act(report, desk.signer)
            report.refresh_from_db()
    with system():
        stands = queries.reported(report)
        owners = queries.owners(stands)
        desks = {owner: office(Organisation.objects.get(pk=owner)) for owner in set(owners.values())}
    for code, row in stands.items():
        own = desks[owners[code]]
        with own.as_(PostRole.HANDLER):
            if code == DISPUTED and row.value:
                less = str(round(float(row.value) * 0.9, 2))
                told = {"own": less, "reason": recorded("示例：按本部门年报数据。")}
                verifying.verify(report, code, VerificationOutcome.OWN, own.handler, **told)
            else:
                verifying.verify(report, code, VerificationOutcome.CONFIRMED, own.handler)


def _circulate(year: int, offices: dict[str, Organisation]) -> None:
    """A year is computed, released by the circular in July of the next and public as a whole."""
    with system():
        lead = office(offices["kjt"])
    before = days_since(RELEASED.replace(year=year + 1))
    rating.score(year, before + 1, offices)
    with days_ago(before):
        with lead.as_(PostRole.HANDLER):
            run = running.start_run(Programme.PARK, year, lead.handler)
        with system():
            running.compute(Run.objects.get(pk=run.pk))
        with lead.as_(PostRole.HANDLER):
            run.refresh_from_db()
            running.propose_release(run, Listing.FULL, 0, lead.handler)
        fields = {"contact": recorded("联系人：示例，电话：0571-00000000")}
        title = circular.title_of(run)
        lead.issue(circular.KIND, run, run.dossier, title, fields, before=lambda: cosign(run))


def _watch(park: Park) -> None:
    """The running year is open; one park reported how far it has come, and is heading to miss a target again."""
    with system():
        watching.open_running_year()
        watch = Watch.objects.select_related("tenant", "reporter").get(kind=SubjectKind.PARK, subject=park.slug)
        desk = office(watch.reporter or watch.tenant)
    month = instants.today().month
    before = series(PLANS[3].seed, PLANS[3].scale, LAST, *PLANS[3].flaws)[LAST]
    typed = {
        code: f"{float(before[code]) * factor * month / 12:.2f}"
        for code, factor in (("P.hitech_output", 1.15), ("P.hts_revenue", 1.24), ("P.gdp", 1.08), ("P.sei_va", 1.2))
    }
    with desk.as_(PostRole.HANDLER):
        watching.record(watch, month, typed, desk.handler, recorded("示例数据"))


def cosign(run: Run) -> None:
    """The departments that were asked agree to the circular."""
    with system():
        rows = list(Cosignature.objects.filter(run=run).select_related("tenant", "run"))
        desks = [office(row.tenant) for row in rows]
    for row, desk in zip(rows, desks, strict=True):
        with desk.as_(PostRole.SIGNER):
            circular.cosign(row, True, "", desk.signer)
