"""What is posted to an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.markers import Audience


def sealed(name: str, *more: Any, **data: Any) -> Callable[[str, Audience], dict[str, Any]]:
    """Data with a seal as if the page had been shown to whoever posts it."""

    def make(path: str, audience: Audience) -> dict[str, Any]:
        person = str(audience.actor.person.pk) if audience.actor else ""
        value = {"person": person, "path": path, "seen": {}}
        return {"seal": signing.dumps(value, salt="applications.page", compress=True), **data}

    return make


def _sealed_answer(path: str, audience: Audience) -> dict[str, Any]:
    """An answer to the remark of the address."""
    return sealed("answer", **{f"{path.rstrip('/').rsplit('/', 1)[1]}-answer": "改"})(path, audience)


def data(**values: Any) -> Callable[[str, Audience], dict[str, Any]]:
    """The same data for everybody; bytes are sent as a file."""
    return lambda path, audience: {
        name: SimpleUploadedFile("x.pdf", value, "application/pdf") if isinstance(value, bytes) else value
        for name, value in values.items()
    }
