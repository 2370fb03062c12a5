"""Private files of tests lie in a folder of their own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    """Uploads of a test go to its temporary folder."""
    settings.PRIVATE_ROOT = tmp_path / "files"
    return settings.PRIVATE_ROOT
