"""Materials that arrived in pieces: given with the form, shown while they wait, given up without a script."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.scope import of_organisation
from applications.models import Filing, Material
from files.models import Incoming
from tests.applications.samples import PDF, pdf
from tests.factories import make_actor
from tests.files import corpus
from tests.files.sending import Sender

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(actor: Actor, filing: Filing) -> Sender:
    """The handler, who sends."""
    return Sender.of(actor, filing)


def page(sender: Sender, filing: Filing) -> str:
    """The materials page."""
    return sender.client.get(reverse("applications:materials", args=[filing.pk])).content.decode()


def submit(sender: Sender, filing: Filing, *pieces: Any, code: str = "plan", files: list[Any] | None = None) -> Any:
    """The form with what arrived."""
    data = {"code": code, f"{code}-attached.pieces": [str(one) for one in pieces], f"{code}-attached": files or []}
    return sender.client.post(reverse("applications:materials", args=[filing.pk]), data)


def given(filing: Filing) -> list[Material]:
    """What is there."""
    with of_organisation(filing.tenant_id):
        return list(Material.objects.filter(filing=filing).select_related("upload").order_by("upload__name"))


def test_pieces_and_files_of_the_form_are_given_together(sender: Sender, filing: Filing) -> None:
    sender.whole("一.pdf", PDF, 200)
    assert submit(sender, filing, sender.pk, files=[pdf("二.pdf")]).status_code == 302
    first, second = given(filing)
    assert (first.upload.name, second.upload.name) == ("一.pdf", "二.pdf")
    assert first.upload.sha256 == second.upload.sha256 == hashlib.sha256(PDF).hexdigest()
    assert first.upload.path.read_bytes() == PDF


def test_what_is_on_its_way_is_shown_and_goes_on(sender: Sender, filing: Filing) -> None:
    sender.open("长.pdf", len(PDF))
    sender.send(0, PDF[: len(PDF) // 2])
    text = page(sender, filing)
    assert f'data-url="{sender.address}"' in text
    assert "没有传完，已传 49%" in text or "没有传完，已传 50%" in text
    answer = submit(sender, filing, sender.pk)
    assert answer.status_code == 422
    assert "请重新选择这个文件，传完后再提交" in answer.content.decode()
    sender.send(len(PDF) // 2, PDF[len(PDF) // 2 :])
    text = page(sender, filing)
    assert "已传完，提交后生效" in text
    assert hashlib.sha256(PDF).hexdigest() in text
    assert submit(sender, filing, sender.pk).status_code == 302
    assert "已传完，提交后生效" not in page(sender, filing)


def test_file_that_was_refused_beside_a_good_one_does_not_cost_the_good_one(sender: Sender, filing: Filing) -> None:
    sender.whole("好.pdf", PDF)
    answer = submit(sender, filing, sender.pk, files=[pdf("坏.pdf", b"<html>")])
    assert answer.status_code == 422
    assert f'value="{sender.pk}"' in answer.content.decode()
    assert given(filing) == []
    assert submit(sender, filing, sender.pk).status_code == 302


def test_double_submission_gives_the_file_once(sender: Sender, filing: Filing) -> None:
    sender.whole("一.pdf", PDF)
    assert [submit(sender, filing, sender.pk).status_code for _ in range(2)] == [302, 422]
    assert len(given(filing)) == 1


def test_pieces_of_another_purpose_or_person_are_not_given(sender: Sender, actor: Actor, filing: Filing) -> None:
    sender.whole("一.pdf", PDF)
    assert submit(sender, filing, sender.pk, code="boundary_map").status_code == 422
    colleague = Sender.of(make_actor(actor.organisation), filing)
    assert f'data-url="{sender.address}"' not in page(colleague, filing)
    assert submit(colleague, filing, sender.pk).status_code == 422
    assert submit(sender, filing, "nonsense").status_code == 422
    assert given(filing) == []


def test_file_is_given_up_without_a_script(
    sender: Sender, actor: Actor, filing: Filing, django_capture_on_commit_callbacks: Any
) -> None:
    sender.whole("一.pdf", PDF)
    address = reverse("files:forget", args=[sender.pk])
    here = f"http://testserver{reverse('applications:materials', args=[filing.pk])}"
    assert Sender.of(make_actor(), filing).client.post(address).status_code == 404
    answer = sender.client.post(address, headers={"Referer": here})
    assert answer.url == here
    assert sender.client.post(address).status_code == 404
    with of_organisation(actor.organisation.pk, actor.person.pk):
        assert not Incoming.objects.exists()


def test_page_says_what_each_piece_takes_and_what_is_left(sender: Sender, filing: Filing) -> None:
    text = page(sender, filing)
    assert "可用格式：pdf、ofd、jpg、jpeg、png；每个文件不超过 50.0\xa0MB。" in text
    assert "本申报还可上传 4.0\xa0GB" in text
    assert 'accept=".pdf,.ofd,.jpg,.jpeg,.png"' in text


def test_notes_on_a_file_stand_beside_it(sender: Sender, filing: Filing) -> None:
    sender.whole("表.xlsx", corpus.xlsx("=A1*2"))
    submit(sender, filing, sender.pk)
    assert "含公式，审查以文件中保存的数值为准" in page(sender, filing)


def test_number_of_queries_does_not_grow_with_the_files(
    sender: Sender, filing: Filing, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 4):
        for n in range(number):
            submit(sender, filing, files=[pdf(f"{number}-{n}.pdf")])
            sender.whole(f"{number}-{n}.pdf", PDF)
        with django_assert_max_num_queries(100) as queries:
            page(sender, filing)
        counts.append(len(queries))
    assert counts[0] == counts[1]
