"""What a complete plan, a boundary and the files of a filing look like, for tests."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.scope import of_organisation
from applications import attaching, boundaries, plan
from applications.materials import DATE, ISSUER, NUMBER, OPTIONAL, pieces_of
from applications.models import Filing
from applications.plan import Field, Kind
from applications.plan_state import opened_on
from portal.sample.documents import document
from registry.geometry import read_boundary
from tests.plans import write_plan

PDF = document("示例文件").read()
# About 14 km² beside the Qiantang river.
RING = [[120.30, 30.20], [120.34, 30.20], [120.34, 30.233], [120.30, 30.233], [120.30, 30.20]]
SMALL = [[120.30, 30.20], [120.32, 30.20], [120.32, 30.22], [120.30, 30.22], [120.30, 30.20]]
DETAILS: dict[str, Any] = {NUMBER: "杭政发〔2012〕1号", ISSUER: "某市人民政府", DATE: "2012-09-28"}


def typed(field: Field) -> str:
    """A valid entry for a field, as a person types it."""
    return {
        Kind.TEXT: f"{field.key} 的文字",
        Kind.LONGTEXT: f"{field.key} 的说明\n第二行",
        Kind.CHOICE: field.choices[0][0] if field.choices else "",
        Kind.DATE: "2012年9月28日",
        Kind.DECIMAL: "１，２３４．５０",
        Kind.INTEGER: "1,200",
        Kind.BOOLEAN: "on",
    }[field.kind]


def kept(field: Field) -> Any:
    """What is kept of `typed`."""
    return {Kind.DATE: "2012-09-28", Kind.DECIMAL: "1234.50", Kind.INTEGER: "1200", Kind.BOOLEAN: True}.get(
        field.kind, typed(field)
    )


def geojson(ring: list[list[float]] = RING) -> bytes:
    """A boundary as a GeoJSON file."""
    return json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()


def pdf(name: str = "文件.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """An upload that is a PDF."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def package(member: str) -> bytes:
    """A zip package that holds one member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(member, "<x/>")
    return made.getvalue()


def set_boundary(filing: Filing, actor: Actor, ring: list[list[float]] = RING) -> None:
    """Give the filing a boundary, in the actor's scope."""
    with of_organisation(actor.organisation.pk, actor.person.pk):
        boundaries.set_boundary(
            filing, read_boundary("b.geojson", geojson(ring), "EPSG:4490"), actor, boundaries.UPLOAD, "b.geojson"
        )


def fill(filing: Filing, actor: Actor, but: frozenset[str] = frozenset()) -> None:
    """Fill the plan, the boundary and the materials of a filing, but not the keys or pieces named."""
    fields = [f for section in plan.sections(opened_on(filing)) for f in section.fields if f.key not in but]
    write_plan(filing, {field.key: kept(field) for field in fields}, actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        for code, piece in ((piece.code, piece) for piece in pieces_of(filing.kind)):
            if code not in OPTIONAL | but:
                details = {name: DETAILS[name] for name in piece.details}
                attaching.attach(filing, code, [pdf(f"{code}.pdf", PDF + code.encode())], actor, **details)
    if "boundary" not in but:
        set_boundary(filing, actor)
