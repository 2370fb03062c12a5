"""Sixty parks over twenty years, lived through the register's services; what the list should say is kept beside."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import system
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Figure, Return
from notifications.models import Paper
from registry.enums import LIVING
from registry.models import HostZone, Park
from registry.services import (
    end_park,
    list_park,
    merge_parks,
    move_park,
    recognise_park,
    redraw_park,
    rename_park,
    revoke_park,
    upgrade_park,
)
from tests import factories
from tests.indicators.years import GOOD
from workflow import ledger

FIRST, LAST = 2012, 2031
PARKS, GOVERNMENTS = 60, 12
START = {code: Decimal(before or now) for code, (before, now) in GOOD.items()}
CONFERS = {
    recognise_park: "recognised", revoke_park: "revoked", upgrade_park: "national", end_park: "ended"
}  # fmt: skip


@dataclass(frozen=True)
class Stand:
    """How a park stands: what the list of a day shows of it."""

    name: str
    status: str
    area_km2: str
    host_zone: str


@dataclass
class Life:
    """A park with what became of it: its stands by the day from which each held."""

    park: Park
    stands: dict[dt.date, Stand] = field(default_factory=dict)

    @property
    def last(self) -> Stand:
        """How it stands at the end."""
        return self.stands[max(self.stands)]

    def turn(self, day: dt.date, **changed: str) -> None:
        """Another stand from a day on."""
        now = self.last
        known = {name: getattr(now, name) for name in ("name", "status", "area_km2", "host_zone")}
        self.stands[day] = Stand(**{**known, **changed})

    def on(self, day: dt.date) -> Stand | None:
        """How it stood on a day; None before it was listed."""
        begun = [since for since in self.stands if since <= day]
        return self.stands[max(begun)] if begun else None

    def is_living(self) -> bool:
        """Whether anything may still become of it."""
        return self.last.status in LIVING


def square(place: int, size: int) -> tuple[dict[str, Any], Decimal]:
    """A boundary of its own for each park, larger with each version, and an area that goes with it."""
    west, south = 118 + place % 10 * 0.4, 27.5 + place // 10 * 0.5
    east, north = west + 0.03 + 0.005 * size, south + 0.03
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}, Decimal(10 + place % 7) + Decimal("2.5") * size


class Province:
    """Sixty parks of twelve governments, each with the life that chance gives it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.office: Organisation = factories.make_government()
        self.actor: Actor = factories.make_actor(self.office, PostRole.SIGNER)
        self.lead = factories.make_organisation(OrganisationKind.LEAD)
        cities = [factories.make_organisation() for _ in range(GOVERNMENTS)]
        self.zones = {one.pk: [factories.make_host_zone(one.division) for _ in range(2)] for one in cities}
        self.lives = [self._list(place, cities[place % GOVERNMENTS]) for place in range(PARKS)]
        for place, life in enumerate(self.lives):
            self._live(place, life)
        self._merge()

    def _paper(self, dossier: Any, day: dt.date, confers: str = "") -> Paper:
        return factories.make_paper(self.office, dossier=dossier, confers=confers, issued_on=day, year=day.year)

    def _list(self, place: int, city: Organisation) -> Life:
        day = dt.date(FIRST - 1 + self.chance.randrange(8), self.chance.randint(1, 12), self.chance.randint(1, 28))
        paper = self._paper(None, day, "creating")
        name = f"第{place}示例高新技术产业园区"
        geojson, area = square(place, 0)
        zone = self.zones[city.pk][0]
        ledger.open_chain(paper.dossier, city)
        park = list_park(
            tenant=city, dossier=paper.dossier, name=name, city=city.division, county=None, host_zone=zone,
            area_km2=area, four_sides={}, industries=[("示例产业", "")], geojson=geojson, paper=paper, actor=self.actor,
        )  # fmt: skip
        return Life(park, {day: Stand(name, "creating", str(area), zone.name)})

    def _live(self, place: int, life: Life) -> None:
        """What happens after the listing, each act after the last."""
        day = max(life.stands)
        for size in range(1, self.chance.randrange(5) + 1):
            day += dt.timedelta(days=self.chance.randint(200, 1600))
            if day.year > LAST or not life.is_living():
                return
            self._turn(place, life, day, size)

    def _turn(self, place: int, life: Life, day: dt.date, size: int) -> None:
        dossier = life.park.dossier
        common = {"dossier": dossier, "actor": self.actor}
        acts = ["rename", "redraw", "move", "end"]
        acts += {"creating": ["recognise"] * 5 + ["revoke"] * 2, "recognised": ["upgrade"] * 2}.get(
            life.last.status, []
        )
        act = self.chance.choice(acts)
        if act == "rename":
            name = f"{life.park.city.name}{place}号第{size}名高新技术产业园区"
            rename_park(life.park, name, paper=self._paper(dossier, day), since=day, **common)
            life.turn(day, name=name)
        elif act == "redraw":
            geojson, area = square(place, size)
            paper = self._paper(dossier, day)
            redraw_park(life.park, geojson=geojson, area_km2=area, four_sides={}, paper=paper, since=day, **common)
            life.turn(day, area_km2=str(area))
        elif act == "move":
            zone = self._other_zone(life)
            move_park(life.park, zone, paper=self._paper(dossier, day), since=day, **common)
            life.turn(day, host_zone=zone.name)
        else:
            service = {"recognise": recognise_park, "revoke": revoke_park, "upgrade": upgrade_park, "end": end_park}[
                act
            ]
            service(life.park, paper=self._paper(dossier, day, CONFERS[service]), **common)
            life.turn(day, status=CONFERS[service])

    def _other_zone(self, life: Life) -> HostZone:
        return next(zone for zone in self.zones[life.park.tenant_id] if zone.name != life.last.host_zone)

    def _merge(self) -> None:
        """At the end of the time two living parks of one government become one."""
        for city in self.zones:
            living = [one for one in self.lives if one.park.tenant_id == city and one.is_living()]
            if len(living) < 2:
                continue
            into, taken = living[0], living[1]
            day = max(max(into.stands), max(taken.stands)) + dt.timedelta(days=30)
            paper = self._paper(taken.park.dossier, day, "ended")
            merge_parks(into.park, [taken.park], paper=paper, dossier=taken.park.dossier, actor=self.actor, since=day)
            taken.turn(day, status="ended")

    def tell(self) -> None:
        """Final figures of every park and of its host zones for every year."""
        returns: list[Return] = []
        figures: list[Figure] = []
        for life in self.lives:
            growth = Decimal(self.chance.randint(100, 135)) / 100
            self._figures(SubjectKind.PARK, "P.", life.park.slug, life.park.tenant, growth, returns, figures)
        for city, zones in self.zones.items():
            tenant = Organisation.objects.get(pk=city)
            for zone in zones:
                self._figures(SubjectKind.ZONE, "Z.", zone.slug, tenant, Decimal("1.1"), returns, figures)
        for report in returns:
            ledger.open_chain(report.dossier, report.tenant)
        Return.objects.bulk_create(returns)
        Figure.objects.bulk_create(figures)

    def _figures(
        self, kind: str, prefix: str, subject: str, tenant: Organisation, growth: Decimal,
        returns: list[Return], figures: list[Figure],
    ) -> None:  # fmt: skip
        for year in range(FIRST - 1, LAST + 1):
            report = Return(kind=kind, subject=subject, year=year, tenant=tenant, name=subject)
            returns.append(report)
            for code, start in START.items():
                if code.startswith(prefix):
                    luck = Decimal(self.chance.randint(95, 105)) / 100
                    value = (start * growth ** (year - FIRST + 1) * luck).quantize(Decimal("0.01"))
                    told = {"level": FigureLevel.IMPORTED, "value": str(value)}
                    figures.append(Figure.follow(report, code, None, **told))

    def on(self, day: dt.date) -> dict[str, Stand]:
        """The list of a day as it should be, by the code of each park."""
        return {life.park.slug: stand for life in self.lives if (stand := life.on(day)) is not None}


def simulated(seed: int = 20) -> Province:
    """The province, under the system scope."""
    with system():
        return Province(seed)
