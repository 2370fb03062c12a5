"""The alarm clock of the outbox."""

from celery import shared_task

from workflow import outbox

# A worker that is asked to end finishes its task first: short ones let it end soon.
SECONDS = 4.0


@shared_task(name="workflow.tasks.deliver_due")
def deliver_due() -> int:
    """Perform deliveries that are due, for a few seconds; the beat comes every five."""
    return outbox.deliver_all(seconds=SECONDS)
