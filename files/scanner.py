"""The client of a virus scanner that speaks clamd's protocol (INSTREAM), over a Unix socket or TCP."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from files.enums import ScanState

PIECE = 1 << 16
CONNECT_SECONDS = 5.0
LONGEST_REPLY = 4096
DEFAULT_PORT = 3310
# What clamd calls a file that it could not read to its end, when AlertExceedsMax is on.
UNREAD = "Heuristics.Limits.Exceeded"
# A scanner that hangs is left alone for a while, or every waiting file would hang the worker in turn.
REST_SECONDS = 60.0
_hung: dict[str, float] = {}


class ScannerAway(Exception):
    """The scanner cannot be reached, fell silent or talks nonsense; the file waits and is tried again."""

    retry_after = 30


@dataclass(frozen=True)
class Verdict:
    """What the scanner said: clean, infected (detail: the signature's name), or failed (detail: why)."""

    state: ScanState
    detail: str = ""


def scan(path: Path) -> Verdict:
    """Have one file scanned. Raises ScannerAway; OSError where the file cannot be read."""
    if _hung.get(settings.SCANNER, 0.0) > time.monotonic():
        raise ScannerAway("the scanner hung a moment ago")
    with path.open("rb") as content:
        try:
            with _connect(settings.SCANNER) as line:
                line.sendall(b"zINSTREAM\0")
                try:
                    while piece := content.read(PIECE):
                        line.sendall(struct.pack(">I", len(piece)) + piece)
                    line.sendall(struct.pack(">I", 0))
                except (BrokenPipeError, ConnectionResetError):
                    # The scanner hangs up on a stream that is too long, after saying so.
                    pass
                reply = _reply(line)
        except TimeoutError as error:
            _hung[settings.SCANNER] = time.monotonic() + REST_SECONDS
            raise ScannerAway("the scanner does not answer in time") from error
        except OSError as error:
            raise ScannerAway(f"{type(error).__name__}: {error}") from error
    return read_reply(reply)


def ask(command: str) -> str:
    """The answer to a plain command such as PING or VERSION. Raises ScannerAway."""
    try:
        with _connect(settings.SCANNER) as line:
            line.sendall(f"z{command}\0".encode())
            return _reply(line)
    except OSError as error:
        raise ScannerAway(f"{type(error).__name__}: {error}") from error


def read_reply(reply: str) -> Verdict:
    """What a reply to INSTREAM means. Raises ScannerAway for one that means nothing."""
    _stream, colon, said = reply.partition(": ")
    if colon and said == "OK":
        return Verdict(ScanState.CLEAN)
    if colon and said.endswith(" FOUND"):
        name = said.removesuffix(" FOUND")[:200]
        return Verdict(ScanState.FAILED if name.startswith(UNREAD) else ScanState.INFECTED, name)
    if "size limit exceeded" in reply:
        return Verdict(ScanState.FAILED, reply[:200])
    raise ScannerAway(f"unexpected reply: {reply[:100]!r}")


def _connect(address: str) -> socket.socket:
    """A connection to `tcp://host:port` or `unix:///path`. Raises OSError."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
    elif parts.scheme == "tcp" and parts.hostname:
        line = socket.create_connection((parts.hostname, parts.port or DEFAULT_PORT), CONNECT_SECONDS)
    else:
        raise OSError(f"PORTAL_SCANNER is neither tcp://host:port nor unix:///path: {address!r}")
    line.settimeout(settings.SCANNER_SECONDS)
    return line


def _reply(line: socket.socket) -> str:
    """The answer up to its NUL. Raises ConnectionError where there is none."""
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_REPLY:
        piece = line.recv(LONGEST_REPLY)
        if not piece:
            break
        answer += piece
    if not answer:
        raise ConnectionError("the scanner hung up without an answer")
    return answer.partition(b"\0")[0].decode(errors="replace").strip()
