"""A supplementary change: only the sections asked for, signed by the city, judged again by those it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from accounts.enums import PostRole
from accounts.queries import the_lead
from accounts.scope import enter, system
from applications import attaching, boundaries
from applications.models import FilingVersion, Material, PlanField
from applications.plan import figure_key
from notifications import signoff
from portal.sample.acting import Office, office
from portal.sample.documents import document
from registry.geometry import boundary_from_geojson
from registry.geometry.synthetic import synthetic_boundary
from reviews import services
from reviews.models import Case, ChangeRequest, Opinion
from reviews.services import changes
from tests.affairs import Affair, first
from tests.scenarios import Scene
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
NEW, REASON = "聚焦整机和关键部件，三年内新增两家研究院。", "请补充新兴产业培育的具体安排。"


@pytest.fixture(scope="module")
def review(province: Scene) -> Affair:
    """A case in which all but one answered."""
    with system():
        return province.begin("jia", "review").draft().submit().route().open_review().opinions(8)


@pytest.fixture
def affair(review: Affair) -> Iterator[Affair]:
    """The same; every test takes back what it does."""
    point = transaction.savepoint()
    yield review
    transaction.savepoint_rollback(point)
    with system():
        review.case.refresh_from_db()


def lead() -> Office:
    """省科技厅."""
    return first(lambda: office(the_lead()))


def ask(affair: Affair, *sections: str) -> ChangeRequest:
    """省科技厅 asks for a change."""
    desk = lead()
    with desk.as_(PostRole.HANDLER):
        return services.request_change(affair.case, sections or ("foundation",), REASON, desk.handler)


def write(affair: Affair, change: ChangeRequest, values: dict[str, str]) -> Any:
    """The city writes and signs the change."""
    fields = {"values": values, "explanation": "已按要求修改。"}
    return affair.city.issue("change_letter", change, change.dossier, "补充修改函", fields)


def refused(act: Callable[[], Any], *reasons: str) -> None:
    """The act is refused for all of these reasons."""
    with pytest.raises(Refused) as refusal, system(), transaction.atomic():
        act()
    assert all(reason in str(refusal.value) for reason in reasons), str(refusal.value)


def test_change_freezes_only_what_was_asked_and_asks_only_whom_it_concerns(affair: Affair) -> None:
    before = first(lambda: FilingVersion.objects.get(pk=affair.case.version_id))
    change = ask(affair, "foundation")
    write(affair, change, {"foundation.emerging": NEW, "purpose.emerging": "夹带的修改"})
    with system():
        change.refresh_from_db()
        after, letter = change.version, change.paper
        assert after is not None
        assert (after.serial, after.submitted_at is not None) == (before.serial + 1, True)
        differing = {
            key for key in before.content["fields"] if before.content["fields"][key] != after.content["fields"].get(key)
        }
        assert differing == {"foundation.emerging"}
        assert after.content["fields"]["foundation.emerging"] == NEW
        assert [row[3] for row in letter.data["appendices"][0]["blocks"][0]["rows"][1:]] == [NEW]
        assert Case.objects.get(pk=affair.case.pk).version_id == before.pk, (
            "what is judged changes only when taken over"
        )
        wanted = {opinion.tenant.code: why for opinion, why in changes.concerned(change).items()}
        assert set(wanted) == {"dept-fgw", "dept-jxw", "dept-stat"}
    desk = lead()
    with desk.as_(PostRole.HANDLER):
        services.adopt_change(change, list(wanted), desk.handler)
    with system():
        affair.case.refresh_from_db()
        assert affair.case.version_id == after.pk
        rounds = {opinion.tenant.code: opinion.round for opinion in Opinion.objects.filter(case=affair.case)}
        assert {code for code, number in rounds.items() if number == 2} == {"dept-fgw", "dept-jxw"}, (
            "one has not answered"
        )
        assert change.__class__.objects.get(pk=change.pk).asked_again == ["dept-fgw", "dept-jxw"]


def test_change_of_boundary_figures_and_materials_is_made_in_place_and_asked_of_those_it_concerns(
    affair: Affair,
) -> None:
    city, filing = affair.city, affair.filing
    before = first(lambda: FilingVersion.objects.get(pk=affair.case.version_id))
    shape = boundary_from_geojson(synthetic_boundary(affair.zone.city_id, 7, 15.2))
    policy = first(lambda: Material.objects.select_related("filing", "upload").get(filing=filing, code="policy"))
    with city.as_(PostRole.HANDLER):
        for act in (
            lambda: boundaries.set_boundary(filing, shape, city.handler, boundaries.UPLOAD),
            lambda: attaching.detach(policy, city.handler),
        ):
            with pytest.raises(Refused), transaction.atomic():
                act()
    change = ask(affair, "boundary", "figures", "material:8")
    year = before.content["years"][-1]
    figure = next(code for code, series in before.content["figures"].items() if series[year])
    with city.as_(PostRole.HANDLER):
        with pytest.raises(Refused), transaction.atomic():
            attaching.attach(filing, "management", [document("夹带")], city.handler)
        boundaries.set_boundary(filing, shape, city.handler, boundaries.UPLOAD)
        attaching.detach(policy, city.handler)
        attaching.attach(filing, "policy", [document("新政策")], city.handler, document_number="示例政〔2026〕9号")
    paper = write(affair, change, {figure_key(figure, int(year)): "98765"})
    said = str(paper.data["appendices"])
    with system():
        change.refresh_from_db()
        after = change.version
        assert after is not None
        assert after.content["figures"][figure][year] == "98765"
        assert after.content["boundary"]["area_km2"] != before.content["boundary"]["area_km2"]
        assert before.content["boundary"]["area_km2"][:5] in said
        assert "新政策" in said
        differing = {key for key, was in before.content["fields"].items() if after.content["fields"].get(key) != was}
        assert differing == {figure_key(figure, int(year))}, "nothing else comes along"
        wanted = {opinion.tenant.code for opinion in changes.concerned(change)}
        assert wanted == {"dept-fgw", "dept-jxw", "dept-land", "dept-env", "dept-build", "dept-stat"}
    with city.as_(PostRole.HANDLER), pytest.raises(Refused), transaction.atomic():
        boundaries.set_boundary(filing, shape, city.handler, boundaries.UPLOAD)
    desk = lead()
    with desk.as_(PostRole.HANDLER):
        services.adopt_change(change, list(wanted), desk.handler)
        again = Opinion.objects.filter(case=affair.case, round=2).first()
        assert again is not None
        assert again.sections == ["section:boundary", "section:figures", "material:8"]


def test_change_is_asked_by_the_lead_for_known_sections_once(affair: Affair, province: Scene) -> None:
    refused(lambda: ask(affair, "boundary.geojson"), "请选择需要修改的栏目")
    for name in ("stat-handler", "jia-handler"):
        actor = province.audiences[name].actor
        assert actor is not None
        with enter(actor.scope), pytest.raises(Refused, match="只有省科技厅的经办人"):
            services.request_change(affair.case, ["purpose"], REASON, actor)
    ask(affair)
    refused(lambda: ask(affair), "还有一次补充修改没有办结")


def test_change_without_a_change_is_not_sent(affair: Affair) -> None:
    change = ask(affair)
    refused(lambda: write(affair, change, {}), "还没有修改任何内容")


def test_what_is_not_signed_stays_with_the_city(affair: Affair, province: Scene) -> None:
    change = ask(affair)
    with affair.city.as_(PostRole.HANDLER):
        draft = signoff.start("change_letter", change, change.dossier, "补充修改函", affair.city.handler)
        signoff.save_fields(draft, {"values": {"foundation.emerging": NEW}}, affair.city.handler)
    for name in ("lead-handler", "stat-handler", "yi-handler", "government-handler"):
        actor = province.audiences[name].actor
        assert actor is not None
        with enter(actor.scope):
            told = [str(row) for model in (FilingVersion, PlanField) for row in model.objects.values()]
            assert not any(NEW in row for row in told), name
    assert first(lambda: changes.changed_keys(change, draft.fields)) == ["foundation.emerging"]
