"""Good practices (C-V.4c): written by a place, returned or proposed, published by another person, withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators.models import Practice
from indicators.services import practices as services
from notifications.models import Message
from portal.sample.documents import document
from tests import factories
from tests.indicators.indices import Departments, departments
from tests.indicators.released import client_of
from tests.kept_pages import unwatched
from workflow import outbox
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "title": "民间资金牵线成果转化",
    "dimension": "setting",
    "tags": ["three", "finance"],
    "year": 2024,
    "text": "设立对接会。\n\n成效明显。",
    "source": "示例总结材料",
}


class Scene:
    """A city with its county, a neighbour, 省科技厅."""

    def __init__(self) -> None:
        self.world: Departments = departments()
        city = factories.make_division("339701", "示例甲市")
        county = factories.make_division("339711", "示例甲县", "county")
        county.parent = city
        county.save()
        self.writer = factories.make_actor(factories.make_organisation(division=city))
        self.neighbour = factories.make_actor(
            factories.make_organisation(division=factories.make_division("339702", "示例乙市"))
        )

    def lead(self, role: str = PostRole.HANDLER) -> Actor:
        """A person of 省科技厅."""
        return self.world.actor("lead", role)

    def written(self, **other: Any) -> Practice:
        """A draft of the city."""
        with enter(self.writer.scope):
            return services.write({**TOLD, **other}, self.writer)

    def done(self, row: Practice, name: str, actor: Actor, reason: str = "") -> Practice:
        """An act, each in a scope of its own."""
        with enter(actor.scope):
            getattr(services, name)(Practice.objects.get(pk=row.pk), reason, actor)
        with system():
            return Practice.objects.get(pk=row.pk)

    def published(self, **other: Any) -> Practice:
        """One that everybody reads."""
        row = self.written(**other)
        for name, actor in (
            ("submit", self.writer),
            ("propose", self.lead()),
            ("publish", self.lead(PostRole.REVIEWER)),
        ):
            row = self.done(row, name, actor)
        return row


@pytest.fixture
def scene() -> Scene:
    return Scene()


def waiting() -> list[tuple[str, str]]:
    """The open tasks: kind and role."""
    with system():
        return sorted(Task.objects.filter(done_at=None, kind__contains="practice").values_list("kind", "role"))


def seen(actor: Actor | None, row: Practice) -> tuple[int, int]:
    """What becomes of the desk's page and of the public one."""
    client = client_of(actor)
    return client.get(row.get_absolute_url()).status_code, client.get(row.public_address).status_code


def test_practice_goes_from_a_place_over_two_persons_to_everybody_and_back(scene: Scene) -> None:
    row = scene.written()
    handler, reviewer = scene.lead(), scene.lead(PostRole.REVIEWER)
    assert [seen(actor, row) for actor in (scene.writer, handler, scene.neighbour)] == [
        (200, 404), (404, 404), (404, 404),
    ]  # fmt: skip
    row = scene.done(row, "submit", scene.writer)
    assert waiting() == [("decide_practice", "handler")]
    with pytest.raises(Refused, match="写明理由"):
        scene.done(row, "give_back", handler)
    row = scene.done(row, "give_back", handler, "请补充成效")
    assert waiting() == [("write_practice", "handler")]
    with enter(scene.writer.scope):
        services.rewrite(row, {**TOLD, "text": "成效：十项成果落地。"}, scene.writer)
    row = scene.done(row, "submit", scene.writer)
    with enter(scene.writer.scope), pytest.raises(Refused, match="不能修改"):
        services.rewrite(row, TOLD, scene.writer)
    row = scene.done(row, "propose", handler)
    assert waiting() == [("publish_practice", "reviewer")]
    for actor in (handler, scene.writer):
        with pytest.raises(Refused, match="不能发布"):
            scene.done(row, "publish", actor)
    assert seen(None, row)[1] == 404
    row = scene.done(row, "publish", reviewer)
    assert waiting() == []
    page = Client().get(row.public_address).content.decode()
    for words in ("成效：十项成果落地。", "三优化结合", "示例甲市", "示例总结材料"):
        assert words in page, words
    assert row.title in Client().get("/cities/339701/").content.decode()
    assert seen(scene.neighbour, row) == (404, 200)
    row = scene.done(row, "withdraw", reviewer, "数据有误")
    assert seen(None, row)[1] == 404
    assert row.title not in Client().get("/practices/").content.decode()
    outbox.deliver_all(200)
    with system():
        titles = set(Message.objects.filter(title__contains="优秀做法").values_list("title", flat=True))
    assert titles == {f"优秀做法{done}：{row.title}" for done in ("已退回", "已发布", "已撤下")}


