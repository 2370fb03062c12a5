"""No address shows, tells or changes for anybody what is not theirs; a new address needs a case in addresses.py."""

from __future__ import annotations

import difflib
import re
import urllib.parse
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.actors import SESSION_KEY
from accounts.scope import PUBLIC, enter, system
from notifications.models import Paper
from portal.exports import affairs, cases
from reviews.models import Question
from tests import scenarios
from tests.affairs import first, paper_of
from tests.architecture.addresses import CASES, Case, Visit, named_addresses, path_of
from tests.architecture.rows import Rows
from tests.architecture.test_rowsecurity import OPEN_TABLES, our_tables
from tests.architecture.visits import archives
from tests.markers import MARKER, Audience, mark, may_see
from tests.scenarios import Scene
from workflow import jobs

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"
# What changes with every page: tokens, seals, and the time of the request.
VARYING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="seal" value="[^"]*"|nonce="[^"]*"|\d\d:\d\d(:\d\d)?'
)
MENU = re.compile(r'<nav class="cy-nav.*?</nav>', re.DOTALL)
HREF = re.compile(r'href="([^"]+)"')
OUTSIDERS = ("public", "yi-handler", "yi-admin", "yi-committee", "jia-county")
# Public pages are opened by these; a page that only answers a GET is posted to by these.
SOME = {"public", "jia-handler", "yi-handler", "lead-handler", "stat-handler"}
COMMON = (
    "portal:home", "portal:desk", "portal:open", "portal:open_file", "registry:park_list", "registry:park_export",
    "registry:city_list", "registry:city", "api_parks", "api_cities", "api_datasets", "applications:list",
    "applications:new", "notifications:list", "accounts:people",
)  # fmt: skip


class Visitors:
    """A browser for each audience, signed in once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.moment = timezone.now()
        self.opens: dict[tuple[str, str], bool] = {}
        self.links: dict[tuple[str, str], str] = {}
        self.clients = {name: self._client(one) for name, one in scene.audiences.items()}

    def _client(self, audience: Audience) -> Client:
        client = Client(REMOTE_ADDR="10.9.8.7", raise_request_exception=True)
        if audience.actor:
            client.force_login(audience.actor.person)
            session = client.session
            session[SESSION_KEY] = str(audience.actor.post.pk)
            session.save()
        return client

    def note(self, who: str, path: str, visit: Visit, response: Any) -> None:
        """Keep whether a page opens for somebody, and where the links on it lead."""
        if not visit.query:
            self.opens[who, path] = response.status_code < 400
        if response.status_code == 200 and "html" in response.get("Content-Type", "") and not response.streaming:
            for href in HREF.findall(response.content.decode()):
                self.links.setdefault((who, href), path)

    def pages(self, names: tuple[str, ...]) -> dict[tuple[str, str, str], tuple[int, list[str]]]:
        """What outsiders see at addresses without arguments of their own, in lines, without what varies.

        Always at the same moment and in browsers of their own: a page shows what earlier visits left in a session.
        """
        found = {}
        with time_machine.travel(self.moment, tick=False):
            clients = {who: self._client(self.scene.audiences[who]) for who in OUTSIDERS}
            for name in names:
                for visit in CASES[name].visits(self.scene):
                    for who in OUTSIDERS[: 2 if CASES[name].public else None]:
                        response = clients[who].get(path_of(name, visit), visit.query)
                        seen = VARYING.sub("", _text(response))
                        found[name, who, f"{visit.args}{visit.query}"] = (response.status_code, seen.splitlines())
        return found


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any) -> Iterator[Visitors]:
    """The whole scene, loaded once and taken back at the end; `before` is what outsiders saw before 甲's secrets."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = scenarios.load_province()
        scenarios.load_open_part(scene)
        made = Visitors(scene)
        made.before = made.pages(COMMON)  # type: ignore[attr-defined]
        scenarios.load_secret_part(scene)
        _files_of_papers(scene)
        connection.check_constraints()
        made.rows = Rows()  # type: ignore[attr-defined]
        yield made
        transaction.set_rollback(True)


