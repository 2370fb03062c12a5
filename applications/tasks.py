"""The alarm clocks of the applications room."""

from celery import shared_task

from accounts.scope import system
from applications import scanning


@shared_task(name="applications.tasks.scan_waiting")
def scan_waiting() -> int:
    """Ask again for files that wait for the scanner without anybody working on them; the number asked for."""
    with system():
        return scanning.ask_again()
