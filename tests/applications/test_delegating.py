"""Sections in others' hands: who writes what, until when, and how they come back."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core import signing
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Grant
from accounts.scope import enter, of_organisation, system
from applications import boundaries, completeness, delegating, editing, freezing, plan
from applications.models import Delegation, Filing, PlanField
from applications.plan_state import Plan, opened_on
from applications.selfcheck import page_of
from applications.views import carry
from notifications.models import Message
from registry.geometry import read_boundary
from tests.applications.plan_pages import autosave, seal_on
from tests.applications.samples import fill, geojson
from tests.delivered import deliver_acts
from tests.factories import make_actor, make_filing, make_grant, make_organisation
from workflow import ledger, todo
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


class World:
    """A city with a colleague, its bureau that helps, its county that does not, a neighbour, and a filing."""

    def __init__(self) -> None:
        self.city = make_actor(name="王经办")
        self.colleague = make_actor(self.city.organisation, name="李同事")
        owner = self.city.organisation
        self.bureau = make_actor(
            make_organisation(OrganisationKind.CITY_ST_BUREAU, "某市科技局", parent=owner), name="科技员"
        )
        self.committee = make_actor(make_organisation(OrganisationKind.PARK_COMMITTEE, "某管委会", parent=owner))
        self.county = make_actor(make_organisation(OrganisationKind.COUNTY_GOV, "某县政府", parent=owner))
        self.neighbour = make_actor()
        self.filing: Filing = make_filing(self.city)
        for helper in (self.bureau, self.committee):
            make_grant(self.filing.dossier, owner, helper.organisation, owner, "colleague")

    def give(self, slug: str = "leaders", to: Actor | None = None, **more: Any) -> Delegation:
        """A section given to an office (default: the bureau)."""
        section = plan.section_of(slug, opened_on(self.filing))
        assert section
        with enter(self.city.scope):
            organisation = (to or self.bureau).organisation
            return delegating.delegate(self.filing, [section], self.city, organisation=organisation, **more)[0]


@pytest.fixture
def world() -> World:
    """One city."""
    return World()


def write(filing: Filing, actor: Actor, key: str, value: str) -> None:
    """Save one field in the actor's scope."""
    with enter(actor.scope):
        editing.save_fields(Filing.objects.get(pk=filing.pk), {key: value}, actor)


def client_of(actor: Actor) -> Client:
    """The actor's browser."""
    client = Client()
    client.force_login(actor.person)
    return client


def own_seal(actor: Actor, page: str) -> str:
    """The seal of a page as shown to the actor."""
    return signing.dumps({"person": str(actor.person.pk), "path": page, "seen": {}}, salt=carry.SALT)


# -- the way of a section -------------------------------------------------------------------------
def test_section_goes_out_comes_back_is_returned_and_confirmed(world: World) -> None:
    row = world.give(note="请核对姓名")
    with enter(world.bureau.scope):
        task = todo.waiting_for(world.bureau).get()
        assert (task.kind, task.address) == ("delegation", page_of(world.filing, "leaders"))
    write(world.filing, world.bureau, "leader.main.name", "科技局写的")
    with enter(world.bureau.scope):
        delegating.hand_over(Delegation.objects.get(pk=row.pk), world.bureau, "已核对")
        assert not todo.waiting_for(world.bureau).exists()
    with pytest.raises(Refused):
        write(world.filing, world.bureau, "leader.main.name", "交回后再改")
    with enter(world.city.scope):
        row.refresh_from_db()
        assert (row.status, row.handed_note, row.handed_by_id) == ("handed", "已核对", world.bureau.person.pk)
        assert [task.kind for task in todo.waiting_for(world.city)] == ["delegation_check"]
        with pytest.raises(Refused, match="退回修改的原因"):
            delegating.give_back(row, world.city, " ")
        delegating.give_back(row, world.city, "分管领导还缺")
        assert not todo.waiting_for(world.city).exists()
    write(world.filing, world.bureau, "leader.deputy.name", "补上了")
    with enter(world.bureau.scope):
        delegating.hand_over(Delegation.objects.get(pk=row.pk), world.bureau)
    with enter(world.city.scope):
        row.refresh_from_db()
        delegating.confirm(row, world.city)
        assert row.status == "confirmed"
        names = [event.name for event in ledger.history(world.filing.dossier)]
        assert names == ["delegate", "hand_over", "give_back", "hand_over", "confirm"]
        assert Plan.of(world.filing).text("leader.deputy.name") == "补上了"
    with system():
        deliver_acts()
    with enter(world.bureau.scope):
        titles = set(Message.objects.values_list("title", flat=True))
        assert any(title.endswith("退回修改") for title in titles)
        assert any(title.startswith("请填写") for title in titles)


