"""The public check of a paper: four answers, nothing more than that of an unpublished one, comparison of a file."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.scope import system
from notifications.checks import MISSES
from notifications.models import Paper
from tests.notifications.letters import Office

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 the very bytes that were issued"


@pytest.fixture(autouse=True)
def _forget_misses() -> None:
    cache.clear()


@pytest.fixture
def paper() -> Paper:
    """A signed paper whose file lies where it belongs."""
    office = Office()
    office.bring_to("signed")
    found = office.paper()
    found.path.parent.mkdir(parents=True, exist_ok=True)
    found.path.write_bytes(PDF)
    change(found, file_state="ready", file_hash=hashlib.sha256(PDF).hexdigest(), file_pages=1)
    return found


def change(paper: Paper, **values: object) -> None:
    with system():
        Paper.objects.filter(pk=paper.pk).update(**values)


def read(response: object) -> str:
    """The text of a page without tokens."""
    text = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


@pytest.mark.parametrize(("validity", "word"), [("valid", "有效"), ("superseded", "已被取代"), ("revoked", "已撤销")])
def test_check_answers_with_one_word(paper: Paper, validity: str, word: str) -> None:
    change(paper, validity=validity)
    response = Client().get(f"/papers/{paper.check_code}/")
    assert response.status_code == 200
    answer = re.search(r'cy-answer__word">(.*?)</p>', read(response))
    assert answer is not None
    assert answer[1].split()[-1] == word
    assert paper.number in read(response)


def test_unpublished_paper_shows_no_content_and_no_file(paper: Paper) -> None:
    response = Client().get(f"/papers/{paper.check_code}/")
    text = read(response)
    assert "关于年度评价的函" in text
    assert "本文未公开" in text
    assert "现将年度评价有关事项函告如下" not in text
    assert "下载 PDF" not in text
    for name in (paper.signer_name, str(paper.pk)):
        assert name not in text
    assert Client().get(f"/papers/{paper.check_code}/file/").status_code == 404


def test_published_paper_is_there_for_all(paper: Paper) -> None:
    change(paper, published_at=timezone.now())
    assert "下载 PDF" in read(Client().get(f"/papers/{paper.check_code}/"))
    file = Client().get(f"/papers/{paper.check_code}/file/")
    assert file["Content-Type"] == "application/pdf"
    assert b"".join(file.streaming_content) == PDF


@pytest.mark.parametrize("code", ["2222222222222222", "不是查验码", "%00", "a" * 200, "-", "2222%E2%80%8B"])
def test_malformed_and_unknown_codes_get_the_same_answer(code: str) -> None:
    unknown = Client().get("/papers/3333333333333333/")
    response = Client().get(f"/papers/{code}/")
    assert response.status_code == unknown.status_code == 404
    strip = re.compile(r'name="next" value="[^"]*"')
    assert strip.sub("", read(response)) == strip.sub("", read(unknown))
    assert "查无此文" in read(response)


def test_code_typed_by_hand_is_understood(paper: Paper) -> None:
    code = paper.check_code
    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:]} "
    response = Client().get("/papers/", {"code": typed})
    assert response["Location"] == f"/papers/{code}/"
    assert "请输入查验码" in Client().get("/papers/", {"code": ""}).content.decode()


@pytest.mark.parametrize(("content", "word"), [(PDF, "文件一致"), (PDF + b" ", "文件不一致")])
def test_file_is_compared_byte_for_byte(paper: Paper, content: bytes, word: str) -> None:
    upload = SimpleUploadedFile("paper.pdf", content, "application/pdf")
    response = Client().post(f"/papers/{paper.check_code}/", {"file": upload})
    assert response.status_code == 200
    assert word in response.content.decode()
    assert hashlib.sha256(content).hexdigest() in response.content.decode()


def test_file_cannot_be_compared_before_it_is_rendered(paper: Paper) -> None:
    change(paper, file_state="pending", file_hash="")
    response = Client().post(f"/papers/{paper.check_code}/", {"file": SimpleUploadedFile("paper.pdf", PDF)})
    assert "暂时不能比对" in response.content.decode()


def test_too_many_misses_are_stopped(paper: Paper) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(MISSES.amount):
        assert client.get("/papers/3333333333333333/").status_code == 404
    assert client.get(f"/papers/{paper.check_code}/").status_code == 429
    assert client.get(f"/api/v1/papers/{paper.check_code}/").status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.10").get(f"/papers/{paper.check_code}/").status_code == 200


def test_api_answers_as_the_page_does(paper: Paper) -> None:
    answer = Client().get(f"/api/v1/papers/{paper.check_code}/")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "valid",
        "status_label": "有效",
        "code": paper.check_code,
        "number": paper.number,
        "issuer": paper.issuer_name,
        "issued_on": paper.issued_on.isoformat(),
        "title": "关于年度评价的函",
        "kind": "测试函",
        "sample": False,
        "superseded_by": None,
        "data_sha256": paper.data_hash,
        "file_sha256": hashlib.sha256(PDF).hexdigest(),
        "file": None,
    }
    change(paper, published_at=timezone.now())
    address = Client().get(f"/api/v1/papers/{paper.check_code}/").json()["file"]
    assert address.endswith(f"/papers/{paper.check_code}/file/")


def test_api_knows_no_such_paper() -> None:
    answer = Client().get("/api/v1/papers/3333333333333333/")
    assert (answer.status_code, answer.json()) == (404, {"status": "unknown", "status_label": "查无此文"})
