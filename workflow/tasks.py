"""The alarm clock of the outbox."""

from celery import shared_task

from workflow import outbox


@shared_task(name="workflow.tasks.deliver_due")
def deliver_due() -> int:
    """Perform the deliveries that are due."""
    return outbox.deliver_all()
