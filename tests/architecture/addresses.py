"""What each address is about: its arguments for 甲's objects, who may open it, who may act there, what is posted."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reviews.models import (
    Condition,
    ExpertOpinion,
    Note,
    Opinion,
    QuestionProposal,
    Recusal,
    Requirement,
    ReviewItem,
)
from tests.architecture import audiences as who
from tests.architecture.addresses_year import CASES_OF_THE_YEAR
from tests.architecture.cases import SEARCH, Case
from tests.architecture.posted import _sealed_answer, data, sealed
from tests.architecture.visits import (
    PDF,
    Visit,
    _case_tabs,
    _change_drafts,
    _changes,
    _checks,
    _codes,
    _compared,
    _countersignatures,
    _delegations,
    _drafts,
    _inquiries,
    _invitations,
    _jobs,
    _keys,
    _lapsing,
    _messages,
    _minutes,
    _notices,
    _objections,
    _offices,
    _opinion_drafts,
    _opinions,
    _papers,
    _parks,
    _posts,
    _proposals,
    _questions,
    _remarks,
    _removable,
    _saved_views,
    _tokens,
    _uploads,
    _versions,
    _visits,
    archives,
    cases,
    filings,
    fixed,
    of_case,
    plain,
)
from tests.markers import STAGE, WORDS
from tests.scenarios import ZONES


def named_addresses() -> dict[str, str]:
    """Every address of the portal by name, with its route; an address without a name is listed by its route."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, space: str, route: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, here)
        else:
            assert isinstance(pattern, URLPattern)
            yield (f"{space}{pattern.name}" if pattern.name else here), here


