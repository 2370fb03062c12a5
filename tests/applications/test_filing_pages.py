"""Starting and following a filing: list, new, task list, self-check, request, supplement."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import of_organisation, system
from applications import completeness, selfcheck
from applications.kinds import kind_of
from applications.materials import CREATION as MATERIALS
from applications.models import Filing, Remark
from applications.views import carry
from notifications.models import Draft
from policy import clauses
from tests.applications.samples import fill
from tests.factories import PASSWORD, make_actor, make_division, make_filing, make_host_zone, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    """A handler of a city."""
    return make_actor()


def text_of(answer: Any) -> str:
    """The page as text."""
    return html.unescape(answer.content.decode())


# -- list -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_as_many_queries_for_one_filing_as_for_thirty(
    client: Client, actor: Actor, count: int, django_assert_num_queries: Any
) -> None:
    for _n in range(count):
        make_filing(actor)
    client.force_login(actor.person)
    client.get(reverse("applications:list"))
    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(reverse("applications:list"))
    assert answer.content.decode().count('<th scope="row">') == min(count, 20)


LIST_QUERIES = 16


def test_list_shows_own_filings_alone_and_says_what_comes_next(client: Client, actor: Actor) -> None:
    make_filing(actor, park_name="本市园区")
    make_filing(make_actor(), park_name="邻市园区")
    client.force_login(actor.person)
    page = text_of(client.get(reverse("applications:list")))
    assert "本市园区" in page
    assert "填写创建规划和材料" in page
    assert "邻市园区" not in page


def test_empty_list_says_what_will_stand_there(client: Client, actor: Actor) -> None:
    client.force_login(actor.person)
    assert "这里将列出本单位的申报" in text_of(client.get(reverse("applications:list")))


def start(client: Client, entries: dict[str, Any]) -> Any:
    """Open the page of a new filing and send it."""
    page = reverse("applications:new")
    seal = re.search(r'name="seal" value="([^"]+)"', client.get(page).content.decode())
    assert seal
    return client.post(page, {"seal": html.unescape(seal[1]), **entries})


# -- new ------------------------------------------------------------------------------------------
def test_new_filing_is_started_in_a_host_zone_of_the_city(client: Client, actor: Actor) -> None:
    county = make_division(level="county")
    type(county).objects.filter(pk=county.pk).update(parent=actor.organisation.division)
    own, in_county, foreign = make_host_zone(actor.organisation.division), make_host_zone(county), make_host_zone()
    client.force_login(actor.person)
    form = client.get(reverse("applications:new")).context["form"]
    assert set(form.fields["host_zone"].queryset) == {own, in_county}
    refused = start(client, {"park_name": "新园区", "host_zone": foreign.pk})
    assert refused.status_code == 422
    answer = start(client, {"park_name": "新园区", "host_zone": own.pk})
    with of_organisation(actor.organisation.pk):
        filing = Filing.objects.get()
    assert (answer.status_code, answer.url) == (302, filing.get_absolute_url())
    assert (filing.park_name, filing.host_zone, filing.status) == ("新园区", own, "draft")


def test_second_filing_for_a_host_zone_is_blocked_until_a_reason_is_given(client: Client, actor: Actor) -> None:
    first = make_filing(actor)
    client.force_login(actor.person)
    entries = {"park_name": "第二个园区", "host_zone": first.host_zone_id}
    answer = start(client, entries)
    assert answer.status_code == 422
    assert "P-II.1.2d" in text_of(answer)
    assert "第二个园区" in text_of(answer)
    assert 'name="reason"' in text_of(answer)
    assert start(client, {**entries, "reason": " "}).status_code == 422
    answer = start(client, {**entries, "reason": "已取得经验与成绩"})
    assert answer.status_code == 302
    with of_organisation(actor.organisation.pk):
        second = Filing.objects.get(park_name="第二个园区")
        finding = selfcheck.assess(second).finding("P-II.1.2d[one_zone]")
        assert finding.outcome == "met"
        assert selfcheck.assess(first).finding("P-II.1.2d[one_zone]").outcome == "not_met"


@pytest.mark.parametrize("kind", [OrganisationKind.LEAD, OrganisationKind.DEPARTMENT, OrganisationKind.COUNTY_GOV])
def test_new_filing_does_not_exist_for_those_who_may_not_file(client: Client, kind: str) -> None:
    client.force_login(make_actor(make_organisation(kind)).person)
    assert client.get(reverse("applications:new")).status_code == 404


def test_reviewer_of_the_city_cannot_start_a_filing(client: Client, actor: Actor) -> None:
    reviewer = make_actor(actor.organisation, PostRole.REVIEWER)
    zone = make_host_zone(actor.organisation.division)
    client.force_login(reviewer.person)
    answer = start(client, {"park_name": "新园区", "host_zone": zone.pk})
    assert answer.status_code == 422
    assert "只有申报市政府的经办人" in text_of(answer)


def test_name_typed_when_the_session_ended_comes_back(client: Client, actor: Actor) -> None:
    zone = make_host_zone(actor.organisation.division)
    client.force_login(actor.person)
    page = reverse("applications:new")
    seal = re.search(r'name="seal" value="([^"]+)"', client.get(page).content.decode())
    assert seal
    client.logout()
    answer = client.post(page, {"seal": html.unescape(seal[1]), "park_name": "久思得名园区", "host_zone": zone.pk})
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={page}")
    client.force_login(make_actor(actor.organisation).person)
    assert "久思得名园区" not in text_of(client.get(page))
    client.logout()
    client.post(page, {"seal": html.unescape(seal[1]), "park_name": "久思得名园区", "host_zone": zone.pk})
    client.post(reverse("account_login"), {"login": actor.person.username, "password": PASSWORD})
    shown = text_of(client.get(page))
    assert "久思得名园区" in shown
    assert f'value="{zone.pk}" selected' in shown
    with of_organisation(actor.organisation.pk):
        assert not Filing.objects.exists()


# -- task list and gaps ---------------------------------------------------------------------------
def test_task_list_lists_what_is_missing_with_links_that_open(client: Client, actor: Actor) -> None:
    filing = make_filing(actor)
    client.force_login(actor.person)
    with of_organisation(actor.organisation.pk):
        gaps = completeness.missing(filing)
    page = text_of(client.get(filing.get_absolute_url()))
    assert len(gaps) > 25
    for gap in gaps:
        assert gap.text in page
        assert client.get(gap.url.partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("left_out", "text"),
    [
        ("leader.main.post", "市政府责任人：缺“主要负责人：职务”"),
        ("commitment.truth", "承诺：缺“申报材料真实、完整，与原件一致”"),
        ("argumentation", "材料③ 论证报告：未上传"),
        ("conformity.county", "材料⑥ 县（市）域总体规划符合性意见：未上传"),
        ("boundary", "四至范围：尚未上传或勾画边界"),
    ],
)
def test_single_gap_bars_sending(actor: Actor, left_out: str, text: str) -> None:
    filing = make_filing(actor)
    fill(filing, actor, but=frozenset({left_out}))
    with of_organisation(actor.organisation.pk):
        gaps = [gap.text for gap in completeness.missing(filing)]
    assert gaps == [text]


def test_no_declared_industry_bars_sending(actor: Actor) -> None:
    filing = make_filing(actor)
    keys = {f"industry.{n}.{name}" for n in (1, 2, 3) for name in
            ("name", "code", "foundation", "demand", "innovation", "talent")}  # fmt: skip
    fill(filing, actor, but=frozenset(keys))
    with of_organisation(actor.organisation.pk):
        gaps = [gap.text for gap in completeness.missing(filing)]
    assert gaps[0] == "主导产业1：未填写"
    assert gaps[1].startswith("P-IV.2a 主导产业个数：0个，应 1–3")
    assert len(gaps) == 2


def test_thirteen_materials_are_listed_in_order() -> None:
    assert "".join(kind.mark for kind in MATERIALS) == "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"


# -- self-check -----------------------------------------------------------------------------------
def test_self_check_lists_every_clause_once_with_its_quotation(client: Client, actor: Actor) -> None:
    filing = make_filing(actor)
    client.force_login(actor.person)
    page = text_of(client.get(reverse("applications:selfcheck", args=[filing.pk])))
    known = clauses.load("park-creation").clauses
    for clause in known:
        assert page.count(f"（{clause.id}）") == 1
        assert clause.quote in page
    with of_organisation(actor.organisation.pk):
        assert [f.clause for f in selfcheck.assess(filing).findings] == [clause.id for clause in known]


def test_self_check_of_an_empty_filing_knows_nothing_of_the_area(actor: Actor) -> None:
    filing = make_filing(actor)
    with of_organisation(actor.organisation.pk):
        assessment = selfcheck.assess(filing)
    assert assessment.finding("P-II.1.2e").outcome == "not_assessable"
    assert assessment.finding("P-IV.2a").outcome == "not_met"


def test_every_place_of_the_self_check_is_a_clause_and_a_page(actor: Actor) -> None:
    filing = make_filing(actor)
    kind = kind_of(filing)
    known = {clause.id for clause in clauses.load(kind.clause_set).clauses}
    assert set(kind.places) <= known
    assert kind.told <= known
    assert all(selfcheck.page_of(filing, place) for place in kind.places.values())


# -- request and supplement -----------------------------------------------------------------------
def test_request_is_drafted_once_and_leads_to_the_draft(client: Client, actor: Actor) -> None:
    filing = make_filing(actor)
    client.force_login(actor.person)
    address = reverse("applications:request", args=[filing.pk])
    first, second = client.post(address), client.post(address)
    with of_organisation(actor.organisation.pk):
        draft = Draft.objects.get(subject_id=filing.pk)
    assert first.url == second.url == draft.get_absolute_url()
    assert draft.title in text_of(client.get(filing.get_absolute_url()))


def test_request_is_refused_to_a_reviewer(client: Client, actor: Actor) -> None:
    filing = make_filing(actor)
    client.force_login(make_actor(actor.organisation, PostRole.REVIEWER).person)
    answer = client.post(reverse("applications:request", args=[filing.pk]))
    assert answer.status_code == 409
    assert "只有申报单位的经办人" in text_of(answer)


def test_plan_is_closed_while_the_request_is_being_checked(client: Client, actor: Actor) -> None:
    filing = make_filing(actor)
    client.force_login(actor.person)
    client.post(reverse("applications:request", args=[filing.pk]))
    with system():
        Draft.objects.filter(subject_id=filing.pk).update(status="checking")
    page = text_of(client.get(reverse("applications:section", args=[filing.pk, "space"])))
    assert "已送审，不能修改" in page
    assert "disabled" in page


@pytest.fixture
def remark(actor: Actor) -> Remark:
    """A remark on a filing of the actor that is still with the city."""
    filing = make_filing(actor)
    lead = make_organisation(OrganisationKind.LEAD)
    with system():
        return Remark.objects.create(
            tenant=filing.tenant,
            dossier=filing.dossier,
            filing=filing,
            round=1,
            target="field:space.phases",
            text="请补充分期面积",
            made_by=lead,
            made_at=timezone.now(),
        )


def send_answer(client: Client, actor: Actor, remark: Remark, text: str) -> Any:
    """Send an answer with the seal of the actor's page."""
    address = reverse("applications:answer", args=[remark.filing_id, remark.pk])
    seal = signing.dumps({"person": str(actor.person.pk), "path": address, "seen": {}}, salt=carry.SALT)
    return client.post(address, {f"{remark.pk}-answer": text, "seal": seal})


