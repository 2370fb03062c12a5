"""Public pages are kept, and yet nobody ever reads a stale one; nothing of a signed-in person is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.scope import system
from registry import kept
from registry.models import Park
from registry.shelf import shelf
from tests.factories import make_actor, make_park
from tests.kept_pages import unwatched

LIST = "/parks/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keeping(settings: Any) -> Iterator[None]:
    """Pages are kept as they are outside of tests."""
    settings.KEEP_PAGES = settings.KEEP_FIGURES = True
    shelf.clear()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO registry_edition VALUES (1, gen_random_uuid(), now()) ON CONFLICT DO NOTHING")
    yield
    shelf.clear()


@pytest.fixture
def stranger() -> Client:
    """Somebody from the street."""
    return Client()


def asked(client: Client, address: str) -> tuple[str, int]:
    """A page's text, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return response.content.decode(), len(queries)


@pytest.mark.usefixtures("keeping")
def test_kept_page_is_the_same_and_asks_for_the_edition_alone(stranger: Client) -> None:
    park = make_park()
    first, many = asked(stranger, LIST)
    again, few = asked(stranger, LIST)
    assert again == first
    assert park.name in first
    assert few == 1 < many


@pytest.mark.usefixtures("keeping")
def test_kept_page_comes_from_the_broker_in_another_process(stranger: Client) -> None:
    make_park()
    first, _many = asked(stranger, LIST)
    shelf.clear()
    assert asked(stranger, LIST) == (first, 1)


@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize("address", [LIST, "/", "/cities/", "/parks.geojson", "/parks.csv"])
def test_page_after_publishing_is_new_at_once(address: str, stranger: Client) -> None:
    make_park()
    before, _ = asked(stranger, address)
    make_park()
    assert asked(stranger, address)[0] != before


@pytest.mark.usefixtures("keeping")
def test_page_after_a_change_by_anybody_is_new_at_once(stranger: Client) -> None:
    park = make_park()
    asked(stranger, park.get_absolute_url())
    with system():
        park.names.update(valid_to="2026-03-02")
        Park.objects.filter(pk=park.pk).update(name="更名后的园区")
    assert "更名后的园区" in asked(stranger, park.get_absolute_url())[0]


@pytest.mark.usefixtures("keeping")
def test_page_read_while_something_is_being_published_is_not_kept_beyond_it(stranger: Client) -> None:
    park = make_park()
    shown = connection.settings_dict
    name, host = shown["NAME"], shown["OPTIONS"].get("host") or shown["HOST"]
    other = psycopg2.connect(dbname=name, user=shown["USER"], password=shown["PASSWORD"], host=host, port=shown["PORT"])
    with other.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', 'system', true)")
        cursor.execute("UPDATE registry_parkname SET valid_to = '2026-03-02' WHERE park_id = %s", [str(park.pk)])
        cursor.execute("UPDATE registry_park SET name = '刚刚公布的园区' WHERE id = %s", [str(park.pk)])
        assert park.name in asked(stranger, LIST)[0]
        assert park.name in asked(stranger, LIST)[0]
        other.commit()
    other.close()
    assert "刚刚公布的园区" in asked(stranger, LIST)[0]


@pytest.mark.usefixtures("keeping")
def test_publishing_that_is_taken_back_changes_nothing(stranger: Client) -> None:
    make_park()
    before, _ = asked(stranger, LIST)
    edition = kept.edition()
    with transaction.atomic():
        make_park()
        transaction.set_rollback(True)
    assert kept.edition() == edition
    assert asked(stranger, LIST) == (before, 1)


@pytest.mark.usefixtures("keeping")
def test_one_transaction_makes_one_edition() -> None:
    make_park()
    before = kept.edition()
    with transaction.atomic():
        make_park()
        make_park()
        assert kept.edition() == before
    assert kept.edition() != before


