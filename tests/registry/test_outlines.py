"""Outlines of host zones: 省科技厅's administrator records versions; nobody else, and nothing unusable."""

from __future__ import annotations

import datetime as dt
import html
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from applications.models import Filing
from registry.geometry import read_boundary
from registry.models import HostZone, ZoneOutline
from registry.surroundings import share_in_zone
from tests.applications.samples import RING, SMALL, geojson
from tests.factories import make_actor, make_filing, make_organisation
from workflow import ledger

pytestmark = pytest.mark.django_db
BOWTIE = [[120.30, 30.20], [120.34, 30.233], [120.34, 30.20], [120.30, 30.233], [120.30, 30.20]]


def sent(ring: list[list[float]], **more: Any) -> dict[str, Any]:
    """What the form sends."""
    file = SimpleUploadedFile("范围.geojson", geojson(ring))
    return {"file": file, "crs": "EPSG:4490", "valid_from": "2012-06-01", "source": "浙政函〔2012〕1号", **more}


@pytest.fixture
def filing() -> Filing:
    """A filing in a host zone."""
    return make_filing(make_actor())


def test_administrator_records_versions_and_the_newest_by_its_day_holds(filing: Filing) -> None:
    office = make_organisation(OrganisationKind.LEAD)
    keeper = make_actor(office, PostRole.ADMIN, name="钱管理")
    zone = filing.host_zone
    page, client = reverse("registry:zone", args=[zone.slug]), Client()
    client.force_login(keeper.person)
    assert "还没有登记过" in client.get(page).content.decode()
    refused = client.post(page, sent(BOWTIE))
    assert refused.status_code == 422
    text = html.unescape(refused.content.decode())
    assert "须改正" in text
    assert "zone-data" in text, "the place is marked on the map"
    asked = client.post(page, sent(RING, crs=""))
    assert "请选择坐标系" in asked.content.decode()
    later = client.post(page, sent(RING, valid_from="2999-01-01"))
    assert "起始日期不能晚于今天" in later.content.decode()
    assert client.post(page, sent(RING)).status_code == 302
    assert client.post(page, sent(SMALL, valid_from="2010-01-01", source="旧范围")).status_code == 302
    with enter(keeper.scope):
        rows = list(ZoneOutline.objects.filter(zone=zone))
        assert [(row.valid_from, row.recorded_by_id) for row in rows] == [
            (dt.date(2012, 6, 1), keeper.person.pk),
            (dt.date(2010, 1, 1), keeper.person.pk),
        ]
        zone.refresh_from_db()
        assert zone.geojson == rows[0].geojson, "an older version does not take the place of a newer one"
        assert share_in_zone(read_boundary("b.geojson", geojson(SMALL), "EPSG:4490"), zone) == 1
        events = [(event.name, event.reason) for event in ledger.history(zone.pk)]
        assert events == [("record_outline", "浙政函〔2012〕1号"), ("record_outline", "旧范围")]
    shown = client.get(page).content.decode()
    assert shown.count("钱管理") >= 2
    assert "现行" in shown
    assert "浙政函〔2012〕1号" in client.get(reverse("registry:zones")).content.decode()


def test_others_neither_record_nor_change_an_outline(filing: Filing) -> None:
    office, zone = make_organisation(OrganisationKind.LEAD), filing.host_zone
    page = reverse("registry:zone", args=[zone.slug])
    for actor, reads in ((make_actor(office), 200), (make_actor(role=PostRole.ADMIN), 404)):
        client = Client()
        client.force_login(actor.person)
        assert client.get(page).status_code == reads
        assert client.post(page, sent(RING)).status_code == 404
    with system():
        assert not ZoneOutline.objects.exists()


def test_command_leaves_a_version_too_and_nobody_rewrites_one(filing: Filing, tmp_path: Any) -> None:
    office, zone = make_organisation(OrganisationKind.LEAD), filing.host_zone
    path = tmp_path / "范围.geojson"
    path.write_bytes(geojson(RING))
    call_command("load_zone_outline", zone.slug, str(path), crs="EPSG:4490", source="测绘院", stdout=io.StringIO())
    with system():
        row = ZoneOutline.objects.get(zone=zone)
        assert (row.source, row.tenant_id) == ("测绘院", office.pk)
        assert HostZone.objects.get(pk=zone.pk).geojson == row.geojson
        with pytest.raises(DatabaseError), transaction.atomic():
            ZoneOutline.objects.filter(pk=row.pk).update(source="改")
