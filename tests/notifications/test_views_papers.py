"""An office's papers: list, page, receipt and download, each by the office that may."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.scope import system
from notifications.models import Paper, PaperCopy
from tests.factories import make_actor, make_organisation
from tests.notifications.letters import Office, browser

pytestmark = pytest.mark.django_db
LIST = "/papers/list/"
QUERIES = 13


@pytest.fixture
def sent() -> tuple[Office, Office, Paper]:
    """An issuing office, an addressee and the paper between them."""
    addressee = Office()
    issuer = Office(to=[addressee.organisation])
    issuer.bring_to("signed")
    return issuer, addressee, issuer.paper()


def render(paper: Paper) -> bytes:
    """Put a file where the worker would."""
    content = b"%PDF-1.7 " + str(paper.pk).encode()
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    paper.path.write_bytes(content)
    with system():
        Paper.objects.filter(pk=paper.pk).update(
            file_state="ready", file_hash=hashlib.sha256(content).hexdigest(), file_pages=1
        )
    return content


def test_list_shows_own_and_received_papers_only(sent: tuple[Office, Office, Paper]) -> None:
    issuer, addressee, paper = sent
    assert paper.number in browser(issuer.handler).get(LIST).content.decode()
    assert paper.number in browser(addressee.signer).get(LIST).content.decode()
    stranger = browser(Office().handler).get(LIST).content.decode()
    assert paper.number not in stranger
    assert "这里将列出本单位印发和收到的公文" in stranger


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("side=issued", False),
        ("side=received", True),
        ("side=new", True),
        ("kind=test_letter", True),
        ("kind=approval", False),
        ("year=1999", True),
        ("text=年度评价", True),
        ("text=别的事", False),
        ("page=99", True),
        ("side=nonsense", True),
    ],
)
def test_list_is_filtered_by_its_address(sent: tuple[Office, Office, Paper], query: str, found: bool) -> None:
    _issuer, addressee, paper = sent
    text = browser(addressee.handler).get(f"{LIST}?{query}").content.decode()
    assert (paper.number in text) is found


@pytest.mark.parametrize("number", [1, 30])
def test_list_asks_the_same_number_of_queries(number: int) -> None:
    addressee = Office()
    issuer = Office(to=[addressee.organisation])
    issuer.bring_to("signed")
    with system():
        paper = issuer.paper()
        for serial in range(2, number + 1):
            paper.pk, paper.draft, paper.serial = None, None, serial
            paper._state.adding = True
            paper.pk = Paper._meta.pk.get_default()
            paper.check_code = f"CODE{serial:012d}"
            paper.save(force_insert=True)
            PaperCopy.objects.create(paper=paper, tenant=issuer.organisation, organisation=addressee.organisation)
    client = browser(addressee.handler)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(LIST)
    assert response.status_code == 200
    assert len(queries) == QUERIES, [query["sql"][:120] for query in queries]


def test_paper_page_is_for_issuer_and_addressee(sent: tuple[Office, Office, Paper]) -> None:
    issuer, addressee, paper = sent
    address = f"/papers/view/{paper.pk}/"
    own = browser(issuer.handler).get(address).content.decode()
    assert addressee.organisation.name in own
    assert issuer.reviewer.person.name in own
    theirs = browser(addressee.handler).get(address).content.decode()
    assert "现将年度评价有关事项函告如下" in theirs
    assert issuer.reviewer.person.name not in theirs
    assert browser(Office().handler).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_receipt_is_confirmed_once_by_the_addressee(sent: tuple[Office, Office, Paper]) -> None:
    issuer, addressee, paper = sent
    address = f"/papers/view/{paper.pk}/receive/"
    assert browser(issuer.handler).post(address).status_code == 404
    assert browser(addressee.handler).get(address).status_code == 405
    assert browser(addressee.handler).post(address).status_code == 302
    with system():
        first = PaperCopy.objects.get(paper=paper).received_at
    assert browser(addressee.signer).post(address).status_code == 302
    with system():
        copy = PaperCopy.objects.get(paper=paper)
    assert (copy.received_at, copy.received_by_id) == (first, addressee.handler.person.pk)
    assert addressee.handler.person.name in browser(issuer.signer).get(f"/papers/view/{paper.pk}/").content.decode()
    assert paper.number not in browser(addressee.handler).get(f"{LIST}?side=new").content.decode()


def test_download_waits_for_the_file(sent: tuple[Office, Office, Paper]) -> None:
    _issuer, addressee, paper = sent
    address = f"/papers/view/{paper.pk}/file/"
    waiting = browser(addressee.handler).get(address)
    assert waiting.status_code == 202
    assert "文件还在生成" in waiting.content.decode()
    content = render(paper)
    response = browser(addressee.handler).get(address)
    assert b"".join(response.streaming_content) == content
    assert browser(Office().handler).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_administrator_of_the_office_reads_its_papers(sent: tuple[Office, Office, Paper]) -> None:
    issuer, _addressee, paper = sent
    actor = make_actor(issuer.organisation, "admin")
    assert browser(actor).get(f"/papers/view/{paper.pk}/").status_code == 200
    assert browser(make_actor(make_organisation(), "admin")).get(f"/papers/view/{paper.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_pages_are_read_without_writing(django_db_serialized_rollback: None) -> None:
    addressee = Office()
    issuer = Office(to=[addressee.organisation])
    issuer.bring_to("signed")
    paper = issuer.paper()
    client = browser(addressee.handler)
    for address in (LIST, f"/papers/view/{paper.pk}/", f"/papers/{paper.check_code}/", "/papers/"):
        assert client.get(address).status_code == 200
    assert browser(issuer.handler).get(issuer.address).status_code == 200
