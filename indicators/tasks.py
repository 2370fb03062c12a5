"""The yearly programme's alarm clock."""

from celery import shared_task

from accounts.scope import system
from indicators import services


@shared_task
def open_returns() -> None:
    """Open the returns of the last year as soon as it is over; what is open stays as it is."""
    with system():
        services.open_last_year()
