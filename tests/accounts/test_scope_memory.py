"""What a request that writes nothing reads twice is read once; a request that writes reads anew."""

from __future__ import annotations

import itertools

import pytest

from accounts.scope import PUBLIC, enter, remembered

pytestmark = pytest.mark.django_db(transaction=True)


def test_request_that_writes_nothing_reads_once() -> None:
    serial = itertools.count()
    with enter(PUBLIC, read_only=True):
        assert [remembered("x", lambda: next(serial)) for _again in range(3)] == [0, 0, 0]
        assert remembered("y", lambda: next(serial)) == 1
    with enter(PUBLIC, read_only=True):
        assert remembered("x", lambda: next(serial)) == 2
    assert remembered("x", lambda: next(serial)) == 3


def test_request_that_writes_reads_anew() -> None:
    serial = itertools.count()
    with enter(PUBLIC):
        assert [remembered("x", lambda: next(serial)) for _again in range(2)] == [0, 1]
