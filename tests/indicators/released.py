"""A computed year with its index, its circular drafted, countersigned and signed."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from accounts.actors import SESSION_KEY, Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.enums import Listing, Programme, RankingList
from indicators.models import Cosignature, Figure, Run
from indicators.services import circular, index_signing, running
from notifications import signoff
from notifications.models import Draft, Paper
from tests.factories import make_actor, make_organisation
from tests.indicators.indices import Departments, departments
from tests.indicators.years import YEAR, park_of, tell

SIZES = (("good", "130"), ("miss", "124.999"), ("fair", "126"), ("best", "180"), ("last", "101"), ("more", "140"))


@dataclass
class Year:
    """The departments, the city with its parks, its neighbour, and the newest run."""

    world: Departments
    city: Organisation
    neighbour: Organisation
    run: Run

    def lead(self, role: str = PostRole.HANDLER) -> Actor:
        """A person of 省科技厅."""
        return self.world.actor("lead", role)


def computed_year() -> Year:
    """Six parks of a city under creation, one of its neighbour's and two recognised, computed with a signed index."""
    world = departments()
    for ranking in (RankingList.CREATING, RankingList.RECOGNISED):
        index_signing.sign_default(ranking, world.signing)
    with system():
        city, neighbour = world.offices["city"], make_organisation()
        for slug, output in SIZES:
            tell(park_of(slug, city), P_hitech_output=output)
        tell(park_of("near", neighbour), P_hitech_output="120")
        for slug, output in (("old", "150"), ("elder", "110")):
            life = (("creating", "2012-01-01", "year"), ("recognised", "2016-03-01", "month"))
            tell(park_of(slug, city, *life), P_hitech_output=output)
    return Year(world, city, neighbour, compute())


def compute() -> Run:
    """The year, computed by command."""
    with system():
        return running.compute(running.start_run(Programme.PARK, YEAR, None))


def correct(slug: str = "miss", value: str = "125") -> None:
    """A figure is corrected after the release."""
    with system():
        before = Figure.objects.filter(subject=slug, code="P.hitech_output", year=YEAR).latest("vintage")
        Figure.follow(before.report, before.code, before, level="corrected", value=value).save(force_insert=True)


def drafted(year: Year, listing: str, top: int = 0, **fields: str) -> Draft:
    """Proposed with a switch, the circular drafted, checked and sent to be countersigned."""
    handler, reviewer = year.lead(), year.lead(PostRole.REVIEWER)
    with enter(handler.scope):
        running.propose_release(year.run, listing, top, handler)
        draft = circular.start_circular(year.run, handler)
        signoff.save_fields(draft, {"duties": "各地要对照目标逐项改进。", **fields}, handler)
        signoff.send(draft, handler)
    with enter(reviewer.scope):
        signoff.pass_on(draft, reviewer)
    return draft


def cosigned(year: Year, draft: Draft) -> None:
    """Both departments agree."""
    for name in ("development", "statistics"):
        signer = year.world.actor(name, PostRole.SIGNER)
        with enter(signer.scope):
            row = Cosignature.objects.filter(draft=draft.pk, tenant=signer.organisation).latest("asked_at")
            circular.cosign(row, True, "", signer)


def signed(year: Year, draft: Draft) -> Paper:
    """省科技厅's signer signs."""
    signer = year.lead(PostRole.SIGNER)
    with enter(signer.scope):
        paper = signoff.sign(Draft.objects.get(pk=draft.pk), signer)
        year.run.refresh_from_db()
    return paper


def released(year: Year, listing: str = Listing.FULL, top: int = 0) -> Paper:
    """All the way."""
    draft = drafted(year, listing, top)
    cosigned(year, draft)
    return signed(year, draft)


def client_of(actor: Actor | None) -> Client:
    """A browser of a person, or of somebody from the street."""
    client = Client()
    if actor is not None:
        client.force_login(actor.person)
        session = client.session
        session[SESSION_KEY] = str(actor.post.pk)
        session.save()
    return client


def handler_of(office: Organisation) -> Actor:
    """A new handler of an office."""
    with system():
        return make_actor(office)
