"""A province in which two neighbours file alike, and every confidential text says whose it is.

The markers and who may read which are in tests/markers.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from accounts import services as people_services
from accounts.actors import Actor
from accounts.models import Organisation, Person, Post
from accounts.scope import enter, system
from applications.models import Filing
from portal.founding import places
from portal.sample import organisations, people
from portal.sample.acting import office
from portal.search import index_changed
from registry.models import HostZone
from reviews.models import ReviewItem
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
from tests.affairs import Affair
from tests.markers import WITHOUT_COMMITTEE, WORDS, Audience, mark
from workflow import jobs, outbox
from workflow.models import SavedView

CITY = {"jia": "gov-330100", "yi": "gov-330500"}
ZONES = {"jia": ("hangzhou-dajiangdong", "hangzhou-chengxi"), "yi": ("huzhou-nantaihu", "huzhou-nantaihu")}
COMMITTEE = {"jia": "committee-hangzhou", "yi": "committee-huzhou"}


@dataclass
class Scene:
    """The province with its audiences and, by owner and key, the affairs in it."""

    affairs: dict[tuple[str, str], Affair] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)

    def affair(self, owner: str, key: str) -> Affair:
        """One affair."""
        return self.affairs[owner, key]

    def filing(self, key: str, owner: str = "jia") -> Filing:
        """One filing of 甲 (default) or 乙."""
        return self.affairs[owner, key].filing

    def begin(self, owner: str, key: str) -> Affair:
        """A new affair of an owner; the second zone has no committee."""
        zone = HostZone.objects.get(slug=ZONES[owner][key in WITHOUT_COMMITTEE])
        affair = Affair(owner, key, office(Organisation.objects.get(code=CITY[owner])), zone)
        self.affairs[owner, key] = affair
        return affair


def load_province() -> Scene:
    """Offices and people; the neighbours' people, zones and invitations are marked."""
    scene = Scene()
    with system():
        places.load_divisions()
        organisations.load_organisations(timezone.localdate())
        people.load_people()
        places.load_zones()
        for owner, slugs in ZONES.items():
            HostZone.objects.filter(slug=slugs[0]).update(committee=Organisation.objects.get(code=COMMITTEE[owner]))
            for person in Person.objects.filter(posts__organisation__code=CITY[owner]):
                person.name = f"{person.name[3:5]}{mark(owner, 'people', 'name')}"
                person.save(update_fields=["name"])
        scene.audiences = {one.name: one for one in _audiences()}
    for owner in WORDS:
        admin = scene.audiences[f"{owner}-admin"].actor
        assert admin is not None
        with enter(admin.scope):
            said = mark(owner, "people", "invitation")
            people_services.invite(admin, name=said, email=f"{said[5:].strip('.')}@example.org", role="handler")
    return scene


def _actor(code: str, role: str) -> Actor:
    posts = Post.objects.select_related("person", "organisation__division").order_by("person__username")
    post = posts.filter(organisation__code=code, role=role).exclude(person__username=people.MANY_POSTS)[0]
    return Actor(post.person, post)


def _audiences() -> list[Audience]:
    found = [Audience("public", "public")]
    for owner, city in CITY.items():
        for role in ("handler", "signer", "admin"):
            found.append(Audience(f"{owner}-{role}", "city", _actor(city, role), owner))
        found.append(Audience(f"{owner}-committee", "helper", _actor(COMMITTEE[owner], "handler"), owner))
    found += [
        Audience("jia-bureau", "helper", _actor("kjj-330100", "handler"), "jia"),
        Audience("jia-county", "county", _actor("county-330110", "handler"), "jia"),
        Audience("lead-handler", "lead", _actor("kjt", "handler")),
        Audience("lead-admin", "lead", _actor("kjt", "admin")),
        Audience("fgw-handler", "department", _actor("dept-fgw", "handler")),
        Audience("fgw-signer", "department", _actor("dept-fgw", "signer")),
        Audience("stat-handler", "department", _actor("dept-stat", "handler")),
        Audience("expert", "expert", _actor("expert-1", "signer")),
        Audience("third", "third", _actor("third-1", "handler")),
        Audience("czt-handler", "other", _actor("other-czt", "handler")),
        Audience("government-handler", "government", _actor("prov-gov-office", "handler")),
        Audience("operator", "operator", _actor("operator", "admin")),
        Audience("auditor", "operator", _actor("operator", "auditor")),
    ]
    return found


