"""A park is renamed and takes another one in, each by a city's filing that the province grants (T30)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.enums import PostRole
from accounts.scope import enter, system
from applications import boundaries, completeness, editing, materials, services
from applications.enums import KindCode
from applications.models import Filing
from notifications.models import Paper
from registry.models import Park
from reviews import services as reviews
from reviews.models import Case, Publicity
from tests import factories
from tests import joint_review as joint
from tests.affairs import Affair
from tests.applications.samples import RING
from tests.reviews.test_expansion import WIDER, read, recognised
from tests.scenarios import Scene
from workflow import ledger

pytestmark = pytest.mark.django_db
SIDES = {f"boundary.{side}": "示例河" for side in ("east", "south", "west", "north")}


def gaps_of(filing: Filing, actor: Any, **fields: str) -> list[str]:
    """What the filing lacks once these fields are saved, but for its files."""
    with enter(actor.scope):
        editing.save_fields(filing, {f"change.{key}": value for key, value in fields.items()}, actor)
        return [gap.text for gap in completeness.missing(filing) if not gap.text.startswith("材料")]


def started(client: Client, park: Park, foreign: Park) -> Filing:
    """A change that is started on the park's page of the desk, which offers it once and says why not twice."""
    page = f"/applications/about/{park.slug}/"
    assert client.get(f"/applications/about/{foreign.slug}/").status_code == 404
    before = client.get(page).content.decode()
    assert "新建变更申报" in before
    assert "新建扩区申报" not in before
    assert "只有已认定的省级高新技术产业园区可以申请扩区" in before
    sent = client.post(page, {"kind": "change"})
    with system():
        filing = Filing.objects.get(park=park)
    assert (sent.status_code, sent["Location"]) == (302, filing.get_absolute_url())
    again = client.post(page, {"kind": "change"})
    assert again.status_code == 422
    after = again.content.decode()
    assert "已有在办的变更申报" in after
    assert "新建变更申报" not in after
    assert filing.get_absolute_url() in after
    return filing


def test_change_says_what_it_lacks() -> None:
    actor = factories.make_actor()
    park, other = factories.make_park(actor.organisation), factories.make_park(name="邻市高新园区")
    own = factories.make_park(actor.organisation, name="同市高新园区")
    client = Client()
    client.force_login(actor.person)
    filing = started(client, park, other)
    assert gaps_of(filing, actor) == ["变更什么、为什么：未填写"]
    assert "没有为这类申报规定" in client.get(f"{filing.get_absolute_url()}selfcheck/").content.decode()
    assert "逐条查看自查结果" not in client.get(filing.get_absolute_url()).content.decode()
    for what, fields, told in (
        ("rename", {}, "请填写新名称"),
        ("rename", {"name": park.name}, "与现名相同"),
        ("rename", {"name": other.name}, "不能重名"),
        ("rename", {"name": "新名高新园区"}, ""),
        ("move", {}, "没有找到新的所在开发区"),
        ("move", {"zone": park.host_zone.name}, "与现在相同"),
        ("move", {"zone": other.host_zone.name}, ""),
        ("merge", {}, "请填写并入的园区代码"),
        ("merge", {"parks": "no-such-park"}, "没有找到园区“no-such-park”"),
        ("merge", {"parks": park.slug}, "不能并入自身"),
        ("merge", {"parks": f"{own.slug}，{other.slug}"}, "邻市高新园区不属于本单位"),
        ("merge", {"parks": own.slug}, ""),
        ("redraw", {}, "请上传或勾画变更后的范围"),
        ("end", {}, ""),
    ):
        found = gaps_of(
            filing, actor, what=what, reason="工作需要。", **{"name": "", "zone": "", "parks": "", **fields}
        )
        assert (len(found), told in "".join(found)) == (bool(told), True), (what, fields, found)


def grant(affair: Affair, park: Park, ring: Any = None, *, client: Client | None = None, **fields: str) -> Paper:
    """A change of a park, filed and granted, with a joint review unless there is a client; the province's paper."""
    handler = affair.city.handler
    with affair.city.as_(PostRole.HANDLER):
        affair.filing = services.create_about(handler, park, KindCode.CHANGE)
        sides = SIDES if ring else {}
        values = {**{f"change.{key}": value for key, value in fields.items()}, "change.reason": "优化布局。", **sides}
        editing.save_fields(affair.filing, values, handler)
        if ring:
            boundaries.set_boundary(affair.filing, read(ring), handler, boundaries.UPLOAD)
        for piece in materials.pieces_of(KindCode.CHANGE):
            affair.attach(piece.code)
        assert [gap.text for gap in completeness.missing(affair.filing)] == []
    affair.submit().route()
    if client is not None:
        waive(affair, client)
        affair.publish().end_publicity().publish_result().report().list()
    else:
        affair.open_review().opinions()
        assert "四至范围" in reviews.against_waiving(affair.filing)[0]
        affair.conclude().list()
    return Paper.objects.get(kind="change", dossier=affair.filing.dossier)


