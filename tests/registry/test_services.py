"""No legal status without its paper or its cited source, and nothing that was said is erased."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.models import Organisation
from accounts.scope import enter, of_organisation, system
from notifications.enums import LegalEffect
from registry.enums import ParkStatus, Precision
from registry.facts import loader
from registry.models import LeadingIndustry, LegalStatus, Park, ParkBoundary, ParkName
from registry.services import import_park, list_park
from tests import factories
from workflow import ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


def hangzhou() -> Organisation:
    return factories.make_organisation(division=factories.make_division("330100", "杭州市"))


def arguments(tenant: Organisation, actor: Actor, **changes: Any) -> dict[str, Any]:
    """What list_park is called with, for a paper of the government office."""
    paper = changes.pop("paper", None) or factories.make_paper(
        factories.make_government(), confers=LegalEffect.CREATING
    )
    return {
        "tenant": tenant,
        "dossier": paper.dossier,
        "name": "城西示例高新技术产业园区",
        "city": tenant.division,
        "county": None,
        "host_zone": factories.make_host_zone(tenant.division),
        "area_km2": Decimal("12.793025817"),
        "four_sides": {"east": "东大河"},
        "industries": [("数字安防", "3915"), ("生物医药", "2710")],
        "geojson": factories.SQUARE,
        "paper": paper,
        "actor": actor,
        **changes,
    }


def government_actor() -> Actor:
    return factories.make_actor(factories.make_government(), PostRole.SIGNER)


def test_list_park_by_the_government_writes_the_whole_entry() -> None:
    tenant, actor = hangzhou(), government_actor()
    given = arguments(tenant, actor)
    with system():
        ledger.open_chain(given["dossier"], tenant)
    factories.make_grant(given["dossier"], tenant, actor.organisation, factories.make_organisation(), GrantLevel.ACT)
    with enter(actor.scope):
        park = list_park(**given)
    with system():
        park = Park.objects.select_related("current").get(pk=park.pk)
        assert park.slug == "hangzhou-2026-1"
        assert (park.status, park.current.status) == (ParkStatus.CREATING, ParkStatus.CREATING)
        assert (park.current.paper_id, park.current.since) == (given["paper"].pk, dt.date(2026, 3, 2))
        assert list(ParkName.objects.values_list("name", flat=True)) == ["城西示例高新技术产业园区"]
        assert ParkBoundary.objects.get().geojson == factories.SQUARE
        industries = LeadingIndustry.objects.order_by("order").values_list("order", "name", "code")
        assert list(industries) == [(1, "数字安防", "3915"), (2, "生物医药", "2710")]
        event = ledger.history(given["dossier"]).get(name="list")
        assert (event.after, event.data["slug"]) == ("creating", "hangzhou-2026-1")


def test_list_park_of_yiwu_stands_under_its_prefecture() -> None:
    jinhua = factories.make_division("330700", "金华市")
    yiwu = factories.make_division("330782", "义乌市", "county")
    yiwu.parent = jinhua
    yiwu.save()
    park = factories.make_park(factories.make_organisation(division=yiwu))
    assert (park.slug, park.city_id, park.county_id) == ("yiwu-2026-1", "330700", "330782")


def test_list_park_twice_counts_the_code_on() -> None:
    tenant = hangzhou()
    slugs = [factories.make_park(tenant).slug for _ in range(3)]
    assert slugs == ["hangzhou-2026-1", "hangzhou-2026-2", "hangzhou-2026-3"]


@pytest.mark.parametrize("kind", ["applicant_gov", "kjt", "department"])
def test_list_park_by_another_office_is_refused(kind: str) -> None:
    tenant = hangzhou()
    with system(), pytest.raises(Refused, match="只有省政府办公厅"):
        list_park(**arguments(tenant, factories.make_actor(factories.make_organisation(kind), PostRole.SIGNER)))
    assert not Park.objects.exists()


@pytest.mark.parametrize("effect", [effect for effect in LegalEffect if effect != LegalEffect.CREATING])
def test_list_park_by_a_paper_of_another_effect_is_refused(effect: LegalEffect) -> None:
    tenant, actor = hangzhou(), government_actor()
    paper = factories.make_paper(actor.organisation, confers=effect)
    with system(), pytest.raises(Refused, match="同意创建文件"):
        list_park(**arguments(tenant, actor, paper=paper))


def test_list_park_by_the_paper_of_another_dossier_is_refused() -> None:
    tenant, actor = hangzhou(), government_actor()
    with system(), pytest.raises(Refused, match="本案"):
        list_park(**{**arguments(tenant, actor), "dossier": uuid4()})


def test_list_park_without_industries_is_refused() -> None:
    with system(), pytest.raises(Refused, match="主导产业"):
        list_park(**arguments(hangzhou(), government_actor(), industries=[]))


def insert_park(status: str, current: Any, tenant: Organisation) -> Any:
    """A park by raw SQL; its number."""
    pk = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_park (id, slug, tenant_id, name, status, current_id, city_id, four_sides, facts,"
            " sample, created_at) VALUES (%s, %s, %s, 'x', %s, %s, %s, '{}', '[]', false, now())",
            [pk, f"x-{pk}", tenant.pk, status, current, tenant.division_id],
        )
    return pk


def insert_status(pk: Any, park: Any, status: str, paper: Any = None, citation: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_legalstatus (id, park_id, status, precision, paper_id, citation, note, recorded_at)"
            " VALUES (%s, %s, %s, 'unknown', %s, %s, '', now())",
            [pk, park, status, paper, citation],
        )


def settle() -> None:
    """Let the database check now what it checks at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def other(status: str) -> str:
    return ParkStatus.ENDED if status != ParkStatus.ENDED else ParkStatus.CREATING


