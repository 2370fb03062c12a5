"""The index in the scene: one signed version and one being drafted; a signed ruling of 甲's park and a drafted one."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import system
from indicators.enums import RankingList
from indicators.models import IndexVersion, RatingRound, Ruling, VerifyingOffice
from indicators.services import index_signing, index_versions, rating
from indicators.subjects import Subject
from portal.sample.acting import office
from tests.markers import mark
from workflow import instants, ledger

YEAR = 2024
RATED_LIST, RATED = "creating", "plan_and_services"
RULINGS = {"signed": "P-II.2.2b", "drafting": "P-II.2.2c"}


def load(owner_code: str, reporter_code: str) -> None:
    """Both versions and both rulings."""
    codes = ("kjt", "dept-fgw", "dept-stat", owner_code, reporter_code)
    offices = {one.code: one for one in Organisation.objects.filter(code__in=codes)}
    for label, code in (("发改", "dept-fgw"), ("统计", "dept-stat")):
        VerifyingOffice.objects.get_or_create(label=label, defaults={"organisation": offices[code]})
    lead, development, statistics = (office(offices[code]) for code in codes[:3])
    people = {
        "handler": lead.handler,
        "reviewer": lead.reviewer,
        "signer": lead.signer,
        "development": development.signer,
        "statistics": statistics.signer,
    }
    index_signing.sign_default(RankingList.CREATING, people)
    with lead.as_(PostRole.HANDLER):
        index_versions.draft(RankingList.RECOGNISED, lead.handler)
    for key, clause in RULINGS.items():
        with system():
            ruling = Ruling.objects.create(
                tenant=lead.organisation,
                subject="jia-judged",
                name=f"园区{mark('jia', key, 'ruling')}",
                year=YEAR,
                clause=clause,
                city=offices[owner_code],
                reporter=offices[reporter_code],
                drafted_by=lead.handler.person,
            )
            ledger.open_chain(ruling.dossier, ruling.tenant)
        if key == "signed":
            said = {"outcome": "met", "reasons": mark("jia", key, "ruling")}
            lead.issue("ruling", ruling, ruling.dossier, "关于示例的裁定", said)


def ask_to_score(people: Sequence[Actor | None]) -> None:
    """A round of scoring by the signed version, in which these people score two invented parks."""
    lead = office(Organisation.objects.get(code="kjt"))
    signed = version("signed")
    subjects = [Subject(code, f"示例园区{code}", RankingList.CREATING, lead.organisation.pk) for code in ("one", "two")]
    asked = {RATED: [one.post for one in people if one is not None]}
    with lead.as_(PostRole.HANDLER):
        rating.open_round(signed, YEAR, subjects, asked, instants.today(), lead.handler)


def the_rating() -> RatingRound:
    """That round."""
    with system():
        return RatingRound.objects.get(evaluation=None)


def version(key: str) -> IndexVersion:
    """The version that was signed, or the one being drafted."""
    with system():
        return IndexVersion.objects.get(status={"signed": "signed", "draft": "draft"}[key])


def ruling(key: str) -> Ruling:
    """One of the rulings."""
    with system():
        return Ruling.objects.get(clause=RULINGS[key])
