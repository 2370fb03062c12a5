"""Freezing a filing: its content as sorted JSON with decimal strings, and one hash of content and files."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import plan, selfcheck
from applications.boundaries import geometry
from applications.facts import Dossier
from applications.kinds import by_code
from applications.materials import kind_of
from applications.models import Filing, FilingBoundary, FilingVersion, Material
from applications.models.delegation import ACTIVE
from applications.plan import Field, Section
from applications.plan_state import Plan
from files.models import Upload
from registry.models import HostZone
from workflow.ledger import canonical
from workflow.machine import Refused

FORMAT = 1


@transaction.atomic
def freeze(filing: Filing, actor: Actor) -> FilingVersion:
    """Keep the filing as it stands as its next version.

    `hash` = SHA-256, in hexadecimal, of the bytes canonical(content) + "\\n" + "\\n".join(sorted file hashes):
    canonical is UTF-8 JSON with sorted keys, no spaces, numbers that were typed as decimal strings; the file
    hashes are the SHA-256 of the materials' bytes in hexadecimal, each once per file (contract, «Codes and statuses»).
    """
    locked = Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    # Asked under the lock: a section that was given out at this very moment would be written in beside the version.
    if locked.delegations.filter(status__in=ACTIVE).exists():
        raise Refused([_("还有章节在他人手中，请先在“填写分工”中确认或收回。")])
    dossier = Dossier.of(locked)
    content = content_of(dossier)
    last = locked.versions.order_by("-serial").values_list("serial", flat=True).first()
    return FilingVersion.objects.create(
        tenant_id=locked.tenant_id,
        dossier=locked.dossier,
        filing=locked,
        serial=(last or 0) + 1,
        content=content,
        findings=content["findings"],
        hash=hash_of(content),
        frozen_by=actor.person,
    )


def snapshot(filing: Filing) -> dict[str, Any]:
    """The content that freezing now would keep."""
    return content_of(Dossier.of(filing))


def hash_of(content: dict[str, Any]) -> str:
    """The hash that a version with this content must bear (see `freeze`)."""
    files = sorted(material["sha256"] for material in content["materials"])
    return hashlib.sha256(canonical(content) + b"\n" + "\n".join(files).encode()).hexdigest()


def release_files(version: FilingVersion) -> None:
    """Open the version's files to those to whom the dossier is open; called when the version is submitted."""
    pieces = [material["upload"] for material in version.content["materials"]]
    Upload.objects.filter(pk__in=pieces, dossier=version.dossier, released_at=None).update(released_at=timezone.now())


def content_of(dossier: Dossier) -> dict[str, Any]:
    """The content of a filing that was read: JSON of texts, so that it prints the same for ever."""
    filing = dossier.filing
    return {
        "format": FORMAT,
        "filing": str(filing.pk),
        **_about(filing),
        "applicant": {"code": filing.tenant.code, "name": filing.tenant.name},
        "park_name": filing.park_name,
        "host_zone": _zone(filing.host_zone),
        "sections": [_section(section) for section in dossier.plan.sections],
        "fields": {
            key: dossier.plan.value(key)
            for section in dossier.plan.sections
            for key in section.keys
            if dossier.plan.value(key) is not None
        },
        "years": [str(year) for year in dossier.plan.years],
        "figures": _figures(dossier.plan),
        "industries": [_industry(dossier.plan, number) for number in dossier.plan.industries],
        "four_sides": {side: dossier.plan.text(f"boundary.{side}") for side in plan.SIDES},
        "boundary": _boundary(dossier.boundary),
        **(told(dossier) if (told := by_code(filing.kind).content) else {}),
        "materials": [_material(material) for material in dossier.materials],
        "findings": selfcheck.assess_dossier(dossier).as_json(),
    }


def _about(filing: Filing) -> dict[str, str]:
    """The kind and the park of a filing about a park that is there; nothing for one that creates it."""
    if filing.park is None:
        return {}
    return {"kind": filing.kind, "park": filing.park.slug}


def _zone(zone: HostZone | None) -> dict[str, str] | None:
    """The host zone; nothing where the register does not tell it."""
    if zone is None:
        return None
    return {"slug": zone.slug, "name": zone.name, "kind": zone.kind, "kind_label": str(zone.get_kind_display())}


def _section(section: Section) -> dict[str, Any]:
    """The questions as they were asked: a later form does not change what a frozen plan answers."""
    return {
        "slug": section.slug,
        "title": str(section.title),
        "group": str(section.group),
        "fields": [_field(field) for field in section.fields],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "label": str(field.label),
        "kind": field.kind.value,
        "unit": field.unit,
        "clause": field.clause,
        "choices": {code: str(label) for code, label in field.choices},
    }


def _figures(state: Plan) -> dict[str, dict[str, str | None]]:
    return {
        code: {str(year): state.value(plan.figure_key(code, year)) for year in state.years} for code in plan.FIGURES
    }


def _industry(state: Plan, number: int) -> dict[str, str]:
    names = ("name", "code", *(factor for factor, _label in plan.FACTORS))
    return {"number": str(number), **{name: state.text(f"industry.{number}.{name}") for name in names}}


def _boundary(row: FilingBoundary | None) -> dict[str, Any] | None:
    if row is None:
        return None
    # Floats print by their shortest exact form, which JSON in the database keeps.
    return {
        "geojson": geometry(row),
        "blocks": row.geojson.get("blocks", []),
        "problems": row.geojson.get("problems", []),
        "area_km2": row.area_km2,
        "parts": row.parts,
        "crs": row.crs,
        "source": row.source,
        "source_name": row.source_name,
    }


def _material(material: Material) -> dict[str, Any]:
    return {
        "code": material.code,
        "number": kind_of(material.code).number,
        "upload": str(material.upload_id),
        "name": material.upload.name,
        "content_type": material.upload.content_type,
        "size": material.upload.size,
        "sha256": material.upload.sha256,
        "document_number": material.document_number,
        "issued_by": material.issued_by,
        "issued_on": material.issued_on.isoformat() if material.issued_on else "",
    }


def targets(version: FilingVersion) -> list[tuple[str, str]]:
    """What a remark can point at: every material, section and field of a version, as (key, label)."""
    from applications.display import target_list

    return target_list(version.content)


def version_content_label(target: str) -> str:
    """The label of a remark's target, from today's form; the target itself where it is unknown."""
    from applications.display import label_of

    return label_of(target)
