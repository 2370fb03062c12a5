"""The alarm clock of the mails."""

from celery import shared_task

from notifications import mailing


@shared_task(name="notifications.tasks.gather_mail")
def gather_mail() -> int:
    """Gather what is owed to people into mails; the outbox sends them."""
    return mailing.gather_all()
