"""A remark of the formal check and everything that is said under it; nothing of it is ever changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.enums import RemarkAct, RemarkReason, RemarkState
from applications.models.filing import Filing
from applications.models.version import FilingVersion

STATES = {
    RemarkAct.ANSWER: RemarkState.ANSWERED,
    RemarkAct.SETTLE: RemarkState.SETTLED,
    RemarkAct.REOPEN: RemarkState.UNSETTLED,
    RemarkAct.CANCEL: RemarkState.CANCELLED,
}
CLOSED = (RemarkAct.SETTLE, RemarkAct.CANCEL)


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Remarks by how they stand, as far as the scope lets one see what was said."""

    def with_last(self) -> RemarkQuerySet:
        """Each with `last`: the act of its last entry that one may see, None where nothing was said."""
        last = RemarkEntry.objects.filter(remark=OuterRef("pk")).order_by("-at").values("act")[:1]
        return self.annotate(last=Subquery(last))

    def to_answer(self) -> RemarkQuerySet:
        """Those that the city still owes an answer (open or not settled)."""
        return self.with_last().filter(Q(last=None) | Q(last=RemarkAct.REOPEN))

    def to_judge(self) -> RemarkQuerySet:
        """Those with an answer that nobody has judged."""
        return self.with_last().filter(last=RemarkAct.ANSWER)  # type: ignore[misc]

    def unsettled(self) -> RemarkQuerySet:
        """Those that are neither settled nor cancelled: they bar every next step."""
        return self.with_last().filter(Q(last=None) | ~Q(last__in=CLOSED))


class Remark(models.Model):
    """A remark (补正意见, T3) on a field, section or material of a submitted version; append-only in the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="remarks")
    version = models.ForeignKey(FilingVersion, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("轮次"))
    target = models.CharField(_("对象"), max_length=80)
    reason = models.CharField(_("事由"), max_length=20, choices=RemarkReason, default=RemarkReason.OTHER)
    text = models.TextField(_("意见"))
    basis = models.CharField(_("依据"), max_length=60, blank=True)
    needed = models.TextField(_("补正要求"), blank=True)
    made_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["filing", "round", "made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def state(self) -> RemarkState:
        """How the remark stands, as far as one may see."""
        last = self.entries.order_by("-at").values_list("act", flat=True).first()
        return STATES[RemarkAct(last)] if last else RemarkState.OPEN


class RemarkEntry(models.Model):
    """One thing said under a remark; its office's own until it is sent with the act that carries it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=10, choices=RemarkAct)
    text = models.TextField(blank=True)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["remark", "at"]

    def __str__(self) -> str:
        return f"{self.act} {self.text[:40]}"
