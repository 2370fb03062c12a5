"""The scanner's client, against a process that speaks clamd's protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from files import scanner
from files.enums import ScanState
from files.scanner import ScannerAway, Verdict, read_reply
from tests import clamd
from tests.files.scanners import free_port
from tests.files.scanners import scanner as running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file longer than one piece of the stream."""
    made = tmp_path / "file"
    made.write_bytes(b"a" * 200_000)
    return made


def test_clean_file_is_clean_and_the_sample_is_found_across_pieces(file: Path, settings: Any) -> None:
    with running() as settings.SCANNER:
        assert scanner.ask("PING") == "PONG"
        assert scanner.scan(file) == Verdict(ScanState.CLEAN)
        file.write_bytes(b"a" * (scanner.PIECE - 20) + clamd.EICAR + b"b" * 100_000)
        assert scanner.scan(file) == Verdict(ScanState.INFECTED, "Eicar-Test-Signature")


@pytest.mark.parametrize("mode", ["dies", "babbles"])
def test_scanner_that_dies_or_babbles_says_nothing_of_the_file(file: Path, settings: Any, mode: str) -> None:
    with running(mode) as settings.SCANNER, pytest.raises(ScannerAway):
        scanner.scan(file)


def test_stream_that_is_too_long_is_not_called_clean(file: Path, settings: Any) -> None:
    with running("limit") as settings.SCANNER:
        assert scanner.scan(file) == Verdict(ScanState.FAILED, "INSTREAM size limit exceeded. ERROR")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "unix:///nowhere/clamd.sock", "clamav:3310", "tcp://"])
def test_scanner_that_cannot_be_reached_is_away(file: Path, settings: Any, address: str) -> None:
    settings.SCANNER = address.format(port=free_port())
    with pytest.raises(ScannerAway):
        scanner.scan(file)


def test_scanner_that_hangs_is_left_alone_for_a_while(file: Path, settings: Any) -> None:
    settings.SCANNER_SECONDS = 0.2
    with running("silent") as settings.SCANNER:
        with pytest.raises(ScannerAway, match="in time"):
            scanner.scan(file)
        with pytest.raises(ScannerAway, match="a moment ago"):
            scanner.scan(file)


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("stream: OK", Verdict(ScanState.CLEAN)),
        ("stream: Win.Test FOUND", Verdict(ScanState.INFECTED, "Win.Test")),
        (
            "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
            Verdict(ScanState.FAILED, "Heuristics.Limits.Exceeded.MaxFileSize"),
        ),
    ],
)
def test_reply_is_read(reply: str, verdict: Verdict) -> None:
    assert read_reply(reply) == verdict


@pytest.mark.parametrize("reply", ["", "OK", "stream: ", "stream: NOT OK", "stream: OK?", "lstat() failed. ERROR"])
def test_reply_that_means_nothing_is_not_a_verdict(reply: str) -> None:
    with pytest.raises(ScannerAway):
        read_reply(reply)
