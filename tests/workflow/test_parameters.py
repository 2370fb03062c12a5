"""Parameters: typed, versioned, changed by the lead's signer with a reason, kept for good."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from tests.factories import make_actor, make_organisation
from workflow import parameters
from workflow.machine import Refused
from workflow.models import ParameterValue
from workflow.parameters import Parameter

pytestmark = pytest.mark.django_db
DAYS = parameters.declare(Parameter("test_length", "测试", "days", 7, "T0"))
SWITCH = parameters.declare(Parameter("test_switch", "测试", "switch", False, "T0"))
SHARE = parameters.declare(Parameter("test_share", "测试", "share", "0.25", "T0"))


@pytest.fixture
def signer() -> Actor:
    return make_actor(make_organisation(OrganisationKind.LEAD), PostRole.SIGNER)


def test_default_holds_until_a_value_is_set() -> None:
    with system():
        assert (parameters.value("test_length"), parameters.value("test_switch")) == (7, False)
        assert parameters.value("test_share") == Decimal("0.25")


def test_change_holds_from_its_instant_on(signer: Actor) -> None:
    with enter(signer.scope):
        row = parameters.change("test_length", 9, "示例：工作需要", signer)
        assert parameters.value("test_length") == 9
        assert parameters.value("test_length", row.since.replace(year=row.since.year - 1)) == 7
        again = parameters.change("test_length", 7, "示例：恢复", signer)
        assert [value.version for value in parameters.history("test_length")] == [2, 1]
        assert again.person == signer.person


@pytest.mark.parametrize(
    ("name", "value"),
    [("test_length", -1), ("test_length", 366), ("test_length", True), ("test_length", 2.5), ("test_length", "x"),
     ("test_switch", 1), ("test_share", "1.01"), ("test_share", "nan"), ("test_length", 7)],
)  # fmt: skip
def test_value_of_another_kind_is_refused(signer: Actor, name: str, value: Any) -> None:
    with enter(signer.scope), pytest.raises(Refused):
        parameters.change(name, value, "示例：理由", signer)


def test_change_without_a_reason_is_refused(signer: Actor) -> None:
    with enter(signer.scope), pytest.raises(Refused, match="理由"):
        parameters.change("test_length", 9, " ", signer)


@pytest.mark.parametrize(
    ("kind", "role"), [(OrganisationKind.LEAD, PostRole.HANDLER), (OrganisationKind.DEPARTMENT, PostRole.SIGNER)]
)
def test_change_by_another_post_is_refused(kind: str, role: str) -> None:
    actor = make_actor(make_organisation(kind), role)
    with enter(actor.scope), pytest.raises(Refused, match="签发人"):
        parameters.change("test_length", 9, "示例：理由", actor)


def test_values_are_kept_as_they_were_set(signer: Actor) -> None:
    with enter(signer.scope):
        row = parameters.change("test_length", 9, "示例：理由", signer)
    with system(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ParameterValue.objects.filter(pk=row.pk).update(value=1)


def test_department_cannot_write_a_value(signer: Actor) -> None:
    department = make_actor(make_organisation(OrganisationKind.DEPARTMENT), PostRole.SIGNER)
    with enter(department.scope), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        ParameterValue.objects.create(
            name="test_length", version=1, value=1, since="2026-01-01T00:00Z", reason="x",
            person=department.person, organisation=department.organisation,
        )  # fmt: skip


def test_two_parameters_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        parameters.declare(Parameter("test_length", "另一个", "days", 3, "T0"))
