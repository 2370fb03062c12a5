"""The objects that addresses are visited with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts import services as people
from accounts.models import Invitation, Organisation, Post, Token
from accounts.scope import enter
from applications.models import Material
from notifications.models import Message
from portal.sample.documents import document
from reviews.models import (
    ChangeRequest,
    Inquiry,
    Objection,
    Publicity,
    Question,
)
from reviews.models import Visit as SiteVisit
from tests import (
    annual,
    annual_evaluations,
    annual_index,
    annual_ledgers,
    annual_monitoring,
    annual_runs,
    annual_sanctions,
    city_reviews,
    rising,
)
from tests.affairs import draft_of, first, paper_of
from tests.scenarios import Scene
from workflow.models import Job, Proposal, SavedView

PDF = document("示例文件").read()


@dataclass(frozen=True)
class Visit:
    """One address in full: the key of the filing it is about, its arguments, its query."""

    key: str
    args: tuple[Any, ...] = ()
    query: dict[str, str] = field(default_factory=dict)


# -- Visits ---------------------------------------------------------------------------------------
def plain(*queries: dict[str, str]) -> Callable[[Scene], list[Visit]]:
    """An address without arguments, bare and with each query."""
    return lambda scene: [Visit("", (), query) for query in ({}, *queries)]


def filings(*keys: str, more: tuple[Any, ...] = ()) -> Callable[[Scene], list[Visit]]:
    """An address that takes a filing, for each of these."""
    return lambda scene: [Visit(key, (scene.filing(key).pk, *more)) for key in keys]


def cases(*more: Any) -> Callable[[Scene], list[Visit]]:
    """An address that takes a case, for the one under review and the one decided."""
    return lambda scene: [Visit(key, (scene.affair("jia", key).case.pk, *more)) for key in ("review", "listed")]


def _checks(scene: Scene) -> list[Visit]:
    tabs = ("remarks", "timeline", "papers")
    bare = filings("draft", "sending", "submitted", "check", "review")(scene)
    return [*bare, *(Visit("returned", (scene.filing("returned").pk,), {"tab": tab}) for tab in tabs)]


def _case_tabs(scene: Scene) -> list[Visit]:
    tabs = ("opinions", "questions", "timeline", "papers")
    return [*cases()(scene), *(Visit("review", cases()(scene)[0].args, {"tab": tab}) for tab in tabs)]


def _versions(scene: Scene) -> list[Visit]:
    found = []
    for key in ("sending", "submitted", "returned", "review"):
        filing = scene.filing(key)
        found.append(Visit(key, (first(lambda filing=filing: filing.versions.latest("serial").pk),)))
    return found


def _uploads(scene: Scene) -> list[Visit]:
    found = []
    for key in ("draft", "sending", "submitted", "check", "review"):
        rows = Material.objects.filter(filing=scene.filing(key), code="argumentation")
        found.append(Visit(key, (first(lambda rows=rows: rows.get().upload_id),)))
    return [*found, Visit("rework", (_rework(scene).upload_id,))]


def _rework(scene: Scene) -> Material:
    rows = Material.objects.filter(filing=scene.filing("returned"), code="plan")
    return first(lambda: rows.latest("added_at"))


def _removable(scene: Scene) -> list[Visit]:
    rows = Material.objects.filter(filing=scene.filing("draft"))
    return [Visit("draft", (scene.filing("draft").pk, first(lambda: rows[0].pk)))]


def _remarks(scene: Scene) -> list[Visit]:
    filing = scene.filing("returned")
    return [Visit("returned", (filing.pk, first(lambda: filing.remarks.last().pk)))]


def _delegations(scene: Scene) -> list[Visit]:
    filing = scene.filing("draft")
    return [Visit("draft", (filing.pk, first(lambda: filing.delegations.get().pk)))]


def returns(*more: Any) -> Callable[[Scene], list[Visit]]:
    """An address that takes a yearly return, for the one being filled in and the one being verified."""
    return lambda scene: [Visit(key, (annual.the_return(key).pk, *more)) for key in ("filling", "verifying")]


def index_versions(*keys: str, more: tuple[Any, ...] = ()) -> Callable[[Scene], list[Visit]]:
    """An address that takes a version of the index, for the one signed and the one being drafted."""
    wanted = keys or ("signed", "draft")
    return lambda scene: [Visit(key, (annual_index.version(key).pk, *more)) for key in wanted]


def compared_versions(scene: Scene) -> list[Visit]:
    """Two versions side by side: the public one with itself, and with the draft."""
    signed, drafted = (str(annual_index.version(key).pk) for key in ("signed", "draft"))
    return [Visit("signed", (), {"a": signed, "b": signed}), Visit("draft", (), {"a": signed, "b": drafted})]


def rulings(scene: Scene) -> list[Visit]:
    """The ruling on 甲's park that is signed, and the one that is drafted."""
    return [Visit(key, (annual_index.ruling(key).pk,)) for key in annual_index.RULINGS]