def _files_of_papers(scene: Scene) -> None:
    """Some papers have a file, which says whose it is."""
    for kind, key, what in (("creation_request", "review", "request"), ("minutes", "listed", "minutes")):
        _give_file(paper_of(kind, scene.filing(key)), mark("jia", key, what))
    _give_file(paper_of("opinion", scene.filing("review"), "dept-fgw"), mark("jia", "review", "opinion-dept-fgw"))
    _give_file(paper_of("approval", scene.filing("listed")), mark("jia", "listed", "duties"))


def _give_file(paper: Paper, text: str) -> None:
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    paper.path.write_bytes(f"%PDF-1.7 {text}".encode())
    with system():
        Paper.objects.filter(pk=paper.pk).update(file_state="ready", file_hash="0" * 64, file_at=timezone.now())


def _text(response: Any) -> str:
    """The body (read to its end) and the headers of a response, with escapes undone."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items() if name != "Set-Cookie")
    return f"{urllib.parse.unquote(head)}\n{body.decode('utf-8', errors='replace')}"


def _asked(case: Case, scene: Scene, some: bool) -> Iterator[tuple[int, Visit, Audience]]:
    """Every visit, numbered, with each audience that makes it; with `some`, only the most telling audiences."""
    for number, visit in enumerate(case.visits(scene)):
        for audience in scene.audiences.values():
            if some and audience.name not in SOME:
                continue
            if number and _is_known(case, visit, audience, scene):
                continue
            yield number, visit, audience


def _is_known(case: Case, visit: Visit, audience: Audience, scene: Scene) -> bool:
    """Row security knows offices, not posts: objects after the first are not opened by all who may do the same there.

    Each office has one that opens them, and one more where its people may do different things.
    """
    for other in scene.audiences.values():
        if other == audience:
            return False
        if other.code == audience.code and case.reads(other, visit.key) == case.reads(audience, visit.key):
            return True
    return False


def _tells(case: Case, number: int, visit: Visit, audience: Audience, scene: Scene) -> bool:
    """Whether a POST can tell more than the GET of the same address, which refuses this audience.

    Whom the view's checks of posts could let pass posts to the first object: the most telling ones, and whoever is
    alike to somebody who may open it or act there.
    """
    if not case.get or case.reads(audience, visit.key):
        return True
    alike = (one for one in scene.audiences.values() if _post(one) == _post(audience))
    return not number and (
        audience.name in SOME or any(case.reads(one, visit.key) or case.acts(one, visit.key) for one in alike)
    )


def _post(audience: Audience) -> tuple[str, str] | None:
    """The kind of office and the role."""
    return (audience.actor.organisation.kind, audience.actor.role) if audience.actor else None


def _leaks(response: Any, audience: Audience, case: Case) -> list[str]:
    """The markers in a response that the audience may not see."""
    found = {match.groups() for match in MARKER.finditer(_text(response))}
    return sorted(".".join(one) for one in found if one[2] not in case.reveals and not may_see(audience, *one))


def test_every_address_has_a_case() -> None:
    known = set(named_addresses())
    missing = {name: route for name, route in named_addresses().items() if name not in CASES}
    assert not missing, (
        f"add to tests/architecture/addresses.py: CASES[name] = Case(visits for 甲's objects, who reads, who acts, "
        f"what is posted) for {missing}"
    )
    assert set(CASES) <= known, f"cases of addresses that are gone: {set(CASES) - known}"


@pytest.mark.parametrize("name", sorted(CASES))
def test_address_opens_only_for_whom_it_is(visitors: Visitors, name: str) -> None:
    case, problems = CASES[name], []
    for _number, visit, audience in _asked(case, visitors.scene, case.public):
        path = path_of(name, visit)
        response = visitors.clients[audience.name].get(path, visit.query)
        problems += _wrong(case, visit, audience, response, "GET")
        visitors.note(audience.name, path, visit, response)
    assert not problems
    assert visitors.rows.changed() == [], "a GET changed something"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(CASES))
def test_post_of_strangers_changes_nothing(visitors: Visitors, name: str) -> None:
    case, problems = CASES[name], []
    for number, visit, audience in _asked(case, visitors.scene, case.get and case.post is None):
        if case.acts(audience, visit.key) or visit.query:
            continue
        if not _tells(case, number, visit, audience, visitors.scene):
            continue
        path = path_of(name, visit)
        posted = case.post(path, audience) if case.post else {}
        response = visitors.clients[audience.name].post(path, posted)
        problems += _wrong(case, visit, audience, response, "POST")
    assert not problems
    assert visitors.rows.changed() == []  # type: ignore[attr-defined]


def test_all_visits_together_changed_no_row(visitors: Visitors) -> None:
    """The digests of all rows, however a change may have hidden from the counters of rows written."""
    assert visitors.rows.changed_since_the_beginning() == []  # type: ignore[attr-defined]


def _wrong(case: Case, visit: Visit, audience: Audience, response: Any, method: str) -> list[str]:
    """What is wrong with an answer: the wrong status, or a text that is not for this audience."""
    said = f"{method} {audience.name} {visit.key} {visit.query}: {response.status_code}"
    leaks = [f"{said} shows {leak}" for leak in _leaks(response, audience, case)]
    if response.status_code >= 500:
        return [*leaks, said]
    if audience.actor is None and not case.public:
        to_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
        return [*leaks, *([] if to_sign_in or response.status_code in {401, 403, 405} else [said])]
    if not case.reads(audience, visit.key):
        wrong = response.status_code not in ({404} if method == "GET" and case.get else {404, 405})
        return [*leaks, *([said] if wrong else [])]
    if method == "GET" and case.get and response.status_code >= 400 and not case.public:
        leaks.append(f"{said} although it is theirs")
    return leaks


def test_no_link_leads_anybody_to_a_page_that_is_closed_to_them(visitors: Visitors) -> None:
    """Of all pages that were opened above, none links to one that did not open for the same person."""
    assert len(visitors.links) > 1000
    closed = {link: page for link, page in visitors.links.items() if visitors.opens.get(link) is False}
    assert closed == {}


def test_menu_leads_everybody_to_pages_that_open(visitors: Visitors) -> None:
    """What stands in somebody's navigation is open to that person, on the desk and in the section below it."""
    closed = []
    for who, client in visitors.clients.items():
        if visitors.scene.audiences[who].actor is None:
            continue
        known, unread = {"/desk/"}, ["/desk/"]
        while unread:
            path = unread.pop()
            response = client.get(path, follow=True)
            if response.status_code != 200:
                closed.append((who, path, response.status_code))
                continue
            found = {href for menu in MENU.findall(response.content.decode()) for href in HREF.findall(menu)}
            unread += sorted(found - known)
            known |= found
        assert len(known) > 2
    assert closed == []


