"""What is written into the register: a park listed by a signed paper, a real park with its cited sources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import DivisionLevel
from accounts.models import Division, Organisation
from notifications.models import Paper
from registry.enums import ParkStatus, Precision
from registry.facts import loader
from registry.facts import records as facts
from registry.models import HostZone, LeadingIndustry, LegalStatus, Park, ParkBoundary, ParkName
from registry.slugs import next_slug
from workflow import ledger
from workflow.machine import Refused

# What in a real park's history is a legal status of the register; the rest stays cited history.
ACT_STATUSES = {
    facts.ActKind.LISTED: ParkStatus.CREATING,
    facts.ActKind.RECOGNISED: ParkStatus.RECOGNISED,
    facts.ActKind.UPGRADED: ParkStatus.NATIONAL,
    facts.ActKind.ENDED: ParkStatus.ENDED,
}
CITATION_LENGTH = 300


@transaction.atomic
def list_park(
    *,
    tenant: Organisation,
    dossier: UUID,
    name: str,
    city: Division,
    county: Division | None,
    host_zone: HostZone | None,
    area_km2: Decimal,
    four_sides: dict[str, str],
    industries: Sequence[tuple[str, str]],
    geojson: dict[str, Any],
    paper: Paper,
    actor: Actor,
) -> Park:
    """列入创建名单: put a park on the register in the transaction of the paper that lists it (PK-30).

    `area_km2` is the unrounded ellipsoidal area, `geojson` a MultiPolygon in EPSG:4490, `four_sides` has the
    keys east, south, west, north, `industries` are (name, code) in order. A `city` that is a county (义乌) stands
    under its prefecture. Raises Refused unless 省政府办公厅 acts with a paper that confers the status; row
    security and composite keys hold the same line below.
    """
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以将园区列入创建名单。")])
    if paper.confers != ParkStatus.CREATING or paper.dossier != dossier:
        raise Refused([_("列入创建名单应依据本案的同意创建文件。")])
    if not industries:
        raise Refused([_("列入创建名单应写明主导产业。")])
    if city.parent is not None and city.level == DivisionLevel.COUNTY:
        city, county = city.parent, county or city
    status_id = uuid4()
    park = Park.objects.create(
        slug=next_slug(pinyin_of(tenant.division_id or city.code), paper.issued_on.year),
        tenant=tenant,
        dossier=dossier,
        name=name,
        status=ParkStatus.CREATING,
        current_id=status_id,
        city=city,
        county=county,
        host_zone=host_zone,
        area_km2=area_km2,
        four_sides=four_sides,
        sample=paper.sample,
    )
    LegalStatus.objects.create(id=status_id, park=park, status=ParkStatus.CREATING, since=paper.issued_on, paper=paper)
    ParkName.objects.create(park=park, name=name, valid_from=paper.issued_on.isoformat(), source=paper.number)
    ParkBoundary.objects.create(park=park, geojson=geojson, area_km2=area_km2, valid_from=paper.issued_on, paper=paper)
    LeadingIndustry.objects.bulk_create(
        LeadingIndustry(park=park, order=order, name=industry, code=code)
        for order, (industry, code) in enumerate(industries, start=1)
    )
    ledger.append(
        park,
        "list",
        _("列入创建名单"),
        actor,
        dossier=dossier,
        after=ParkStatus.CREATING,
        basis="P-II.1.8d",
        data={"slug": park.slug, "name": name, "paper": str(paper.pk), "number": paper.number},
    )
    return park


@transaction.atomic
def revoke_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """取消创建资格 (PK-39): the park leaves the list of those being created in its paper's transaction, never history.

    Raises Refused unless 省政府办公厅 acts on a park that is being created with a paper that revokes it.
    """
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以取消创建资格。")])
    label = _("取消创建资格")
    return _follow(park, ParkStatus.CREATING, ParkStatus.REVOKED, paper, dossier, actor, label, "P-II.2.6")


@transaction.atomic
def restore_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """撤销取消决定: a revoked park is on the list again, by a paper that puts it there. Raises Refused."""
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以恢复创建资格。")])
    label = _("恢复创建资格")
    return _follow(park, ParkStatus.REVOKED, ParkStatus.CREATING, paper, dossier, actor, label, "AMB-33")


def _follow(
    park: Park, before: ParkStatus, after: ParkStatus, paper: Paper, dossier: UUID, actor: Actor, label: str, basis: str
) -> LegalStatus:
    """The park's next legal status, resting on a paper of the dossier that confers it."""
    locked = Park.objects.select_for_update(no_key=True, of=("self",)).get(pk=park.pk)
    if locked.status != before:
        words = {"name": locked.name, "status": ParkStatus(locked.status).label}
        raise Refused([_("“%(name)s”现在的状态为“%(status)s”，不能办理。") % words])
    if paper.confers != after or paper.dossier != dossier:
        raise Refused([_("园区的状态应依据本案签发的公文变更。")])
    made = LegalStatus.objects.create(park=locked, status=after, since=paper.issued_on, paper=paper)
    # The register bears what its legal status says; the database ties the two.
    borne = {"status": after.value, "current": made}
    Park.objects.filter(pk=locked.pk).update(**borne)
    ledger.append(
        locked, after, label, actor, dossier=dossier, before=before, after=after, basis=basis,
        data={"slug": locked.slug, "name": locked.name, "paper": str(paper.pk), "number": paper.number},
    )  # fmt: skip
    park.refresh_from_db()
    return made


