"""What is told by mail: each message owed to each person once, gathered into few mails, sent by the worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.enums import PostRole
from accounts.models import Organisation, Person, Post
from accounts.scope import system
from notifications.enums import MailMode, Programme, Topic
from notifications.models import Mail, MailChoice, MailItem, Message
from workflow import outbox
from workflow.enums import Rank

# Messages of the same minute reach a person in one mail.
GATHER = dt.timedelta(seconds=60)
DIGEST_AT = dt.time(8, 30)
MOST = 100
DEFAULTS = {
    Topic.LEGAL: MailMode.NOW,
    Topic.TASK: MailMode.NOW,
    Topic.REMINDER: MailMode.NOW,
    Topic.PROGRESS: MailMode.DAILY,
    Topic.DISCUSSION: MailMode.DAILY,
}
SALT = "notifications.mail"
READERS = (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)


def modes_of(person: Person) -> dict[tuple[str, str], str]:
    """How the person hears of each topic of each programme: {(programme, topic): mode}."""
    modes = {(str(p), str(t)): str(DEFAULTS[t]) for p in Programme for t in Topic}
    chosen = MailChoice.objects.filter(person=person).values_list("programme", "topic", "mode")
    return modes | {(programme, topic): mode for programme, topic, mode in chosen}


def owe(message: Message) -> None:
    """Owe a message to everyone in the office whom it is for, who has an address and wants this topic.

    Under the system scope.
    """
    people = Person.objects.filter(
        posts__in=Post.objects.in_force().filter(organisation=message.organisation_id, role__in=READERS),
        is_active=True,
    )
    if message.person_id is not None:
        people = people.filter(pk=message.person_id)
    for person in people.exclude(email="").distinct():
        mode = modes_of(person)[message.programme, message.topic]
        if mode != MailMode.OFF:
            MailItem.objects.create(message=message, person=person, due_at=due_at(mode, message.created_at))


def due_at(mode: str, since: dt.datetime) -> dt.datetime:
    """When a message is to go out: after a minute in which others may join it, or with the next morning's digest."""
    if mode == MailMode.NOW:
        return since + GATHER
    local = timezone.localtime(since)
    morning = timezone.make_aware(dt.datetime.combine(local.date(), DIGEST_AT))
    return morning if since <= morning else morning + dt.timedelta(days=1)


def gather_all(most: int = MOST) -> int:
    """Make the mails that are due, one per person and transaction; the number of mails made."""
    made = 0
    for _turn in range(most):
        outcome = gather_one()
        if outcome is None:
            break
        made += outcome
    return made


def gather_one() -> bool | None:
    """Gather what is due for one person into one mail; False when all of it was dropped, None when nothing is due.

    What became pointless since is dropped: read in the meantime, post ended, topic switched off.
    """
    with system():
        waiting = MailItem.objects.filter(mail=None, dropped="").select_for_update(skip_locked=True, of=("self",))
        first = waiting.filter(due_at__lte=timezone.now()).order_by("due_at", "pk").first()
        if first is None:
            return None
        person = Person.objects.get(pk=first.person_id)
        modes = modes_of(person)
        digest = modes[first.message.programme, first.message.topic] == MailMode.DAILY
        owed = waiting.filter(person=person).select_related("message__organisation").order_by("due_at", "pk")[:MOST]
        # What is to be told soon goes out early with the others; what waits for the morning waits.
        rows = [row for row in owed if row.due_at <= timezone.now() or _wanted(row, modes) == MailMode.NOW]
        offices = set(Post.objects.in_force().filter(person=person).values_list("organisation_id", flat=True))
        kept = []
        for row in rows:
            row.dropped = _pointless(row, person, offices, modes)
            if row.dropped:
                row.save(update_fields=["dropped"])
            else:
                kept.append(row)
        if kept:
            _make(person, kept, digest)
        return bool(kept)


