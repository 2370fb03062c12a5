"""Files in pieces: whatever is cut, doubled, misplaced or killed, what arrives is equal to what was sent."""

from __future__ import annotations

import hashlib
import io
import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import of_organisation
from applications.models import Filing
from files import receiving
from files.models import Incoming
from tests.factories import make_actor, make_filing
from tests.files import corpus
from tests.files.sending import BODY, TUS, Sender

pytestmark = pytest.mark.django_db
CONTENT = corpus.docx(word__media__noise_dot_bin=random.Random(7).randbytes(60_000))
HASH = hashlib.sha256(CONTENT).hexdigest()
PIECES = st.integers(1, 40_000)
STEP = st.one_of(
    st.tuples(st.just("send"), PIECES),
    st.tuples(st.just("checked"), PIECES, st.sampled_from(["sha1", "sha256"])),
    st.tuples(st.just("cut"), PIECES, st.integers(0, 100), st.booleans()),
    st.tuples(st.just("cut checked"), PIECES, st.integers(0, 99)),
    st.tuples(st.just("damaged"), PIECES),
    st.tuples(st.just("misplaced"), st.integers(-30_000, 30_000).filter(bool)),
    st.tuples(st.just("again"), PIECES),
    st.tuples(st.just("killed"), PIECES),
)


def arrived(sender: Sender, actor: Actor) -> Incoming:
    """The row of what was sent."""
    with of_organisation(actor.organisation.pk, actor.person.pk):
        return Incoming.objects.get(pk=sender.pk)


def take_step(sender: Sender, path: Path, at: int, step: tuple[Any, ...]) -> int:
    """Do one thing; the offset at which the file must then be."""
    kind, first, *more = step
    piece = CONTENT[at : at + first] if kind != "misplaced" else CONTENT[at:]
    if kind == "send":
        answer, then = sender.send(at, piece), at + len(piece)
    elif kind == "checked":
        answer, then = sender.send_checked(at, piece, more[0]), at + len(piece)
    elif kind == "cut":
        through = len(piece) * more[0] // 100
        answer, then = sender.cut(at, piece, through, more[1]), at + through
    elif kind == "cut checked":
        short = len(piece) * more[0] // 100
        checksum = {"Upload-Checksum": "sha1 AAAA"}
        answer, then = sender.cut(at, piece, min(short, len(piece) - 1), **checksum), at
    elif kind == "damaged":
        answer, then = sender.send_checked(at, piece, damaged=True), at
        assert answer.status_code == 460
    elif kind == "misplaced":
        answer, then = sender.send(max(0, at + first) if at + first != at else at + 1, piece[:10]), at
        assert answer.status_code == (409 if max(0, at + first) != at else 204)
        then = at if answer.status_code == 409 else at + len(piece[:10])
    elif kind == "again":
        sender.send(at, piece)
        answer, then = sender.send(at, piece), at + len(piece)
        assert answer.status_code == 409
    else:
        # A server that was killed after it wrote and before it committed leaves bytes behind the offset.
        with path.open("r+b") as file:
            file.seek(0, os.SEEK_END)
            file.write(b"\xff" * first)
        answer, then = sender.head(), at
    assert int(answer["Upload-Offset"]) == then
    return then


@given(steps=st.lists(STEP, max_size=10), rest=st.integers(5_000, 70_000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_on_the_way_the_file_arrives_equal(
    actor: Actor, filing: Filing, steps: list[tuple[Any, ...]], rest: int
) -> None:
    sender = Sender.of(actor, filing)
    assert sender.open("规划.docx", len(CONTENT)).status_code == 201
    path, at = arrived(sender, actor).path, 0
    for step in steps:
        if at == len(CONTENT):
            break
        at = take_step(sender, path, at, step)
    while at < len(CONTENT):
        at = take_step(sender, path, at, ("send", rest))
    assert sender.head()["Upload-Sha256"] == HASH
    assert path.read_bytes() == CONTENT


def test_server_says_what_it_can_do(sender: Sender) -> None:
    answer = Client().options(reverse("files:tus"))
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert answer["Tus-Checksum-Algorithm"] == "sha256,sha1"
    assert answer["Tus-Max-Size"] == str(500 * 1024 * 1024)


def test_opened_file_says_how_far_it_is_and_how_long_it_is_kept(sender: Sender) -> None:
    created = sender.open("规划.docx", len(CONTENT))
    assert created["Upload-Offset"] == "0"
    answer = sender.head()
    assert (answer["Upload-Length"], answer["Cache-Control"]) == (str(len(CONTENT)), "no-store")
    assert answer["Upload-Metadata"] == "filename 6KeE5YiSLmRvY3g="
    assert answer["Upload-Expires"].endswith("GMT")


def test_post_stands_in_for_methods_that_a_gateway_does_not_know(sender: Sender) -> None:
    sender.open("规划.docx", len(CONTENT))
    headers = TUS | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert sender.client.generic("POST", sender.address, CONTENT[:100], BODY, headers=headers).status_code == 204
    assert sender.offset() == 100
    ended = sender.client.post(sender.address, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})
    assert (ended.status_code, sender.head().status_code) == (204, 404)


def test_ended_file_is_gone_with_its_bytes(
    sender: Sender, actor: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    sender.open("规划.docx", len(CONTENT))
    path = arrived(sender, actor).path
    with django_capture_on_commit_callbacks(execute=True):
        assert sender.client.delete(sender.address, headers=TUS).status_code == 204
    assert not path.exists()
    assert sender.send(0, CONTENT).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Checksum": "md5 AAAA"}, 400),
        ({"Upload-Checksum": "sha256 ?"}, 400),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Length": ""}, 411),
    ],
)
def test_request_that_does_not_keep_to_the_protocol_changes_nothing(
    sender: Sender, headers: dict[str, str], status: int
) -> None:
    sender.open("规划.docx", len(CONTENT))
    assert sender.send(0, CONTENT, **headers).status_code == status
    assert sender.offset() == 0