def test_lists_counts_and_choices_do_not_tell_of_others(visitors: Visitors) -> None:
    """What outsiders see is the same, letter for letter, with and without 甲's filings that are not public."""
    after = visitors.pages(COMMON)
    before = visitors.before  # type: ignore[attr-defined]
    assert len(before) > 80
    assert {key: _apart(before[key], page) for key, page in after.items() if page != before[key]} == {}


def _apart(before: tuple[int, list[str]], after: tuple[int, list[str]]) -> list[str]:
    """The lines in which two answers differ, so that a failure tells what was seen."""
    return [f"{before[0]} {after[0]}", *difflib.unified_diff(before[1], after[1], n=0, lineterm="")]


@pytest.mark.parametrize("name", [*OUTSIDERS, "jia-signer", "jia-committee", "jia-bureau", "lead-handler", "operator",
                                  "auditor", "fgw-handler", "stat-handler", "government-handler", "expert",
                                  "czt-handler"])  # fmt: skip
def test_no_row_tells_what_is_not_for_one(visitors: Visitors, name: str) -> None:
    """Below the pages: no protected table shows a scope any row with a text that is not for it."""
    audience = visitors.scene.audiences[name]
    leaks = set()
    for table in sorted(our_tables() - OPEN_TABLES):
        with enter(audience.actor.scope if audience.actor else PUBLIC), connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            for (row,) in cursor.fetchall():
                found = {match.groups() for match in MARKER.finditer(row)}
                leaks |= {(table, ".".join(one)) for one in found if not may_see(audience, *one)}
    assert leaks == set()


