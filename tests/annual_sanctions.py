"""A sanction under way in the scene: 甲's park missed a year, 甲 stated its reasons, they are being answered."""

from __future__ import annotations

from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import SanctionAnswer, SanctionArgument, SanctionCase, SanctionOpinion
from portal.sample.acting import office
from registry.models import Park
from tests import annual_runs
from tests.factories import make_paper
from tests.markers import mark
from workflow import ledger


def load(owner_code: str, reporter_code: str) -> None:
    """The case, a reason with its answer, and what a department thinks of it; the city's words are marked."""
    wanted = ["kjt", "dept-fgw", owner_code, reporter_code]
    offices = {one.code: one for one in Organisation.objects.filter(code__in=wanted)}
    owner, lead, department = offices[owner_code], offices["kjt"], offices["dept-fgw"]
    found = annual_runs.assessment("released")
    case = SanctionCase(
        tenant=owner, reporter=offices[reporter_code], kind="yellow_card", park=Park.objects.filter(tenant=owner)[0],
        subject=found.subject, name=f"园区{mark('jia', 'stated', 'sanction')}", year=found.year, assessment=found,
        remarks=[mark("jia", "stated", "sanction")],
    )  # fmt: skip
    ledger.open_chain(case.dossier, owner)
    case.notice_paper = make_paper(lead, dossier=case.dossier, published=False)
    setattr(case, "status", "stated")  # noqa: B010
    case.save(force_insert=True)
    for other, level in ((offices[reporter_code], "colleague"), (lead, "act"), (department, "read")):
        open_dossier(case.dossier, owner.pk, other, level, owner)
    own = {"tenant": owner, "dossier": case.dossier, "case": case}
    argument = SanctionArgument.objects.create(**own, office=owner, place=1, text=mark("jia", "stated", "sanction"))
    handler = office(lead).handler.person
    words = mark("jia", "stated", "sanctionanswer")
    SanctionAnswer.objects.create(**own, argument=argument, outcome="rejected", text=words, person=handler)
    SanctionOpinion.objects.create(
        tenant=department, dossier=case.dossier, case=case, stance="disagree",
        text=mark("jia", "stated", "sanctionopinion"), person=office(department).handler.person,
    )  # fmt: skip


def the_case() -> SanctionCase:
    """That case, under the system scope."""
    with system():
        return SanctionCase.objects.get()
