"""The city's way: fill in, request, check, sign, receipt; what was submitted is frozen and opens to the authority."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import OrganisationKind
from accounts.scope import of_organisation
from applications import freezing
from applications.models import Filing, FilingVersion
from files.models import Upload
from notifications import signoff
from notifications.models import Draft
from tests.applications.samples import fill
from tests.factories import make_actor, make_filing, make_office, make_organisation
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
FIELDS = {"grounds": "产业基础扎实。", "contact": "联系人：王经办，电话：0571-00000000"}


def test_incomplete_filing_cannot_be_sent_for_checking() -> None:
    city = make_organisation()
    handler, _reviewer, _signer = make_office(city)
    make_organisation(OrganisationKind.PROV_GOV_OFFICE)
    filing = make_filing(handler)
    fill(filing, handler, but=frozenset({"argumentation"}))
    with of_organisation(city.pk, handler.person.pk):
        draft = signoff.start("creation_request", filing, filing.dossier, "请示", handler)
        signoff.save_fields(draft, FIELDS, handler)
        with pytest.raises(Refused, match="论证报告"):
            signoff.send(draft, handler)


def test_signed_request_submits_the_frozen_version_and_gives_a_receipt(client: Client) -> None:
    city = make_organisation()
    handler, reviewer, signer = make_office(city)
    government = make_actor(make_organisation(OrganisationKind.PROV_GOV_OFFICE))
    make_organisation(OrganisationKind.LEAD)
    filing = make_filing(handler)
    fill(filing, handler)
    with of_organisation(city.pk, handler.person.pk):
        draft = signoff.start("creation_request", filing, filing.dossier, "请示", handler)
        signoff.save_fields(draft, FIELDS, handler)
        signoff.send(draft, handler)
    client.force_login(handler.person)
    assert "已送审，不能修改" in client.get(reverse("applications:section", args=[filing.pk, "space"])).content.decode()
    with of_organisation(city.pk, reviewer.person.pk):
        signoff.pass_on(Draft.objects.get(pk=draft.pk), reviewer)
    with of_organisation(city.pk, signer.person.pk):
        signoff.sign(Draft.objects.get(pk=draft.pk), signer)
        version = FilingVersion.objects.get(filing=filing)
        assert Filing.objects.get(pk=filing.pk).status == "submitted"
        assert Upload.objects.filter(dossier=filing.dossier, released_at=None).count() == 0
        assert freezing.hash_of(version.content) == version.hash
    page = client.get(filing.get_absolute_url()).content.decode()
    assert version.receipt_number in page
    assert reverse("applications:version", args=[version.pk]) in page
    client.force_login(government.person)
    assert client.get(reverse("applications:version", args=[version.pk])).status_code == 200
    assert client.get(filing.get_absolute_url()).status_code == 404