def test_answer_typed_when_the_session_ended_comes_back(client: Client, actor: Actor, remark: Remark) -> None:
    answer = send_answer(client, actor, remark, "已补充分期面积")
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(actor.person)
    address = reverse("applications:answer", args=[remark.filing_id, remark.pk])
    shown = client.get(address)
    assert "这条答复是登录过期前填写的" in text_of(shown)
    form = next(row["form"] for row in shown.context["remarks"])
    assert form["answer"].value() == "已补充分期面积"


def test_answer_page_without_anything_typed_leads_to_the_filing(client: Client, actor: Actor, remark: Remark) -> None:
    client.force_login(actor.person)
    address = reverse("applications:answer", args=[remark.filing_id, remark.pk])
    assert client.get(address).url == remark.filing.get_absolute_url()


def test_remark_links_to_its_field(client: Client, actor: Actor, remark: Remark) -> None:
    client.force_login(actor.person)
    page = text_of(client.get(remark.filing.get_absolute_url()))
    assert "请补充分期面积" in page
    assert "功能分区与开发时序 › 分期开发" in page
    assert f"{selfcheck.page_of(remark.filing, 'space')}#id_space.phases" in page


def test_answer_outside_the_supplement_is_refused_and_shown_again(client: Client, actor: Actor, remark: Remark) -> None:
    client.force_login(actor.person)
    answer = send_answer(client, actor, remark, "已补充")
    assert answer.status_code == 422
    assert "不在补正环节" in text_of(answer)
    assert "已补充" in text_of(answer)


def test_empty_answer_is_refused_at_its_field(client: Client, actor: Actor, remark: Remark) -> None:
    client.force_login(actor.person)
    answer = send_answer(client, actor, remark, "")
    assert answer.status_code == 422
    assert f'href="#id_{remark.pk}-answer"' in text_of(answer)