E = who.everybody
IN_WORK = ("draft", "sending", "submitted", "returned", "review")
PAGE = {"reads": who.of_the_city, "acts": who.handler_of_the_city}
CASES: dict[str, Case] = {
    **CASES_OF_THE_YEAR,
    "healthz": Case(plain(), E, public=True),
    "readyz": Case(plain(), E, public=True),
    "set_language": Case(plain(), E, acts=E, public=True),
    "set_display": Case(plain(), E, acts=E, public=True),
    "styleguide": Case(plain(), E, public=True),
    # Sign-in
    "account_login": Case(plain(), E, acts=E, public=True),
    "account_logout": Case(plain(), E, acts=E, public=True),
    "account_inactive": Case(plain(), E, public=True),
    "account_signup": Case(plain(), E, public=True),
    "account_reauthenticate": Case(plain(), E, acts=E, public=True),
    "account_email": Case(plain(), E, acts=E, public=True),
    "account_email_verification_sent": Case(plain(), E, public=True),
    "account_change_password": Case(plain(), E, acts=E, public=True),
    "account_set_password": Case(plain(), E, acts=E, public=True),
    "account_reset_password": Case(plain(), E, acts=E, public=True),
    "account_confirm_login_code": Case(plain(), E, acts=E, public=True),
    "account_confirm_email": Case(fixed(("no-such-key",)), E, public=True),
    "account_reset_password_from_key_done": Case(plain(), E, public=True),
    "account_reset_password_from_key": Case(fixed(("abc", "def")), E, acts=E, public=True),
    "account_reset_password_done": Case(plain(), E, public=True),
    # People
    "accounts:people": Case(plain(), who.administrator),
    "accounts:invite": Case(
        plain(), who.administrator, who.administrator, data(name="某人", email="a@example.org", role="handler")
    ),
    "accounts:withdraw": Case(_invitations, who.administrator_of_the_city, who.administrator_of_the_city, get=False),
    "accounts:end_post": Case(
        _posts, who.administrator_of_the_city, who.administrator_of_the_city, data(last_day="2026-12-31")
    ),
    "accounts:choose_post": Case(plain(), who.signed_in, who.signed_in),
    "accounts:profile": Case(plain(), who.signed_in),
    "accounts:tokens": Case(plain(), who.signed_in, who.signed_in),
    "accounts:revoke_token": Case(_keys, who.the_handler, who.the_handler, data(), get=False),
    "accounts:accept": Case(_tokens, E, acts=E, public=True, reveals=frozenset({"invitation"})),
    # Files and papers
    "files:download": Case(_uploads, who.of_the_file),
    "files:tus": Case(plain(), E, post=data(), get=False, public=True),
    "files:piece": Case(fixed((UUID(int=1),)), E, post=data(), get=False, public=True),
    "files:forget": Case(fixed((UUID(int=1),)), who.nobody, post=data(), get=False),
    "notifications:check": Case(plain({"code": "AAAA"}), E, public=True),
    "notifications:list": Case(plain(SEARCH), who.signed_in, searches=True),
    "notifications:draft": Case(_drafts, who.of_the_draft, who.of_the_draft, data(act="sign", password="x")),
    "notifications:paper": Case(_papers, who.of_the_paper),
    "notifications:receive": Case(_papers, who.nobody, who.addressee, data(), get=False),
    "notifications:download": Case(_papers, who.of_the_paper),
    "notifications:check_code": Case(_codes, E, acts=E, public=True, reveals=frozenset({"name"})),
    "notifications:public_file": Case(_codes, who.published, public=True),
    "mail": Case(plain(), who.signed_in, who.signed_in),
    "mail_stop": Case(fixed(("no-such-token",)), who.nobody, public=True),
    # The city's pages
    "applications:list": Case(plain(SEARCH), who.signed_in, searches=True),
    "applications:new": Case(
        plain(), who.any_city, who.any_city_handler, sealed("new", park_name="某园区", host_zone="", reason="x")
    ),
    "applications:about": Case(plain(), who.any_city, who.any_city, data(park="no-such-park", kind="expansion")),
    "applications:park": Case(_parks, who.any_of_the_city, who.any_of_the_city, data(kind="expansion")),
    "applications:place": Case(plain(), who.any_place, who.any_place, data()),
    "applications:place_openings": Case(plain(), who.lead, who.lead_signer, data(since="")),
    "applications:version": Case(_versions, who.of_the_version),
    "applications:filing": Case(filings(*IN_WORK, "listed"), who.of_the_city),
    "applications:section": Case(
        filings("draft", "returned", "review", more=("purpose",)), **PAGE, post=sealed("section", park_name="改名")
    ),
    "applications:figures": Case(filings("draft", "review"), **PAGE, post=sealed("figures", **{"P.gdp": "1"})),
    "applications:boundary": Case(filings("draft", "returned"), **PAGE, post=sealed("boundary", by="remove")),
    "applications:materials": Case(filings("draft", "review"), **PAGE, post=data(code="plan", **{"plan-files": PDF})),
    "applications:remove_material": Case(_removable, **PAGE, get=False, post=data()),
    "applications:work": Case(
        filings("draft", "review"), **PAGE, post=sealed("work", act="add_helper", organisation="x")
    ),
    "applications:delegation": Case(_delegations, **PAGE, get=False, post=sealed("delegation", act="confirm")),
    "applications:presence": Case(
        filings("draft", "review"), who.of_the_city, who.of_the_city, sealed("presence", section="space"), get=False
    ),
    "applications:selfcheck": Case(filings("draft", "review"), who.of_the_city),
    "applications:request": Case(filings("draft", "returned"), **PAGE, get=False, post=data()),
    "applications:versions": Case(filings("submitted", "returned", "review"), who.of_the_plan),
    "applications:withdraw": Case(filings("submitted", "draft"), **PAGE, get=False, post=data()),
    "applications:discard": Case(filings("draft"), **PAGE, get=False, post=data()),
    "applications:restore": Case(filings("draft"), **PAGE, get=False, post=data()),
    "applications:reapply": Case(
        filings("review", "listed"), who.any_of_the_city, who.handler_of_the_city, data(changes="变化")
    ),
    "applications:changes": Case(filings("draft"), **PAGE, get=False, post=data(changes="变化")),
    "applications:answer": Case(_remarks, **PAGE, get=False, post=_sealed_answer),
    # The authorities' pages of the formal part
    "applications:check": Case(_checks, who.formal_authority),
    "applications:route": Case(filings("submitted"), who.formal_authority, who.government_handler, data(), get=False),
    "applications:acknowledge_second": Case(
        filings("check"), who.formal_authority, who.lead_handler_only, data(reason="依据"), get=False
    ),
    "applications:judge": Case(
        lambda scene: [Visit(visit.key, visit.args[1:]) for visit in _remarks(scene)],
        who.lead,
        who.lead,
        data(act="settle"),
        get=False,
    ),
    "applications:allow_remarks": Case(
        lambda scene: _drafts(scene)[1:2], who.lead, who.lead, data(reason="理由"), get=False
    ),
    "applications:start_notice": Case(
        filings("check", more=("acceptance",)), who.lead_handler_only, who.lead_handler_only, data(), get=False
    ),
    "applications:remarks": Case(
        lambda scene: _drafts(scene)[1:2], who.of_the_draft, who.lead_handler_only, data(finish="1")
    ),
    # The joint review
    "reviews:list": Case(plain(SEARCH), who.authority, searches=True),
    "reviews:case": Case(_case_tabs, who.of_the_case),
    "reviews:start_paper": Case(cases("minutes"), who.nobody, who.lead_handler_only, data(), get=False),
    "reviews:ask": Case(cases(), who.lead, who.lead_handler_only, data(text="问"), get=False),
    "reviews:start_waiver": Case(filings("review", "submitted"), who.nobody, who.nobody, data(), get=False),
    "reviews:state_answer": Case(cases(), who.nobody, who.nobody, data(result="declined", day="2026-01-01")),
    "reviews:decide_state_answer": Case(cases(), who.nobody, who.nobody, data(act="confirm")),
    "reviews:start_review": Case(filings("review", "submitted"), who.nobody, who.nobody, data(), get=False),
    "reviews:opinion": Case(
        _opinions, who.of_the_opinion, who.of_the_opinion, data(stance="agree", reasons="x", conditions="")
    ),
    "reviews:propose": Case(cases(), who.proposes, who.proposes, data(text="问")),
    "reviews:invite": Case(
        lambda scene: [*cases("department")(scene), *cases("expert")(scene)],
        who.lead,
        who.lead_handler_only,
        data(organisation="other-czt", reason="x"),
    ),
    "reviews:note": Case(cases(), who.discusses, who.discusses, data(text="x"), get=False),
    "reviews:recuse": Case(cases(), who.discusses, who.discusses, data(person="x", reason="x")),
    "reviews:close_experts": Case(cases(), who.lead, who.lead_handler_only, data(reason="x")),
    "reviews:cancel_question": Case(_questions, who.lead, who.lead_handler_only, data(reason="x")),
    "reviews:proposal": Case(
        of_case(QuestionProposal, "dept-fgw"), who.of_the_proposal, who.of_the_proposal, data(act="withdraw")
    ),
    "reviews:withdraw_note": Case(of_case(Note, "dept-fgw"), who.of_the_opinion, who.of_the_opinion, data(reason="x")),
    "reviews:withdraw_department": Case(
        of_case(Opinion, "review", invited=True), who.lead, who.lead_handler_only, data(reason="x")
    ),
    "reviews:reopen": Case(
        of_case(Opinion, "review", status="signed"), who.lead, who.lead_handler_only, data(reason="x")
    ),
    "reviews:opinion_draft": Case(_opinion_drafts, who.of_the_opinion),
    "reviews:expert": Case(of_case(ExpertOpinion, "expert-1"), who.of_the_opinion, who.of_the_opinion, data(text="x")),
    "reviews:withdraw_expert": Case(
        of_case(ExpertOpinion, "review"), who.lead, who.lead_handler_only, data(reason="x")
    ),
    "reviews:pass_on": Case(
        of_case(Condition, "review", requirement=None), who.lead, who.lead_handler_only, data(text="x")
    ),
    "reviews:requirement": Case(
        of_case(Requirement, "review"), who.of_any_city_desk, who.handler_of_the_city, data(answer="答")
    ),
    "reviews:judge": Case(
        of_case(Requirement, "dept-fgw"), who.of_the_opinion, who.of_the_opinion, data(settled="yes")
    ),
    "reviews:waive": Case(of_case(Requirement, "review"), who.lead, who.lead_handler_only, data(reason="x")),
    "reviews:items": Case(cases(), who.nobody, who.nobody, data()),
    "reviews:ask_reviewer": Case(cases(), who.nobody, who.nobody, data()),
    "reviews:withdraw_item": Case(of_case(ReviewItem, "review"), who.lead, who.lead_handler_only, data(reason="x")),
    "reviews:recusal": Case(of_case(Recusal, "review"), who.nobody, who.nobody, data(decision="confirm")),
    "reviews:answer": Case(_questions, who.of_any_city_desk, who.handler_of_the_city, data(answer="答")),
    "reviews:request_change": Case(cases(), who.lead, who.lead_handler_only, data(sections="purpose", reason="x")),
    "reviews:change": Case(_changes, who.of_the_change, who.handler_of_the_city, data()),
    "reviews:adopt_change": Case(_changes, who.lead, who.lead_handler_only, data(), get=False),
    "reviews:change_draft": Case(_change_drafts, who.any_of_the_city, who.handler_of_the_city),
    "reviews:plan_visit": Case(
        cases(), who.lead, who.lead_handler_only, data(kind="site", held_on="2026-12-01", place="x", participants="x")
    ),
    "reviews:visit": Case(_visits, who.of_the_case),
    "reviews:visit_act": Case(_visits, who.lead, who.lead_handler_only, data(act="photos"), get=False),
    "reviews:adoption": Case(_minutes, who.lead, who.lead_handler_only, data()),
    "reviews:lapse": Case(_lapsing, who.lead, who.lead_handler_only, data(), get=False),
    "reviews:countersign": Case(_countersignatures, who.of_the_opinion, who.of_the_opinion, data(text="x")),
    "reviews:countersign_lapse": Case(_countersignatures, who.lead, who.lead_handler_only, data(reason="x")),
    "reviews:countersign_state": Case(_countersignatures, who.lead, who.lead_signer, data(position="x")),
    "reviews:objection": Case(_objections, who.lead),
    "reviews:objection_act": Case(_objections, who.lead, who.lead_handler_only, data(act="accept"), get=False),
    "reviews:publicity_result": Case(_notices, who.lead, who.lead_handler_only, data(note="x"), get=False),
    "reviews:inquiry": Case(_inquiries, who.of_any_city_desk, who.handler_of_the_city, data(answer="答")),
    # Public notices
    "publicity:list": Case(plain(), E, public=True),
    "publicity:feed": Case(plain(), E, public=True),
    "publicity:notice": Case(_notices, E, public=True),
    "publicity:object": Case(_notices, E, public=True, post=data(name="匿名", unit="x", phone="1", text="x")),
    "publicity:answer": Case(plain(), E, public=True, post=data(number="YY20261122-AAAAAA", code="x")),
    # Public pages and data
    "api_parks": Case(plain({**SEARCH, "format": "csv"}, SEARCH), E, public=True, searches=True),
    "api_park": Case(_parks, E, public=True),
    "api_cities": Case(plain({"format": "csv"}), E, public=True),
    "api_notices": Case(plain({"format": "csv"}), E, public=True),
    "api_notice": Case(_notices, E, public=True),
    "api_paper": Case(_codes, E, public=True, reveals=frozenset({"name"})),
    "api_datasets": Case(plain(), E, public=True),
    "api_park_ranking": Case(fixed((2024,)), E, public=True),
    "api_city_ranking": Case(fixed((2024,)), who.nobody, public=True),
    "api_assessments": Case(plain({"format": "csv"}), E, public=True),
    "api_schema": Case(plain(), E, public=True),
    "api_docs": Case(plain(), E, public=True),
    "registry:park_list": Case(plain(SEARCH, {"view": "map"}, {"view": "cards"}), E, public=True, searches=True),
    "registry:park_export": Case(plain(SEARCH, {"encoding": "gb18030"}), E, public=True),
    "registry:park_map": Case(plain(SEARCH), E, public=True),
    "registry:park": Case(_parks, E, public=True),
    "registry:park_geojson": Case(_parks, E, public=True),
    "registry:park_versions": Case(_parks, E, public=True),
    "registry:city_list": Case(plain(), E, public=True),
    "registry:city": Case(fixed(("330100",), ("330500",)), E, public=True),
    "registry:title_proposal": Case(fixed((UUID(int=1),)), who.nobody, who.nobody, data(act="confirm")),
    "registry:titles": Case(plain(), who.lead, who.lead_handler_only, data(title="pilot", held="held")),
    "registry:zones": Case(plain(), who.lead),
    "registry:zone": Case(fixed((ZONES["jia"][0],)), who.lead, who.nobody, data(crs="EPSG:4490")),
    "rankings:years": Case(plain(), E, public=True),
    "rankings:year": Case(fixed(("parks", 2024)), E, public=True),
    "rankings:run": Case(fixed(("parks", 2024, 1)), E, public=True),
    "rankings:subject": Case(fixed(("parks", 2024, "jia-judged")), who.nobody, public=True),
    "rankings:run_subject": Case(fixed(("parks", 2024, 1, "jia-judged")), who.nobody, public=True),
    "rankings:file": Case(fixed(("parks", 2024, "facts.json")), who.nobody, public=True),
    "rankings:run_file": Case(fixed(("parks", 2024, 1, "findings.csv")), who.nobody, public=True),
    "portal:home": Case(plain(), E, public=True),
    "portal:desk": Case(
        plain(SEARCH, {"queue": "office"}, {"queue": "done"}, {"queue": "late"}), who.signed_in, searches=True
    ),
    "portal:messages": Case(plain(SEARCH), who.signed_in, searches=True),
    "portal:read_all": Case(plain(), who.signed_in, who.signed_in, get=False),
    "portal:read_message": Case(_messages, who.any_of_the_city, who.any_of_the_city, data(open="1"), get=False),
    "portal:public_search": Case(
        plain({"q": WORDS["jia"]}, {"q": WORDS["jia"], "kind": "paper"}), E, public=True, searches=True
    ),
    "portal:search": Case(
        plain({"q": WORDS["jia"]}, {"q": WORDS["jia"], "kind": "case"}), who.signed_in, searches=True
    ),
    "portal:compare": Case(_compared, who.of_the_compared),
    "portal:views": Case(plain(), who.signed_in, who.signed_in, data(name="x", query="queue=late")),
    "portal:view_change": Case(_saved_views, who.the_handler, who.the_handler, data(act="remove"), get=False),
    "portal:bulk": Case(plain(), who.signed_in, who.signed_in, data(act="remind"), get=False),
    "portal:jobs": Case(plain(), who.signed_in),
    "portal:job": Case(_jobs, who.the_handler),
    "portal:job_report": Case(_jobs, who.the_handler),
    "portal:job_file": Case(_jobs, who.the_handler),
    "portal:archive": Case(archives, who.of_the_affair, who.of_the_affair, data(), get=False),
    "portal:park": Case(_parks, who.signed_in, who.signed_in, data()),
    "portal:calendar": Case(plain(), who.signed_in, who.operators_administrator, data(act="day", step="apply")),
    "portal:calendar_year": Case(fixed((2027,)), who.signed_in, who.operators_administrator, data(act="day")),
    # The operator sees who administers which office, and nothing that an office does.
    "portal:offices": Case(plain(), who.operators_administrator, reveals=frozenset({"name"})),
    "portal:office_new": Case(
        plain(), who.operators_administrator, who.operators_administrator, data(kind="expert", name="x")
    ),
    "portal:office": Case(
        _offices, who.operators_administrator, who.operators_administrator, data(act="x"), reveals=frozenset({"name"})
    ),
    "portal:parameters": Case(plain(), who.reader_of_parameters),
    "portal:parameter": Case(
        fixed(("formal_check_days",)), who.reader_of_parameters, who.lead_signer, data(value="1", reason="x")
    ),
    "portal:proposal": Case(_proposals, who.lead, who.lead_signer, data(act="dismiss", reason="x")),
    "portal:rules": Case(plain(), E, public=True),
    "portal:open": Case(plain(), E, public=True),
    "portal:open_file": Case(fixed(("parks", "csv"), ("parks", "json")), E, public=True),
}


def path_of(name: str, visit: Visit) -> str:
    """The path of a visit, without its query."""
    return reverse(name, args=visit.args)


def reached(key: str) -> int:
    """How far the filing of a key has come."""
    return STAGE.get(key, 0)
