"""The alarm clocks of the outbox and of the reminders."""

from celery import shared_task

from workflow import outbox, reminders

# A worker that is asked to end finishes its task first: short ones let it end soon.
SECONDS = 4.0
# One delivery may be an archive of many gigabytes, read back after it was written.
LONGEST = 3600


@shared_task(name="workflow.tasks.deliver_due", time_limit=LONGEST)
def deliver_due() -> int:
    """Perform deliveries that are due, for a few seconds; the beat comes every five."""
    return outbox.deliver_all(seconds=SECONDS)


@shared_task(name="workflow.tasks.remind")
def remind() -> int:
    """Send the reminders whose day has come, for a few seconds; the beat comes every minute."""
    return reminders.sweep(seconds=SECONDS)