def waive(affair: Affair, client: Client) -> None:
    """省科技厅 goes on without a joint review: offered on its page, and only by a paper with a reason and a name."""
    affair.settle()
    lead, filing = joint.lead(), affair.filing
    lead.issue("acceptance", filing, filing.dossier, "受理通知书", {"contact": "联系人"})
    client.force_login(lead.handler.person)
    assert "拟不组织联审联评的办理意见" in client.get(f"/applications/check/{filing.pk}/").content.decode()
    draft = client.post(f"/cases/start/{filing.pk}/waiver/")["Location"]
    rival = client.post(f"/cases/start/{filing.pk}/")["Location"]
    assert rival == f"/applications/check/{filing.pk}/"
    page = client.get(draft).content.decode()
    assert "作出决定的负责人" in page
    client.logout()
    said = {"reasons": "仅变更名称，各部门职责不受影响。", "official": "厅长示例"}
    lead.issue("review_waiver", filing, filing.dossier, "办理意见", said)
    with lead.as_(PostRole.HANDLER):
        affair.case = Case.objects.get(filing=filing)
        event = ledger.history(filing.dossier).get(name="open_review")
    assert (event.label, event.reason, event.basis) == ("不组织联审联评", said["reasons"], "PK-80; T30")
    assert (event.data["official"], affair.case.status, affair.case.is_waived) == ("厅长示例", "concluded", True)
    assert not affair.case.opinions.exists()
    client.force_login(lead.handler.person)
    page = client.get(affair.case.get_absolute_url()).content.decode()
    assert ("?tab=questions" in page, "?tab=opinions" in page, "?tab=conditions" in page) == (True, False, False)
    client.logout()


def _reads_without_a_zone(client: Client, affair: Affair, park: Park) -> None:
    """Neither papers nor pages nor data invent a host zone that the register does not tell."""
    filing, version = affair.filing, affair.case.version
    assert (filing.host_zone, version.content["host_zone"], filing.place) == (None, None, park)
    notice = Publicity.objects.get(case=affair.case)
    assert (notice.summary["host_zone"], notice.summary["city_code"]) == ("", park.city_id)
    assert "未载明" in str(notice.paper.data)
    texts = [str(paper.data) for paper in Paper.objects.filter(dossier=filing.dossier)]
    assert any("厅长示例" in text for text in texts)
    assert not any("组织了联审联评" in text or "形式审查和联审联评" in text for text in texts)
    client.force_login(affair.city.handler.person)
    for address in ("/applications/", filing.get_absolute_url(), f"/applications/versions/{version.pk}/"):
        assert client.get(address).status_code == 200, address
    assert "未载明" in client.get("/applications/").content.decode()
    client.logout()
    assert "未载明" in client.get(notice.get_absolute_url()).content.decode()
    data = client.get(f"/api/v1/publicity/{notice.pk}/").json()
    assert (data["host_zone"], data["park_name"]) == ("", filing.park_name)


def test_park_is_renamed_and_takes_one_in_by_papers(province: Scene, client: Client) -> None:
    with system():
        first, second = (province.begin("jia", f"change{n}") for n in range(2))
        city = first.city.organisation
        park = recognised(city, "德清示例高新园区", RING, first.zone)
        Park.objects.filter(pk=park.pk).update(host_zone=None)
        park.refresh_from_db()
        taken = recognised(city, "小溪示例高新园区", [[x + 0.04, y] for x, y in RING], first.zone)
        paper = grant(first, park, client=client, what="rename", name="莫干山示例高新园区")
        assert "同意德清示例高新园区更名为莫干山示例高新园区" in str(paper.data)
        assert paper.confers == ""
        park.refresh_from_db()
        assert (park.name, park.status) == ("莫干山示例高新园区", "recognised")
        _reads_without_a_zone(client, first, park)
        paper = grant(second, park, WIDER, what="merge", parks=taken.slug)
        assert paper.confers == "ended"
        park.refresh_from_db()
        taken.refresh_from_db()
        assert (taken.status, taken.merger.into, park.boundaries.count()) == ("ended", park, 2)
        assert abs(park.area_km2 - read(WIDER).area_km2) < 0.000001
    slugs = {row["slug"] for row in client.get("/api/v1/parks/?q=德清示例").json()["results"]}
    assert slugs == {park.slug}
    assert park.slug in {row["slug"] for row in client.get("/api/v1/parks/?q=小溪示例").json()["results"]}
