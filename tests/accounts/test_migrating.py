"""Models while migrations run: rendered on demand, and the same as Django's own when all are."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AlterField, CreateModel, DeleteModel, RenameModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from accounts.migrating import Executor, StateOnDemand

KEY = ("id", models.UUIDField(primary_key=True))


def made(name: str, **keys: str) -> CreateModel:
    """A model with a key to others."""
    fields = [(field, models.ForeignKey(to, models.CASCADE, related_name="+")) for field, to in keys.items()]
    return CreateModel(name, [KEY, *fields])


def after(*operations: Operation, state: StateOnDemand | None = None) -> StateOnDemand:
    state = state or StateOnDemand()
    for operation in operations:
        operation.state_forwards("house", state)
    return state


HOUSE = (made("Office"), made("Desk", office="house.Office"), made("Note", desk="house.Desk"), made("Tree"))


def rendered(state: StateOnDemand) -> set[str]:
    return set(state.apps.all_models["house"])


def test_model_is_rendered_with_what_it_leads_to_and_nothing_else() -> None:
    state = after(*HOUSE)
    assert rendered(state) == set()
    desk = state.apps.get_model("house", "Desk")
    assert rendered(state) == {"office", "desk"}
    assert desk._meta.get_field("office").related_model is state.apps.get_model("house.Office")


def test_whoever_looks_from_the_far_end_sees_all_models() -> None:
    state = after(*HOUSE)
    office = state.apps.get_model("house", "Office")
    assert {
        field.related_model._meta.model_name
        for field in office._meta.get_fields(include_hidden=True)
        if field.auto_created
    } == {"desk"}
    assert rendered(state) == {"office", "desk", "note", "tree"}


def test_change_is_seen_by_the_state_after_and_not_by_the_state_before() -> None:
    now = after(*HOUSE)
    first = now.apps.get_model("house", "Desk")
    before = now.clone()
    after(AddField("desk", "place", models.TextField()), AlterField("desk", "office", models.TextField()), state=now)
    assert before.apps.get_model("house", "Desk") is first
    assert {field.name for field in first._meta.local_fields} == {"id", "office"}
    changed = now.apps.get_model("house", "Desk")
    assert {field.name for field in changed._meta.local_fields} == {"id", "office", "place"}
    assert not changed._meta.get_field("office").is_relation
    assert now.apps.get_model("house", "Note")._meta.get_field("desk").related_model is changed


def test_model_that_is_gone_or_renamed_is_not_found() -> None:
    state = after(*HOUSE)
    state.apps.get_models()
    after(DeleteModel("Tree"), RenameModel("Desk", "Table"), state=state)
    for name in ("Tree", "Desk"):
        with pytest.raises(LookupError):
            state.apps.get_model("house", name)
    table = state.apps.get_model("house", "Table")
    assert state.apps.get_model("house", "Note")._meta.get_field("desk").related_model is table


def test_function_of_a_migration_gets_relations_from_either_end() -> None:
    key = ("office", models.ForeignKey("house.Office", models.CASCADE, related_name="desks"))
    state = after(made("Office"), CreateModel("Desk", [KEY, key]))
    state.clear_delayed_apps_cache()
    assert hasattr(state.apps.get_model("house", "Office"), "desks")


@pytest.mark.django_db
def test_portals_own_migrations_come_to_the_same_models() -> None:
    """Every column and every relation, as Django itself renders them after the last migration."""
    loader = MigrationLoader(connection)
    state = loader.project_state()
    mine = Executor(connection)._create_project_state(with_applied_migrations=True)

    def told(apps: object) -> dict[str, object]:
        return {
            model._meta.label: {
                (field.name, type(field), field.related_model and field.related_model._meta.label)
                for field in model._meta.get_fields(include_hidden=True)
            }
            for model in apps.get_models(include_auto_created=True)  # type: ignore[attr-defined]
        }

    theirs = told(state.apps)
    assert len(theirs) > 100
    assert told(mine.apps) == theirs
