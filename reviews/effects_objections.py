"""What the worker does when a stranger has filed an objection: the record, the task, the message."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.enums import PostRole
from accounts.queries import the_lead
from notifications import notices
from notifications.enums import Topic
from reviews.models import Objection
from workflow import ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.outbox import effect


@effect("reviews.objection_filed")
def objection_filed(payload: dict[str, Any]) -> None:
    """Note in the case that an objection came in, and put it on the desk of 省科技厅; who objects is in neither."""
    objection = Objection.objects.select_related("publicity").get(pk=payload["objection"])
    lead, address = the_lead(), reverse("reviews:objection", args=[objection.pk])
    words = {"park": str(objection.publicity), "number": objection.number}
    ledger.append(
        objection, "file", recorded("收到公示异议"), None, dossier=objection.dossier, basis="T11",
        data={"number": objection.number}, audience=Audience.AUTHORITY,
    )  # fmt: skip
    title = recorded("审查异议：%(park)s（%(number)s）") % words
    todo.assign(
        objection, "objection", title, address, dossier=objection.dossier, organisation=lead,
        role=PostRole.HANDLER, by=lead,
    )  # fmt: skip
    title = recorded("收到对%(park)s公示的异议（%(number)s）") % words
    notices.write(organisation=lead, dossier=objection.dossier, title=title, address=address, topic=Topic.TASK)