def _inspections(scene: Scene) -> list[Visit]:
    return [Visit("found", (annual.the_inspection().pk,))]


def _inspection_acts(scene: Scene) -> list[Visit]:
    return [Visit("found", (annual.the_inspection().pk, "drop"))]


def _running_years(scene: Scene) -> list[Visit]:
    return [Visit("listed", (annual.the_running_year().pk,))]


def _park_of_the_running_year(scene: Scene) -> list[Visit]:
    return [Visit("listed", (annual.the_running_year().subject,))]


def recommendations(*more: Any) -> Callable[[Scene], list[Visit]]:
    """The recommendation of 甲's park."""
    return lambda scene: [Visit(rising.KEY, (rising.the_recommendation().pk, *more))]


def strength_items(scene: Scene) -> list[Visit]:
    """The item that waits for 省统计局."""
    return [Visit(rising.KEY, (rising.the_open_item().pk,))]


def sanctions(*more: Any) -> Callable[[Scene], list[Visit]]:
    """The sanction that is under way against 甲's park."""
    return lambda scene: [Visit("stated", (annual_sanctions.the_case().pk, *more))]


def cosignatures(scene: Scene) -> list[Visit]:
    """The circular of 甲's released run as one department was asked to countersign it."""
    return [Visit("dept-fgw", (annual_runs.cosignature().pk,))]


def runs(scene: Scene) -> list[Visit]:
    """A year's computation, the one released and the one that is not."""
    return [Visit(status, (annual_runs.run(status).pk,)) for status in annual_runs.STATUSES]


def unscored_lists(scene: Scene) -> list[Visit]:
    """A list of each that no index was signed for: there are no stages."""
    return [Visit(visit.key, (*visit.args, "creating")) for visit in runs(scene)]


def assessments(scene: Scene) -> list[Visit]:
    """What each found of 甲's park."""
    return [Visit(status, (annual_runs.assessment(status).pk,)) for status in annual_runs.STATUSES]


def findings(scene: Scene) -> list[Visit]:
    """The finding of each."""
    return [Visit(status, (annual_runs.finding(status).pk,)) for status in annual_runs.STATUSES]


def _returns_by_code(scene: Scene) -> list[Visit]:
    found = [(key, annual.the_return(key)) for key in ("filling", "verifying")]
    return [Visit(key, (report.kind, report.subject, report.year)) for key, report in found]


def _keys(scene: Scene) -> list[Visit]:
    """The key of 甲's handler."""
    actor = scene.audiences["jia-handler"].actor
    assert actor is not None
    with enter(actor.scope):
        return [Visit("", (Token.objects.get(person=actor.person).pk,))]


def ledger_rows(scene: Scene) -> list[Visit]:
    """A row of each counted book of the park that fills in, and of the one handed in."""
    return [
        Visit(key, (str(book), annual_ledgers.the_row(book, key)))
        for key in annual_ledgers.KEYS
        for book in annual_ledgers.BOOKS
    ]


def ledger_imports(scene: Scene) -> list[Visit]:
    """The table on its way into a ledger."""
    return [Visit("filling", (annual_ledgers.the_import(),))]


def _conflicts(scene: Scene) -> list[Visit]:
    return [Visit("verifying", (annual.the_conflict().pk,))]


def _drafts(scene: Scene) -> list[Visit]:
    return [
        Visit("city", (draft_of("creation_request", scene.filing("sending"), "gov-330100").pk,)),
        Visit("lead", (draft_of("supplement", scene.filing("check"), "kjt").pk,)),
        Visit("dept-stat", (draft_of("opinion", scene.filing("review"), "dept-stat").pk,)),
        Visit("dept-fgw", (draft_of("opinion", scene.filing("review"), "dept-fgw").pk,)),
    ]


PAPERS = {
    "request-submitted": ("creation_request", "submitted", ""),
    "request-review": ("creation_request", "review", ""),
    "supplement-returned": ("supplement", "returned", ""),
    "opinion-review": ("opinion", "review", "dept-fgw"),
    "minutes-listed": ("minutes", "listed", ""),
    "report-listed": ("report", "listed", ""),
    "approval-listed": ("approval", "listed", ""),
}


def _papers(scene: Scene) -> list[Visit]:
    return [
        Visit(name, (paper_of(kind, scene.filing(key), office).pk,)) for name, (kind, key, office) in PAPERS.items()
    ]


def _codes(scene: Scene) -> list[Visit]:
    return [
        Visit(name, (paper_of(kind, scene.filing(key), office).check_code,))
        for name, (kind, key, office) in PAPERS.items()
        if name in {"request-review", "approval-listed"}
    ]


def _opinions(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "review").case
    return [
        Visit(code, (first(lambda code=code: case.opinions.get(tenant__code=code).pk),))
        for code in ("dept-fgw", "dept-stat")
    ]


def of_case(model: Any, key: str, **narrowed: Any) -> Callable[[Scene], list[Visit]]:
    """An address that takes one row of 甲's case under review."""

    def visits(scene: Scene) -> list[Visit]:
        case = scene.affair("jia", "review").case
        return [Visit(key, (first(lambda: model.objects.filter(case=case, **narrowed)[0].pk),))]

    return visits


