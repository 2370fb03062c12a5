"""A tus client that does right and wrong on purpose, on Django's test client."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from applications.models import Filing

TUS = {"Tus-Resumable": "1.0.0"}
BODY = "application/offset+octet-stream"


class Cut(io.BytesIO):
    """A connection that breaks when its bytes are through: silently, or with an error."""

    def __init__(self, content: bytes, error: bool) -> None:
        super().__init__(content)
        self.error = error

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        if not piece and self.error:
            raise ConnectionResetError
        return piece


@dataclass
class Sender:
    """One person who sends one file to a filing."""

    client: Client
    dossier: UUID
    purpose: str = "material.plan"
    address: str = field(default="", init=False)

    @classmethod
    def of(cls, actor: Actor, filing: Filing, **more: Any) -> Sender:
        """Signed in as the actor."""
        client = Client()
        client.force_login(actor.person)
        return cls(client, filing.dossier, **more)

    @property
    def pk(self) -> UUID:
        """The key of the file that was opened."""
        return UUID(self.address.rstrip("/").rsplit("/", 1)[1])

    def open(self, name: str, size: int, **headers: str) -> Any:
        """Create; the address is remembered."""
        pairs = {"filename": name, "dossier": str(self.dossier), "purpose": self.purpose}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())
        answer = self.client.post(
            reverse("files:tus"), headers=TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata} | headers
        )
        self.address = answer.headers.get("Location", "")
        return answer

    def send(self, offset: int, content: bytes, **headers: str) -> Any:
        """One piece."""
        return self.client.generic(
            "PATCH", self.address, content, BODY, headers=TUS | {"Upload-Offset": str(offset)} | headers
        )

    def send_checked(self, offset: int, content: bytes, algorithm: str = "sha256", damaged: bool = False) -> Any:
        """One piece with its checksum, or with that of another one."""
        digest = hashlib.new(algorithm, content + b"!" * damaged).digest()
        return self.send(offset, content, **{"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"})

    def cut(self, offset: int, content: bytes, through: int, error: bool = True, **headers: str) -> Any:
        """One piece of which only the first bytes come through."""
        return self.client.generic(
            "PATCH",
            self.address,
            content,
            BODY,
            headers=TUS | {"Upload-Offset": str(offset)} | headers,
            **{"wsgi.input": Cut(content[:through], error)},  # type: ignore[arg-type]
        )

    def head(self) -> Any:
        """How far it is."""
        return self.client.head(self.address, headers=TUS)

    def offset(self) -> int:
        """How far the server says it is."""
        return int(self.head()["Upload-Offset"])

    def whole(self, name: str, content: bytes, piece: int = 1 << 20) -> Any:
        """Open and send everything; the last answer."""
        answer = self.open(name, len(content))
        for start in range(0, len(content), piece):
            if answer.status_code in {201, 204}:
                answer = self.send(start, content[start : start + piece])
        return answer