def test_events_of_the_division_of_work_stay_among_those_who_write(world: World) -> None:
    world.give()
    lead = make_actor(make_organisation(OrganisationKind.LEAD))
    make_grant(world.filing.dossier, world.filing.tenant, lead.organisation, world.filing.tenant, "act")
    for actor, count in ((world.city, 1), (world.bureau, 1), (world.committee, 1), (lead, 0), (world.neighbour, 0)):
        with enter(actor.scope):
            assert (ledger.history(world.filing.dossier).count(), actor) == (count, actor)


def test_colleague_of_the_own_office_finds_the_section_on_the_desk(world: World) -> None:
    row = world.give(to=world.city, person=world.colleague.person)
    with enter(world.colleague.scope):
        task = todo.waiting_for(world.colleague).get()
        assert (task.assignee_id, task.address) == (world.colleague.person.pk, page_of(world.filing, "leaders"))
        delegating.hand_over(row, world.colleague)
    with enter(world.city.scope):
        assert Delegation.objects.get(pk=row.pk).status == "handed"


def test_section_is_given_to_one_at_a_time_and_taken_back(world: World) -> None:
    row = world.give()
    with pytest.raises(Refused, match="已经交给"):
        world.give(to=world.committee)
    with enter(world.city.scope):
        delegating.take_back(row, world.city)
        assert not todo.waiting_for(world.bureau).exists()
    assert world.give(to=world.committee).status == "open"
    with pytest.raises(Refused):
        write(world.filing, world.bureau, "leader.main.name", "已收回")


def test_nothing_is_sent_while_a_section_is_out(world: World) -> None:
    fill(world.filing, world.city)
    row = world.give()
    with enter(world.city.scope):
        assert [one.text for one in completeness.missing(world.filing) if "还没有交回" in one.text] != []
        with pytest.raises(Refused, match="填写分工"):
            freezing.freeze(world.filing, world.city)
        delegating.take_back(row, world.city)
        assert completeness.missing(world.filing) == []
        freezing.freeze(world.filing, world.city)


def test_holder_of_the_boundary_sets_the_shape_too(world: World) -> None:
    shape = read_boundary("b.geojson", geojson(), "EPSG:4490")
    with enter(world.bureau.scope), pytest.raises(Refused):
        boundaries.set_boundary(world.filing, shape, world.bureau, boundaries.UPLOAD)
    world.give("boundary")
    with enter(world.bureau.scope):
        row = boundaries.set_boundary(world.filing, shape, world.bureau, boundaries.UPLOAD)
        assert (row.tenant_id, row.changed_by_id) == (world.filing.tenant_id, world.bureau.person.pk)
        boundaries.remove_boundary(world.filing, world.bureau)
        assert boundaries.boundary_of(world.filing) is None


# -- who helps ------------------------------------------------------------------------------------
def test_helper_is_added_reads_and_is_removed(world: World) -> None:
    page = world.filing.get_absolute_url()
    assert client_of(world.county).get(page).status_code == 404
    with enter(world.city.scope):
        delegating.add_helper(world.filing, world.county.organisation, world.city)
    assert client_of(world.county).get(page).status_code == 200
    row = world.give(to=world.county)
    with enter(world.city.scope):
        with pytest.raises(Refused, match="还有没办完的分工"):
            delegating.remove_helper(world.filing, world.county.organisation, world.city)
        delegating.take_back(row, world.city)
        delegating.remove_helper(world.filing, world.county.organisation, world.city)
    assert client_of(world.county).get(page).status_code == 404


def test_office_of_another_city_is_no_helper(world: World) -> None:
    other = make_organisation(OrganisationKind.CITY_ST_BUREAU, parent=world.neighbour.organisation)
    with enter(world.city.scope):
        with pytest.raises(Refused, match="不能作为"):
            delegating.add_helper(world.filing, other, world.city)
        section = plan.section_of("leaders", opened_on(world.filing))
        assert section
        with pytest.raises(Refused, match="不是这份申报的协同填报单位"):
            delegating.delegate(world.filing, [section], world.city, organisation=other)


