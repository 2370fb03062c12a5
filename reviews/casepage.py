"""What the case page shows besides the file itself: matrix, experts, conditions, discussion, questions, margin."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.display import label_of, target_list
from reviews.enums import OpinionStatus, ProposalStatus, RecusalStatus, RequirementStatus, Stance
from reviews.experts import mean_of, rows_of
from reviews.models import Case, ExpertOpinion, Note, Opinion, QuestionProposal, Recusal, Requirement
from reviews.rules import REMINDERS
from workflow.clock_face import Faces
from workflow.instants import is_over
from workflow.models import Event, Task

Content = dict[str, Any]
STANCES = {Stance.AGREE: "done", Stance.CONDITIONS: "warning", Stance.DISAGREE: "late"}
REQUIREMENTS = {
    RequirementStatus.OPEN: "warning",
    RequirementStatus.ANSWERED: "progress",
    RequirementStatus.SETTLED: "done",
    RequirementStatus.WAIVED: "ended",
}
PROPOSALS = {ProposalStatus.PROPOSED: "waiting", ProposalStatus.SENT: "done"}


def targets_of(content: Content) -> list[tuple[str, str]]:
    """The sections and materials that a remark, a question or a note can be about."""
    return [(key, str(label)) for key, label in target_list(content) if key.startswith(("section:", "material:"))]


def tag_of(opinion: Opinion) -> dict[str, str]:
    """The state of an opinion as a tag: what was said, or that nothing was."""
    if opinion.stance and opinion.status in {OpinionStatus.SIGNED, OpinionStatus.SUPERSEDED}:
        return {"kind": STANCES[Stance(opinion.stance)], "text": str(opinion.get_stance_display())}
    late = opinion.status == OpinionStatus.LAPSED or is_over(opinion.due_on)
    return {"kind": "late" if late else "waiting", "text": str(opinion.get_status_display())}


def matrix(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Department × state, stance, conditions, remarks, due date, reminders; a department sees its own row alone."""
    rows = list(
        Opinion.every.filter(case=case)
        .exclude(status=OpinionStatus.WITHDRAWN)
        .select_related("tenant", "paper")
        .prefetch_related("condition_rows", "section_remarks")
        .order_by("tenant__order", "round")
    )
    earlier: dict[Any, list[Opinion]] = defaultdict(list)
    for row in rows:
        if row.status == OpinionStatus.SUPERSEDED:
            earlier[row.tenant_id].append(row)
    clocks = Faces.of_subjects([row.pk for row in rows])
    reminded = _reminders([row.pk for row in rows]) if not actor.is_department else {}
    asks = actor.is_lead and actor.is_handler and case.status == "reviewing"
    return [
        {
            "opinion": row,
            "tag": tag_of(row),
            "clock": clocks(row.pk, row.due_on) if not row.signed_at else None,
            "conditions": [
                {"row": one, "section": label_of(one.section) if one.section else ""}
                for one in sorted(row.condition_rows.all(), key=lambda one: one.number)
            ],
            "remarks": [{"row": one, "section": label_of(one.section)} for one in row.section_remarks.all()],
            "sections": [label_of(section) for section in row.sections],
            "earlier": earlier[row.tenant_id],
            "reminders": reminded.get(row.pk),
            "may_withdraw": asks and row.invited and row.status in {"requested", "lapsed"},
            "may_reopen": asks and row.status in {"signed", "lapsed"},
            "may_lapse": asks and row.status == "requested" and is_over(row.due_on),
        }
        for row in rows
        if row.status != OpinionStatus.SUPERSEDED
    ]


def _reminders(opinions: list[Any]) -> dict[Any, dict[str, Any]]:
    """How often each department was reminded, by the clock or by hand (of its task), and when last."""
    tasks = dict(Task.objects.filter(subject_id__in=opinions).values_list("pk", "subject_id"))
    rows = Event.objects.filter(subject_id__in=[*opinions, *tasks], name__in=REMINDERS).order_by("at")
    found: dict[Any, dict[str, Any]] = {}
    for subject, at in rows.values_list("subject_id", "at"):
        row = found.setdefault(tasks.get(subject, subject), {"count": 0})
        row["count"] += 1
        row["last"] = at
    return found


