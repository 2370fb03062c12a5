"""The transition machine: a table of arrows drives the check, the buttons, the drawing and the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor
from workflow import bars, ledger
from workflow.enums import Audience
from workflow.models import Event

Who = Callable[[Any, Any], bool]
Unless = Callable[[Any], Sequence[str]]


class Refused(Exception):
    """An act that may not happen now, with the reasons in words a person can act on."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = [str(reason) for reason in reasons]
        super().__init__("；".join(self.reasons))


@dataclass(frozen=True)
class Transition:
    """One arrow: from which states to which, who may draw it, what stands in its way, on which clause it rests."""

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    who: Who
    unless: tuple[Unless, ...] = ()
    basis: str = ""
    audience: str = Audience.DOSSIER

    def __init__(
        self,
        name: str,
        label: str | Promise,
        sources: set[str],
        target: str,
        who: Who,
        unless: tuple[Unless, ...] = (),
        basis: str = "",
        audience: str = Audience.DOSSIER,
    ) -> None:
        for key, value in locals().copy().items():
            if key != "self":
                object.__setattr__(self, key, frozenset(map(str, value)) if key == "sources" else value)
        object.__setattr__(self, "target", str(target))


@dataclass(frozen=True)
class Machine:
    """The life of one kind of subject; the only code that assigns its status."""

    name: str
    status: type[models.TextChoices]
    transitions: tuple[Transition, ...] = field(default_factory=tuple)

    def __getitem__(self, name: str) -> Transition:
        for transition_ in self.transitions:
            if transition_.name == name:
                return transition_
        raise KeyError(f"{self.name} has no transition {name}")

    def reasons_against(self, subject: Any, name: str, actor: Actor | None) -> list[str]:
        """Why the actor (None: the worker) may not draw an arrow now; empty when they may."""
        arrow = self[name]
        if subject.status not in arrow.sources:
            return [
                _("当前状态为“%(status)s”，不能%(act)s。")
                % {"status": self.status(subject.status).label, "act": arrow.label}
            ]
        if not arrow.who(actor, subject):
            post = actor.post_label if actor else _("系统")
            return [_("您当前的岗位（%(post)s）不能%(act)s。") % {"post": post, "act": arrow.label}]
        reasons = [str(reason) for rule in arrow.unless for reason in rule(subject)]
        return [*bars.reasons(actor, getattr(subject, "dossier", None)), *reasons]

    def open_to(self, subject: Any, actor: Actor) -> list[tuple[Transition, list[str]]]:
        """The arrows that lead out of the state for this actor, each with what blocks it (for the buttons)."""
        return [
            (arrow, [str(reason) for rule in arrow.unless for reason in rule(subject)])
            for arrow in self.transitions
            if subject.status in arrow.sources and arrow.who(actor, subject)
        ]

    def perform(
        self,
        subject: Any,
        name: str,
        actor: Actor | None,
        *,
        reason: str = "",
        data: dict[str, Any] | None = None,
        changes: dict[str, Any] | None = None,
        label: str | Promise = "",
        basis: str = "",
    ) -> Event:
        """Draw an arrow: lock the row, ask, write the event and the new status in one transaction, or raise Refused.

        `changes` are further fields of the subject that change with its status; `label` and `basis` tell the act in
        the words of this subject's kind where those of the arrow are another's.
        """
        arrow = self[name]
        with transaction.atomic():
            locked = type(subject)._default_manager.select_for_update(no_key=True).get(pk=subject.pk)
            reasons = self.reasons_against(locked, name, actor)
            if reasons:
                raise Refused(reasons)
            event = ledger.append(
                locked,
                name,
                label or arrow.label,
                actor,
                dossier=locked.dossier,
                before=locked.status,
                after=arrow.target,
                basis=basis or arrow.basis,
                reason=reason,
                data=data,
                audience=arrow.audience,
            )
            locked.status = arrow.target
            for key, value in (changes or {}).items():
                setattr(locked, key, value)
            locked.save(update_fields=["status", *(changes or {})])
        subject.refresh_from_db()
        return event


_machines: dict[str, Machine] = {}


def register(machine: Machine) -> Machine:
    """Make a machine known to the drawing and to the test over every arrow × status."""
    _machines[machine.name] = machine
    return machine


def machines() -> dict[str, Machine]:
    """All machines by name."""
    return dict(_machines)