# -- below the services: the database itself ------------------------------------------------------
INSERT = """
INSERT INTO applications_planfield (id, tenant_id, dossier, filing_id, key, value, version, changed_by_id, changed_at)
VALUES (gen_random_uuid(), %s, %s, %s, %s, '"x"', 1, %s, now())
"""


def inserts(world: World, actor: Actor, key: str, **other: Any) -> bool:
    """Whether the actor's scope lets raw SQL put a field into the filing; it is taken back."""
    filing = world.filing
    values = [other.get("tenant", filing.tenant_id), filing.dossier, filing.pk, key, other.get("by", actor.person.pk)]
    return _does(actor, INSERT, values) == 1


def _does(actor: Actor, sql: str, values: list[Any]) -> int:
    try:
        with of_organisation(actor.organisation.pk, actor.person.pk), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                count = cursor.rowcount
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            transaction.set_rollback(True)
    except DatabaseError:
        return 0
    return count


def test_database_lets_the_holder_write_the_section_and_nothing_else(world: World) -> None:
    row = world.give()
    assert inserts(world, world.bureau, "leader.main.name")
    assert not inserts(world, world.bureau, "space.phases"), "a section that was not given"
    assert not inserts(world, world.bureau, "leader.main.name", by=world.city.person.pk), "in another's name"
    assert not inserts(world, world.bureau, "leader.main.name", tenant=world.bureau.organisation.pk), "as its own"
    for stranger in (world.committee, world.county, world.neighbour):
        assert not inserts(world, stranger, "leader.main.name")
    with enter(world.bureau.scope):
        delegating.hand_over(Delegation.objects.get(pk=row.pk), world.bureau)
    assert not inserts(world, world.bureau, "leader.main.name"), "after it was handed back"


def test_database_closes_the_section_with_the_filing(world: World) -> None:
    world.give()
    with enter(world.city.scope):
        editing.save_fields(world.filing, {"leader.main.name": "甲"}, world.city)
    change = "UPDATE applications_planfield SET value = '\"乙\"', changed_by_id = %s WHERE filing_id = %s"
    values = [world.bureau.person.pk, world.filing.pk]
    assert _does(world.bureau, change, values) == 1
    assert _does(world.committee, change, [world.committee.person.pk, world.filing.pk]) == 0
    with system():
        Filing.objects.filter(pk=world.filing.pk).update(status="discarded")
    assert _does(world.bureau, change, values) == 0
    assert not inserts(world, world.bureau, "leader.deputy.name")


def test_holder_cannot_widen_what_was_given(world: World) -> None:
    row = world.give()
    widen = "UPDATE applications_delegation SET keys = array_append(keys, 'space.phases') WHERE id = %s"
    assert _does(world.bureau, widen, [row.pk]) == 0
    assert _does(world.city, widen, [row.pk]) == 0
    assert _does(world.bureau, "UPDATE applications_delegation SET status = 'confirmed' WHERE id = %s", [row.pk]) == 0
    assert _does(world.bureau, "UPDATE applications_delegation SET status = 'handed' WHERE id = %s", [row.pk]) == 1
    assert _does(world.bureau, "DELETE FROM applications_delegation WHERE id = %s", [row.pk]) == 0
    assert _does(world.committee, "UPDATE applications_delegation SET status = 'handed' WHERE id = %s", [row.pk]) == 0


def test_section_is_given_to_helpers_only_and_grants_are_ended_by_the_owner_alone(world: World) -> None:
    with enter(world.city.scope), pytest.raises(DatabaseError), transaction.atomic():
        Delegation.objects.create(
            tenant=world.filing.tenant,
            dossier=world.filing.dossier,
            filing=world.filing,
            section="leaders",
            keys=["leader.main.name"],
            organisation=world.county.organisation,
            assigned_by=world.city.person,
        )
    lead = make_actor(make_organisation(OrganisationKind.LEAD))
    make_grant(world.filing.dossier, world.filing.tenant, lead.organisation, world.filing.tenant, "act")
    for actor, ended in ((world.bureau, 0), (world.neighbour, 0), (world.city, 2)):
        assert _does(actor, "DELETE FROM accounts_grant WHERE dossier = %s", [world.filing.dossier]) == ended
    with system():
        assert Grant.objects.filter(dossier=world.filing.dossier).count() == 3


