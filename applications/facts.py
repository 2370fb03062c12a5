"""From a filing to the facts that the clauses of creation are judged by (policy.plan_facts)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from applications import enums, plan
from applications.boundaries import boundary_of, is_valid
from applications.enums import FilingStatus, KindCode
from applications.materials import MATERIALS_OF, OPTIONAL, PIECES, MaterialKind, Piece
from applications.models import Filing, FilingBoundary, Material
from applications.plan_state import Plan
from applications.rules import REQUEST
from files.enums import ScanState
from notifications.models import Draft
from policy.facts import Facts
from policy.plan_facts import figures
from registry.enums import ParkStatus
from registry.models import Park

OVER = (*enums.OVER, FilingStatus.LISTED)
CONFORMITY = ("city", "county", "land")
LEADERS = ("main", "deputy")
BASE_FIELDS = ("location", "area", "investor", "schedule")


@dataclass(frozen=True)
class Dossier:
    """A filing as it stands: plan, materials and boundary read once, for the facts, the gaps and the snapshot."""

    filing: Filing
    plan: Plan
    materials: tuple[Material, ...]
    boundary: FilingBoundary | None
    has_request: bool

    @classmethod
    def of(cls, filing: Filing) -> Dossier:
        """Read everything in a fixed number of queries."""
        open_request = Draft.objects.filter(kind=REQUEST, subject_id=filing.pk).exclude(status="cancelled")
        return cls(
            filing,
            Plan.of(filing),
            tuple(filing.materials.select_related("upload")),
            boundary_of(filing),
            open_request.exists(),
        )

    @property
    def kinds(self) -> tuple[MaterialKind, ...]:
        """The materials that its kind of filing takes."""
        return MATERIALS_OF[self.filing.kind]

    def files_of(self, code: str) -> list[Material]:
        """The files given for a piece."""
        return [material for material in self.materials if material.code == code]

    def complete_files(self, piece: Piece) -> list[Material]:
        """The files of a piece of which everything due is written down; one with a virus is none."""
        sound = [m for m in self.files_of(piece.code) if m.upload.scan_state != ScanState.INFECTED]
        return [m for m in sound if all(getattr(m, name) for name in piece.details)]

    def has(self, code: str) -> bool:
        """Whether a piece is there with everything due written down."""
        return bool(self.complete_files(PIECES[code]))

    def opinions(self) -> int:
        """Conformity opinions (规划符合性意见) with file, issuer and number."""
        return sum(
            self.has(f"conformity.{code}") and _all(self.plan, f"conformity.{code}", ("issuer", "number"))
            for code in CONFORMITY
        )

    def responsibility(self) -> bool:
        """Whether the document is there and all three are assessed (P-II.1.7)."""
        return self.has("responsibility") and all(
            self.plan.value(f"responsibility.{code}") is True for code, _label in plan.ASSESSED
        )

    def base_figures(self) -> int:
        """Filled cells of the three figures that P-II.1.3 speaks of."""
        return sum(
            self.plan.value(plan.figure_key(code, year)) is not None
            for code in plan.REQUIRED
            for year in self.plan.years
        )

    def sides(self) -> int:
        """Filled 四至 texts."""
        return sum(bool(self.plan.text(f"boundary.{side}")) for side in plan.SIDES)

    def leaders(self) -> int:
        """Responsible persons with name and post."""
        return sum(_all(self.plan, f"leader.{who}", ("name", "post")) for who in LEADERS)

    def is_complete(self, kind: MaterialKind) -> bool:
        """Whether one of the thirteen is complete."""
        if kind.section == "request":
            return self.has_request
        parts = {
            5: self.sides() == len(plan.SIDES) and self.boundary is not None,
            11: self.base_figures() == len(plan.REQUIRED) * plan.YEARS,
            12: self.leaders() == len(LEADERS),
        }
        return parts.get(kind.number, True) and all(
            self.has(piece.code) for piece in kind.pieces if piece.code not in OPTIONAL
        )


def facts_of(dossier: Dossier) -> Facts:
    """The facts object for the clause set `park-creation`; what is not known is absent, never zero."""
    year = dossier.plan.opened_on.year
    return Facts.parse(
        {
            "subject": dossier.filing.park_name or str(dossier.filing.pk),
            "year": year,
            "figures": figures(year, {**_counts(dossier), **_boundary_facts(dossier)}),
        }
    )


def _counts(dossier: Dossier) -> dict[str, int | str | None]:
    return {
        "P.leading_industries": len(dossier.plan.industries),
        "plan.conformity_opinions": dossier.opinions(),
        "plan.dev_block_confirmed": int(dossier.has("dev_block")),
        "plan.boundary_texts": dossier.sides(),
        "plan.host_zone_free": int(host_zone_is_free(dossier)),
        "plan.base_figures": dossier.base_figures(),
        "plan.base_figures_required": len(plan.REQUIRED) * plan.YEARS,
        "plan.industry_plan": int(dossier.has("industry_plan")),
        "plan.bases": sum(_all(dossier.plan, f"base.{code}", BASE_FIELDS) for code, _label in plan.BASE_KINDS),
        "plan.policy_documents": len(dossier.complete_files(PIECES["policy"])),
        "plan.policy_fields": sum(
            _all(dossier.plan, f"policy.{code}", ("measure", "source")) for code, _label in plan.POLICY_AREAS
        ),
        "plan.committee": int(dossier.has("management")),
        "plan.responsibility_system": int(dossier.responsibility()),
        "plan.argumentation_report": int(dossier.has("argumentation")),
        "plan.materials": sum(dossier.is_complete(kind) for kind in dossier.kinds),
        "plan.industry_justifications": sum(
            _all(dossier.plan, f"industry.{number}", [name for name, _label in plan.FACTORS])
            for number in dossier.plan.industries
        ),
        "plan.leaders": dossier.leaders(),
    }


def _boundary_facts(dossier: Dossier) -> dict[str, int | str | None]:
    if dossier.boundary is None:
        return {}
    # The area of a faulty polygon says nothing: it stays unknown until the boundary is mended.
    measured = {"P.area_planned": dossier.boundary.area_km2} if is_valid(dossier.boundary) else {}
    return {
        **measured,
        "plan.parts": dossier.boundary.parts,
        "plan.parts_explained": int(bool(dossier.plan.text("space.parts_explained"))),
    }


def host_zone_is_free(dossier: Dossier) -> bool:
    """Whether no other filing or park in creation stands in the host zone, or a reason for a second one is given."""
    zone, own = dossier.filing.host_zone_id, dossier.filing.dossier
    filings = Filing.objects.filter(host_zone=zone, kind=KindCode.CREATION)
    taken = (
        filings.exclude(pk=dossier.filing.pk).exclude(status__in=OVER).exists()
        or Park.objects.filter(host_zone=zone, status=ParkStatus.CREATING).exclude(dossier=own).exists()
    )
    return not taken or bool(dossier.plan.text("space.second_zone_reason"))


def _all(state: Plan, prefix: str, names: Iterable[str]) -> bool:
    return all(state.text(f"{prefix}.{name}") for name in names)
