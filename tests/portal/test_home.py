"""The home page and the rules: numbers that link to what they count, papers newest first, clauses with quotations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from notifications.enums import LegalEffect
from policy import clauses
from tests import factories

pytestmark = pytest.mark.django_db


def test_home_numbers_link_to_what_they_count() -> None:
    for _ in range(2):
        factories.make_park()
    context = Client().get("/").context
    numbers = {item["text"]: item for item in context["numbers"]}
    assert {str(text): item["number"] for text, item in numbers.items()} == {
        "创建中": 2,
        "已认定": 0,
        "国家高新区": 0,
        "已公开公文": 2,
    }
    for item in context["numbers"][:3]:
        assert Client().get(item["href"]).context["total"] == item["number"]


def test_home_lists_published_papers_newest_first() -> None:
    government = factories.make_government()
    now = timezone.now()
    for days, title in ((3, "较早的批复"), (1, "较新的批复")):
        factories.make_paper(government, title=title, published_at=now - dt.timedelta(days=days))
    factories.make_paper(government, title="未公开的批复", published=False)
    response = Client().get("/")
    assert [paper["title"] for paper in response.context["papers"]] == ["较新的批复", "较早的批复"]
    assert "未公开的批复" not in response.content.decode()


def test_home_map_shows_each_boundary() -> None:
    park = factories.make_park()
    (feature,) = Client().get("/").context["map"]["features"]
    assert (feature["id"], feature["geometry"], feature["properties"]["kind"]) == (
        park.slug,
        factories.SQUARE,
        "progress",
    )


def test_home_of_an_empty_portal_says_what_will_stand_there() -> None:
    text = Client().get("/").content.decode()
    assert "签发并公开后，在此列出" in text


def test_home_says_when_a_paper_is_a_sample() -> None:
    factories.make_paper(factories.make_government(), confers=LegalEffect.NONE, sample=True)
    assert "示例数据" in Client().get("/").content.decode()


def test_rules_begin_with_the_conditions_for_creation() -> None:
    assert Client().get("/rules/").context["set"].name == "park-creation"
    assert Client().get("/rules/", {"set": "unknown"}).status_code == 404


@pytest.mark.parametrize("name", clauses.names())
def test_rules_quote_every_clause(name: str) -> None:
    text = Client().get("/rules/", {"set": name}).content.decode()
    found = clauses.load(name).clauses
    assert found
    for clause in found:
        assert clause.id in text
        assert clause.quote.replace('"', "&quot;") in text