def enter_park(status: str, *, rests_on: str = "", paper: Any = None, citation: str = "") -> None:
    """A park by raw SQL whose legal status is `rests_on` (default the same), checked at once."""
    with transaction.atomic():
        current = uuid4()
        park = insert_park(status, current, hangzhou())
        insert_status(current, park, rests_on or status, paper and paper.pk, citation)
        settle()


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_with_its_paper_holds(status: str) -> None:
    with system():
        enter_park(status, paper=factories.make_paper(factories.make_government(), confers=status))
        assert Park.objects.get().status == status


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_with_a_citation_holds(status: str) -> None:
    with system():
        enter_park(status, citation="浙江日报")
        assert Park.objects.get().status == status


def enter_park_alone(status: str) -> None:
    """A park by raw SQL that rests on nothing, checked at once."""
    with transaction.atomic():
        insert_park(status, uuid4(), hangzhou())
        settle()


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_without_any_legal_status_fails(status: str) -> None:
    with system(), pytest.raises(IntegrityError, match="registry_park_status_rests"):
        enter_park_alone(status)


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_without_paper_or_citation_fails(status: str) -> None:
    with system(), pytest.raises(IntegrityError, match="status_rests_on_paper_or_citation"):
        enter_park(status)


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_with_a_paper_that_confers_another_fails(status: str) -> None:
    paper = factories.make_paper(factories.make_government(), confers=other(status))
    with system(), pytest.raises(IntegrityError, match="registry_legalstatus_conferred"):
        enter_park(status, paper=paper)


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_with_a_paper_that_confers_nothing_fails(status: str) -> None:
    paper = factories.make_paper(factories.make_government())
    with system(), pytest.raises(IntegrityError, match="registry_legalstatus_conferred"):
        enter_park(status, paper=paper)


@pytest.mark.parametrize("status", ParkStatus.values)
def test_status_that_is_not_that_of_its_legal_status_fails(status: str) -> None:
    paper = factories.make_paper(factories.make_government(), confers=other(status))
    with system(), pytest.raises(IntegrityError, match="registry_park_status_rests"):
        enter_park(status, rests_on=other(status), paper=paper)


def borrow_status(park: Park) -> None:
    """A second park by raw SQL that rests on the legal status of the first, checked at once."""
    with transaction.atomic():
        insert_park(park.status, park.current_id, hangzhou())
        settle()


def test_status_of_another_park_does_not_serve() -> None:
    first = factories.make_park()
    with system(), pytest.raises(IntegrityError, match="registry_park_status_rests"):
        borrow_status(first)


def run(act: str) -> None:
    """One statement of raw SQL."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE registry_legalstatus SET status = 'ended'",
        "UPDATE registry_legalstatus SET paper_id = NULL, citation = 'x'",
        "DELETE FROM registry_legalstatus",
    ],
)
def test_legal_status_is_never_changed_or_deleted(act: str) -> None:
    factories.make_park()
    with system(), pytest.raises(IntegrityError, match="append-only"):
        run(act)


def test_register_is_not_written_by_its_own_city() -> None:
    tenant = hangzhou()
    park = factories.make_park(tenant)
    with of_organisation(tenant.pk):
        assert Park.objects.update(name="改名") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            insert_park(ParkStatus.RECOGNISED, uuid4(), tenant)
    with system():
        assert Park.objects.get().name == park.name


def fact_of(slug: str) -> Any:
    return next(fact for fact in loader.parks() if fact.slug == slug)


def test_import_park_keeps_names_dates_and_sources() -> None:
    place = factories.make_division("330500", "湖州市")
    county = factories.make_division("330521", "德清县", "county")
    county.parent = place
    county.save()
    factories.make_organisation(division=place, code="gov-330500")
    fact = fact_of("moganshan")
    with system():
        park = import_park(fact)
        assert park is not None
        assert import_park(fact) == park
        assert (park.city_id, park.county_id, park.status) == ("330500", "330521", ParkStatus.NATIONAL)
        assert (park.area_km2, park.host_zone, park.sample) == (None, None, False)
        first, status = LegalStatus.objects.order_by("since")
        assert (first.status, first.since, first.precision) == (
            ParkStatus.RECOGNISED, dt.date(2010, 1, 1), Precision.YEAR
        )  # fmt: skip
        assert (status.since, status.precision) == (dt.date(2015, 9, 1), Precision.MONTH)
        assert status.citation == next(act.source for act in fact.acts if act.kind.value == "upgraded")
        assert ParkName.objects.count() == len(fact.names)
        assert all(row["source"] for row in park.facts)
        assert any(row.get("date") == "1993" for row in park.facts)


def test_import_park_without_a_sourced_status_enters_nothing() -> None:
    untold = [fact for fact in loader.parks() if fact.status is None]
    assert untold
    with system():
        assert [import_park(fact) for fact in untold] == [None] * len(untold)
        assert not Park.objects.exists()
