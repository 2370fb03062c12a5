"""Steps of the joint review for the whole-flow tests: every one taken under the scope of the office that takes it."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation, Post
from accounts.queries import the_lead
from accounts.scope import enter, system
from portal.sample.acting import Office, office
from reviews import experts, services
from reviews.enums import ExpertStance
from reviews.models import Condition, ExpertOpinion, Note, Opinion, Question, QuestionProposal, Requirement
from tests.affairs import Affair

OTHER, OTHER_TWO = "other-czt", "other-jyt"
EXPERTS = ("expert-1", "expert-2", "expert-3")
SECTION = "section:purpose"


def the_office(code: str) -> Office:
    """The three persons of an office by its code."""
    with system():
        return office(Organisation.objects.get(code=code))


def lead() -> Office:
    """省科技厅."""
    with system():
        return office(the_lead())


def the_expert(code: str) -> Actor:
    """An expert, who acts alone."""
    with system():
        post = Post.objects.select_related("person", "organisation").get(organisation__code=code)
        return Actor(post.person, post)


def actor(code: str, role: PostRole = PostRole.HANDLER) -> Actor:
    """One person of an office."""
    return the_expert(code) if code.startswith("expert") else the_office(code).actor(role)


def opinion_of(affair: Affair, code: str) -> Opinion:
    """The opinion of a department that counts now."""
    with system():
        return Opinion.objects.select_related("case__filing", "tenant").get(case=affair.case, tenant__code=code)


def answer(affair: Affair, code: str, **fields: Any) -> Opinion:
    """A department answers with these fields (stance, reasons, conditions and remarks as rows)."""
    opinion = opinion_of(affair, code)
    said = {"stance": "agree", "reasons": f"{code}：符合条件。", "conditions": [], "remarks": [], **fields}
    with system():
        the_office(code).issue("opinion", opinion, opinion.dossier, f"复函 {code}", said)
    return opinion_of(affair, code)


def set_conditions(affair: Affair, code: str, *texts: str, **more: Any) -> list[Condition]:
    """A department agrees under these conditions."""
    rows = [{"text": text, "section": SECTION, **more} for text in texts]
    opinion = answer(affair, code, stance="conditions", conditions=rows)
    with system():
        return list(opinion.condition_rows.select_related("case__filing", "tenant").order_by("number"))


def invite(affair: Affair, code: str, reason: str = "涉及本单位职责") -> Opinion | ExpertOpinion:
    """省科技厅 invites a further department or an expert."""
    handler = lead().handler
    with system():
        organisation = Organisation.objects.get(code=code)
    call: Any = services.invite_expert if code.startswith("expert") else services.invite_department
    with enter(handler.scope):
        return call(affair.case, organisation, reason, handler)


def expert_signs(opinion: ExpertOpinion, code: str, text: str = "产业方向清楚，可行。", score: int = 80) -> None:
    """An expert scores every item alike and signs."""
    expert = the_expert(code)
    scores = [{"code": item.code, "score": score, "comment": f"{code}{item.code}"} for item in experts.ITEMS]
    with enter(expert.scope):
        mine = ExpertOpinion.objects.select_related("case__filing__tenant", "tenant", "version").get(pk=opinion.pk)
        services.sign_expert_opinion(mine, scores, ExpertStance.PASS, text, expert)


def note(affair: Affair, who: Actor, text: str, section: str = "", mentions: tuple[str, ...] = ()) -> Note:
    """Somebody writes into the inner discussion."""
    with system():
        offices = list(Organisation.objects.filter(code__in=mentions))
    with enter(who.scope):
        return services.add_note(affair.case, text, who, section, offices)


def propose(affair: Affair, code: str, text: str) -> QuestionProposal:
    """A department (its handler) or an expert proposes a question."""
    who = actor(code)
    with enter(who.scope):
        return services.propose_question(affair.case, text, who, SECTION)


def send(proposal: QuestionProposal, text: str = "") -> Question:
    """省科技厅 sends a proposed question."""
    handler = lead().handler
    with enter(handler.scope):
        mine = QuestionProposal.objects.select_related("case__filing__tenant", "tenant").get(pk=proposal.pk)
        return services.send_proposal(mine, text or mine.text, handler, mine.target)


def pass_on(condition: Condition, text: str = "", named: bool = False) -> Requirement:
    """省科技厅 passes a condition on to the city, in its own words."""
    handler = lead().handler
    with enter(handler.scope):
        mine = Condition.objects.select_related("case__filing__tenant", "tenant").get(pk=condition.pk)
        return services.pass_on(mine, text or mine.text, handler, named=named)


def city_meets(affair: Affair, requirement: Requirement, text: str = "已落实。", files: tuple[Any, ...] = ()) -> None:
    """The city answers a requirement."""
    handler = affair.city.handler
    with enter(handler.scope):
        mine = Requirement.objects.select_related("case__filing", "tenant").get(pk=requirement.pk)
        services.answer_requirement(mine, text, handler, files)


def judge(requirement: Requirement, code: str, settled: bool = True, reason: str = "") -> None:
    """The department confirms that its condition is met, or gives the answer back."""
    handler = the_office(code).handler
    with enter(handler.scope):
        rows = Requirement.objects.select_related("case__filing", "condition__tenant", "tenant")
        services.judge_requirement(rows.get(pk=requirement.pk), settled, reason, handler)


def reopen(affair: Affair, code: str, *sections: str, reason: str = "有关栏目已修改") -> Opinion:
    """省科技厅 asks a department once more about sections that changed."""
    opinion, handler = opinion_of(affair, code), lead().handler
    with enter(handler.scope):
        return services.reopen_opinion(opinion, list(sections or (SECTION,)), reason, handler)


def talk(affair: Affair) -> None:
    """One of everything, marked: a note, a proposal, an expert's opinion, a requirement, a recusal, an invitation."""
    invite(affair, OTHER_TWO)
    expert = invite(affair, EXPERTS[0])
    assert isinstance(expert, ExpertOpinion)
    expert_signs(expert, EXPERTS[0], affair.mark(f"expertsaid-{EXPERTS[0]}"))
    note(affair, actor("dept-fgw"), affair.mark("note"), SECTION)
    propose(affair, "dept-fgw", affair.mark("proposal-dept-fgw"))
    with system():
        condition = Condition.objects.get(case=affair.case, tenant__code="dept-fgw")
    pass_on(condition, affair.mark("requirement-dept-fgw"))
    build = actor("dept-build")
    with enter(build.scope):
        services.declare_recusal(affair.case, build.person, affair.mark("recusal-dept-build"), build)
