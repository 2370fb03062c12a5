"""The table of the minutes (T9): every opinion, condition and section remark, adopted, partly or not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from applications.display import label_of
from reviews.enums import Stance
from reviews.enums_publicity import Said, Treatment
from reviews.models import Adoption, Case, Conclusion, Condition, Opinion, SectionRemark

FIELD = "treatments"


@dataclass(frozen=True)
class Point:
    """One thing that a department said and that the conclusion has to treat."""

    kind: Said
    opinion: Opinion
    text: str
    reference: UUID | None = None
    section: str = ""

    @property
    def key(self) -> str:
        """The name under which the draft keeps how it is treated; the same for as long as the opinion counts."""
        return f"{self.kind.value}-{self.reference or self.opinion.pk}"

    @property
    def office(self) -> str:
        """Who said it."""
        return self.opinion.tenant.short_name or self.opinion.tenant.name

    @property
    def is_plain_consent(self) -> bool:
        """A consent that asks for nothing is adopted unless somebody says otherwise."""
        return self.kind == Said.OPINION and self.opinion.stance == Stance.AGREE


@dataclass(frozen=True)
class Treated:
    """A point with how it is treated and why; an empty treatment is one still to be chosen."""

    point: Point
    treatment: str
    reason: str

    @property
    def problem(self) -> str:
        """What is still missing, in words."""
        what = {"office": self.point.office, "kind": self.point.kind.label}
        if not self.treatment:
            return _("%(office)s的%(kind)s还没有写明是否采纳。") % what
        if self.treatment != Treatment.ADOPTED and not self.reason:
            return _("%(office)s的%(kind)s没有全部采纳，请写明理由。") % what
        return ""


def points(case: Case) -> list[Point]:
    """What was said in the signed opinions that count, department by department: opinion, conditions, remarks."""
    found: list[Point] = []
    opinions = case.opinions.exclude(signed_at=None).exclude(stance="").select_related("tenant")
    conditions, remarks = _by_opinion(Condition, case), _by_opinion(SectionRemark, case)
    for opinion in opinions.order_by("tenant__order", "pk"):
        said = "；".join([str(Stance(opinion.stance).label), *opinion.reasons.splitlines()])
        found.append(Point(Said.OPINION, opinion, said))
        found += [
            Point(Said.CONDITION, opinion, row.text, row.pk, row.section) for row in conditions.get(opinion.pk, [])
        ]
        found += [Point(Said.REMARK, opinion, row.text, row.pk, row.section) for row in remarks.get(opinion.pk, [])]
    return found


def _by_opinion(model: type[Any], case: Case) -> dict[UUID, list[Any]]:
    rows: dict[UUID, list[Any]] = {}
    for row in model.objects.filter(case=case):
        rows.setdefault(row.opinion_id, []).append(row)
    return rows


def section_in_words(section: str) -> str:
    """The section or field that a condition or remark is about."""
    return label_of(section) if section else ""


def treated(case: Case, fields: Mapping[str, Any]) -> list[Treated]:
    """Every point with what the draft of the minutes says of it."""
    said = fields.get(FIELD) or {}
    found = []
    for point in points(case):
        row = said.get(point.key) or {}
        treatment = str(row.get("treatment", "")) or (Treatment.ADOPTED.value if point.is_plain_consent else "")
        found.append(Treated(point, treatment, str(row.get("reason", "")).strip()))
    return found


def untreated(case: Case, fields: Mapping[str, Any]) -> list[str]:
    """What the table of the minutes still misses: a word on every point, and a reason for what is not adopted."""
    return [row.problem for row in treated(case, fields) if row.problem]


def keep(conclusion: Conclusion, case: Case, fields: Mapping[str, Any]) -> list[Adoption]:
    """Write the table down with the signed conclusion; each department reads its own lines."""
    return Adoption.objects.bulk_create(
        Adoption(
            dossier=case.dossier,
            tenant_id=row.point.opinion.tenant_id,
            conclusion=conclusion,
            opinion=row.point.opinion,
            order=order,
            kind=row.point.kind,
            reference=row.point.reference,
            text=row.point.text,
            treatment=row.treatment,
            reason=row.reason,
        )
        for order, row in enumerate(treated(case, fields), start=1)
    )
