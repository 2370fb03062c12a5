"""The public interface of the register: lists in pages, as JSON or CSV, described by a schema that holds."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from registry.enums import ParkStatus
from tests import factories

pytestmark = pytest.mark.django_db


def read(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV answer, whose byte order mark must be there."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def park() -> Any:
    tenant = factories.make_organisation(division=factories.make_division("330100", "杭州市"))
    return factories.make_park(tenant, name="城西示例高新技术产业园区")


def test_parks_list_gives_every_column(park: Any) -> None:
    answer = Client().get("/api/v1/parks/").json()
    assert (answer["count"], answer["next"], answer["previous"]) == (1, None, None)
    (row,) = answer["results"]
    assert row == {
        "slug": "hangzhou-2026-1",
        "name": "城西示例高新技术产业园区",
        "former_names": [],
        "status": "creating",
        "status_label": "创建中",
        "since": "2026-03-02",
        "basis": park.current.paper.number,
        "city_code": "330100",
        "city": "杭州市",
        "county_code": "",
        "county": "",
        "host_zone": park.host_zone.name,
        "area_km2": "12.793025817",
        "industries": ["数字安防", "生物医药"],
        "sample": False,
    }


@pytest.mark.parametrize(("address", "accept"), [("?format=csv", "*/*"), ("", "text/csv")])
def test_parks_list_as_csv_has_bom_and_the_same_rows(park: Any, address: str, accept: str) -> None:
    response = Client().get(f"/api/v1/parks/{address}", headers={"accept": accept})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = read(response.content)
    assert (row["slug"], row["industries"], row["sample"]) == ("hangzhou-2026-1", "数字安防；生物医药", "false")


def test_parks_list_as_csv_without_rows_keeps_its_head() -> None:
    content = Client().get("/api/v1/parks/?format=csv").content
    assert content.decode("utf-8-sig").startswith("slug,name,former_names,status,")
    assert read(content) == []


def test_parks_list_in_pages_links_the_next() -> None:
    tenant = factories.make_organisation()
    for _ in range(3):
        factories.make_park(tenant)
    response = Client().get("/api/v1/parks/?page_size=2&status=creating&format=csv")
    assert (response["X-Total-Count"], len(read(response.content))) == ("3", 2)
    assert 'rel="next"' in response["Link"]
    assert "status=creating" in response["Link"]
    following = Client().get("/api/v1/parks/?page_size=2&status=creating&page=2").json()
    assert (len(following["results"]), following["next"]) == (1, None)
    assert Client().get("/api/v1/parks/?page=9").status_code == 404


def test_park_gives_history_names_and_boundary(park: Any) -> None:
    answer = Client().get("/api/v1/parks/hangzhou-2026-1/").json()
    paper = park.current.paper
    assert answer["history"] == [
        {
            "status": "creating",
            "since": "2026-03-02",
            "number": paper.number,
            "check_code": paper.check_code,
            "citation": "",
        }
    ]
    assert [name["name"] for name in answer["names"]] == ["城西示例高新技术产业园区"]
    assert answer["boundary"] == factories.SQUARE
    assert answer["four_sides"]["north"] == "北塘"


def test_park_as_csv_gives_the_columns_of_the_list(park: Any) -> None:
    (row,) = read(Client().get("/api/v1/parks/hangzhou-2026-1/?format=csv").content)
    assert row["slug"] == "hangzhou-2026-1"
    assert "history" not in row


def test_park_unknown_is_not_found() -> None:
    assert Client().get("/api/v1/parks/nowhere/").status_code == 404
    assert Client().get("/api/v1/parks/nowhere/?format=csv").status_code == 404


def test_cities_list_counts_parks_by_status(park: Any) -> None:
    factories.make_division("330200", "宁波市")
    rows = {row["code"]: row for row in Client().get("/api/v1/cities/").json()["results"]}
    assert rows["330100"]["creating"] == 1
    assert [rows["330200"][status] for status in ParkStatus.values] == [0] * len(ParkStatus)
    assert len(read(Client().get("/api/v1/cities/?format=csv").content)) == len(rows)


@pytest.mark.parametrize("address", ["/api/v1/parks/", "/api/v1/parks/hangzhou-2026-1/", "/api/v1/cities/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_interface_is_read_only(park: Any, address: str, method: str) -> None:
    assert getattr(Client(), method)(address).status_code == 405


def test_schema_is_openapi_31_and_every_reference_holds() -> None:
    schema = Client().get("/api/v1/schema/?format=json").json()
    assert schema["openapi"] == "3.1.0"
    references = [value for key, value in walk(schema) if key == "$ref"]
    assert references
    for reference in references:
        place: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["responses"] for operation in operations)


def walk(part: Any) -> Any:
    """Every key and value in a document."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key, value
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


def test_schema_describes_every_address_of_the_interface() -> None:
    schema = Client().get("/api/v1/schema/?format=json").json()
    patterns = {pattern.name: pattern for pattern in get_resolver("portal.api_urls").url_patterns}
    shown = {name for name in patterns if name not in {"api_schema", "api_docs"}}
    assert len(schema["paths"]) == len(shown)
    text = json.dumps(schema["paths"])
    for address in (
        "/api/v1/parks/",
        "/api/v1/parks/{slug}/",
        "/api/v1/cities/",
        "/api/v1/papers/{code}/",
        "/api/v1/datasets/",
    ):
        assert f'"{address}"' in text


def test_schema_tells_the_filters_and_both_formats() -> None:
    schema = Client().get("/api/v1/schema/?format=json").json()
    operation = schema["paths"]["/api/v1/parks/"]["get"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert {"city", "status", "industry", "year", "q", "page", "page_size"} <= names
    assert set(operation["responses"]["200"]["content"]) == {"application/json", "text/csv"}
    assert schema["components"]["schemas"]["Park"]["properties"]["industries"]["type"] == "array"


def test_docs_list_every_operation_without_a_script() -> None:
    response = Client().get("/api/v1/docs/")
    text = response.content.decode()
    schema = Client().get("/api/v1/schema/?format=json").json()
    for path, methods in schema["paths"].items():
        assert path in text
        assert all(f'id="{operation["operationId"]}"' in text for operation in methods.values())
    assert "<script>" not in text
    assert "http://" not in text.replace("http://testserver", "")
    assert "CGCS2000" in text
