"""A new filing starts from an older one of the same city: entries, if wished boundary and files; the source is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import editing, plan, services
from applications.boundaries import boundary_of
from applications.models import Filing, FilingBoundary, FilingVersion, Material, PlanField
from applications.plan_state import opened_on
from files import services as files
from files.models import Upload
from registry.models import HostZone
from workflow import ledger
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

COPIED = "copy"
# The reason for a second filing is given anew, for the zone as it stands now (P-II.1.2g).
NEVER = {"space.second_zone_reason", editing.NAME}
SHAPE = ("area_km2", "parts", "source", "source_name", "crs")


@dataclass
class Copied:
    """What was copied, and what was left out, in words."""

    fields: int = 0
    files: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What is copied from: a filing's working copy, or one of its frozen versions."""

    filing: Filing
    version: FilingVersion | None = None

    def entries(self) -> dict[str, Any]:
        """The entries by key."""
        if self.version:
            return dict(self.version.content["fields"])
        return {row.key: row.value for row in self.filing.plan_fields.all() if editing.value_of(row.value) is not None}

    def boundary(self) -> dict[str, Any] | None:
        """The boundary as the working copy keeps it."""
        if not self.version:
            row = boundary_of(self.filing)
            return {"geojson": row.geojson, **{name: getattr(row, name) for name in SHAPE}} if row else None
        frozen = self.version.content.get("boundary")
        if not frozen:
            return None
        kept = {**frozen["geojson"], "blocks": frozen["blocks"], "problems": frozen["problems"]}
        return {"geojson": kept, **{name: frozen[name] for name in SHAPE}}

    def files(self) -> list[tuple[Upload, dict[str, Any]]]:
        """The files of the materials, each with what is written down of the document."""
        if not self.version:
            rows = self.filing.materials.select_related("upload")
            return [(row.upload, _described(vars(row))) for row in rows]
        told = self.version.content["materials"]
        uploads = {str(row.pk): row for row in Upload.objects.filter(pk__in=[one["upload"] for one in told])}
        return [(uploads[one["upload"]], _described(one)) for one in told if one["upload"] in uploads]


def _described(told: Mapping[str, Any]) -> dict[str, Any]:
    names = ("code", "document_number", "issued_by")
    return {**{name: told[name] for name in names}, "issued_on": told["issued_on"] or None}


@transaction.atomic
def start_from(
    source: Source,
    actor: Actor,
    park_name: str,
    host_zone: HostZone,
    reason: str = "",
    *,
    with_boundary: bool = False,
    with_materials: bool = False,
) -> Filing:
    """Start a filing with the content of an older one of the same office. Raises Refused.

    Never copied: remarks, papers, versions, the division of work, figures of years that the new plan does not ask.
    """
    if source.filing.tenant_id != actor.organisation.pk:
        raise Refused([_("只能复制本单位的申报。")])
    filing = services.create_filing(actor, park_name, host_zone, reason)
    fill_from(source, filing, actor, with_boundary=with_boundary, with_materials=with_materials)
    return filing


def fill_from(
    source: Source, filing: Filing, actor: Actor, *, with_boundary: bool = True, with_materials: bool = True
) -> Copied:
    """Copy the content of an older filing into a new and empty one, and record what was copied and left out."""
    done = Copied()
    _copy_entries(source, filing, actor, done, with_boundary)
    if with_boundary:
        _copy_boundary(source, filing, actor, done)
    else:
        done.left_out.append(recorded("四至边界和四至文字"))
    if with_materials:
        _copy_files(source, filing, actor, done)
    else:
        done.left_out.append(recorded("申报材料"))
    done.left_out.append(recorded("补正意见、公文、封存的版本和分工"))
    _record(source, filing, actor, done)
    return done


def _copy_entries(source: Source, filing: Filing, actor: Actor, done: Copied, with_boundary: bool) -> None:
    asked = {key for section in plan.sections(opened_on(filing), filing.kind) for key in section.keys} - NEVER
    if not with_boundary:
        asked -= {f"boundary.{side}" for side in plan.SIDES}
    entries = source.entries()
    kept = {key: value for key, value in entries.items() if key in asked}
    own = {"tenant_id": filing.tenant_id, "dossier": filing.dossier, "filing": filing}
    PlanField.objects.bulk_create(
        PlanField(**own, key=key, value=value, changed_by=actor.person) for key, value in kept.items()
    )
    done.fields = len(kept)
    years = sorted({key.rpartition(".")[2] for key in entries if key.startswith("figure.") and key not in asked})
    if years:
        done.left_out.append(recorded("%(years)s年的基础数据（与新申报的三年不符）") % {"years": "、".join(years)})


def _copy_boundary(source: Source, filing: Filing, actor: Actor, done: Copied) -> None:
    kept = source.boundary()
    if kept is None:
        return
    FilingBoundary.objects.create(
        tenant_id=filing.tenant_id, dossier=filing.dossier, filing=filing, changed_by=actor.person, **kept
    )


def _copy_files(source: Source, filing: Filing, actor: Actor, done: Copied) -> None:
    refused = []
    for upload, told in source.files():
        try:
            shared = files.share(upload, filing.dossier, actor)
        except files.UploadRefused:
            refused.append(upload.name)
            continue
        own = {"tenant_id": filing.tenant_id, "dossier": filing.dossier, "filing": filing, "added_by": actor.person}
        Material.objects.create(**own, upload=shared, **told)
        done.files += 1
    if refused:
        done.left_out.append(recorded("文件%(names)s（原件不在或有病毒）") % {"names": "、".join(refused[:5])})


def _record(source: Source, filing: Filing, actor: Actor, done: Copied) -> None:
    ledger.append(
        filing,
        COPIED,
        (recorded("由“%(park)s”复制") % {"park": source.filing.park_name})[:120],
        actor,
        dossier=filing.dossier,
        data={
            "source": str(source.filing.pk),
            "name": source.filing.park_name,
            "version": source.version.serial if source.version else 0,
            "fields": done.fields,
            "files": done.files,
            "left_out": done.left_out,
        },
        audience=Audience.COLLEAGUE,
    )


def provenance_of(filing: Filing) -> Event | None:
    """The event that says what the filing was copied from, for whom the scope lets see it."""
    return ledger.history(filing.dossier).filter(subject_id=filing.pk, name=COPIED).first()
