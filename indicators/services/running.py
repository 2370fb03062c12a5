"""T17: a year is computed, proposed for release by one person, and released by another with the 通报."""

from __future__ import annotations

from accounts.actors import Actor
from indicators.enums import Listing, Programme
from indicators.models import Run
from notifications.models import Paper


def start_run(programme: Programme | str, year: int, actor: Actor | None, dry: bool = False) -> Run:
    """Ask for a year's computation; the worker performs it, its progress stands in `done` of `total`.

    Gives the newest run back when nothing that goes in has changed, or while it is under way. Raises Refused.
    """
    raise NotImplementedError


def compute(run: Run) -> Run:
    """Compute a run: all of it is kept, or nothing and the reason; under the system scope."""
    raise NotImplementedError


def propose_release(run: Run, listing: Listing | str, top: int, actor: Actor) -> Run:
    """Put a computed run before the signer, with what the public is to see. Raises Refused."""
    raise NotImplementedError


def withdraw_proposal(run: Run, reason: str, actor: Actor) -> Run:
    """Take a proposal back. Raises Refused."""
    raise NotImplementedError


def release(run: Run, actor: Actor, paper: Paper) -> Run:
    """Release a proposed run by the 通报 that is being signed: its assessments become final, some of them public.

    In the transaction of the signature; another person than who proposed. Raises Refused.
    """
    raise NotImplementedError