def test_markers_stand_in_what_owners_see(visitors: Visitors) -> None:
    """The probe works: those who may read a text do find its marker."""
    scene = visitors.scene
    review, request = scene.affair("jia", "review").case, paper_of("creation_request", scene.filing("submitted"))
    question = first(lambda: Question.objects.get(case=review).pk)
    where = {
        "plan": ("jia-handler", f"/applications/{scene.filing('draft').pk}/plan/purpose/"),
        "name": ("jia-signer", "/applications/"),
        "request": ("government-handler", f"/papers/view/{request.pk}/"),
        "opinion-dept-fgw": ("lead-handler", f"/cases/{review.pk}/?tab=opinions"),
        "question": ("jia-handler", f"/cases/questions/{question}/"),
        "remark": ("jia-handler", f"/applications/{scene.filing('returned').pk}/"),
        "invitation": ("jia-admin", "/people/"),
    }
    seen = {what: _text(visitors.clients[who].get(path)) for what, (who, path) in where.items()}
    missing = [what for what, page in seen.items() if what not in {m.group(3) for m in MARKER.finditer(page)}]
    assert missing == []


# What the archives of all affairs together tell each of these at least.
ARCHIVED = {
    "jia-handler": {"plan", "remark", "figure", "sanction", "finding", "evaluation"},
    "jia-committee": {"plan", "figure", "sanction", "finding"},
    "lead-handler": {
        "plan",
        "opinion-dept-fgw",
        "figure",
        "sanctionopinion",
        "inspection",
        "finding",
        "strength",
        "evaluation",
    },
    "fgw-handler": {"plan", "opinion-dept-fgw", "sanction"},
    "stat-handler": {"plan", "figure", "strength"},
    "government-handler": {"plan", "opinion-dept-fgw"},
    "expert": {"plan"},
    "yi-handler": {"plan"},
    "third": set(),
    "operator": set(),
}


def test_every_kind_of_affair_is_exported_from_its_page(visitors: Visitors) -> None:
    """Whoever adds a kind says who may export it, and puts the button onto its page."""
    codes = {kind.code for kind in affairs.kinds()}
    assert {visit.key.partition(":")[0] for visit in archives(visitors.scene)} == codes
    pages = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    assert {code for code in codes if f'"portal/_archive.html" with code="{code}"' in pages} == codes


@pytest.mark.parametrize("name", ARCHIVED)
def test_archives_hold_what_their_reader_may_see(visitors: Visitors, name: str) -> None:
    """Every affair that somebody may read, exported whole: all that is theirs, and nothing of others."""
    audience = visitors.scene.audiences[name]
    told = _archived(audience)
    found = {match.groups() for match in MARKER.finditer(told)}
    assert sorted(".".join(one) for one in found if not may_see(audience, *one)) == []
    assert ARCHIVED[name] - {what for _owner, _key, what in found} == set()


def _archived(audience: Audience) -> str:
    """The names and texts of all members of the archive of everything that one may read; it leaves nothing behind."""
    actor = audience.actor
    assert actor is not None
    with transaction.atomic():
        with enter(actor.scope):
            rows = [(kind, row) for kind in affairs.kinds() for row in kind.readable(actor)]
            told = {"affairs": {str(row.pk): kind.code for kind, row in rows}}
            job = jobs.ask("desk.zip", actor, "archive", [(row.pk, kind.title(row)) for kind, row in rows], told)
            cases.build(job, actor)
        transaction.set_rollback(True)
    with zipfile.ZipFile(job.path) as archive:
        texts = [name + archive.read(name).decode(errors="replace") for name in archive.namelist()]
    job.path.unlink()
    return "\n".join(texts)