@pytest.mark.parametrize("length", ["", "-1", "x", "9" * 16])
def test_file_without_a_sensible_length_is_not_opened(sender: Sender, length: str) -> None:
    assert sender.open("规划.docx", 1, **{"Upload-Length": length}).status_code == 400


def test_more_than_was_announced_is_not_taken(sender: Sender) -> None:
    sender.open("规划.docx", 100)
    answer = sender.send(0, CONTENT[:101])
    assert answer.status_code == 413
    assert "文件可能在上传时被改动" in answer.json()["reasons"][0]
    assert sender.offset() == 0


def test_form_token_is_asked_for(actor: Actor, filing: Filing) -> None:
    sender = Sender(Client(enforce_csrf_checks=True), filing.dossier)
    sender.client.force_login(actor.person)
    assert sender.open("规划.docx", 100).status_code == 403
    sender.client.get(reverse("applications:materials", args=[filing.pk]))
    token = {"X-CSRFToken": sender.client.cookies["csrftoken"].value}
    assert sender.open("规划.docx", 100, **token).status_code == 201
    assert sender.send(0, b"x").status_code == 403
    assert sender.send(0, CONTENT[:50], **token).status_code == 204


def test_only_who_opened_a_file_sees_it(sender: Sender, actor: Actor, filing: Filing) -> None:
    sender.open("规划.docx", len(CONTENT))
    for other in (make_actor(actor.organisation), make_actor()):
        stranger = Sender.of(other, filing)
        stranger.address = sender.address
        assert stranger.head().status_code == 404
        assert stranger.send(0, CONTENT[:10]).status_code == 404
        assert stranger.client.delete(sender.address, headers=TUS).status_code == 404
    assert sender.offset() == 0


def test_only_who_fills_in_the_filing_opens_a_file(actor: Actor, filing: Filing) -> None:
    for other, reason in (
        (make_actor(), "没有这个申报"),
        (make_actor(actor.organisation, PostRole.SIGNER), "经办人"),
    ):
        answer = Sender.of(other, filing).open("规划.docx", 100)
        assert answer.status_code == 403
        assert reason in answer.json()["reasons"][0]
    assert Sender.of(actor, filing, purpose="nonsense").open("规划.docx", 100).status_code == 400


def test_session_that_ended_is_said_and_the_file_goes_on_after_signing_in(sender: Sender, actor: Actor) -> None:
    sender.open("规划.docx", len(CONTENT))
    sender.send(0, CONTENT[:5000])
    sender.client.logout()
    answer = sender.send(5000, CONTENT[5000:])
    assert answer.status_code == 401
    assert "重新登录后可以接着上传" in answer.json()["reasons"][0]
    sender.client.force_login(actor.person)
    assert sender.offset() == 5000
    assert sender.send(5000, CONTENT[5000:])["Upload-Sha256"] == HASH


