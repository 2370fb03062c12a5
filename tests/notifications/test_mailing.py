"""Mails: gathered, digested, chosen, switched off from the mail itself, sent once, and never a word of a file."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail as sent
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.scope import Scope, enter, system
from notifications import mailing, notices
from notifications.enums import MailMode, Programme, Topic
from notifications.models import Mail, MailChoice, MailItem, Message
from tests.factories import make_actor
from workflow import outbox
from workflow.models import Delivery

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 5, 12, 4, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[time_machine.Coordinates]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent.outbox = []
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


@pytest.fixture
def reader() -> Actor:
    actor = make_actor()
    actor.person.email = "reader@example.org"
    actor.person.save()
    return actor


def tell(actor: Actor, title: str = "园区已受理", topic: str = Topic.TASK, **fields: Any) -> Message:
    with system():
        return notices.write(
            organisation=actor.organisation, dossier=uuid.uuid4(), title=title, address="/desk/", topic=topic, **fields
        )


def send_due() -> list[str]:
    """Gather and send what is due now; the subjects, in order."""
    before = len(sent.outbox)
    mailing.gather_all()
    outbox.deliver_all()
    return [mail.subject for mail in sent.outbox[before:]]


def test_messages_of_a_minute_come_in_one_mail(reader: Actor, clock: time_machine.Coordinates) -> None:
    for n in range(30):
        tell(reader, f"第{n}件")
        clock.shift(0.01)
    assert send_due() == []
    clock.shift(61)
    assert send_due() == ["【创园】第0件等 30 条消息"]
    assert sent.outbox[0].to == ["reader@example.org"]
    assert re.findall(r"· 第(\d+)件", sent.outbox[0].body) == [str(n) for n in range(30)]
    clock.shift(3600)
    assert send_due() == []


def test_mail_names_the_matter_and_says_nothing_of_its_content(reader: Actor, clock: time_machine.Coordinates) -> None:
    tell(reader, "请补正", body="第三章的面积写错了", topic=Topic.LEGAL)
    clock.shift(61)
    assert send_due() == ["【创园】请补正"]
    assert "面积" not in sent.outbox[0].body
    assert "http" in sent.outbox[0].body
    assert "/desk/" in sent.outbox[0].body


def test_progress_waits_for_the_morning_digest(reader: Actor, clock: time_machine.Coordinates) -> None:
    tell(reader, "甲", topic=Topic.PROGRESS)
    tell(reader, "乙", topic=Topic.DISCUSSION)
    clock.move_to(dt.datetime(2026, 5, 13, 0, 29, tzinfo=dt.UTC))
    assert send_due() == []
    clock.shift(120)
    assert send_due() == ["【创园】每日汇总：2 条消息"]


def test_urgent_message_does_not_take_the_digest_along(reader: Actor, clock: time_machine.Coordinates) -> None:
    tell(reader, "进展", topic=Topic.PROGRESS)
    tell(reader, "催办", topic=Topic.REMINDER)
    clock.shift(61)
    assert send_due() == ["【创园】催办"]


@pytest.mark.parametrize(("topic", "mails"), [(Topic.TASK, 0), (Topic.LEGAL, 1)])
def test_message_read_meanwhile_is_not_mailed_unless_it_is_legal(
    reader: Actor, clock: time_machine.Coordinates, topic: str, mails: int
) -> None:
    message = tell(reader, topic=topic)
    with system():
        Message.objects.filter(pk=message.pk).update(read_at=timezone.now())
    clock.shift(61)
    assert len(send_due()) == mails
    with system():
        assert MailItem.objects.get().dropped == ("" if mails else "read")


def test_person_who_left_the_office_hears_no_more(reader: Actor, clock: time_machine.Coordinates) -> None:
    tell(reader, topic=Topic.LEGAL)
    reader.post.valid_to = timezone.localdate() - dt.timedelta(days=1)
    reader.post.save()
    clock.shift(61)
    assert send_due() == []
    with system():
        assert MailItem.objects.get().dropped == "left"


def test_choice_decides_and_legal_notices_stay(reader: Actor, clock: time_machine.Coordinates) -> None:
    client = Client()
    client.force_login(reader.person)
    posted = {f"{p}-{t}": "off" for p in Programme for t in Topic if t != Topic.LEGAL}
    refused = client.post("/mail/", {**posted, "park-legal": "off", "city-legal": "now"})
    assert refused.status_code == 200
    assert client.post("/mail/", {**posted, "park-legal": "daily", "city-legal": "now"}).status_code == 302
    for topic in Topic:
        tell(reader, str(topic.value), topic=topic)
    clock.shift(61)
    assert send_due() == []
    clock.move_to(dt.datetime(2026, 5, 13, 1, 0, tzinfo=dt.UTC))
    assert send_due() == ["【创园】legal"]


def test_database_refuses_to_switch_legal_notices_off(reader: Actor) -> None:
    with pytest.raises(DatabaseError, match="legal_notices_stay_on"), system():
        MailChoice.objects.create(person=reader.person, programme="park", topic="legal", mode=MailMode.OFF)


def test_link_in_a_mail_switches_its_topics_off_without_signing_in(
    reader: Actor, clock: time_machine.Coordinates
) -> None:
    tell(reader, topic=Topic.TASK)
    clock.shift(61)
    send_due()
    address = re.fullmatch(r"<http[^/]*//[^/]+(/mail/stop/.+)>", sent.outbox[0].extra_headers["List-Unsubscribe"])
    assert address is not None
    stranger = Client(enforce_csrf_checks=True)
    assert "待办事项" in stranger.get(address[1]).content.decode()
    with system():
        assert not MailChoice.objects.exists()
    assert stranger.post(address[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    tell(reader, "又一件", topic=Topic.TASK)
    tell(reader, "催办", topic=Topic.REMINDER)
    clock.shift(61)
    assert send_due() == ["【创园】催办"]


def test_forged_link_is_nothing(client: Client, reader: Actor) -> None:
    good = mailing.stop_address(reader.person, [("park", "task")])
    assert client.get(good).status_code == 200
    assert client.post(good[:-3] + "xy/").status_code == 404


def test_mail_server_that_is_down_gets_the_same_mail_later_once(
    reader: Actor, settings: Any, clock: time_machine.Coordinates
) -> None:
    tell(reader)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    clock.shift(61)
    assert send_due() == []
    with system():
        row = Delivery.objects.get(effect="notifications.mail")
        assert (row.attempts, row.done_at, Mail.objects.get().sent_at) == (1, None, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(10)
    assert len(send_due()) == 1
    with system():
        mail = Mail.objects.get()
    assert mail.sent_at
    assert sent.outbox[0].extra_headers["Message-ID"].startswith(f"<{mail.pk}@")
    assert send_due() == []


def test_mails_and_choices_are_their_person_s_alone(reader: Actor, clock: time_machine.Coordinates) -> None:
    tell(reader)
    clock.shift(61)
    send_due()
    with system():
        mailing.choose(reader.person.pk, {("park", "task"): "daily"})
    neighbour = make_actor(organisation=reader.organisation)
    seen = {}
    for actor in (reader, neighbour):
        with enter(Scope("organisation", actor.organisation.pk, actor.person.pk)):
            seen[actor] = (Mail.objects.count(), MailChoice.objects.count(), MailItem.objects.count())
    assert (seen[reader], seen[neighbour]) == ((1, 1, 1), (0, 0, 0))


def test_messages_are_written_in_one_place_only() -> None:
    """Else an office would hear of something that its people are not told by mail."""
    import subprocess

    found = subprocess.run(
        ["git", "grep", "-l", "-E", r"Message\.objects\.(bulk_)?create\(", "--", "*.py", ":!tests"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    assert found == ["notifications/notices.py"]