@pytest.mark.usefixtures("keeping")
def test_page_is_new_at_once_though_the_broker_is_away(stranger: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    park = make_park()
    assert park.name in asked(stranger, LIST)[0]
    assert asked(stranger, LIST)[1] == 1
    second = make_park()
    assert second.name in asked(stranger, LIST)[0]


@pytest.mark.usefixtures("keeping")
def test_nothing_is_kept_of_a_signed_in_person(stranger: Client) -> None:
    make_park()
    actor = make_actor()
    client = Client()
    client.force_login(actor.person)
    assert "进入工作台" in asked(client, LIST)[0]
    assert asked(client, LIST)[1] > 5
    assert "进入工作台" not in asked(stranger, LIST)[0]
    assert "进入工作台" in asked(client, LIST)[0]
    assert client.get(LIST).headers.get("ETag") is None


@pytest.mark.usefixtures("keeping")
def test_languages_and_displays_are_kept_apart(stranger: Client) -> None:
    make_park()
    plain, _ = asked(stranger, LIST)
    stranger.cookies["portal_care"] = "1"
    care, many = asked(stranger, LIST)
    assert many > 1
    assert "cy-care" in care
    assert "cy-care" not in plain
    english = Client(headers={"accept-language": "en"})
    assert 'lang="en"' in asked(english, LIST)[0]
    assert asked(Client(), LIST) == (plain, 1)


@pytest.mark.usefixtures("keeping")
def test_browser_asks_each_time_and_is_told_that_nothing_changed(stranger: Client) -> None:
    make_park()
    first = stranger.get(LIST)
    assert first.headers["Cache-Control"] == "no-cache"
    same = Client(headers={"if-none-match": first.headers["ETag"]})
    assert (same.get(LIST).status_code, same.get(LIST).content) == (304, b"")
    make_park()
    assert same.get(LIST).status_code == 200


@pytest.mark.usefixtures("keeping")
def test_what_is_not_found_is_not_kept(stranger: Client) -> None:
    park = make_park()
    assert stranger.get("/parks/no-such-park/").status_code == 404
    with system():
        Park.objects.filter(pk=park.pk).update(slug="no-such-park")
    assert stranger.get("/parks/no-such-park/").status_code == 200


def kept_names(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    """The addresses of every view that is kept."""
    found: set[str] = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found |= kept_names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and getattr(pattern.callback, "is_kept", False):
            found.add(f"{space}{pattern.name}")
    return found


def addresses(park: Park) -> dict[str, list[str]]:
    """Every kept address with the ways of asking that read most."""
    parks = reverse("registry:park_list")
    search = [f"?{query}" for query in ("q=测试", f"city={park.city_id}", "industry=生物医药", "year=2026", "view=map")]
    return {
        "portal:home": ["/"],
        "registry:park_list": [parks, *(parks + query for query in search)],
        "registry:park_map": [reverse("registry:park_map")],
        "registry:park_export": [reverse("registry:park_export")],
        "registry:park": [park.get_absolute_url()],
        "registry:park_geojson": [reverse("registry:park_geojson", args=[park.slug])],
        "registry:park_versions": [reverse("registry:park_versions", args=[park.slug])],
        "registry:city_list": [reverse("registry:city_list")],
        "registry:city": [reverse("registry:city", args=[park.city_id])],
    }


# Tested beside their own scenes.
ELSEWHERE = {
    *("publicity:list", "publicity:notice", "support:page"),
    *("indicators:fiscal", "indicators:fiscal_latest", "practices:list", "practices:practice"),
    *("places:compare", "places:compare_csv"),
    *(f"monitoring:{name}" for name in ("years", "year", "edition", "file")),
    *(f"rankings:{name}" for name in ("years", "year", "run", "subject", "run_subject", "file", "run_file")),
}


def test_kept_pages_read_watched_tables_alone(stranger: Client) -> None:
    asked_for = addresses(make_park())
    assert kept_names() == set(asked_for) | ELSEWHERE
    for address in (one for many in asked_for.values() for one in many):
        assert unwatched(stranger, address) == set(), address
