"""甲's yearly returns in the scene: one being filled in, one that the departments verify."""

from __future__ import annotations

from accounts import tokens
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators import queries, services
from indicators.enums import SubjectKind, VerificationOutcome
from indicators.models import Conflict, Inspection, Return, VerifyingOffice, Watch
from indicators.services import inspecting, watching
from portal.sample.acting import office
from registry.models import Park
from tests.markers import mark
from workflow import instants

STATISTICS, SCIENCE = "dept-stat", "kjt"
YEAR = 2025
DISPUTED = "P.gdp"


def load(owner_code: str, reporter_code: str) -> None:
    """Both returns; each note says whose it is."""
    organisations = {one.code: one for one in Organisation.objects.all()}
    for label, code in (("统计", STATISTICS), ("科技", SCIENCE)):
        VerifyingOffice.objects.create(label=label, organisation=organisations[code])
    owner, reporter = organisations[owner_code], organisations[reporter_code]
    for key in ("filling", "verifying"):
        name = f"园区{mark('jia', key, 'figure')}"
        report = services.open_return(SubjectKind.PARK, f"jia-{key}", name, YEAR, owner, reporter)
        assert report is not None
        _fill(report, reporter, key)
        if key == "verifying":
            _hand_in(report, reporter, owner)
            _dispute(report, organisations[STATISTICS])
    handler = office(owner).handler
    with enter(handler.scope):
        tokens.issue(handler, "年度报送")
    watching.open_running_year()
    _inspect()


def the_return(key: str) -> Return:
    """One of them, under the system scope."""
    with system():
        return Return.objects.get(subject=f"jia-{key}")


def the_running_year() -> Watch:
    """That of 甲's listed park."""
    with system():
        return Watch.objects.get(kind=SubjectKind.PARK, tenant__code="gov-330100")


def the_conflict() -> Conflict:
    """What is not settled."""
    with system():
        return Conflict.objects.get(report__subject="jia-verifying")


def _inspect() -> None:
    """What 省科技厅 found at 甲's listed park, not ordered yet."""
    lead = office(Organisation.objects.get(code="kjt")).handler
    park = Park.objects.get(tenant__code="gov-330100")
    with enter(lead.scope):
        told = ("科技处", mark("jia", "found", "inspection"), "限期完成。", 20)
        inspecting.report_finding(park, instants.today(), *told, lead)


def the_inspection() -> Inspection:
    """That finding."""
    with system():
        return Inspection.objects.get()


def _fill(report: Return, reporter: Organisation, key: str) -> None:
    actor = office(reporter).handler
    with enter(actor.scope):
        for code in queries.needed(report):
            services.save_entry(report, code, "100", actor, note=mark("jia", key, "figure"))


def _hand_in(report: Return, reporter: Organisation, owner: Organisation) -> None:
    for act, organisation in ((services.hand_up, reporter), (services.submit, owner)):
        actor = office(organisation).signer
        with enter(actor.scope):
            act(report, actor)
            report.refresh_from_db()


def _dispute(report: Return, statistics: Organisation) -> None:
    actor = office(statistics).handler
    with enter(actor.scope):
        said = mark("jia", "verifying", "figure")
        services.verify(report, DISPUTED, VerificationOutcome.OWN, actor, own="80", reason=said)
