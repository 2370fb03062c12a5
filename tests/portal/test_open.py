"""The open-data catalogue: files that match their checksums, a dictionary that matches the columns."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any

import pytest
from django.test import Client

from portal.datasets import DATASETS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> list[dict[str, Any]]:
    factories.make_park(factories.make_organisation(division=factories.make_division("330100", "杭州市")))
    return Client().get("/api/v1/datasets/").json()


def test_catalogue_tells_every_set_with_its_metadata(catalogue: list[dict[str, Any]]) -> None:
    assert [entry["code"] for entry in catalogue] == [
        "parks",
        "cities",
        "papers",
        "rankings",
        "findings",
        "support",
        "province",
        "monitoring",
        "fiscal",
        "city-rankings",
        "city-dimensions",
        "city-titles",
        "practices",
    ]
    assert [entry["records"] for entry in catalogue] == [1, 1, 1, *[0] * 10]
    for entry in catalogue:
        for name in ("title", "summary", "field", "update_cycle", "provider", "licence", "version"):
            assert entry[name], name
        assert bool(entry["updated_at"]) == bool(entry["records"])


def test_files_match_their_checksums_and_dictionary(catalogue: list[dict[str, Any]]) -> None:
    for entry in catalogue:
        names = [column["name"] for column in entry["dictionary"]]
        for file in entry["files"]:
            response = Client().get(file["url"])
            assert response.status_code == 200
            assert hashlib.sha256(response.content).hexdigest() == file["sha256"] == response["X-Checksum-SHA256"]
            assert len(response.content) == file["bytes"]
            if file["format"] == "json":
                rows = response.json()
            else:
                encoding = "gb18030" if file["encoding"] == "GB18030" else "utf-8-sig"
                rows = list(csv.DictReader(io.StringIO(response.content.decode(encoding), newline="")))
            assert len(rows) == entry["records"]
            assert all(list(row) == names for row in rows)


def test_csv_is_marked_as_utf8(catalogue: list[dict[str, Any]]) -> None:
    for dataset in DATASETS:
        assert Client().get(f"/open/{dataset.code}.csv").content.startswith(b"\xef\xbb\xbf")
        assert not Client().get(f"/open/{dataset.code}.csv?encoding=gb18030").content.startswith(b"\xef\xbb\xbf")


def test_page_shows_sets_files_and_checksums(catalogue: list[dict[str, Any]]) -> None:
    text = Client().get("/open/").content.decode().replace("<wbr>", "")
    for entry in catalogue:
        assert f'id="{entry["code"]}"' in text
        assert all(file["sha256"] in text for file in entry["files"])


@pytest.mark.parametrize("address", ["/open/drafts.csv", "/open/parks.xml", "/open/parks.csv/"])
def test_file_unknown_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404
