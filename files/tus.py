"""The tus 1.0.0 protocol: creation, creation's expiry, checksums, termination; offsets are true to the byte."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.decorators import public_page
from files import purposes, receiving
from files.disk import Outcome
from files.models import Incoming
from files.refusals import NoSpace, NotPermitted, TooLarge, UploadRefused, no_space

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha256", "sha1")
BODY = "application/offset+octet-stream"
MISMATCH = 460
STATUS: tuple[tuple[type[UploadRefused], int], ...] = (
    (NotPermitted, 403),
    (TooLarge, 413),
    (NoSpace, 507),
    (UploadRefused, 422),
)


# Strangers are answered here, since a script cannot follow the way to the sign-in page.
@public_page
def collection(request: HttpRequest) -> HttpResponse:
    """What the server can do; a POST opens a file."""
    if request.method == "OPTIONS":
        return _answer(204, **_abilities())
    if request.method != "POST":
        return _answer(405, Allow="OPTIONS, POST")
    actor, problem = _who(request)
    return problem if actor is None else _create(request, actor)


@public_page
def piece(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One arriving file: how far it is, the next piece, or its end."""
    # Gateways that know neither PATCH nor DELETE let a POST through.
    method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
    if request.method not in {"POST", "PATCH", "DELETE"}:
        method = str(request.method)
    if method == "OPTIONS":
        return _answer(204, **_abilities())
    acts = {"HEAD": _offset, "PATCH": _append, "DELETE": _end}
    if method not in acts:
        return _answer(405, Allow="DELETE, HEAD, OPTIONS, PATCH")
    actor, problem = _who(request)
    if actor is None:
        return problem
    try:
        return acts[method](request, actor, pk)
    except Incoming.DoesNotExist:
        return _refuse(404, _("这个文件已过保留期、已被取走或不存在，请重新上传。"))
    except receiving.Busy:
        return _refuse(423, _("这个文件正由另一个窗口上传，请稍候。"))


def _who(request: HttpRequest) -> tuple[Actor | None, HttpResponse]:
    """Who sends; else the answer that says why nobody can be named, or which protocol is spoken here."""
    actor: Actor | None = getattr(request, "actor", None)
    if not request.user.is_authenticated:
        return None, _refuse(401, _("登录已失效；重新登录后可以接着上传，已传部分不会丢失。"))
    if actor is None:
        return None, _refuse(403, _("请先选择岗位，再上传文件。"))
    if request.headers.get("Tus-Resumable") != VERSION:
        return None, _refuse(412, "Tus-Resumable: 1.0.0", None, **{"Tus-Version": VERSION})
    return actor, HttpResponse()


def _create(request: HttpRequest, actor: Actor) -> HttpResponse:
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    length = request.headers.get("Upload-Length", "")
    if said is None or not length.isdecimal() or len(length) > 15:
        return _refuse(400, _("上传请求不完整，请刷新页面后重试。"))
    purpose = purposes.find(said.get("purpose", ""))
    try:
        dossier = UUID(said.get("dossier", ""))
    except ValueError:
        dossier = None
    if purpose is None or dossier is None:
        return _refuse(400, _("上传请求不完整，请刷新页面后重试。"))
    try:
        row = receiving.begin(actor, dossier, purpose, said.get("filename", ""), int(length))
    except UploadRefused as refusal:
        return _refused(refusal)
    return _answer(201, row, Location=reverse("files:piece", args=[row.pk]))


def _offset(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    row = receiving.mine(actor, pk)
    metadata = f"filename {base64.b64encode(row.name.encode()).decode()}"
    return _answer(200, row, **{"Upload-Length": row.size, "Upload-Metadata": metadata, "Cache-Control": "no-store"})


def _append(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    row = receiving.locked(actor, pk)
    length, offset = request.META.get("CONTENT_LENGTH", ""), request.headers.get("Upload-Offset", "")
    if request.content_type != BODY:
        return _refuse(415, BODY)
    if not str(length).isdecimal():
        return _refuse(411, "Content-Length")
    if not offset.isdecimal() or len(offset) > 15:
        return _refuse(400, "Upload-Offset")
    checksum, problem = _checksum(request.headers.get("Upload-Checksum"))
    if problem:
        return _refuse(400, problem)
    if int(offset) == row.received and int(length) > row.size - row.received:
        return _refuse(413, _("发来的内容超过文件原来的大小；文件可能在上传时被改动，请重新选择文件。"))
    purpose = purposes.find(row.purpose)
    assert purpose is not None
    try:
        outcome = receiving.receive(row, int(offset), request.read, int(length), checksum)
        if row.received == row.size and not row.is_complete:
            receiving.finish(row, purpose)
    except receiving.Conflict:
        return _answer(409, row)
    except UploadRefused as refusal:
        receiving.drop(row)
        return _refused(refusal)
    if outcome is Outcome.FULL:
        return _refused(no_space(), row)
    if outcome is Outcome.ALTERED:
        return _answer(MISMATCH, row)
    return _answer(204, row)


def _end(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    receiving.drop(receiving.locked(actor, pk))
    return _answer(204)


def _metadata(header: str) -> dict[str, str] | None:
    """The pairs of Upload-Metadata; None where they cannot be read."""
    found = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _space, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
    return found


def _checksum(header: str | None) -> tuple[tuple[str, bytes] | None, str]:
    """Algorithm and digest of Upload-Checksum, or what is wrong with it."""
    if header is None:
        return None, ""
    algorithm, _space, value = header.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        return None, "Upload-Checksum"
    return ((algorithm, digest), "") if algorithm in ALGORITHMS else (None, "Upload-Checksum")


def _abilities() -> dict[str, Any]:
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": settings.UPLOAD_LIMIT_BYTES,
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def _answer(status: int, row: Incoming | None = None, **headers: Any) -> HttpResponse:
    response = HttpResponse(status=status)
    _set(response, row, headers)
    return response


def _refuse(status: int, reason: str, row: Incoming | None = None, **headers: Any) -> HttpResponse:
    """An answer with the reason for people."""
    response = JsonResponse({"reasons": [reason]}, status=status, json_dumps_params={"ensure_ascii": False})
    _set(response, row, headers)
    return response


def _refused(refusal: UploadRefused, row: Incoming | None = None) -> HttpResponse:
    status = next(status for kind, status in STATUS if isinstance(refusal, kind))
    return _refuse(status, str(refusal), row)


def _set(response: HttpResponse, row: Incoming | None, headers: dict[str, Any]) -> None:
    response["Tus-Resumable"] = VERSION
    if row is not None:
        response["Upload-Offset"] = row.received
        response["Upload-Expires"] = http_date(row.expires_at.timestamp())
        if row.is_complete:
            response["Upload-Sha256"] = row.sha256
    for name, value in headers.items():
        response[name] = value
