"""What stands in an act's way, said in words, with nothing done; and the three persons of a paper."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Post
from accounts.scope import enter, system
from applications import editing
from applications.queries import request_title
from notifications import signoff
from notifications.models import Draft, Paper
from portal.sample.acting import Office, office
from reviews import services as reviews
from reviews.models import Question
from tests.affairs import Affair, first
from tests.scenarios import Scene
from workflow import ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


def refused(act: Any, affair: Affair, *words: str) -> None:
    """The act is refused with these words, and leaves neither event nor paper nor status behind."""

    def state() -> tuple[Any, ...]:
        with system():
            affair.filing.refresh_from_db()
            papers = Paper.objects.filter(dossier=affair.filing.dossier).count()
            return affair.filing.status, ledger.history(affair.filing.dossier).filter(name__in=ACTS).count(), papers

    before = state()
    with pytest.raises(Refused) as refusal, system(), transaction.atomic():
        act()
    assert all(any(word in reason for reason in refusal.value.reasons) for word in words), refusal.value.reasons
    assert state() == before


ACTS = ("submit", "resubmit", "accept", "open_review", "conclude", "report", "list")


@pytest.fixture
def draft(province: Scene) -> Affair:
    """A complete draft."""
    with system():
        return province.begin("jia", "draft").draft()


@pytest.fixture
def review(draft: Affair) -> Affair:
    """A filing under joint review with eight opinions of nine."""
    with system():
        return draft.submit().route().open_review().opinions(8)


@pytest.mark.parametrize("key", ["purpose.startups", "leader.main.name", "policy.talent.measure"])
def test_incomplete_plan_is_not_submitted(draft: Affair, key: str) -> None:
    handler = draft.city.handler
    with system():
        keys = set(draft.filing.plan_fields.values_list("key", flat=True))
    key = key if key in keys else sorted(keys)[0]
    with enter(handler.scope):
        editing.save_fields(draft.filing, {key: None}, handler)
    refused(draft.submit, draft, "还有 1 项没有完成")


def test_missing_file_is_not_submitted(draft: Affair) -> None:
    from applications import attaching

    handler = draft.city.handler
    with enter(handler.scope):
        attaching.detach(draft.filing.materials.get(code="commitment"), handler)
    refused(draft.submit, draft, "还有 1 项没有完成", "承诺书")


def test_missing_boundary_is_not_submitted(draft: Affair) -> None:
    from applications import boundaries

    handler = draft.city.handler
    with enter(handler.scope):
        boundaries.remove_boundary(draft.filing, handler)
    refused(draft.submit, draft, "没有完成")


def test_unanswered_remark_bars_sending_again(draft: Affair) -> None:
    with system():
        draft.submit().route().give_back().rework()
    refused(draft.submit, draft, "还有 1 条补正意见没有答复")


def test_outstanding_opinion_bars_the_conclusion(review: Affair, province: Scene) -> None:
    last = first(lambda: review.case.opinions.get(status="requested").tenant.short_name)
    refused(review.conclude, review, "尚未收到", last)


def test_open_question_bars_the_conclusion(review: Affair) -> None:
    question = first(review.ask)
    with system():
        rest = office(review.case.opinions.get(status="requested").tenant)
        rest.issue("opinion", review.opinion_of(rest), review.case.dossier, "复函", review.opinion_fields("x", rest))
    refused(review.conclude, review, "还有 1 个询问申报单位尚未答复")
    with system():
        review.answer(question).conclude()
        review.case.refresh_from_db()
    assert review.case.status == "reported"


def test_report_without_conclusion_is_refused(review: Affair) -> None:
    from reviews.transitions import case as machine

    review.case.status = "concluded"
    signer = office_of(review).signer
    with system():
        assert machine.reasons_against(review.case, "report", signer) == ["还没有联审结论。"]


def office_of(affair: Affair) -> Office:
    """省科技厅."""
    from accounts.queries import the_lead

    return first(lambda: office(the_lead()))


def test_question_is_answered_once_and_by_the_city_alone(review: Affair, province: Scene) -> None:
    question: Question = first(review.ask)
    for name in ("jia-signer", "yi-handler", "lead-handler", "stat-handler"):
        actor = province.audiences[name].actor
        assert actor is not None
        with enter(actor.scope), pytest.raises(Refused):
            reviews.answer_question(question, "答复", actor)
    with system():
        review.answer(question)
    with enter(review.city.handler.scope), pytest.raises(Refused, match="已经答复"):
        reviews.answer_question(question, "再答", review.city.handler)


def also(actor: Actor, role: PostRole) -> Actor:
    """The same person in another post of the same office."""
    with system():
        post = Post.objects.get_or_create(person=actor.person, organisation=actor.organisation, role=role)[0]
    return Actor(actor.person, post)


def test_one_person_in_two_posts_is_refused_on_one_paper(draft: Affair) -> None:
    city = draft.city
    handler_checks, handler_signs = also(city.handler, PostRole.REVIEWER), also(city.handler, PostRole.SIGNER)
    reviewer_signs = also(city.reviewer, PostRole.SIGNER)
    with enter(city.handler.scope):
        made = signoff.start(
            "creation_request", draft.filing, draft.filing.dossier, request_title(draft.filing), city.handler
        )
        signoff.save_fields(made, draft._request_fields("request"), city.handler)
        signoff.send(made, city.handler)
    refused(lambda: signoff.pass_on(made, handler_checks), draft, "不能审核通过")
    with enter(city.reviewer.scope):
        signoff.pass_on(made, city.reviewer)
    for actor in (handler_signs, reviewer_signs):
        refused(lambda actor=actor: signoff.sign(made, actor), draft, "不能签发")
    with enter(city.signer.scope):
        signoff.sign(made, city.signer)
    with system():
        paper = Paper.objects.get(dossier=draft.filing.dossier, kind="creation_request")
    assert len({paper.handler_id, paper.reviewer_id, paper.signer_id}) == 3


@pytest.mark.parametrize("pair", [("handler", "reviewer"), ("reviewer", "signer"), ("handler", "signer")])
def test_database_refuses_one_person_twice_on_a_paper(draft: Affair, pair: tuple[str, str]) -> None:
    with system():
        draft.submit()
        rows = Draft.objects.filter(dossier=draft.filing.dossier)
        values = ", ".join(f"{name}_id = '{draft.city.handler.person.pk}'" for name in pair)
        with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"UPDATE notifications_draft SET {values} WHERE id = '{rows.get().pk}'")


def test_second_signature_of_a_signed_draft_is_refused(draft: Affair) -> None:
    with system():
        draft.submit()
        made = Draft.objects.get(dossier=draft.filing.dossier, kind="creation_request")
    refused(lambda: signoff.sign(made, draft.city.signer), draft, "已签发")
