"""The direction of the house where import-linter cannot see: model relations, migrations, status, scopes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "portal", "reviews", "applications", "indicators", "registry", "notifications", "workflow", "files", "accounts",
    "policy",
]  # fmt: skip
HEIGHT = {room: len(ROOMS) - place for place, room in enumerate(ROOMS)}


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def test_model_relations_point_down_the_house() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in HEIGHT
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label in HEIGHT
        if HEIGHT[field.related_model._meta.app_label] > HEIGHT[model._meta.app_label]
    ]
    assert upward == []


def test_migrations_depend_down_the_house() -> None:
    upward = [
        f"{key} → {dependency}"
        for key, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if key[0] in HEIGHT
        for dependency in migration.dependencies
        if dependency[0] in HEIGHT and HEIGHT[dependency[0]] > HEIGHT[key[0]]
    ]
    assert upward == []


def assignments_of_status(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            found += [
                f"{path.relative_to(ROOT)}:{node.lineno}"
                for target in targets
                for part in ast.walk(target)
                if isinstance(part, ast.Attribute) and part.attr == "status"
            ]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            found += [f"{path.relative_to(ROOT)}:{node.lineno}" for keyword in node.keywords if keyword.arg == "status"]
    return found


def test_status_is_assigned_by_the_machine_alone() -> None:
    places = [place for path in sources(*ROOMS) for place in assignments_of_status(path)]
    assert [place.rsplit(":")[0] for place in places] == ["workflow/machine.py"]


def test_status_check_sees_an_assignment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    bad = tmp_path / "bad.py"
    bad.write_text("filing.status = 'x'\nFiling.objects.update(status='y')\n")
    assert assignments_of_status(bad) == ["bad.py:1", "bad.py:2"]


SYSTEM_SCOPE = {
    "accounts/scope.py",
    "applications/sealed.py",
    "applications/tasks.py",
    "files/tasks.py",
    "indicators/tasks.py",
    "indicators/sealed.py",
    "notifications/mailing.py",
    "portal/sweeps.py",
    "workflow/calendars.py",
    "workflow/clocks.py",
    "workflow/outbox.py",
    "workflow/reminders.py",
}


def test_system_scope_is_entered_by_sweeps_and_commands_only() -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in sources(*ROOMS)
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and node.module == "accounts.scope")
        for name in node.names
        if name.name in {"system", "_SYSTEM"}
    }
    others = {user for user in users if "/management/commands/" not in user and not user.startswith("portal/sample/")}
    assert others <= SYSTEM_SCOPE


def test_files_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*ROOMS)
        if (lines := len(path.read_text().splitlines())) > 450
    }
    assert long == {}


def test_no_room_is_a_drawer() -> None:
    names = {path.name for room in ROOMS for path in (ROOT / room).rglob("*")}
    assert names & {"utils", "utils.py", "common", "common.py", "core", "core.py", "helpers.py"} == set()