def test_words_that_were_handed_in_are_frozen_by_the_database(scene: Scene) -> None:
    row = scene.done(scene.written(), "submit", scene.writer)
    with system(), pytest.raises(DatabaseError, match="draft only"), transaction.atomic():
        Practice.objects.filter(pk=row.pk).update(text="别的")
    with system(), pytest.raises(DatabaseError), transaction.atomic():
        Practice.objects.filter(pk=row.pk).delete()


def test_public_list_is_filtered_and_asks_as_often_for_many(
    scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene.published()
    scene.published(title="领军人才引育", dimension="ability", tags=["talent"], year=2023)
    for query, count in (
        ("", 2), ("place=339701", 2), ("dimension=ability", 1), ("tag=three", 1), ("year=2023", 1), ("q=领军", 1),
        ("tag=three&year=2023", 0), ("place=339702", 0),
    ):  # fmt: skip
        assert Client().get(f"/practices/?{query}").context["total"] == count, query
    assert unwatched(Client(), "/practices/") == set()
    for more in (0, 8):
        for number in range(more):
            scene.published(title=f"做法{number}")
        with django_assert_num_queries(10):
            Client().get("/practices/")


def test_file_of_a_published_practice_is_everybodys_and_of_others_nobodys(scene: Scene) -> None:
    row = scene.written()
    sent = SimpleUploadedFile("总结.pdf", document("示例").read(), "application/pdf")
    with enter(scene.writer.scope):
        services.rewrite(row, TOLD, scene.writer, sent)
    address = f"{row.public_address}file/"
    assert Client().get(address).status_code == 404
    for name, actor in (("submit", scene.writer), ("propose", scene.lead()), ("publish", scene.lead("reviewer"))):
        row = scene.done(row, name, actor)
    response = Client().get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    scene.done(row, "withdraw", scene.writer, "更新")
    assert Client().get(address).status_code == 404


def test_place_writes_hands_in_and_reads_on_pages(scene: Scene) -> None:
    client = client_of(scene.writer)
    wrong = client.post("/practices/desk/new/", {**TOLD, "year": "2999"})
    assert (wrong.status_code, "年度不能晚于今年" in wrong.content.decode()) == (422, True)
    answer = client.post("/practices/desk/new/", TOLD)
    assert answer.status_code == 302
    page = answer["Location"]
    assert "报送省科技厅" in client.get(page).content.decode()
    assert client.post(page, {**TOLD, "title": "改过的标题"}).status_code == 302
    assert client.post(f"{page}act/submit/").status_code == 302
    assert "改过的标题" in client_of(scene.lead()).get("/practices/desk/").content.decode()
    assert client_of(scene.neighbour).post(f"{page}act/submit/").status_code == 404
    assert client.post(f"{page}act/publish/").status_code == 404


def test_search_finds_what_is_published_alone(scene: Scene) -> None:
    scene.written(title="尚未报送的做法")
    scene.published(title="揭榜挂帅的做法")
    page = client_of(scene.neighbour).get("/desk/search/", {"q": "做法"}).content.decode()
    assert ("揭榜挂帅的" in page, "尚未报送的" in page) == (True, False)