def _wanted(row: MailItem, modes: dict[tuple[str, str], str]) -> str:
    return modes[row.message.programme, row.message.topic]


def _pointless(row: MailItem, person: Person, offices: set[UUID], modes: dict[tuple[str, str], str]) -> str:
    """Why the message need not go out any more; empty when it must."""
    if row.message.organisation_id not in offices or not person.is_active or not person.email:
        return "left"
    if row.message.topic == Topic.LEGAL:
        return ""
    if _wanted(row, modes) == MailMode.OFF:
        return "off"
    return "read" if row.message.read_at else ""


def _make(person: Person, rows: list[MailItem], digest: bool) -> None:
    """Write the mail row of these messages and have it sent."""
    messages = [row.message for row in rows]
    topics = sorted({(message.programme, message.topic) for message in messages if message.topic != Topic.LEGAL})
    stop = settings.PORTAL_BASE_URL + stop_address(person, topics) if topics else ""
    with override(settings.LANGUAGE_CODE):
        offices: dict[str, list[Message]] = {}
        for message in messages:
            offices.setdefault(message.organisation.name, []).append(message)
        mail = Mail.objects.create(
            person=person,
            recipient=person.email,
            subject=_subject(messages, digest),
            body=render_to_string(
                "notifications/mail/messages.txt",
                {"name": person.name, "offices": offices, "base": settings.PORTAL_BASE_URL, "stop": stop},
            ),
            unsubscribe=stop,
        )
    MailItem.objects.filter(pk__in=[row.pk for row in rows]).update(mail=mail)
    tenant = Organisation.objects.get(pk=messages[0].organisation_id)
    outbox.follow(None, "notifications.mail", str(mail.pk), {"mail": str(mail.pk)}, tenant)


def _subject(messages: list[Message], digest: bool) -> str:
    if len(messages) == 1:
        return _("【创园】%(title)s") % {"title": messages[0].title}
    words = {"title": messages[0].title, "n": len(messages)}
    if digest:
        return _("【创园】每日汇总：%(n)d 条消息") % words
    return (_("【创园】%(title)s等 %(n)d 条消息") % words)[:200]


@outbox.effect("notifications.mail", Rank.RENDERING)
def send(payload: dict[str, Any]) -> None:
    """Send a mail; tried again until the mail server takes it. Its Message-ID stays the same through all tries."""
    mail = Mail.objects.select_for_update(no_key=True).get(pk=payload["mail"])
    if mail.sent_at:
        return
    headers = {"Message-ID": f"<{mail.pk}@{settings.PORTAL_BASE_URL.split('//')[-1].split(':')[0]}>"}
    if mail.unsubscribe:
        headers |= {"List-Unsubscribe": f"<{mail.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(mail.subject, mail.body, None, [mail.recipient], headers=headers).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])


def stop_address(person: Person, topics: Iterable[tuple[str, str]]) -> str:
    """Where a person switches these topics off without signing in; the address carries a signature."""
    token = signing.dumps({"p": str(person.pk), "t": [list(topic) for topic in topics]}, salt=SALT, compress=True)
    return reverse("mail_stop", args=[token])


def read_stop(token: str) -> tuple[UUID, list[tuple[str, str]]]:
    """The person and the (programme, topic) pairs of such an address. Raises signing.BadSignature."""
    data = signing.loads(token, salt=SALT)
    return UUID(data["p"]), [(programme, topic) for programme, topic in data["t"]]


@transaction.atomic
def choose(person: UUID, choices: dict[tuple[str, str], str]) -> None:
    """Keep how a person wants to hear of topics: {(programme, topic): mode}; legal notices cannot be switched off."""
    for (programme, topic), mode in choices.items():
        if topic == Topic.LEGAL and mode == MailMode.OFF:
            continue
        MailChoice.objects.update_or_create(
            person_id=person, programme=programme, topic=topic, defaults={"mode": mode, "changed_at": timezone.now()}
        )
