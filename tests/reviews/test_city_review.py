"""U6, U7: departments review a round, 省科技厅 circulates it, the province recognises those who reached the mark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division
from accounts.scope import enter, of_organisation, system
from indicators.enums import RankingList
from indicators.enums_evaluating import EvaluationKind, EvaluationStatus
from indicators.models import EvaluationResult, EvaluationRound, IndexVersion
from notifications.models import Paper
from portal.sample.acting import Office
from registry import titles
from registry.enums import CityTitleKind
from registry.services import keep_title
from reviews.enums_city_review import CityReviewStatus as S
from reviews.models import CityAdvice, CityOpinion, CityReview, Nomination
from reviews.services import city_reviewing
from tests import factories
from tests.places import an_office
from tests.reviews.at_work import refusal
from workflow import instants, ledger
from workflow.machine import Refused
from workflow.models import Event, Task

pytestmark = pytest.mark.django_db
SCORES = {"示例甲县": "80", "示例乙县": "79.995", "示例丙区": "88.4"}


class Scene:
    """A closed round of three pilots: one exactly at the mark, one just below, one above but recognised already."""

    def __init__(self) -> None:
        self.lead, self.government = an_office(OrganisationKind.LEAD), an_office(OrganisationKind.PROV_GOV_OFFICE)
        self.department = an_office(OrganisationKind.DEPARTMENT)
        with system():
            self.owner = factories.make_organisation(OrganisationKind.COUNTY_GOV)
            self.places = {name: factories.make_division(name=name, level=DivisionLevel.COUNTY) for name in SCORES}
            for place in self.places.values():
                self._hold(place, CityTitleKind.PILOT)
            self._hold(self.places["示例丙区"], CityTitleKind.INNOVATIVE)
            self.round = self._closed()
        with enter(self.lead.reviewer.scope):
            self.row = city_reviewing.open_review(self.round, self.lead.reviewer)

    def _hold(self, place: Division, title: CityTitleKind) -> None:
        day = instants.today().replace(year=instants.today().year - 3)
        keep_title(place, title, held=True, since=day, citation="示例", office=self.lead.organisation)

    def _closed(self) -> EvaluationRound:
        who = self.lead
        row = EvaluationRound.objects.create(
            tenant=who.organisation, kind=EvaluationKind.BIENNIAL, year=2025, number=1, due_on=instants.today(),
            status=EvaluationStatus.CLOSED, opened_by=who.handler.person, closed_by=who.reviewer.person,
            closed_at=timezone.now(),
        )  # fmt: skip
        version = IndexVersion.objects.create(
            tenant=who.organisation, ranking=RankingList.COUNTY, number=1, title="示例", valid_from=2013,
            drafted_by=who.handler.person,
        )  # fmt: skip
        paper = factories.make_paper(who.organisation)
        ledger.open_chain(row.dossier, who.organisation)
        for name, score in SCORES.items():
            EvaluationResult.objects.create(
                round=row, dossier=row.dossier, tenant=self.owner, place=self.places[name], name=name, version=version,
                score=score, list=RankingList.COUNTY, facts="sha256:0", paper=paper,
            )  # fmt: skip
        return row

    def ask(self) -> CityOpinion:
        with enter(self.lead.handler.scope):
            return city_reviewing.ask_departments(self.row, [self.department.organisation], self.lead.handler)[0]

    def advise(self, stance: str = "agree", reason: str = "") -> None:
        with enter(self.department.handler.scope):
            one = CityOpinion.objects.get(review=self.row)
            city_reviewing.advise(one, stance, reason, self.department.handler)

    def answer(self, stance: str = "agree", reason: str = "") -> None:
        with enter(self.department.signer.scope):
            one = CityOpinion.objects.get(review=self.row)
            city_reviewing.answer(one, stance, reason, self.department.signer)

    def issue(self, office: Office, kind: str, **fields: Any) -> Paper:
        paper = office.issue(kind, self.row, self.row.dossier, "文稿", fields)
        with system():
            self.row.refresh_from_db()
        return paper

    def circulated(self) -> Paper:
        self.ask()
        self.advise()
        self.answer()
        return self.issue(self.lead, "evaluation_circular", summary="示例：总体较好。")

    def nominations(self) -> dict[str, Nomination]:
        with system():
            return {one.result.name: one for one in Nomination.objects.select_related("result")}

    def nominate(self, names: set[str], reasons: dict[str, str]) -> None:
        rows = self.nominations()
        with enter(self.lead.reviewer.scope):
            city_reviewing.nominate(
                self.row, {row.pk: name in names for name, row in rows.items()},
                {rows[name].pk: text for name, text in reasons.items()}, self.lead.reviewer,
            )  # fmt: skip

    def page(self, office: Office) -> str:
        client = Client()
        client.force_login(office.handler.person)
        return client.get(self.row.get_absolute_url()).content.decode()


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_results_are_circulated_after_the_departments_spoke(scene: Scene) -> None:
    assert "还没有征求省级有关部门的意见" in scene.page(scene.lead)
    assert "已公布的测评结果" not in Client().get(f"/cities/{scene.places['示例甲县'].pk}/").content.decode()
    scene.ask()
    assert "尚未收到" in scene.page(scene.lead)
    scene.advise("object", "示例甲县的数据待核。")
    scene.answer("object", "示例甲县的数据待核。")
    with enter(scene.department.signer.scope):
        one = CityOpinion.objects.get(review=scene.row)
        assert CityOpinion.objects.filter(pk=one.pk).update(reason="改口") == 0
    assert "示例甲县的数据待核" in scene.page(scene.lead)
    with pytest.raises(Refused, match="对不同意见的处理"):
        scene.issue(scene.lead, "evaluation_circular", summary="")
    paper = scene.issue(scene.lead, "evaluation_circular", treated="示例：数据已核，维持测评结果。")
    assert (scene.row.status, scene.row.circular_paper_id, scene.row.mark) == (S.CIRCULATED, paper.pk, "80")
    text = str(paper.data)
    assert "参加测评的县（市、区）3个，其中达到认定条件的1个" in text
    assert "['1', '示例丙区'" in text
    with system():
        assert not EvaluationResult.objects.filter(published_at=None).exists()
    assert {name: (one.reaches, one.nominated) for name, one in scene.nominations().items()} == {
        "示例甲县": (True, True), "示例乙县": (False, False),
    }  # fmt: skip


def test_departure_from_the_mark_says_why(scene: Scene) -> None:
    scene.circulated()
    rows = scene.nominations()
    chosen: dict[Any, bool] = {row.pk: True for row in rows.values()}
    said = refusal(city_reviewing.nominate, scene.row, chosen, {}, scene.lead.reviewer, by=scene.lead.reviewer)
    assert ("示例乙县" in said, "示例甲县" in said) == (True, False)
    scene.nominate({"示例乙县"}, {"示例乙县": "差距甚微，部门一致同意。", "示例甲县": "数据待核。"})
    assert {name: one.nominated for name, one in scene.nominations().items()} == {"示例甲县": False, "示例乙县": True}


def test_province_recognises_whom_it_was_asked_to(scene: Scene) -> None:
    scene.circulated()
    scene.nominate({"示例甲县"}, {})
    request = scene.issue(scene.lead, "city_recognition_request", grounds="示例：成效明显。")
    assert (scene.row.status, "示例甲县" in str(request.data)) == (S.REPORTED, True)
    place = scene.places["示例甲县"]
    assert not titles.holds(place, CityTitleKind.INNOVATIVE, instants.today())
    (named,) = [row for name, row in scene.nominations().items() if name == "示例甲县"]
    told = {"duties": "示例：发挥示范作用。", "places": [str(named.pk)]}
    notice = scene.issue(scene.government, "city_recognition", **told)
    assert (scene.row.status, scene.row.decision_paper_id) == (S.RECOGNISED, notice.pk)
    assert "示例甲县为创新型县" in str(notice.data)
    assert titles.holds(place, CityTitleKind.INNOVATIVE, instants.today())
    assert not titles.holds(scene.places["示例乙县"], CityTitleKind.INNOVATIVE, instants.today())
    page = Client().get(f"/cities/{place.pk}/").content.decode()
    assert ("创新型县" in page, "已公布的测评结果" in page) == (True, True)
    with system():
        assert not Task.objects.filter(dossier=scene.row.dossier, done_at=None).exists()


def test_province_may_refuse(scene: Scene) -> None:
    scene.circulated()
    scene.nominate({"示例甲县"}, {})
    scene.issue(scene.lead, "city_recognition_request", grounds="示例：成效明显。")
    scene.issue(scene.government, "city_recognition_refusal", reasons="示例：先巩固成效。")
    assert scene.row.status == S.REFUSED
    assert not titles.holds(scene.places["示例甲县"], CityTitleKind.INNOVATIVE, instants.today())


def test_other_offices_see_nothing_of_a_review(scene: Scene) -> None:
    scene.ask()
    stranger = an_office(OrganisationKind.DEPARTMENT)
    for office in (stranger, scene.government):
        client = Client()
        client.force_login(office.handler.person)
        assert client.get(scene.row.get_absolute_url()).status_code == 404
    with of_organisation(scene.owner.pk, scene.lead.handler.person.pk):
        assert not CityReview.objects.exists()
        assert not CityOpinion.objects.exists()


def test_departments_handler_proposes_and_another_person_signs(scene: Scene) -> None:
    scene.ask()
    office = scene.department
    client = Client()
    client.force_login(office.handler.person)
    address = reverse("city_reviews:act", args=[scene.row.pk, "advise"])
    page = client.get(scene.row.get_absolute_url()).content.decode()
    assert ("拟办本部门意见" in page, "看这一轮测评" in page) == (True, False)
    refused = client.post(address, {"stance": "object", "reason": " "})
    assert (refused.status_code, "请写明不同意见和理由" in refused.content.decode()) == (422, True)
    assert client.post(address, {"stance": "object", "reason": "示例甲县的数据待核。"}).status_code == 302
    with system():
        tasks = Task.objects.filter(organisation=office.organisation, done_at=None)
        assert list(tasks.values_list("kind", "role")) == [("city_opinion", "signer")]
    with enter(scene.lead.handler.scope):
        assert not CityAdvice.objects.exists(), "what is proposed is the department's own"
        assert not Event.objects.filter(name="advise").exists()
    assert "示例甲县的数据待核" not in scene.page(scene.lead)
    signing = Client()
    signing.force_login(office.signer.person)
    shown = signing.get(scene.row.get_absolute_url()).content.decode()
    assert ("示例甲县的数据待核。</textarea>" in shown, office.handler.person.name in shown) == (True, True)
    with enter(office.signer.scope):
        one = CityOpinion.objects.get(review=scene.row)
        both = replace(office.signer, person=office.handler.person)
        with pytest.raises(Refused, match="拟办人不能同时签发"):
            city_reviewing.answer(one, "agree", "", both)
    scene.answer("object", "示例甲县的数据待核。")
    with system():
        assert not Task.objects.filter(organisation=office.organisation, done_at=None).exists()
    with enter(office.handler.scope), pytest.raises(Refused, match="已经签发意见"):
        city_reviewing.advise(one, "agree", "", office.handler)


def test_signer_says_nothing_that_no_handler_proposed(scene: Scene) -> None:
    scene.ask()
    client = Client()
    client.force_login(scene.department.signer.person)
    page = client.get(scene.row.get_absolute_url()).content.decode()
    assert ("还没有拟办意见" in page, "签发意见" in page) == (True, False)
    with pytest.raises(Refused, match="先由本部门经办人拟办"):
        scene.answer()
    with enter(scene.department.signer.scope):
        assert CityOpinion.objects.get(review=scene.row).signed_at is None
    scene.advise()
    page = client.get(scene.row.get_absolute_url()).content.decode()
    assert ("还没有拟办意见" in page, "签发意见" in page) == (False, True)


def test_departments_follow_no_link_that_is_shut_to_them(scene: Scene) -> None:
    scene.ask()
    address = scene.round.get_absolute_url()
    for office, opens in ((scene.lead, True), (scene.department, False)):
        client = Client()
        client.force_login(office.handler.person)
        assert (f'href="{address}"' in scene.page(office)) == opens
        assert client.get(address).status_code == (200 if opens else 404)


def test_pages_say_why_an_evaluation_is_scored_otherwise_than_a_year(scene: Scene) -> None:
    scene.circulated()
    with system():
        result = EvaluationResult.objects.get(name="示例甲县")
    client = Client()
    client.force_login(scene.lead.handler.person)
    why = "测评由第三方机构的评价人评分，年度评价由省级部门和专家评分"
    for page in (f"/cities/{result.place_id}/", result.get_absolute_url()):
        assert client.get(page).content.decode().count(why) == 1
    with system():
        other = factories.make_division(level=DivisionLevel.COUNTY)
    assert why not in client.get(f"/cities/{other.pk}/").content.decode()