def load_open_part(scene: Scene) -> None:
    """What is public or 乙's: 乙's filings, 甲's listed park, and that a year was released."""
    with system():
        scene.begin("yi", "listed").draft().submit().route().open_review().opinions().conclude().list()
        scene.begin("yi", "returned").draft(pieces=3)
        _supplement(scene.begin("yi", "check"))
        listed = scene.begin("jia", "listed").draft().submit().route().open_review()
        listed.opinions().answer(listed.ask()).conclude().list()
        annual_runs.load(CITY["jia"], COMMITTEE["jia"], "released")
        notified = scene.begin("jia", "publicity").draft().submit().route().open_review().opinions()
        notified.minutes().publish().pass_on(notified.object_to())
        _deliver()


def _supplement(affair: Affair) -> None:
    affair.draft().submit().route()


def load_secret_part(scene: Scene) -> None:
    """甲's filings that are not public, one at each stage."""
    with system():
        scene.begin("jia", "draft").draft(pieces=2).delegate()
        scene.begin("jia", "sending").draft().sending()
        scene.begin("jia", "submitted").draft().submit()
        scene.begin("jia", "check").draft().submit().route().start_supplement()
        scene.begin("jia", "returned").draft().submit().route().give_back().rework().deem()
        review = scene.begin("jia", "review").draft().submit().route().open_review()
        review.opinions(2).draft_opinion(office(Organisation.objects.get(code="dept-stat")))
        review.ask()
        _talk(review)
        _judge(review)
        review.visit()
        review.change()
        keep_on_the_desk(scene)
        annual.load(CITY["jia"], COMMITTEE["jia"])
        annual_runs.load(CITY["jia"], COMMITTEE["jia"], "computed")
        annual_index.load(CITY["jia"], COMMITTEE["jia"])
        annual_index.ask_to_score([scene.audiences[name].actor for name in ("stat-handler", "expert")])
        annual_evaluations.load(CITY["jia"], scene.audiences["third"].actor)
        city_reviews.load()
        annual_monitoring.load()
        annual_ledgers.load(CITY["jia"], COMMITTEE["jia"])
        annual_sanctions.load(CITY["jia"], COMMITTEE["jia"])
        rising.load(CITY["jia"])
        _deliver()


def _talk(review: Affair) -> None:
    """What is said on the departments' side of a case."""
    from tests import joint_review

    joint_review.talk(review)


def _judge(review: Affair) -> None:
    """A clause of review that 省发展改革委 is to judge, as cases with named reviewers have them."""
    office_, lead = (Organisation.objects.get(code=code) for code in ("dept-fgw", "kjt"))
    case = review.case
    ReviewItem.objects.create(case=case, dossier=case.dossier, clause="P-II.3.1e", tenant=office_, requested_by=lead)


def _deliver() -> None:
    """Messages are written; the papers' PDFs are not needed here."""
    from workflow.models import Delivery

    Delivery.objects.filter(effect="notifications.render_paper").update(due_at="2999-01-01T00:00Z")
    Delivery.objects.filter(effect="accounts.invitation_mail").update(due_at="2999-01-01T00:00Z")
    outbox.deliver_all(1000)
    assert not Delivery.objects.exclude(last_error="").exists()
    index_changed(1000)


def keep_on_the_desk(scene: Scene) -> None:
    """甲's handler keeps a view and takes a case out as a zip."""
    actor = scene.audiences["jia-handler"].actor
    assert actor is not None
    filing = scene.filing("review")
    with enter(actor.scope):
        SavedView.objects.create(
            tenant=actor.organisation, person=actor.person, name=mark("jia", "review", "plan")[:30], query="queue=late"
        )
        jobs.ask("desk.zip", actor, "scene", [(filing.pk, filing.park_name)])