def pinyin_of(code: str) -> str:
    """The pinyin of a division by its code; the code itself where the facts do not name it."""
    return next((division.pinyin for division in loader.divisions() if division.code == code), code)


@transaction.atomic
def import_park(fact: facts.Park) -> Park | None:
    """Enter a real park with its cited sources as basis; a second import leaves it as it is.

    None for a park whose status is in no source: the register claims no status of its own.
    """
    found = Park.objects.filter(slug=fact.slug).first()
    if found or fact.status is None:
        return found
    place = Division.objects.select_related("parent").get(code=fact.division)
    statuses = _statuses_of(fact)
    park = Park.objects.create(
        slug=fact.slug,
        tenant=Organisation.objects.get(code=applicant_code(fact.applicant)),
        name=fact.name,
        status=fact.status.value,
        current_id=statuses[-1].pk,
        city=(place.parent or place) if place.level == DivisionLevel.COUNTY else place,
        county=place if place.level == DivisionLevel.COUNTY else None,
        host_zone=HostZone.objects.get(slug=fact.host_zone) if fact.host_zone else None,
        facts=_facts_of(fact),
    )
    for status in statuses:
        status.park = park
    LegalStatus.objects.bulk_create(statuses)
    ParkName.objects.bulk_create(_names_of(fact, park))
    return park


def applicant_code(division: str) -> str:
    """The code of the organisation that is a division's government."""
    return f"gov-{division}"


def _statuses_of(fact: facts.Park) -> list[LegalStatus]:
    """The legal statuses in a park's history; the last one is the status of today."""
    acts = sorted((act for act in fact.acts if act.kind in ACT_STATUSES), key=lambda act: act.date.value)
    rows = [
        LegalStatus(
            status=ACT_STATUSES[act.kind],
            since=act.date.value,
            precision=act.date.precision.value,
            citation=act.source[:CITATION_LENGTH],
            note=act.text[:CITATION_LENGTH],
        )
        for act in acts
    ]
    if not rows or rows[-1].status != fact.status:
        rows.append(
            LegalStatus(
                status=fact.status.value if fact.status else "",
                precision=Precision.UNKNOWN,
                citation=fact.status_source[:CITATION_LENGTH],
            )
        )
    return rows


def _facts_of(fact: facts.Park) -> list[dict[str, Any]]:
    """Acts that are no legal status, and sentences found, each with its source."""
    acts = [
        {"date": str(act.date), "text": act.text, "source": act.source, "evidence": act.evidence.value}
        for act in fact.acts
        if act.kind not in ACT_STATUSES and act.kind is not facts.ActKind.RENAMED
    ]
    sentences = [{"year": found.year, "text": found.text, "source": found.source} for found in fact.facts]
    return [*acts, *sentences]


def _names_of(fact: facts.Park, park: Park) -> list[ParkName]:
    return [
        ParkName(
            park=park,
            name=name.name,
            valid_from=str(name.since or ""),
            valid_to=str(name.until or ""),
            source=name.source[:CITATION_LENGTH],
        )
        for name in fact.names
    ]