# -- pages ----------------------------------------------------------------------------------------
def test_helper_s_page_saves_the_given_section_alone(world: World) -> None:
    world.give()
    bureau = client_of(world.bureau)
    page = page_of(world.filing, "leaders")
    shown = html.unescape(bureau.get(page).content.decode())
    assert "本节分工" in shown
    assert "data-autosave" in shown
    answer = autosave(
        bureau, page, own_seal(world.bureau, page), {"leader.main.name": 0}, **{"leader.main.name": "科技局写的"}
    )
    assert answer.status_code == 200
    other = page_of(world.filing, "space")
    assert "data-autosave" not in bureau.get(other).content.decode()
    answer = autosave(bureau, other, seal_on(bureau, other), {"space.phases": 0}, **{"space.phases": "一期"})
    assert answer.status_code == 409
    assert "分工给本单位的章节" in answer.json()["refused"][0]
    with enter(world.city.scope):
        assert [row.key for row in PlanField.objects.filter(filing=world.filing)] == ["leader.main.name"]


def test_work_page_gives_sections_out_and_shows_who_works_on_what(world: World) -> None:
    city = client_of(world.city)
    page = reverse("applications:work", args=[world.filing.pk])
    data = {"act": "delegate", "sections": ["leaders", "figures"], "to": f"org:{world.bureau.organisation.pk}"}
    wrong = city.post(page, {**data, "seal": seal_on(city, page), "due_on": "2001-01-01"})
    assert wrong.status_code == 422
    assert "期限不能早于今天" in wrong.content.decode()
    assert city.post(page, {**data, "seal": seal_on(city, page), "due_on": "2999-01-31"}).status_code == 302
    shown = html.unescape(city.get(page).content.decode())
    assert shown.count("待填写") == 2
    assert world.bureau.organisation.short_name in html.unescape(
        city.get(world.filing.get_absolute_url()).content.decode()
    )
    write(world.filing, world.bureau, "leader.main.name", "写了一点")
    shown = html.unescape(city.get(page).content.decode())
    assert (shown.count("待填写"), "填写中" in shown) == (1, True)
    bureau = client_of(world.bureau)
    with enter(world.city.scope):
        row = Delegation.objects.get(section="leaders")
    shown = bureau.get(page).content.decode()
    seals = re.findall(r'name="seal" value="([^"]+)"', shown)
    act = reverse("applications:delegation", args=[world.filing.pk, row.pk])
    done = [bureau.post(act, {"seal": html.unescape(seal), "act": "hand_over"}).status_code for seal in seals]
    assert sorted(set(done)) == [302, 403], "each form has a seal of its own"
    with enter(world.city.scope):
        assert Delegation.objects.get(pk=row.pk).status == "handed"


@pytest.mark.parametrize("act", ["hand_over", "confirm", "give_back", "take_back"])
def test_act_of_who_only_reads_is_refused_in_words(world: World, act: str) -> None:
    row = world.give()
    page = reverse("applications:delegation", args=[world.filing.pk, row.pk])
    reader = client_of(world.committee)
    data = {"seal": own_seal(world.committee, page), "act": act, f"{row.pk}-reason": "不行"}
    answer = reader.post(page, data, follow=True)
    assert answer.status_code == 200
    assert "不能" in html.unescape(answer.content.decode())
    with enter(world.city.scope):
        assert Delegation.objects.get(pk=row.pk).status == "open"


@pytest.mark.parametrize("role", [PostRole.REVIEWER, PostRole.SIGNER])
def test_only_handlers_divide_the_work(world: World, role: str) -> None:
    actor = make_actor(world.city.organisation, role)
    reader = client_of(actor)
    page = reverse("applications:work", args=[world.filing.pk])
    data = {"act": "delegate", "sections": ["leaders"], "to": f"org:{world.bureau.organisation.pk}"}
    assert reader.post(page, {**data, "seal": own_seal(actor, page)}).status_code == 409
    with system():
        assert not Delegation.objects.exists()