@pytest.mark.parametrize(
    ("name", "content", "status", "reason"),
    [
        ("脚本.exe", b"MZ", 422, "格式不接受"),
        ("空.pdf", b"", 422, "空文件"),
        ("假.pdf", b"<html>" * 2000, 422, "内容与扩展名 .pdf 不符"),
        ("密.pdf", corpus.encrypted_pdf(), 422, "设置了密码"),
        ("宏.docx", corpus.docx(word__vbaProject_dot_bin=b"x"), 422, "含有宏"),
    ],
)
def test_bad_file_is_refused_as_soon_as_it_shows(
    sender: Sender, private_root: Path, name: str, content: bytes, status: int, reason: str,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = sender.whole(name, content, 5000)
    assert answer.status_code == status
    assert reason in answer.json()["reasons"][0]
    assert [path for path in private_root.rglob("*") if path.is_file()] == []
    if sender.address:
        assert sender.head().status_code == 404


def test_bytes_lost_on_the_disk_are_sent_again(sender: Sender, actor: Actor) -> None:
    sender.open("规划.docx", len(CONTENT))
    sender.send(0, CONTENT[:30_000])
    path = arrived(sender, actor).path
    path.write_bytes(CONTENT[:10_000])
    answer = sender.send(30_000, CONTENT[30_000:])
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "0")
    assert sender.send(0, CONTENT)["Upload-Sha256"] == HASH


# -- Two at once, and a killed server: real connections, so nothing is rolled back at the end -------
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_to_one_file_one_wins_and_nothing_is_mixed() -> None:
    actor = make_actor()
    filing = make_filing(actor)
    senders = [Sender.of(actor, filing), Sender.of(actor, filing)]
    senders[0].open("规划.docx", len(CONTENT))
    senders[1].address = senders[0].address
    inside, go_on = threading.Event(), threading.Event()
    answers: dict[str, Any] = {}

    class Slow(io.BytesIO):
        """A body whose second half waits."""

        parts = [CONTENT[:20_000], CONTENT[20_000:40_000]]

        def read(self, size: int | None = None) -> bytes:
            if len(self.parts) == 1:
                inside.set()
                go_on.wait(10)
            return self.parts.pop(0) if self.parts else b""

    def first() -> None:
        headers = TUS | {"Upload-Offset": "0"}
        answers["first"] = senders[0].client.generic(
            "PATCH", senders[0].address, CONTENT[:40_000], BODY, headers=headers, **{"wsgi.input": Slow()}
        )
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    assert senders[1].send(0, b"\xff" * 40_000).status_code == 423
    go_on.set()
    thread.join()
    assert answers["first"]["Upload-Offset"] == "40000"
    assert senders[1].send(0, b"\xff" * 40_000).status_code == 409
    assert senders[1].send(40_000, CONTENT[40_000:])["Upload-Sha256"] == HASH


KILLED = """
import os, sys, uuid, django
django.setup()
from django.conf import settings
from pathlib import Path
settings.PRIVATE_ROOT = Path(sys.argv[4])
from accounts.scope import of_organisation
from files import receiving
from files.models import Incoming
parts = [b"\\xee" * 10000, b"\\xee" * 10000]
def read(size):
    if not parts:
        os.kill(os.getpid(), 9)
    return parts.pop()
with of_organisation(uuid.UUID(sys.argv[1]), uuid.UUID(sys.argv[2])):
    row = Incoming.objects.select_for_update().get(pk=sys.argv[3])
    receiving.receive(row, 5000, read, 50000)
"""


@pytest.mark.django_db(transaction=True)
def test_server_killed_in_the_middle_of_a_piece_leaves_a_file_that_goes_on(private_root: Path) -> None:
    actor = make_actor()
    sender = Sender.of(actor, make_filing(actor))
    sender.open("规划.docx", len(CONTENT))
    sender.send(0, CONTENT[:5000])
    base, _question, query = os.environ["DATABASE_OWNER_URL"].partition("?")
    name = connection.settings_dict["NAME"]
    server = {"DATABASE_OWNER_URL": f"{base.rsplit('/', 1)[0]}/{name}?{query}", "PORTAL_DATABASE_ROLE": "owner"}
    arguments = [str(actor.organisation.pk), str(actor.person.pk), str(sender.pk), str(private_root)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments],
        env=os.environ | server | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        check=False,
    )
    assert done.returncode == -9
    path = arrived(sender, actor).path
    assert path.stat().st_size == 25_000
    assert sender.offset() == 5000
    assert sender.send(5000, CONTENT[5000:])["Upload-Sha256"] == HASH
    assert path.read_bytes() == CONTENT


def test_busy_file_is_not_taken(sender: Sender, actor: Actor, filing: Filing) -> None:
    sender.open("规划.docx", len(CONTENT))
    sender.send(0, CONTENT[:5000])
    with of_organisation(actor.organisation.pk, actor.person.pk):
        with pytest.raises(receiving.UploadRefused, match="只传到 8%；请重新选择这个文件"):
            receiving.complete(actor, filing.dossier, "material.plan", sender.pk)
        sender.send(5000, CONTENT[5000:])
        with pytest.raises(receiving.UploadRefused, match="不属于这一项"):
            receiving.complete(actor, filing.dossier, "material.policy", sender.pk)
        assert receiving.complete(actor, filing.dossier, "material.plan", sender.pk).sha256 == HASH
