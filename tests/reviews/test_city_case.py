"""U4: the departments review a city or county after its evaluation, and 省科技厅 itself makes it a pilot, or not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.scope import enter, system
from applications.enums import FilingStatus
from applications.models import Filing
from indicators import evaluating
from indicators.enums import RankingList
from indicators.enums_evaluating import EvaluationKind, EvaluationStatus
from indicators.models import EvaluationResult, EvaluationRound, IndexVersion
from notifications import signoff
from notifications.enums import LegalEffect
from notifications.kinds import PLACE, kind_of
from notifications.models import Message, Paper
from portal.sample.acting import Office
from registry import titles
from registry.enums import CityTitleKind
from reviews.enums import CaseStatus
from reviews.models import Case, Opinion
from reviews.services import ask_question
from reviews.transitions import case as machine
from tests.delivered import deliver_acts
from tests.places import a_county, accepted, an_office
from workflow import instants
from workflow.machine import Refused
from workflow.models import Clock, Event, Task

pytestmark = pytest.mark.django_db
MINUTES = {"text": "示例：规划可行。", "held": "2026年11月20日，在省科技厅", "present": "示例"}


class Scene:
    """A county whose application was accepted and evaluated with a score, and one department.

    Another one is `beside` it: before the same offices, in a round of its own.
    """

    def __init__(self, score: str, beside: Scene | None = None) -> None:
        self.county, self.number = a_county(), 2 if beside else 1
        self.lead = beside.lead if beside else an_office(OrganisationKind.LEAD)
        self.department = beside.department if beside else an_office(OrganisationKind.DEPARTMENT)
        self.filing = accepted(self.county, self.lead)
        with system():
            self._evaluated(score)
        fields = {"departments": [self.department.organisation.code], "contact": "联系人：示例"}
        self.lead.issue("consultation", self.filing, self.filing.dossier, "征求意见", fields)
        with system():
            self.case = Case.objects.get(filing=self.filing)
            opinion = Opinion.objects.get(case=self.case)
        self.department.issue("opinion", opinion, self.case.dossier, "意见", {"stance": "agree", "reasons": "同意。"})

    def _evaluated(self, score: str) -> None:
        people = self.lead
        row = EvaluationRound.objects.create(
            tenant=people.organisation, kind=EvaluationKind.INITIAL, year=2025, number=self.number,
            due_on=instants.today(), status=EvaluationStatus.CLOSED, opened_by=people.handler.person,
            closed_by=people.reviewer.person, closed_at=timezone.now(),
        )  # fmt: skip
        version = IndexVersion.objects.create(
            tenant=people.organisation, ranking=RankingList.COUNTY, number=self.number, title="示例", valid_from=2013,
            drafted_by=people.handler.person,
        )  # fmt: skip
        assert self.filing.acceptance_paper is not None
        EvaluationResult.objects.create(
            round=row, dossier=row.dossier, tenant=self.filing.tenant, place=self.filing.of_place, name="示例县",
            version=version, score=score, list=RankingList.COUNTY, facts="sha256:0", paper=self.filing.acceptance_paper,
        )  # fmt: skip
        evaluating.tell_closed(row, people.reviewer)

    def conclude(self, outcome: str, **more: str) -> Paper:
        return self.lead.issue("minutes", self.case, self.case.dossier, "纪要", {**MINUTES, "outcome": outcome, **more})

    def page(self, office: Office) -> str:
        client = Client()
        client.force_login(office.handler.person)
        return client.get(f"/cases/{self.case.pk}/").content.decode()

    def reload(self) -> tuple[Case, Filing]:
        with system():
            return Case.objects.get(pk=self.case.pk), Filing.objects.get(pk=self.filing.pk)


def test_place_becomes_a_pilot_by_the_notice_of_the_lead() -> None:
    scene = Scene("72.345")
    assert scene.case.direct
    with system():
        clock = Clock.objects.get(dossier=scene.case.dossier, kind="city_review")
        assert (clock.due_on, clock.finished_at) == (scene.case.due_on, None)
    shown = scene.page(scene.lead)
    assert ">创新型城市</a>" in shown
    assert ("72.35 分" in shown, "达到试点分数线" in shown, "拟审核会议纪要" in shown) == (True, True, True)
    minutes = scene.conclude("recommend")
    assert "得分72.35分，达到试点分数线60分" in str(minutes.data)
    with enter(scene.lead.signer.scope):
        case, _filing = scene.reload()
        for arrow in ("publish", "report", "turn_down"):
            assert machine.reasons_against(case, arrow, scene.lead.signer)
    assert "拟公布试点的通知" in scene.page(scene.lead)
    with system():
        own = Organisation.objects.get(pk=scene.lead.organisation.pk)
        Organisation.objects.filter(pk=own.pk).update(series={**own.series, PLACE: "测规"})
    notice = scene.lead.issue("pilot_notice", scene.case, scene.case.dossier, "通知", {"duties": "按方案抓好落实。"})
    assert (minutes.code, notice.code) == (own.series["minutes"], "测规")
    case, filing = scene.reload()
    assert (case.status, filing.status, filing.decision_paper_id) == (
        CaseStatus.LISTED, FilingStatus.LISTED, notice.pk,
    )  # fmt: skip
    assert (notice.confers, notice.title) == (LegalEffect.PILOT, "关于公布示例县为创新型试点县的通知")
    assert titles.holds(filing.of_place, CityTitleKind.PILOT, instants.today())
    with system():
        assert not Task.objects.filter(dossier=case.dossier, done_at=None).exists()
        assert Clock.objects.get(pk=clock.pk).finished_at is not None
    assert "创新型试点县" in Client().get(f"/cities/{filing.of_place.pk}/").content.decode()


def test_place_below_the_mark_is_recommended_only_with_a_reason() -> None:
    scene = Scene("59.99")
    assert "低于试点分数线" in scene.page(scene.lead)
    with pytest.raises(Refused, match=r"59\.99低于试点分数线60"):
        scene.conclude("recommend")
    scene.conclude("decline")
    with enter(scene.lead.signer.scope):
        case, _filing = scene.reload()
        assert "建议列为试点" in "".join(machine.reasons_against(case, "determine", scene.lead.signer))
    letter = scene.lead.issue("pilot_refusal", scene.case, scene.case.dossier, "函", {"reasons": "研发投入不足。"})
    case, filing = scene.reload()
    assert (case.status, filing.status, letter.confers) == (
        CaseStatus.DECLINED, FilingStatus.DECLINED, LegalEffect.NONE,
    )  # fmt: skip
    assert not titles.holds(filing.of_place, CityTitleKind.PILOT, instants.today())
    told = Client()
    told.force_login(scene.county.handler.person)
    page = told.get(filing.get_absolute_url()).content.decode()
    assert ("未列为试点" in page, "省政府决定" in page) == (True, False)


def test_review_of_a_place_is_spoken_of_in_its_own_words() -> None:
    scene = Scene("72.345")
    lead, case = scene.lead, scene.case
    with enter(lead.handler.scope):
        draft = signoff.start("minutes", case, case.dossier, "纪要", lead.handler)
    client = Client()
    client.force_login(lead.handler.person)
    addresses = (f"/cases/{case.pk}/?tab=opinions", f"/cases/{case.pk}/?tab=conditions", f"/cases/adoption/{draft.pk}/")
    pages = [client.get(address).content.decode() for address in addresses]
    assert ("不能公布为试点" in pages[1], "审核会议纪要" in pages[2]) == (True, True)
    with enter(lead.handler.scope):
        signoff.cancel(draft, lead.handler, "示例")
    scene.conclude("recommend")
    with enter(lead.handler.scope):
        with pytest.raises(Refused) as refused:
            ask_question(Case.objects.get(pk=case.pk), "示例？", lead.handler)
        own = Event.objects.filter(dossier=case.dossier, subject_type__startswith="reviews.")
        basis = dict(own.values_list("name", "basis"))
    assert refused.value.reasons == ["部门审核已经结束，不能再询问申报单位。"]
    assert (basis["sign"], basis["conclude"]) == ("C-III.2d; U4", "C-III.2d; U4")
    with system():
        deliver_acts()
        told = [f"{one.title}{one.body}" for one in Message.objects.filter(dossier=case.dossier)]
    assert any("可以形成部门审核结论" in text for text in told)
    assert not [text for text in (*pages, *told) if "联审" in text]


def test_one_notice_makes_a_list_of_pilots() -> None:
    """U4: 关于公布创新型试点城市（县、区）名单的通知."""
    first = Scene("72.345")
    second = Scene("65", beside=first)
    lead = first.lead
    with system():
        names = {}
        for scene, name in ((first, "甲县"), (second, "乙县")):
            place = scene.filing.of_place
            type(place).objects.filter(pk=place.pk).update(name=name)
            names[place.pk] = name
    first.conclude("recommend")
    together = {"together": [str(second.case.pk)], "duties": "按方案抓好落实。"}
    with pytest.raises(Refused, match="审核结论不是“建议列为试点”"):
        lead.issue("pilot_notice", first.case, first.case.dossier, "通知", together)
    second.conclude("recommend")
    with enter(lead.handler.scope):
        draft = signoff.start("pilot_notice", first.case, first.case.dossier, "通知", lead.handler)
        signoff.save_fields(draft, together, lead.handler)
        draft.refresh_from_db()
        form = kind_of("pilot_notice").form_for(draft)
    assert [label for _key, label in form.fields["together"].choices] == [second.filing.park_name]
    assert "已列入“通知”，随该通知公布" in second.page(lead)
    notice = lead.issue("pilot_notice", first.case, first.case.dossier, "通知", together)
    assert notice.title == "关于公布创新型试点城市（县、区）名单的通知"
    assert notice.data["addressees"] == [first.county.organisation.name, second.county.organisation.name]
    rows = next(block["rows"] for block in notice.data["body"] if block["kind"] == "table")
    assert [row[1] for row in rows[1:]] == [names[key] for key in sorted(names)]
    for scene in (first, second):
        case, filing = scene.reload()
        assert (case.status, case.decision_paper_id, filing.decision_paper_id) == (
            CaseStatus.LISTED, notice.pk, notice.pk,
        )  # fmt: skip
        assert titles.holds(filing.of_place, CityTitleKind.PILOT, instants.today())
        assert notice.number in scene.page(lead)
        own = Client()
        own.force_login(scene.county.handler.person)
        assert notice.number in own.get(filing.get_absolute_url()).content.decode()
    with system():
        assert not Task.objects.filter(done_at=None, dossier__in=[first.case.dossier, second.case.dossier]).exists()
