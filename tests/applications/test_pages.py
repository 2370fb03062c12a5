"""Every page of the city opens for its people and does not exist for anybody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import of_organisation
from applications import freezing, plan
from applications.models import Filing, Material
from tests.applications.samples import fill
from tests.factories import make_actor, make_filing, make_grant, make_organisation

pytestmark = pytest.mark.django_db


def status(client: Client, page: str) -> int:
    """The status of a page; a file is read to its end, which closes it."""
    answer = client.get(page)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def addresses(filing: Filing, version: object, upload: object) -> list[str]:
    """Every address that shows something of a filing."""
    return [
        filing.get_absolute_url(),
        *(
            reverse("applications:section", args=[filing.pk, section.slug])
            for section in plan.SECTIONS_OF[filing.kind]
            if section.slug != "boundary"
        ),
        *(
            reverse(f"applications:{name}", args=[filing.pk])
            for name in ("figures", "boundary", "materials", "selfcheck")
        ),
        *(reverse("applications:boundary", args=[filing.pk]) + f"?way={way}" for way in ("table", "draw")),
        reverse("applications:version", args=[version]),
        reverse("files:download", args=[upload]),
    ]


def made(client: Client, full: bool) -> tuple[Actor, Filing, list[str]]:
    """A filing, full or nearly empty, with a frozen version, and the addresses of its pages."""
    actor = make_actor()
    filing = make_filing(actor)
    fill(filing, actor, but=frozenset() if full else frozenset({"boundary"}))
    with of_organisation(actor.organisation.pk, actor.person.pk):
        version = freezing.freeze(filing, actor)
        material = Material.objects.filter(filing=filing).first()
    return actor, filing, addresses(filing, version.pk, material.upload_id)


@pytest.mark.parametrize("full", [True, False])
def test_page_opens_for_the_owner(client: Client, full: bool) -> None:
    actor, _filing, pages = made(client, full)
    client.force_login(actor.person)
    for page in [*pages, reverse("applications:list"), reverse("applications:new")]:
        assert (status(client, page), page) == (200, page)


def test_page_of_an_empty_filing_opens(client: Client) -> None:
    actor = make_actor()
    filing = make_filing(actor)
    client.force_login(actor.person)
    for page in addresses(filing, filing.pk, filing.pk)[:-2]:
        assert (status(client, page), page) == (200, page)


def test_page_does_not_exist_for_a_neighbour_and_for_authorities(client: Client) -> None:
    _actor, filing, pages = made(client, full=True)
    neighbour = make_actor()
    fill(make_filing(neighbour), neighbour, but=frozenset({"boundary"}))
    lead = make_actor(make_organisation(OrganisationKind.LEAD))
    make_grant(filing.dossier, filing.tenant, lead.organisation, filing.tenant, "act")
    for stranger in (neighbour, lead):
        client.force_login(stranger.person)
        for page in pages:
            assert (status(client, page), page) == (404, page)


def test_page_sends_the_signed_out_to_the_sign_in_page(client: Client) -> None:
    _actor, _filing, pages = made(client, full=True)
    for page in pages:
        assert (status(client, page), page) == (302, page)


def test_reviewer_and_helper_read_but_do_not_write(client: Client) -> None:
    actor, filing, _pages = made(client, full=True)
    reviewer = make_actor(actor.organisation, PostRole.REVIEWER)
    helper = make_actor(make_organisation(OrganisationKind.CITY_ST_BUREAU))
    make_grant(filing.dossier, filing.tenant, helper.organisation, filing.tenant, "colleague")
    for reader in (reviewer, helper):
        client.force_login(reader.person)
        answer = client.get(reverse("applications:section", args=[filing.pk, "space"]))
        assert answer.status_code == 200
        assert "只有申报单位的经办人可以填写" in answer.content.decode()
        assert client.get(filing.get_absolute_url()).status_code == 200


def test_submitted_version_opens_for_the_lead_with_its_files(client: Client) -> None:
    actor, filing, pages = made(client, full=True)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        version = freezing.freeze(filing, actor)
        version.submitted_at = filing.created_at
        version.save(update_fields=["submitted_at"])
        freezing.release_files(version)
    lead = make_actor(make_organisation(OrganisationKind.LEAD))
    make_grant(filing.dossier, filing.tenant, lead.organisation, filing.tenant, "act")
    client.force_login(lead.person)
    assert client.get(reverse("applications:version", args=[version.pk])).status_code == 200
    assert status(client, pages[-1]) == 200
