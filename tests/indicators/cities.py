"""Cities and counties with the final figures of two years, computed by a signed index and released in full."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.enums import DivisionLevel, PostRole
from accounts.models import Division, Organisation
from accounts.scope import enter, system
from indicators.enums import FigureLevel, Listing, Programme, RankingList, SubjectKind
from indicators.models import Figure, IndexVersion, Return, Run
from indicators.services import index_signing, running
from policy import index
from registry.enums import CityTitleKind
from registry.services import keep_title
from tests.factories import make_organisation, make_paper
from tests.indicators.indices import Departments, departments
from workflow import ledger

YEAR = 2024
PLACES = (("339701", "示例甲市", 3), ("339702", "示例乙市", 2), ("339703", "示例丙市", 1))
COUNTIES = (("339711", "示例甲县", 2), ("339712", "示例乙县", 1))


@dataclass
class Cities:
    """The departments, and the released run of the year."""

    world: Departments
    run: Run

    def statistics(self, role: str = PostRole.HANDLER) -> Actor:
        """A person of 省统计局."""
        return self.world.actor("statistics", role)


def released_cities(level: FigureLevel = FigureLevel.IMPORTED) -> Cities:
    """Three cities and two counties; the size says how large each figure is, and each grows by size per cent."""
    world = departments()
    versions = [
        index_signing.sign_default(ranking, world.signing) for ranking in (RankingList.CITY, RankingList.COUNTY)
    ]
    with system():
        for tier, rows in ((DivisionLevel.PREFECTURE, PLACES), (DivisionLevel.COUNTY, COUNTIES)):
            for code, name, size in rows:
                parent = Division.objects.get(code=PLACES[0][0]) if tier == DivisionLevel.COUNTY else None
                place = Division.objects.create(code=code, name=name, level=tier, parent=parent)
                office = make_organisation(division=place, name=f"{name}人民政府")
                keep_title(
                    place, CityTitleKind.PILOT, held=True, since=dt.date(2020, 5, 1), citation="示例",
                    office=world.offices["lead"],
                )  # fmt: skip
                tell(office, code, name, size, versions, level)
    return Cities(world, release(world))


def tell(
    office: Organisation, code: str, name: str, size: int, versions: list[IndexVersion], level: FigureLevel
) -> None:
    """Final figures of two years: everything that the index and the fiscal clause want."""
    codes = {"C.fiscal_st_expenditure": "", "C.fiscal_recurrent_revenue": ""}
    for version in versions:
        for part in index.indicators(version.parts):
            codes |= dict.fromkeys([*part.numerator, *filter(None, [part.denominator])], "")
    for year in (YEAR - 1, YEAR):
        report = Return.objects.create(tenant=office, kind=SubjectKind.CITY, subject=code, name=name, year=year)
        ledger.open_chain(report.dossier, office)
        rows = [
            Figure.follow(report, one, None, level=level, value=_value(one, size, place, year == YEAR))
            for place, one in enumerate(sorted(codes))
        ]
        Figure.objects.bulk_create(rows)


def _value(code: str, size: int, place: int, now: bool) -> str:
    """Larger places have more of everything, in full persons and pieces; denominators are the same everywhere."""
    if code in ("C.gdp", "C.population", "C.industrial_output", "C.industrial_va"):
        return "1000"
    if code == "C.fiscal_recurrent_revenue":
        return "110" if now else "100"
    if code == "C.fiscal_st_expenditure":
        return str(109 + size) if now else "100"
    base = 100 * size + place
    return str(base + (base * size) // 10 if now else base)


def release(world: Departments) -> Run:
    """Computed and released in full, each step by another person."""
    with system():
        run = running.compute(running.start_run(Programme.CITY, YEAR, None))
    handler, signer = world.actor("lead"), world.actor("lead", PostRole.SIGNER)
    with enter(handler.scope):
        running.propose_release(run, Listing.FULL, 0, handler)
    paper = make_paper(world.offices["lead"], dossier=run.dossier)
    with enter(signer.scope):
        return running.release(run, signer, paper)


def correct(world: Departments, code: str, figure: str, value: str) -> Run:
    """A figure of the year is corrected, and the year computed and released once more."""
    with system():
        before = Figure.objects.filter(subject=code, code=figure, year=YEAR).latest("vintage")
        Figure.follow(before.report, figure, before, level=FigureLevel.CORRECTED, value=value).save(force_insert=True)
    return release(world)
