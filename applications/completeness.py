"""What must be there before a filing can be sent for checking (送审), each gap with the page that closes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from applications import selfcheck
from applications.boundaries import found, is_valid
from applications.facts import Dossier
from applications.kinds import kind_of
from applications.materials import OPTIONAL
from applications.models import Filing
from applications.models.delegation import ACTIVE
from applications.parts import parts
from applications.plan import Field
from registry.geometry import Level

SHOWN = 3


@dataclass(frozen=True)
class Missing:
    """One thing that is still missing, in words, with the address of the page where it is given."""

    text: str
    url: str

    @property
    def href(self) -> str:
        """The address under the name that the components use."""
        return self.url


def missing(filing: Filing) -> list[Missing]:
    """Everything that bars sending for checking; warnings and what reviewers judge do not."""
    return missing_of(Dossier.of(filing))


def missing_of(dossier: Dossier) -> list[Missing]:
    """The same of a filing that was read already."""
    return [
        *_sections(dossier),
        *_boundary(dossier),
        *_materials(dossier),
        *_clauses(dossier),
        *_own(dossier),
        *_delegations(dossier),
    ]


def _delegations(dossier: Dossier) -> list[Missing]:
    """What is in others' hands has to come back, and be confirmed, before it is sent."""
    rows = dossier.filing.delegations.filter(status__in=ACTIVE).select_related("organisation", "person")
    titles = {part.slug: part.title for part in parts(dossier.plan.opened_on, dossier.plan.kind)}
    address = reverse("applications:work", args=[dossier.filing.pk])
    words = {True: _("%(section)s：%(who)s还没有交回"), False: _("%(section)s：%(who)s已交回，还没有确认")}
    return [
        Missing(words[row.is_writable] % {"section": titles.get(row.section, row.section), "who": row.holder}, address)
        for row in rows.order_by("assigned_at")
    ]


def _sections(dossier: Dossier) -> list[Missing]:
    gaps = []
    for section in dossier.plan.sections:
        address = selfcheck.page_of(dossier.filing, section.slug)
        wrong = dossier.plan.problems(section)
        if wrong:
            text = _("%(section)s：%(fields)s填写有误") % {"section": section.title, "fields": _listed(wrong)}
            gaps.append(Missing(text, address))
        unfilled = dossier.plan.unfilled(section)
        if unfilled and len(unfilled) == sum(field.required for field in section.fields):
            gaps.append(Missing(_("%(section)s：未填写") % {"section": section.title}, address))
        elif unfilled:
            text = _("%(section)s：缺%(fields)s") % {"section": section.title, "fields": _listed(unfilled)}
            gaps.append(Missing(text, address))
    return gaps


def _listed(fields: list[Field]) -> str:
    names = "".join(f"“{field.label}”" for field in fields[:SHOWN])
    more = len(fields) - SHOWN
    return names + (_("等 %(n)d 项") % {"n": len(fields)} if more > 0 else "")


def _boundary(dossier: Dossier) -> list[Missing]:
    if not kind_of(dossier.filing).draws:
        return []
    address = selfcheck.page_of(dossier.filing, "boundary")
    if dossier.boundary is None:
        return [Missing(_("四至范围：尚未上传或勾画边界"), address)]
    if is_valid(dossier.boundary):
        return []
    first = next(problem for problem in found(dossier.boundary) if problem.level is Level.ERROR)
    return [Missing(_("四至范围：边界有误——%(what)s") % {"what": first.message}, address)]


def _materials(dossier: Dossier) -> list[Missing]:
    gaps = []
    for kind in dossier.kinds:
        for piece in kind.pieces:
            if piece.code in OPTIONAL or dossier.has(piece.code):
                continue
            words = _("还缺文号、出具单位或日期") if dossier.files_of(piece.code) else _("未上传")
            text = _("材料%(mark)s %(piece)s：%(what)s") % {"mark": kind.mark, "piece": piece.label, "what": words}
            gaps.append(Missing(text, selfcheck.page_of(dossier.filing, f"materials#{piece.code}")))
    return gaps


def _own(dossier: Dossier) -> list[Missing]:
    """What its kind asks for beside all that."""
    return [
        Missing(text, selfcheck.page_of(dossier.filing, found)) for text, found in kind_of(dossier.filing).gaps(dossier)
    ]


def _clauses(dossier: Dossier) -> list[Missing]:
    """The quantitative clauses that are not met, where nothing above says so already."""
    gaps: list[Missing] = []
    kind = kind_of(dossier.filing)
    if not kind.bars:
        return gaps
    for row in selfcheck.rows(selfcheck.assess_dossier(dossier), dossier.filing):
        if row.kind != "quantitative" or row.outcome != "not_met" or row.clause in kind.told:
            continue
        gaps.append(
            Missing(
                _("%(clause)s %(title)s：%(observed)s%(unit)s，应 %(threshold)s。%(advice)s")
                % {
                    "clause": row.clause,
                    "title": row.title,
                    "observed": row.observed,
                    "unit": row.unit,
                    "threshold": row.threshold,
                    "advice": row.advice,
                },
                row.href,
            )
        )
    return gaps
