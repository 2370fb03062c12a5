"""What an office may set (参数): each room declares its own, 省科技厅 changes them, every version is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor
from workflow import instants
from workflow.machine import Refused
from workflow.models import ParameterValue

Kind = Literal["days", "switch", "count", "share", "choice", "number"]
Value = int | bool | Decimal | str
Check = Callable[[str], None]
LONGEST = 365


@dataclass(frozen=True)
class Parameter:
    """A parameter with its default; `basis` names the clause or custom that it comes from.

    A choice takes one of `choices` (value, words); a number is text that `check` passes (ValueError in words where
    not), and stands in `unit`. A `dated` one may be signed to hold from a later day on.
    """

    name: str
    label: str | Promise
    kind: Kind
    default: Value | str
    basis: str
    help: str | Promise = ""
    choices: tuple[tuple[str, str | Promise], ...] = ()
    check: Check | None = None
    unit: str = ""
    dated: bool = False

    def typed(self, value: Any) -> Value:
        """A stored value (or the default) as the type of the kind. Raises ValueError for any other."""
        if self.kind == "switch":
            if not isinstance(value, bool):
                raise ValueError(value)
            return value
        if self.kind in ("choice", "number"):
            return self._text(value)
        if self.kind == "share":
            try:
                share = Decimal(str(value))
            except InvalidOperation:
                raise ValueError(value) from None
            if not (share.is_finite() and 0 <= share <= 1):
                raise ValueError(value)
            return share
        if isinstance(value, bool) or int(value) != value or not 0 <= int(value) <= LONGEST:
            raise ValueError(value)
        return int(value)

    def _text(self, value: Any) -> str:
        if not isinstance(value, str) or (self.kind == "choice" and value not in dict(self.choices)):
            raise ValueError(value)
        if self.check:
            self.check(value)
        return value


_declared: dict[str, Parameter] = {}


def declare(parameter: Parameter) -> Parameter:
    """Make a parameter known; a name is declared once. Raises ValueError where another one has it."""
    parameter.typed(parameter.default)
    if _declared.setdefault(parameter.name, parameter) != parameter:
        raise ValueError(f"parameter {parameter.name} is declared twice")
    return parameter


def declared() -> dict[str, Parameter]:
    """All parameters by name, in the order of their declaration."""
    return dict(_declared)


def value(name: str, at: dt.datetime | None = None) -> Any:
    """The value in force at an instant (default now): int for days and count, bool for a switch, Decimal for a share.

    Text for a choice, and for a number.

    Raises KeyError for a parameter that no room declares.
    """
    parameter = _declared[name]
    row = history(name).filter(since__lte=at or instants.now()).first()
    return parameter.typed(row.value if row else parameter.default)


def history(name: str) -> models.QuerySet[ParameterValue]:
    """Every value that was set, the newest first."""
    return ParameterValue.objects.filter(name=name).order_by("-version")


@transaction.atomic
def change(name: str, new: Any, reason: str, actor: Actor, since: dt.date | None = None) -> ParameterValue:
    """Set a value from now on, a dated one also from a later day on; what runs already keeps what it began with.

    Raises Refused.
    """
    parameter = _declared[name]
    if not (actor.is_lead and actor.is_signer):
        raise Refused([_("只有省科技厅的签发人可以修改参数。")])
    if not reason.strip():
        raise Refused([_("请写明修改的理由。")])
    try:
        typed = parameter.typed(new)
    except (ValueError, TypeError) as error:
        told = _("“%(value)s”不是这个参数可用的值。") % {"value": new}
        raise Refused([str(error) if parameter.check and isinstance(new, str) else told]) from None
    last = history(name).first()
    if typed == parameter.typed(last.value if last else parameter.default):
        raise Refused([_("新值与现行值相同，没有修改。")])
    begins = _instant(parameter, since)
    try:
        with transaction.atomic():
            return ParameterValue.objects.create(
                name=name,
                version=last.version + 1 if last else 1,
                value=str(typed) if isinstance(typed, Decimal) else typed,
                since=begins,
                reason=reason.strip(),
                person=actor.person,
                organisation=actor.organisation,
            )
    except IntegrityError:
        raise Refused([_("另一位签发人刚刚修改了这个参数，请刷新页面后再定。")]) from None


def _instant(parameter: Parameter, since: dt.date | None) -> dt.datetime:
    """When a value begins to hold: now, or at the beginning of a later day."""
    if since is None or since == instants.today():
        return instants.now()
    if not parameter.dated:
        raise Refused([_("这个参数的修改即时生效，不能另定日期。")])
    if since < instants.today():
        raise Refused([_("不能自过去的日期起适用。")])
    return timezone.make_aware(dt.datetime.combine(since, dt.time.min))
