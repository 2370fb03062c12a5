"""The alarm clock of the sweep."""

from celery import shared_task

from accounts.scope import system
from files import sweeping


@shared_task(name="files.tasks.sweep")
def sweep() -> int:
    """Clear what was abandoned, every hour; the number of files."""
    with system():
        swept = sweeping.sweep()
    return swept.abandoned + swept.orphans
