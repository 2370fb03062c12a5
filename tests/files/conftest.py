"""Files of a test go to its temporary folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    """The place of uploads."""
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path
