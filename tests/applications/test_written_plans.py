"""The plans that tests fill in at once are those that the service would leave."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.actors import Actor
from accounts.scope import enter
from applications import editing
from applications.models import Filing
from tests.factories import make_filing
from tests.plans import write_plan

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {"purpose.startups": "示例", "base.r_and_d": {"2025": "3.5"}, "leader.main.name": None}


def kept(filing: Filing) -> list[tuple[Any, ...]]:
    """What is there of a plan, as its owner reads it."""
    fields = filing.plan_fields.order_by("key")
    return list(fields.values_list("tenant_id", "key", "value", "version", "changed_by_id"))


def test_plan_written_at_once_equals_the_saved_one(actor: Actor) -> None:
    written, saved = make_filing(actor), make_filing(actor)
    write_plan(written, VALUES, actor)
    with enter(actor.scope):
        editing.save_fields(saved, VALUES, actor)
        assert kept(written) == kept(saved)
        assert len(kept(written)) == 2
