"""The thirteen materials: several files each, what must be written down, refusals, and taking away."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import of_organisation, system
from applications import freezing
from applications.models import Filing, Material
from files.models import Upload
from tests.applications.samples import PDF, pdf
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def give(client: Client, filing: Filing, code: str, files: list[Any], **details: str) -> Any:
    """Give files for a piece."""
    entries = {f"{code}-{name}": value for name, value in details.items()}
    return client.post(
        reverse("applications:materials", args=[filing.pk]), {"code": code, f"{code}-attached": files, **entries}
    )


def given(filing: Filing) -> list[Material]:
    """What is there."""
    with of_organisation(filing.tenant_id):
        return list(Material.objects.filter(filing=filing).select_related("upload"))


def test_several_files_are_given_at_once(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    answer = give(client, filing, "plan", [pdf("规划.pdf"), pdf("布局图.pdf")])
    assert answer.url == reverse("applications:materials", args=[filing.pk]) + "#plan"
    assert sorted(material.upload.name for material in given(filing)) == ["布局图.pdf", "规划.pdf"]
    assert "规划.pdf" in client.get(answer.url).content.decode()


def test_number_issuer_and_date_are_asked_where_they_matter(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    assert give(client, filing, "policy", [pdf()]).status_code == 422
    assert give(client, filing, "industry_plan", [pdf()], issued_by="市政府", issued_on="昨天").status_code == 422
    assert given(filing) == []
    give(client, filing, "policy", [pdf()], document_number="某政发〔2012〕3号")
    give(client, filing, "industry_plan", [pdf()], issued_by="市政府", issued_on="2012年9月1日")
    kept = {m.code: (m.document_number, m.issued_by, str(m.issued_on or "")) for m in given(filing)}
    assert kept == {"policy": ("某政发〔2012〕3号", "", ""), "industry_plan": ("", "市政府", "2012-09-01")}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("病毒.exe", b"MZ", "格式不接受"), ("假.pdf", b"<html>", "不符"), ("空.pdf", b"", "空文件")],
)
def test_refused_file_takes_the_others_with_it_and_says_why(
    client: Client, actor: Actor, filing: Filing, name: str, content: bytes, reason: str
) -> None:
    client.force_login(actor.person)
    answer = give(client, filing, "plan", [pdf("好.pdf"), SimpleUploadedFile(name, content)])
    assert answer.status_code == 422
    assert reason in html.unescape(answer.content.decode())
    assert given(filing) == []


def test_file_over_the_limit_is_refused(client: Client, actor: Actor, filing: Filing, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10
    client.force_login(actor.person)
    answer = give(client, filing, "plan", [pdf()])
    assert answer.status_code == 422
    assert "超过单个文件的上限" in answer.content.decode()


def test_unknown_piece_does_not_exist(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    assert give(client, filing, "nonsense", [pdf()]).status_code == 404


def test_file_is_taken_away_with_its_bytes(
    client: Client, actor: Actor, filing: Filing, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(actor.person)
    give(client, filing, "plan", [pdf()])
    (material,) = given(filing)
    path = material.upload.path
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("applications:remove_material", args=[filing.pk, material.pk]))
    assert given(filing) == []
    assert not path.exists()
    with system():
        assert not Upload.objects.filter(pk=material.upload_id).exists()


def test_file_of_a_frozen_version_stays_for_it(
    client: Client, actor: Actor, filing: Filing, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(actor.person)
    give(client, filing, "plan", [pdf()])
    (material,) = given(filing)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        version = freezing.freeze(filing, actor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("applications:remove_material", args=[filing.pk, material.pk]))
    assert given(filing) == []
    assert material.upload.path.read_bytes() == PDF
    page = client.get(reverse("applications:version", args=[version.pk])).content.decode()
    assert reverse("files:download", args=[material.upload_id]) in page


@pytest.mark.parametrize("role", [PostRole.REVIEWER, PostRole.SIGNER])
def test_only_a_handler_gives_and_takes(client: Client, actor: Actor, filing: Filing, role: str) -> None:
    client.force_login(actor.person)
    give(client, filing, "plan", [pdf()])
    (material,) = given(filing)
    client.force_login(make_actor(actor.organisation, role).person)
    assert give(client, filing, "plan", [pdf()]).status_code == 422
    client.post(reverse("applications:remove_material", args=[filing.pk, material.pk]))
    assert given(filing) == [material]


def test_neighbour_can_neither_give_nor_take(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    give(client, filing, "plan", [pdf()])
    (material,) = given(filing)
    client.force_login(make_actor().person)
    assert give(client, filing, "plan", [pdf()]).status_code == 404
    address = reverse("applications:remove_material", args=[filing.pk, material.pk])
    assert client.post(address).status_code == 404
    assert given(filing) == [material]
