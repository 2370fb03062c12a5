"""A journey goes on though every process of the portal is killed once on its way."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys import offices
from tests.journeys.walk import Walk, filing_of, reload_until, says
from tests.stack import CHILDREN, Portal, wait_for

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CITY, PARK = "zs", "舟山海洋电子高新技术产业园区（示例）"  # the sample's filing that waits to be routed
BACK_WITHIN = 10.0
log = logging.getLogger(__name__)
READY = {"worker": "ready.", "scheduler": "beat: Starting..."}


def test_journey_goes_on_though_every_process_is_killed_once(walk: Walk) -> None:
    address = filing_of(walk, CITY, PARK)
    _kill(walk, "web")
    offices.route(walk, PARK)
    _kill(walk, "postgres")
    with walk.turn(f"{offices.LEAD}-jb") as page:
        offices.open_task(page, f"形式审查：{PARK}")
        page.get_by_role("button", name="拟受理通知书").click()
        _kill(walk, "broker")
        title = offices.send(walk, page, contact=offices.CONTACT)
    with _killed(walk, "worker"):
        offices.sign(walk, offices.LEAD, title)
    _kill(walk, "scheduler")
    _paper_is_made(walk)
    with walk.turn(f"{CITY}-jb") as page:
        page.goto(address)
        says(page, "已受理")
        page.goto("/desk/")
        says(page, f"{PARK}创建申报已受理")
    assert all(walk.portal.pid(name) for name in CHILDREN)
    walk.finish()


def _kill(walk: Walk, name: str) -> None:
    """kill -9 one process and wait until it is at its work again."""
    with _killed(walk, name):
        walk.quiet = True
    walk.quiet = False


@contextmanager
def _killed(walk: Walk, name: str) -> Iterator[None]:
    """kill -9 one process while people act; it is back within ten seconds, longer where the machine is busy."""
    portal = walk.portal
    before = len(portal.log(name)) if name in READY else 0
    killed = portal.kill(name)
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    started = time.monotonic()
    yield
    wait_for(lambda: _is_back(portal, name, killed, before), BACK_WITHIN * busy)
    log.info("%s was back after at most %.1f s", name, time.monotonic() - started)


def _is_back(portal: Portal, name: str, killed: int, before: int) -> bool:
    if portal.pid(name) in {None, killed}:
        return False
    return READY[name] in portal.log(name)[before:] if name in READY else portal.is_ready()


def _paper_is_made(walk: Walk) -> None:
    """The notice's file is there, though the worker was killed when it was signed."""
    with walk.turn(f"{offices.LEAD}-jb") as page:
        page.goto("/papers/list/")
        page.get_by_role("row").filter(has_text=PARK).filter(has_text="受理通知书").get_by_role("link").first.click()
        reload_until(page, page.get_by_role("link", name="下载 PDF"))
