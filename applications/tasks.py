"""The alarm clocks of the applications room."""

from celery import shared_task

from accounts.scope import system
from applications import reminding, scanning


@shared_task(name="applications.tasks.scan_waiting")
def scan_waiting() -> int:
    """Ask again for files that wait for the scanner without anybody working on them; the number asked for."""
    with system():
        return scanning.ask_again()


@shared_task(name="applications.tasks.remind_of_recognition")
def remind_of_recognition() -> int:
    """Tell whose window of recognition has opened, closes soon or is over, each once; how many were told."""
    with system():
        return reminding.remind_all()
