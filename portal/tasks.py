"""The portal's alarm clocks: words to search by are kept current, expired exports are deleted."""

from celery import shared_task

from portal.sweeps import sweep


@shared_task(name="portal.tasks.sweep_desk")
def sweep_desk() -> int:
    """What changed is indexed, what expired is deleted; the beat comes every few seconds."""
    return sweep()
