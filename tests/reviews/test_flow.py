"""The whole way of a filing through the real services, and who sees how much of it after each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.scope import PUBLIC, enter, system
from applications.models import Filing, FilingVersion, Material, PlanField, Remark
from files.models import Upload
from notifications.models import Draft, Message, Paper
from registry.models import Park
from reviews.models import Case, Conclusion, Decision, Opinion, Question
from tests.affairs import Affair
from tests.scenarios import Scene
from workflow import ledger, outbox
from workflow.models import Event, Task

pytestmark = pytest.mark.django_db
MODELS = {
    "filing": Filing, "plan": PlanField, "material": Material, "file": Upload, "version": FilingVersion,
    "remark": Remark, "case": Case, "opinion": Opinion, "question": Question, "conclusion": Conclusion,
    "decision": Decision, "draft": Draft, "event": Event,
}  # fmt: skip
# Short names of the audiences; those that are never given anything stand in NEVER.
SEEN_BY = {
    "city": "jia-signer", "committee": "jia-committee", "lead": "lead-handler", "asked": "stat-handler",
    "government": "government-handler",
}  # fmt: skip
NEVER = ("public", "yi-handler", "yi-signer", "yi-admin", "yi-committee", "jia-county", "operator", "auditor")


def seen(scene: Scene, affair: Affair, name: str) -> dict[str, int]:
    """How many rows of each kind an audience sees in the dossier; kinds of which it sees none are left out."""
    audience = scene.audiences[name]
    with enter(audience.actor.scope if audience.actor else PUBLIC):
        counts = {kind: model.objects.filter(dossier=affair.filing.dossier).count() for kind, model in MODELS.items()}
        papers = Paper.objects.filter(dossier=affair.filing.dossier).values_list("kind", flat=True)
        counts["papers"] = ",".join(sorted(papers))  # type: ignore[assignment]
    return {kind: count for kind, count in counts.items() if count}


def check(scene: Scene, affair: Affair, expected: dict[str, dict[str, Any]]) -> None:
    """Each audience sees at least what is named, with these numbers; one that is not named sees nothing at all."""
    wrong = {}
    for short, name in SEEN_BY.items():
        found, said = seen(scene, affair, name), expected.get(short, {})
        watched = set(said) | set(MODELS) - {"event", "draft", "plan", "material", "file"} | {"papers"}
        if not said:
            watched = set(found)
        if differences := {k: (found.get(k, 0), said.get(k, 0)) for k in watched if found.get(k, 0) != said.get(k, 0)}:
            wrong[short] = differences
    for name in NEVER:
        public = {"papers"} if affair.filing.status == "listed" else set()
        if leaked := set(seen(scene, affair, name)) - public:
            wrong[name] = dict.fromkeys(leaked, (1, 0))
    assert wrong == {}


def begin(province: Scene) -> Affair:
    """A complete draft in the zone that has a committee."""
    with system():
        return province.begin("jia", "draft").draft()


def step(act: Callable[[], Any], affair: Affair) -> None:
    """Take a step as the office whose turn it is, then read the filing anew."""
    with system():
        act()
        affair.filing.refresh_from_db()


MATERIALS = 12
CITY_PAPERS = "creation_request,receipt"


def test_straight_way_shows_each_office_what_its_stage_gives(province: Scene) -> None:
    affair = begin(province)
    own: dict[str, Any] = {"filing": 1, "material": MATERIALS, "file": MATERIALS}
    check(province, affair, {"city": own, "committee": own})

    step(affair.submit, affair)
    sent = {"filing": 1, "version": 1, "papers": CITY_PAPERS}
    own |= sent
    whole = {**sent, "file": MATERIALS}
    check(province, affair, {"city": own, "committee": own, "government": whole})

    step(affair.route, affair)
    assert affair.filing.status == "formal_check"
    check(province, affair, {"city": own, "committee": own, "government": whole, "lead": whole})

    step(affair.open_review, affair)
    assert affair.filing.status == "in_review"
    answered = f"acceptance,{CITY_PAPERS}"
    letters = f"acceptance,consultation,{CITY_PAPERS}"
    own |= {"case": 1, "papers": answered}
    whole |= {"case": 1, "opinion": 9, "papers": letters}
    asked = {**sent, "case": 1, "opinion": 1, "file": MATERIALS, "papers": f"consultation,{CITY_PAPERS}"}
    helper = {**own, "papers": CITY_PAPERS}
    check(province, affair, {"city": own, "committee": helper, "government": whole, "lead": whole, "asked": asked})

    step(lambda: affair.opinions(8), affair)
    letters = ",".join(sorted([*letters.split(","), *["opinion"] * 8]))
    whole |= {"papers": letters}
    check(province, affair, {"city": own, "committee": helper, "government": whole, "lead": whole, "asked": asked})


def test_decision_is_seen_by_all_and_opinions_only_by_their_departments(province: Scene) -> None:
    affair = begin(province)
    for act in (affair.submit, affair.route, affair.open_review, affair.opinions, affair.conclude):
        step(act, affair)
    with system():
        affair.case.refresh_from_db()
    assert affair.case.status == "reported"
    papers = f"acceptance,{CITY_PAPERS.replace(',', ',publicity_notice,')}"
    city = {"filing": 1, "version": 1, "case": 1, "conclusion": 1, "papers": papers}
    told = seen(province, affair, "jia-signer")
    assert {kind: told.get(kind, 0) for kind in (*city, "opinion", "decision")} == {**city, "opinion": 0, "decision": 0}

    step(affair.list, affair)
    told = seen(province, affair, "jia-signer")
    assert told["papers"] == f"acceptance,approval,{CITY_PAPERS.replace(',', ',publicity_notice,')}"
    assert (told["decision"], told.get("opinion", 0)) == (1, 0)
    assert (
        seen(province, affair, "stat-handler")["papers"]
        == f"approval,consultation,{CITY_PAPERS.replace(',', ',opinion,publicity_notice,')}"
    )
    assert seen(province, affair, "stat-handler")["opinion"] == 1
    assert seen(province, affair, "public") == {"papers": "approval,publicity_notice"}
    with enter(PUBLIC):
        park = Park.objects.get(dossier=affair.filing.dossier)
    assert (park.status, park.name) == ("creating", affair.filing.park_name)


def test_city_learns_nothing_of_opinions_from_events_tasks_or_messages(province: Scene) -> None:
    affair = begin(province)
    for act in (affair.submit, affair.route, affair.open_review):
        step(act, affair)
    before = _told(province, "jia-handler")
    step(affair.opinions, affair)
    with system():
        outbox_done()
    assert _told(province, "jia-handler") == before
    lead = province.audiences["lead-handler"].actor
    assert lead is not None
    with enter(lead.scope):
        signed = ledger.history(affair.filing.dossier).filter(subject_type="reviews.opinion", name="sign")
        assert signed.count() == 9
        told = Message.objects.filter(dossier=affair.filing.dossier, title__contains="已回复")
        assert sorted(message.title.split("（")[1][:3] for message in told) == [f"{n}/9" for n in range(1, 10)]
        assert told.exclude(body="").count() == 1


def outbox_done() -> None:
    """Everything but the PDFs is delivered."""
    from workflow.models import Delivery

    Delivery.objects.filter(effect="notifications.render_paper").update(due_at="2999-01-01T00:00Z")
    outbox.deliver_all(1000)


def _told(scene: Scene, name: str) -> tuple[set[Any], ...]:
    actor = scene.audiences[name].actor
    assert actor is not None
    with system():
        outbox_done()
    with enter(actor.scope):
        rows = (Event, Task, Message, Paper, Opinion)
        return tuple(set(model.objects.values_list("pk", flat=True)) for model in rows)


def test_returned_filing_is_corrected_and_accepted(province: Scene) -> None:
    affair = begin(province)
    for act in (affair.submit, affair.route, affair.give_back):
        step(act, affair)
    assert (affair.filing.status, affair.filing.due_on is not None) == ("returned", True)
    for name in ("jia-signer", "lead-handler", "government-handler"):
        assert seen(province, affair, name)["remark"] == 2
    assert seen(province, affair, "stat-handler") == {}
    step(affair.rework, affair)
    lead = seen(province, affair, "lead-handler")
    assert (lead["version"], lead["file"]) == (1, MATERIALS), "what is not sent again is the city's alone"
    with system():
        _answer_all(affair)
    step(affair.submit, affair)
    assert affair.filing.status == "formal_check"
    lead = seen(province, affair, "lead-handler")
    assert (lead["version"], lead["file"]) == (2, MATERIALS + 1)
    with system():
        first, second = affair.filing.versions.order_by("serial")
        assert affair.mark("rework") in str(second.content)
        assert affair.mark("rework") not in str(first.content)
        assert first.hash != second.hash
        assert affair.filing.request_paper_id == Paper.objects.filter(kind="creation_request").latest("signed_at").pk
    step(affair.open_review, affair)
    assert affair.filing.status == "in_review"


def _answer_all(affair: Affair) -> None:
    from applications import services

    handler = affair.city.handler
    with enter(handler.scope):
        for remark in affair.filing.remarks.to_answer():
            services.answer_remark(remark, "已补充。", handler)


def test_rejected_filing_is_over_and_never_reaches_the_departments(province: Scene) -> None:
    affair = begin(province)
    for act in (affair.submit, affair.route):
        step(act, affair)
    step(lambda: affair._notice("rejection", {"reasons": affair.mark("refusal")}), affair)
    assert (affair.filing.status, affair.filing.due_on) == ("rejected", None)
    assert seen(province, affair, "stat-handler") == {}
    assert "rejection" in seen(province, affair, "jia-signer")["papers"]  # type: ignore[operator]
    with system():
        assert not Task.objects.filter(dossier=affair.filing.dossier, done_at=None).exists()


@pytest.mark.parametrize(("ruling", "status"), [("decline", "declined"), ("defer", "deferred")])
def test_refused_filing_is_told_to_the_city_and_not_to_the_public(province: Scene, ruling: str, status: str) -> None:
    affair = begin(province)
    for act in (affair.submit, affair.route, affair.open_review, affair.opinions):
        step(act, affair)
    step(lambda: affair.conclude(ruling), affair)
    step(lambda: affair.refuse(ruling), affair)
    with system():
        affair.case.refresh_from_db()
        assert not Park.objects.filter(dossier=affair.filing.dossier).exists()
    assert (affair.case.status, affair.filing.status) == (status, "declined")
    assert "refusal" in seen(province, affair, "jia-signer")["papers"]  # type: ignore[operator]
    assert seen(province, affair, "public") == {}
    assert seen(province, affair, "yi-handler") == {}
