"""Checks an official paper's file: which paper it is, whether the bytes are those issued, and its status today."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.scope import system
from notifications.models import Paper

UNUSABLE = 2
LARGEST = 200 * 1024 * 1024
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
LONGEST_STREAM = 20 * 1024 * 1024


class Command(BaseCommand):
    """`verify_paper FILE.pdf`: exit 0 and the answer as JSON, whatever it says; 2 and the reason for no PDF."""

    help = "核验公文 PDF：是哪一份公文、与签发的文件是否一致、现在的效力。"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf", help="要核验的 PDF 文件")

    def handle(self, *args: Any, **options: Any) -> None:
        content = read(Path(options["file"]))
        sha256 = hashlib.sha256(content).hexdigest()
        with system():
            papers = Paper.objects.select_related("superseded_by")
            paper = papers.filter(file_hash=sha256).first()
            intact = paper is not None
            if paper is None:
                paper = papers.filter(check_code__in=codes_in(content)).first()
        self.stdout.write(json.dumps(answer(paper, intact, sha256), ensure_ascii=False, indent=2))


def read(path: Path) -> bytes:
    """The bytes of a PDF file; CommandError with exit code 2 for anything else."""
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path}：文件超过 200 MB，不会是公文。", returncode=UNUSABLE)
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}：不能读取（{error.strerror}）。", returncode=UNUSABLE) from error
    if b"%PDF-" not in content[:1024]:
        raise CommandError(f"{path}：不是 PDF 文件。", returncode=UNUSABLE)
    return content


def codes_in(content: bytes) -> list[str]:
    """The check codes that a changed file still claims, from the data attached to it."""
    codes = []
    for data in attached(content):
        check = data.get("check")
        code = check.get("code") if isinstance(check, dict) else None
        if isinstance(code, str):
            codes.append(code)
    return codes


def attached(content: bytes) -> Iterator[dict[str, Any]]:
    """JSON objects among a PDF's streams; enough to find the data of our own papers, no PDF reader."""
    for match in STREAM.finditer(content):
        raw = match.group(1)
        try:
            text = zlib.decompressobj().decompress(raw, LONGEST_STREAM)
        except zlib.error:
            text = raw
        if not text.lstrip().startswith(b"{"):
            continue
        try:
            data = json.loads(text)
        except ValueError:
            continue
        if isinstance(data, dict):
            yield data


def answer(paper: Paper | None, intact: bool, sha256: str) -> dict[str, Any]:
    """What is known of the file: `status` is unknown, valid, superseded or revoked."""
    found: dict[str, Any] = {
        "status": "unknown",
        "status_label": "查无此文",
        "number": None,
        "sha256": sha256,
        "intact": intact,
        "signature": "unsigned",
    }
    if paper is None:
        return found
    return {
        **found,
        "status": paper.validity,
        "status_label": str(paper.get_validity_display()),
        "superseded_by": paper.superseded_by.number if paper.superseded_by else None,
        "number": paper.number,
        "title": paper.title,
        "issuer": paper.issuer_name,
        "issued_on": paper.issued_on.isoformat(),
        "check_code": paper.check_code,
        "issued_sha256": paper.file_hash or None,
        "data_sha256": paper.data_hash,
        "sample": paper.sample,
    }
