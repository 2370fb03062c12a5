"""The policy room stands alone: neither Django nor any other room is imported in it."""

import ast
from pathlib import Path

import pytest

POLICY = Path(__file__).parents[2] / "policy"
ALLOWED = {
    *("policy", "yaml", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools"),
    *("__future__", "hashlib", "json", "math", "pathlib", "re", "typing"),
}
# The composite index reads tables and multiplies matrices; the judge in columns computes with arrays.
COMPOSITE = {"csv", "io", "itertools", "numpy", "operator"}
COLUMNS = {"numpy"}


@pytest.mark.parametrize("path", sorted(POLICY.rglob("*.py")), ids=lambda path: str(path.relative_to(POLICY)))
def test_policy_module_imports_only_what_is_plain(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    roots = set()
    for node in tree:
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "").partition(".")[0])

    further = COMPOSITE if path.parent.name == "composite" else COLUMNS if path.name == "columns.py" else set()
    assert roots - ALLOWED - further == set()
