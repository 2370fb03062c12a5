"""N11: recognition may be asked for from three years on, is due before five, is overdue after; each told once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from accounts.queries import the_lead
from applications.enums import KindCode
from applications.models import Filing
from applications.models.filing import OPEN
from applications.parkbook import anniversary, months_after
from indicators.models import Ledger
from indicators.services.recognition import listed_on
from notifications.enums import Topic
from notifications.notices import notify
from registry.enums import ParkStatus
from registry.models import Park
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.models import Event
from workflow.parameters import value

REMINDED = "recognition_reminder"
# The second reminder comes half a year before the years of construction are over: 4.5 of 5.
BEFORE = 6


@dataclass(frozen=True)
class Mark:
    """A day of the window and what is told on it; `key` is what it is told of once."""

    key: str
    day: dt.date
    title: str
    body: str


def marks(listed: dt.date) -> list[Mark]:
    """The days of the window (P-II.3.0a), the earliest first."""
    least, most = value("min_creation_years"), value("max_creation_years")
    last = anniversary(listed, most)
    return [
        Mark(
            f"N11:open:{listed}",
            anniversary(listed, least),
            recorded("%(park)s创建满%(years)s年，可以申请认定") % {"park": "%(park)s", "years": least},
            recorded("自列入创建名单之日起已满规定年限（P-II.3.0a），对照认定条件自查后可以申请认定。"),
        ),
        Mark(
            f"N11:soon:{listed}",
            months_after(last, -BEFORE),
            recorded("%(park)s创建将满%(years)s年，请准备申请认定") % {"park": "%(park)s", "years": most},
            recorded("还有半年（P-II.3.0a），请尽快补齐认定条件和材料。"),
        ),
        Mark(
            f"N11:over:{listed}",
            last + dt.timedelta(days=1),
            recorded("%(park)s创建已超过%(years)s年，尚未申请认定") % {"park": "%(park)s", "years": most},
            recorded("政策没有规定超过后的处理，本提醒不影响申请；请研究是否申请认定、延长创建或者退出（AMB-14）。"),
        ),
    ]


def remind_of_recognition(park: Park, today: dt.date | None = None) -> int:
    """Tell city and 省科技厅 the last mark that a park has passed, once; how much was told. Under the system scope.

    A park whose application is on its way is not reminded.
    """
    day = today or instants.today()
    listed = listed_on(park)
    book = Ledger.objects.filter(park=park.slug, measures=False).first()
    if park.status != ParkStatus.CREATING or listed is None or book is None:
        return 0
    passed = [mark for mark in marks(listed) if mark.day <= day]
    if not passed or Filing.objects.filter(park=park, kind=KindCode.RECOGNITION, status__in=OPEN).exists():
        return 0
    mark = passed[-1]
    if Event.objects.filter(dossier=book.dossier, name=REMINDED, data__key=mark.key).exists():
        return 0
    _tell(park, book, mark)
    return 1


@transaction.atomic
def _tell(park: Park, book: Ledger, mark: Mark) -> None:
    title = mark.title % {"park": park.name}
    event = ledger.append(
        book, REMINDED, title, None, dossier=book.dossier, basis="P-II.3.0a", data={"key": mark.key, "park": park.slug}
    )
    for office in (park.tenant, the_lead()):
        address = reverse("indicators:recognition_park", args=[park.slug])
        if office.pk == park.tenant_id:
            address = reverse("applications:park", args=[park.slug])
        notify(event, office, title, address, mark.body, Topic.REMINDER)


def remind_all() -> int:
    """Every park that is being created; how many reminders went out. For the sweep, under the system scope."""
    parks = Park.objects.filter(status=ParkStatus.CREATING).select_related("tenant").order_by("slug")
    return sum(remind_of_recognition(park) for park in parks)