def expert_rows(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The experts' opinions that the scope lets one see, with the scores of those that are signed."""
    rows = ExpertOpinion.objects.filter(case=case).select_related("tenant", "paper").order_by("tenant__order")
    asks = actor.is_lead and actor.is_handler and case.status == "reviewing"
    tags = {"invited": "waiting", "signed": "done", "withdrawn": "ended"}
    clocks = Faces.of_subjects([row.pk for row in rows])
    return [
        {
            "opinion": row,
            "tag": {"kind": tags[row.status], "text": row.get_status_display()},
            "scores": rows_of(row.scores),
            "mean": mean_of(row.scores),
            "clock": clocks(row.pk, row.due_on) if row.status == "invited" else None,
            "may_withdraw": asks and row.status == "invited",
        }
        for row in rows
    ]


def discussion(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The notes by section, those on the whole first; each with who wrote it and whether one may withdraw it."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for note in Note.objects.filter(case=case).select_related("tenant").order_by("at"):
        mine = note.author_id == actor.person.pk and note.tenant_id == actor.organisation.pk
        groups[note.section].append({"note": note, "may_withdraw": mine and not note.withdrawn_at})
    order = {key: place for place, (key, _label) in enumerate(target_list(case.version.content))}
    keys = sorted(groups, key=lambda key: order.get(key, -1) if key else -2)
    return [{"section": key, "label": label_of(key) if key else _("整个申报"), "notes": groups[key]} for key in keys]


def questions(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The questions to the city, oldest first, with what they are about and their files."""
    people = ("asked_person", "answered_person", "cancelled_person")
    rows = case.questions.select_related(*people).prefetch_related("enclosures__upload").order_by("asked_at")
    return [
        {
            "question": row,
            "target": label_of(row.target) if row.target else "",
            "files": [one.upload for one in row.enclosures.all()],
            "may_cancel": row.is_open and actor.is_lead,
            "is_late": row.is_open and is_over(row.due_on),
        }
        for row in rows
    ]


def proposals(case: Case) -> list[dict[str, Any]]:
    """The proposed questions that the scope lets one see: one's own, or for 省科技厅 all."""
    rows = QuestionProposal.objects.filter(case=case).select_related("tenant", "person").order_by("at")
    return [
        {
            "proposal": row,
            "target": label_of(row.target) if row.target else "",
            "tag": {"kind": PROPOSALS.get(ProposalStatus(row.status), "ended"), "text": row.get_status_display()},
        }
        for row in rows
    ]


def requirements(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The conditions passed on, with the answers of the city and what the department made of them."""
    rows = (
        Requirement.objects.filter(case=case)
        .select_related("condition__tenant")
        .prefetch_related("answers__enclosures__upload", "answers__person")
        .order_by("passed_at")
    )
    judges, waives = actor.is_department and actor.is_handler, actor.is_lead and actor.is_handler
    clocks = Faces.of_subjects([row.pk for row in rows])
    return [
        {
            **requirement_row(row, clocks),
            "office": row.condition.tenant.short_name,
            "original": row.condition.text,
            "may_judge": judges and row.status == "answered" and row.condition.tenant_id == actor.organisation.pk,
            "may_waive": waives and row.status in {"open", "answered"},
        }
        for row in rows
    ]


def requirement_row(row: Requirement, clocks: Faces | None = None) -> dict[str, Any]:
    """A requirement as everybody sees it who does, the city too; `clocks` where there are many."""
    clocks = clocks or Faces.of_subjects([row.pk])
    owed = row.due_on if row.status == RequirementStatus.OPEN else None
    return {
        "requirement": row,
        "section": label_of(row.section) if row.section else "",
        "tag": {"kind": REQUIREMENTS[RequirementStatus(row.status)], "text": row.get_status_display()},
        "clock": clocks(row.pk, owed) if row.status in {"open", "answered"} else None,
        "answers": [
            {"answer": answer, "files": [one.upload for one in answer.enclosures.all()]}
            for answer in sorted(row.answers.all(), key=lambda answer: answer.at)
        ],
    }


def kept_conditions(rows: list[dict[str, Any]], passed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The conditions of the opinions that count which nobody has passed on, for the lead to pass on."""
    done = {row["requirement"].condition_id for row in passed}
    return [
        {**condition, "office": row["opinion"].tenant.short_name}
        for row in rows
        for condition in row["conditions"]
        if condition["row"].pk not in done
    ]


def recusals(case: Case) -> list[dict[str, Any]]:
    """The recusals that the scope lets one see, with who acts instead."""
    tags = {RecusalStatus.DECLARED: "waiting", RecusalStatus.CONFIRMED: "warning", RecusalStatus.DISMISSED: "ended"}
    rows = Recusal.objects.filter(case=case).select_related("tenant").order_by("declared_at")
    return [
        {"recusal": row, "tag": {"kind": tags[RecusalStatus(row.status)], "text": row.get_status_display()}}
        for row in rows
    ]


def with_margin(
    sections: list[dict[str, Any]], case: Case, shown: list[dict[str, Any]], talks: list[dict[str, Any]], inner: bool
) -> list[dict[str, Any]]:
    """The sections of the file, each with what was said of it: remarks of opinions, questions, notes.

    `shown` is the matrix, `talks` the discussion; `inner`: whether the reader may open a discussion there.
    """
    margins: dict[str, dict[str, Any]] = defaultdict(lambda: {"remarks": [], "questions": 0, "notes": 0})
    for row in shown:
        for remark in row["remarks"]:
            said = {"office": row["opinion"].tenant.short_name, "text": remark["row"].text}
            margins[remark["row"].section]["remarks"].append(said)
    for target in case.questions.exclude(target="").values_list("target", flat=True):
        margins[target]["questions"] += 1
    for talk in talks:
        margins[talk["section"]]["notes"] = len(talk["notes"])
    address = reverse("reviews:case", args=[case.pk])
    for section in sections:
        key = f"section:{section['slug']}"
        found = margins.get(key)
        if found or inner:
            section["margin"] = {**(found or {}), "section": key, "address": address, "inner": inner}
    return sections