def _opinion_drafts(scene: Scene) -> list[Visit]:
    return [visit for visit in _drafts(scene) if visit.key.startswith("dept-")]


def _questions(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "review").case
    return [Visit("review", (first(lambda: Question.objects.get(case=case).pk),))]


def _minutes(scene: Scene) -> list[Visit]:
    return [Visit("publicity", (draft_of("minutes", scene.filing("publicity"), "kjt").pk,))]


def _lapsing(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "review").case
    return [Visit("review", (first(lambda: case.opinions.filter(status="requested")[0].pk),))]


def _changes(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "review").case
    return [Visit("review", (first(lambda: ChangeRequest.objects.get(case=case).pk),))]


def _change_drafts(scene: Scene) -> list[Visit]:
    return [Visit("review", (draft_of("change_letter", scene.filing("review"), "gov-330100").pk,))]


def _visits(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "review").case
    return [Visit("review", (first(lambda: SiteVisit.objects.get(case=case).pk),))]


def _countersignatures(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "listed").case
    return [
        Visit(code, (first(lambda code=code: case.countersignatures.get(tenant__code=code).pk),))
        for code in ("dept-fgw", "dept-stat")
    ]


def _notices(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "publicity").case
    return [Visit("publicity", (first(lambda: Publicity.objects.get(case=case).pk),))]


def _objections(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "publicity").case
    return [Visit("publicity", (first(lambda: Objection.objects.filter(publicity__case=case)[0].pk),))]


def _inquiries(scene: Scene) -> list[Visit]:
    case = scene.affair("jia", "publicity").case
    return [Visit("publicity", (first(lambda: Inquiry.objects.get(case=case).pk),))]


def _posts(scene: Scene) -> list[Visit]:
    rows = Post.objects.filter(organisation__code="gov-330100", role="signer")
    return [Visit("people", (first(lambda: rows[0].pk),))]


def _offices(scene: Scene) -> list[Visit]:
    return [Visit("office", (first(lambda: Organisation.objects.get(code="gov-330100").pk),))]


def _invitations(scene: Scene) -> list[Visit]:
    rows = Invitation.objects.filter(organisation__code="gov-330100")
    return [Visit("people", (first(lambda: rows.get().pk),))]


def _tokens(scene: Scene) -> list[Visit]:
    rows = Invitation.objects.filter(organisation__code="gov-330100")
    return [Visit("people", (first(lambda: people.token_of(rows.get())),))]


def _messages(scene: Scene) -> list[Visit]:
    rows = Message.objects.filter(organisation__code="gov-330100", dossier=scene.filing("review").dossier)
    return [Visit("review", (first(lambda: rows[0].pk),))]


def _parks(scene: Scene) -> list[Visit]:
    filing = scene.filing("listed")
    from registry.models import Park

    return [Visit("listed", (first(lambda: Park.objects.get(dossier=filing.dossier).slug),))]


def _compared(scene: Scene) -> list[Visit]:
    pair = {name: str(scene.filing(key).pk) for name, key in (("a", "review"), ("b", "listed"))}
    return [Visit(""), Visit("review", (), pair)]


def _proposals(scene: Scene) -> list[Visit]:
    filing = scene.filing("returned")
    return [Visit("returned", (first(lambda: Proposal.objects.get(subject_id=filing.pk).pk),))]


def _saved_views(scene: Scene) -> list[Visit]:
    return [Visit("review", (first(lambda: SavedView.objects.get(name__contains="jia").pk),))]


def _jobs(scene: Scene) -> list[Visit]:
    return [Visit("review", (first(lambda: Job.objects.get(kind="desk.zip").pk),))]


def archives(scene: Scene) -> list[Visit]:
    """One affair of each kind; the key says which kind besides its stage."""
    found: list[tuple[str, list[Visit]]] = [
        ("filing", [Visit(key, (scene.filing(key).pk,)) for key in ("draft", "review")]),
        ("return", returns()(scene)),
        ("sanction", sanctions()(scene)),
        ("inspection", _inspections(scene)),
        ("recommendation", recommendations()(scene)),
        ("run", runs(scene)),
        ("assessment", assessments(scene)),
        ("evaluation", [Visit(key, (annual_evaluations.the_round(key).pk,)) for key in ("closed", "scoring")]),
        ("cityreview", [Visit("closed", (city_reviews.the_review().pk,))]),
        ("monitoring", [Visit("draft", (annual_monitoring.the_report().pk,))]),
    ]
    return [Visit(f"{code}:{visit.key}", (code, *visit.args)) for code, visits in found for visit in visits]


def fixed(*arguments: tuple[Any, ...]) -> Callable[[Scene], list[Visit]]:
    """An address about nobody's secret, with these arguments."""
    return lambda scene: [Visit("", one) for one in arguments]


# -- What is posted -------------------------------------------------------------------------------
