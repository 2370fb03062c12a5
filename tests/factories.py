"""Sample organisations, people and filings for tests; every factory enters the system scope by itself."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import uuid
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import DivisionLevel, GrantLevel, OrganisationKind, PostRole
from accounts.models import Division, Grant, Organisation, Person, Post
from accounts.scope import system
from applications.models import Filing
from notifications.enums import LegalEffect
from notifications.models import Paper
from registry.enums import HostZoneKind
from registry.models import HostZone, Park
from registry.services import list_park
from workflow import ledger

_serial = itertools.count(1)
POSTED = dt.date(2012, 1, 1)
PASSWORD = "a long test password"


@functools.cache
def _hash() -> str:
    """The hash of PASSWORD, computed once: it is slow by design."""
    return make_password(PASSWORD)


def make_division(code: str = "", name: str = "", level: str = DivisionLevel.PREFECTURE) -> Division:
    """A division; the same code twice gives the same row."""
    code = code or str(900_000 + next(_serial) % 100_000)  # no real one; six digits in the longest run
    return Division.objects.get_or_create(code=code, defaults={"name": name or f"测试市{code}", "level": level})[0]


def make_organisation(
    kind: str = OrganisationKind.APPLICANT_GOV, name: str = "", *, division: Division | None = None, **fields: Any
) -> Organisation:
    """An organisation of a kind; an applicant lies in a division of its own unless one is given."""
    number = next(_serial)
    if division is None and kind in (OrganisationKind.APPLICANT_GOV, OrganisationKind.COUNTY_GOV):
        division = make_division()
    name = name or f"测试单位{number}"
    return Organisation.objects.create(
        **{
            "code": f"test-{kind.replace('_', '-')}-{number}",
            "kind": kind,
            "name": name,
            "short_name": name[:40],
            "division": division,
            "series": {
                "letter": f"测{number}函",
                "document": f"测{number}发",
                "notice": f"测{number}通",
                "request": f"测{number}请",
                "minutes": f"测{number}纪",
                "reply": f"测{number}批",
            },
            **fields,
        }
    )


def make_person(
    organisation: Organisation | None = None, role: str = PostRole.HANDLER, name: str = "", **fields: Any
) -> Person:
    """A person with one post in an organisation, or with none where no organisation is given."""
    number = next(_serial)
    person = Person.objects.create(
        **{"username": f"person{number}", "password": _hash(), "name": name or f"测试人{number}", **fields}
    )
    if organisation is not None:
        make_post(person, organisation, role)
    return person


def make_post(person: Person, organisation: Organisation, role: str = PostRole.HANDLER, title: str = "") -> Post:
    """A post in force."""
    return Post.objects.create(person=person, organisation=organisation, role=role, title=title, valid_from=POSTED)


def make_actor(organisation: Organisation | None = None, role: str = PostRole.HANDLER, name: str = "") -> Actor:
    """A new person acting in a new post of the organisation (default: a new applicant)."""
    organisation = organisation or make_organisation()
    person = make_person(organisation, role, name)
    return Actor(person, Post.objects.select_related("organisation__division").get(person=person))


def make_office(organisation: Organisation) -> tuple[Actor, Actor, Actor]:
    """The three persons of an office: handler, reviewer, signer."""
    return tuple(  # type: ignore[return-value]
        make_actor(organisation, role) for role in (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)
    )


def make_host_zone(city: Division | None = None, name: str = "", kind: str = HostZoneKind.CLUSTER) -> HostZone:
    """A host zone of a city."""
    number = next(_serial)
    with system():
        return HostZone.objects.create(
            slug=f"test-zone-{number}",
            name=name or f"测试产业集聚区{number}",
            kind=kind,
            city=city or make_division(),
            source="测试资料",
            sample=True,
        )


def make_filing(
    owner: Organisation | Actor | None = None, *, host_zone: HostZone | None = None, **fields: Any
) -> Filing:
    """A draft filing with its chain, opened by a handler of its owner."""
    if isinstance(owner, Actor):
        organisation, person = owner.organisation, owner.person
    else:
        organisation = owner or make_organisation()
        person = make_person(organisation)
    with system():
        filing = Filing.objects.create(
            **{
                "tenant": organisation,
                "park_name": f"测试高新技术产业园区{next(_serial)}",
                "host_zone": host_zone or make_host_zone(organisation.division),
                "created_by": person,
                **fields,
            }
        )
        ledger.open_chain(filing.dossier, organisation)
    return filing


def make_grant(
    dossier: Any,
    tenant: Organisation,
    organisation: Organisation,
    granted_by: Organisation,
    level: str = GrantLevel.READ,
) -> Grant:
    """A dossier opened to another organisation."""
    with system():
        return Grant.objects.create(
            dossier=dossier, tenant=tenant, organisation=organisation, granted_by=granted_by, level=level
        )


def make_paper(
    tenant: Organisation, *, dossier: Any = None, confers: str = LegalEffect.NONE, published: bool = True, **fields: Any
) -> Paper:
    """A signed paper of an organisation, published unless told otherwise."""
    number = next(_serial)
    with system():
        return Paper.objects.create(
            **{
                "tenant": tenant,
                "dossier": dossier or uuid.uuid4(),
                "kind": "test",
                "confers": confers,
                "code": "测",
                "year": 2026,
                "serial": number,
                "number": f"测〔2026〕{number}号",
                "title": f"测试公文{number}",
                "issued_on": dt.date(2026, 3, 2),
                "issuer_name": tenant.name,
                "signer_name": "测试人",
                "template_version": "1",
                "data_hash": "0" * 64,
                "check_code": f"TESTCODE{number:08d}",
                "published_at": timezone.now() if published else None,
                **fields,
            }
        )


def make_government() -> Organisation:
    """省政府办公厅, the only one there is."""
    found = Organisation.objects.filter(kind=OrganisationKind.PROV_GOV_OFFICE).first()
    return found or make_organisation(OrganisationKind.PROV_GOV_OFFICE, "测试省政府办公厅")


SQUARE = {
    "type": "MultiPolygon",
    "coordinates": [[[[120.0, 30.0], [120.04, 30.0], [120.04, 30.03], [120.0, 30.03], [120.0, 30.0]]]],
}


def make_park(tenant: Organisation | None = None, *, paper: Paper | None = None, **fields: Any) -> Park:
    """A park listed through the register's service, by a published paper unless one is given."""
    tenant = tenant or make_organisation()
    government = make_government()
    paper = paper or make_paper(government, confers=LegalEffect.CREATING)
    actor = make_actor(government, PostRole.SIGNER)
    assert tenant.division is not None
    with system():
        ledger.open_chain(paper.dossier, tenant)
        return list_park(
            **{
                "tenant": tenant,
                "dossier": paper.dossier,
                "name": f"测试高新技术产业园区{next(_serial)}",
                "city": tenant.division,
                "county": None,
                "host_zone": make_host_zone(tenant.division),
                "area_km2": Decimal("12.793025817"),
                "four_sides": {"east": "东大河", "south": "南环路", "west": "西山", "north": "北塘"},
                "industries": [("数字安防", "3915"), ("生物医药", "2710")],
                "geojson": SQUARE,
                "paper": paper,
                "actor": actor,
                **fields,
            }
        )
