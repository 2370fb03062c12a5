"""Materials in others' hands: who provides what, on whose behalf, and what the database itself allows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.actors import Actor
from accounts.scope import enter, system
from applications import attaching, completeness, delegating
from applications.models import Delegation, Filing, Material
from applications.parts import part_of
from applications.plan_state import opened_on
from files.models import Upload
from tests.applications.plan_pages import seal_on
from tests.applications.samples import PDF, fill, pdf
from tests.applications.test_delegating import World, client_of, world  # noqa: F401
from tests.files.sending import Sender
from workflow import todo
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
CODE = "argumentation"
DETAILS: dict[str, Any] = {"issued_by": "某研究院", "issued_on": "2013-01-31"}


def given(world: World, code: str = CODE, to: Actor | None = None) -> Delegation:  # noqa: F811
    """A piece given to an office (default: the bureau)."""
    part = part_of(f"material.{code}", opened_on(world.filing))
    assert part
    with enter(world.city.scope):
        organisation = (to or world.bureau).organisation
        return delegating.delegate(world.filing, [part], world.city, organisation=organisation)[0]


def attach(world: World, actor: Actor, code: str = CODE, name: str = "论证.pdf") -> Material:  # noqa: F811
    """Give one file in the actor's scope."""
    with enter(actor.scope):
        return attaching.attach(Filing.objects.get(pk=world.filing.pk), code, [pdf(name)], actor, **DETAILS)[0]


def test_office_provides_the_material_for_the_city_and_hands_it_back(world: World) -> None:  # noqa: F811
    fill(world.filing, world.city)
    row = given(world)
    with enter(world.bureau.scope):
        task = todo.waiting_for(world.bureau).get()
        assert task.address == f"{reverse('applications:materials', args=[world.filing.pk])}#{CODE}"
    made = attach(world, world.bureau)
    with enter(world.city.scope):
        material = Material.objects.select_related("upload").get(pk=made.pk)
        assert (material.tenant_id, material.upload.tenant_id) == (world.filing.tenant_id, world.filing.tenant_id)
        assert material.upload.path.read_bytes() == PDF
        assert [one.text for one in completeness.missing(world.filing) if "③论证报告" in one.text] != []
    with enter(world.bureau.scope):
        delegating.hand_over(Delegation.objects.get(pk=row.pk), world.bureau)
    with pytest.raises(Refused):
        attach(world, world.bureau, name="交回后.pdf")
    with enter(world.city.scope):
        row.refresh_from_db()
        delegating.confirm(row, world.city)
        assert completeness.missing(world.filing) == []


def test_office_gives_files_for_its_piece_alone_and_takes_only_its_own_away(world: World) -> None:  # noqa: F811
    before = attach(world, world.city, name="市里的.pdf")
    given(world)
    for actor, code in ((world.bureau, "plan"), (world.committee, CODE), (world.county, CODE)):
        with pytest.raises((Refused, Filing.DoesNotExist)):
            attach(world, actor, code)
    own = attach(world, world.bureau)
    for material, left in ((before, 2), (own, 1)):
        with enter(world.bureau.scope):
            row = Material.objects.select_related("filing", "upload").get(pk=material.pk)
            if material == before:
                with pytest.raises(Refused, match="只能由申报单位删除"):
                    attaching.detach(row, world.bureau)
            else:
                attaching.detach(row, world.bureau)
        with system():
            assert (Material.objects.count(), Upload.objects.count()) == (left, left)


def test_database_keeps_the_holder_to_the_piece(world: World) -> None:  # noqa: F811
    """Below the services: a row for another piece, in another's name, by another office, or on a file of the city."""
    given(world)
    upload = attach(world, world.bureau).upload
    ours = attach(world, world.city, "plan", "规划.pdf")
    tries = (
        (world.bureau, {"code": "plan"}, False),
        (world.bureau, {"added_by": world.city.person}, False),
        (world.committee, {"added_by": world.committee.person}, False),
        (world.bureau, {}, True),
    )
    for actor, other, allowed in tries:
        known = {"code": CODE, "upload": upload, "added_by": world.bureau.person, **other}
        filing = world.filing
        row = Material(tenant_id=filing.tenant_id, dossier=filing.dossier, filing=filing, **known)
        with enter(actor.scope):
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except DatabaseError:
                assert not allowed, (actor, other)
            else:
                assert allowed, (actor, other)
    with enter(world.bureau.scope):
        assert Material.objects.filter(pk=ours.pk).delete()[0] == 0
        assert Upload.objects.filter(pk=ours.upload_id).update(name="改.pdf") == 0
    with enter(world.committee.scope):
        assert Material.objects.filter(upload=upload).delete()[0] == 0


def test_page_takes_pieces_of_who_holds_the_material(world: World) -> None:  # noqa: F811
    work = reverse("applications:work", args=[world.filing.pk])
    city = client_of(world.city)
    data = {"act": "delegate", "materials": [f"material.{CODE}"], "to": f"org:{world.bureau.organisation.pk}"}
    assert city.post(work, {"act": "delegate", "to": data["to"], "seal": seal_on(city, work)}).status_code == 422
    assert city.post(work, {**data, "seal": seal_on(city, work)}).status_code == 302
    assert "③论证报告" in city.get(world.filing.get_absolute_url()).content.decode()
    page = reverse("applications:materials", args=[world.filing.pk])
    sender = Sender.of(world.bureau, world.filing, purpose=f"material.{CODE}")
    sender.whole("论证.pdf", PDF, 200)
    text = sender.client.get(page).content.decode()
    assert text.count("data-upload") == 1, "the field of its own piece"
    typed = {f"{CODE}-{name}": value for name, value in DETAILS.items()}
    answer = sender.client.post(page, {"code": CODE, f"{CODE}-attached.pieces": [str(sender.pk)], **typed})
    assert answer.status_code == 302
    assert "填写中" in sender.client.get(page).content.decode()
    other = sender.client.post(page, {"code": "plan", "plan-attached": [pdf("x.pdf")]})
    assert other.status_code == 422
    with system():
        assert [row.code for row in Material.objects.all()] == [CODE]


def test_office_is_told_first_what_it_was_given_to_provide(world: World) -> None:  # noqa: F811
    given(world)
    page = client_of(world.bureau).get(world.filing.get_absolute_url())
    assert [one["row"].section for one in page.context["given_to_me"]] == [f"material.{CODE}"]
    assert f"{reverse('applications:materials', args=[world.filing.pk])}#{CODE}" in page.content.decode()
    assert client_of(world.city).get(world.filing.get_absolute_url()).context["given_to_me"] == []
