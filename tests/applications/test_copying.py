"""A new plan starts from an older one: what is copied, what never is, and what is said of it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.scope import of_organisation, system
from applications import copying, editing, freezing
from applications.copying import Source
from applications.models import Filing, FilingBoundary
from applications.plan_state import Plan
from files.models import Upload
from tests.applications.samples import fill
from tests.factories import make_actor, make_filing, make_host_zone
from workflow import ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    """A handler of a city."""
    return make_actor()


@pytest.fixture
def older(actor: Actor) -> Filing:
    """A filing of three years ago with everything in it."""
    filing = make_filing(actor, park_name="旧园区")
    fill(filing, actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        editing.save_fields(filing, {"space.second_zone_reason": "旧理由", "figure.P.gdp.1999": "7"}, actor)
    return filing


def copied(older: Filing, actor: Actor, **wished: Any) -> Filing:
    """A new filing in another zone that starts from the older one's working copy."""
    zone = make_host_zone(actor.organisation.division)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        return copying.start_from(Source(older), actor, "新园区", zone, **wished)


def test_entries_are_copied_and_the_provenance_is_recorded(older: Filing, actor: Actor) -> None:
    made = copied(older, actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        before, after = Plan.of(older), Plan.of(made)
        kept = [key for s in after.sections for key in s.keys if not key.startswith(("boundary.", "space.second"))]
        assert {key: after.stored(key) for key in kept} == {key: before.stored(key) for key in kept}
        assert {row.version for row in after.rows.values()} == {1}
        assert after.stored("space.second_zone_reason") is None
        assert after.stored("figure.P.gdp.1999") is None
        assert after.stored("boundary.east") is None
        assert not FilingBoundary.objects.filter(filing=made).exists()
        assert not made.materials.exists()
        event = copying.provenance_of(made)
        assert event is not None
        assert (event.data["source"], event.data["name"], event.data["version"]) == (str(older.pk), "旧园区", 0)
        assert event.data["left_out"] == [
            "1999年的基础数据（与新申报的三年不符）",
            "四至边界和四至文字",
            "申报材料",
            "补正意见、公文、封存的版本和分工",
        ]
        assert [one.name for one in ledger.history(made.dossier)] == ["create", "copy"]


def test_boundary_and_files_are_copied_without_their_bytes(older: Filing, actor: Actor) -> None:
    made = copied(older, actor, with_boundary=True, with_materials=True)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        assert made.boundary.geojson == older.boundary.geojson
        assert made.boundary.area_km2 == older.boundary.area_km2
        assert Plan.of(made).stored("boundary.east") == Plan.of(older).stored("boundary.east")
        old = {row.code: row for row in older.materials.select_related("upload")}
        new = {row.code: row for row in made.materials.select_related("upload")}
        assert set(new) == set(old)
        for code, row in new.items():
            assert row.upload_id != old[code].upload_id
            assert row.upload.sha256 == old[code].upload.sha256
            assert row.upload.path.samefile(old[code].upload.path)
            assert (row.document_number, row.issued_on) == (old[code].document_number, old[code].issued_on)


def test_version_is_copied_as_it_was_frozen(older: Filing, actor: Actor) -> None:
    with of_organisation(actor.organisation.pk, actor.person.pk):
        version = freezing.freeze(older, actor)
        editing.save_fields(older, {"leader.main.name": "后来改的"}, actor)
        zone = make_host_zone(actor.organisation.division)
        made = copying.start_from(
            Source(older, version), actor, "新园区", zone, with_boundary=True, with_materials=True
        )
        state = Plan.of(made)
        fields = version.content["fields"]
        kept = {key: value for key, value in fields.items() if key not in {"space.second_zone_reason"}}
        assert {key: state.stored(key) for key in kept} == kept
        assert freezing.snapshot(made)["boundary"] == version.content["boundary"]
        assert made.materials.count() == older.materials.count()
        event = copying.provenance_of(made)
        assert event is not None
        assert event.data["version"] == 1


def test_infected_file_is_not_copied_and_named(older: Filing, actor: Actor) -> None:
    with system():
        Upload.objects.filter(name="argumentation.pdf").update(scan_state="infected")
    made = copied(older, actor, with_materials=True)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        assert not made.materials.filter(code="argumentation").exists()
        event = copying.provenance_of(made)
        assert event is not None
        assert "argumentation.pdf" in "".join(event.data["left_out"])


def test_second_filing_of_a_zone_needs_its_reason_when_copied(older: Filing, actor: Actor) -> None:
    with of_organisation(actor.organisation.pk, actor.person.pk):
        with pytest.raises(Refused, match=r"P-II\.1\.2d"):
            copying.start_from(Source(older), actor, "新园区", older.host_zone)
        assert Filing.objects.count() == 1


def test_filing_of_another_city_is_not_copied(older: Filing) -> None:
    neighbour = make_actor()
    zone = make_host_zone(neighbour.organisation.division)
    with of_organisation(neighbour.organisation.pk, neighbour.person.pk), pytest.raises(Refused, match="本单位"):
        copying.start_from(Source(older), neighbour, "新园区", zone)


def test_page_offers_own_filings_and_says_where_the_new_one_comes_from(
    client: Client, older: Filing, actor: Actor
) -> None:
    make_filing(make_actor(), park_name="邻市园区")
    zone = make_host_zone(actor.organisation.division)
    client.force_login(actor.person)
    page = f"{reverse('applications:new')}?from={older.pk}"
    shown = html.unescape(client.get(page).content.decode())
    assert "旧园区 · 筹备（草稿） · 现在的填写内容" in shown
    assert f'value="filing:{older.pk}" selected' in shown
    assert "邻市园区" not in shown
    seal = re.search(r'name="seal" value="([^"]+)"', shown)
    assert seal
    entries = {"park_name": "新园区", "host_zone": zone.pk, "source": f"filing:{older.pk}", "with_boundary": "on"}
    answer = client.post(reverse("applications:new"), {"seal": seal[1], **entries})
    assert answer.status_code == 302
    shown = html.unescape(client.get(answer.url).content.decode())
    assert "没有复制" in shown
    assert "申报材料；补正意见" in shown
    foreign = {**entries, "source": f"filing:{make_filing(make_actor()).pk}"}
    assert client.post(reverse("applications:new"), {"seal": seal[1], **foreign}).status_code == 422
