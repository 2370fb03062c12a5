"""Organisations (tenants), divisions, people, posts, invitations, grants and the access log."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.compiled import Slot
from accounts.enums import DivisionLevel, GrantLevel, OrganisationKind, PostRole


class Division(models.Model):
    """An administrative division (行政区划) by its GB/T 2260 code, with the years in which the code was valid."""

    code = models.CharField(_("代码"), max_length=6, primary_key=True)
    level = models.CharField(_("层级"), max_length=12, choices=DivisionLevel)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    name = models.CharField(_("今名"), max_length=40)
    valid_from = models.CharField(_("启用"), max_length=10, blank=True)
    valid_to = models.CharField(_("停用"), max_length=10, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class DivisionName(models.Model):
    """A name that a division bore, with the span in which it was valid (ISO date, month or year; empty = open)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=40)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["division", "valid_from"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """An organisation (单位): the tenant that owns rows and in whose name people act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(_("单位代号"), max_length=60, unique=True)
    kind = models.CharField(_("类别"), max_length=20, choices=OrganisationKind)
    name = models.CharField(_("今名"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    series = models.JSONField(_("机关代字"), default=dict, help_text=_('按文种的发文机关代字，如 {"letter": "浙科函"}'))
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    active = models.BooleanField(_("在用"), default=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("单位")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: dt.date) -> str:
        """The name (名称) that the organisation bore on a day; today's name where none is recorded."""
        iso = day.isoformat()
        for row in self.names.all():
            if (not row.valid_from or row.valid_from <= iso) and (not row.valid_to or iso < row.valid_to):
                return row.name
        return self.name


class OrganisationName(models.Model):
    """A name that an organisation bore, half-open span [valid_from, valid_to) in ISO form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=80)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["organisation", "valid_from"]

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """A person (人员) who signs in; what they may do comes from their posts alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)
    office_phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by validity."""

    def in_force(self, day: dt.date | Slot | None = None) -> PostQuerySet:
        """The posts held on a day (default today)."""
        day = day or timezone.localdate()
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Post(models.Model):
    """A person's post (岗位) in an organisation, from–to; never deleted, only ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("岗位"), max_length=12, choices=PostRole)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    valid_from = models.DateField(_("任职日期"), default=timezone.localdate)
    valid_to = models.DateField(_("离任日期"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("岗位")
        ordering = ["organisation__order", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], condition=Q(valid_to=None), name="one_open_post"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.organisation} {self.get_role_display()}"


class Invitation(models.Model):
    """An invitation (邀请) by an organisation's administrator; the token is stored as its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(_("姓名"), max_length=40)
    email = models.EmailField(_("电子邮箱"))
    role = models.CharField(_("岗位"), max_length=12, choices=PostRole)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    # Nobody for the first administrator of all, whom the founding of the portal invites.
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} → {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether the invitation can still be accepted."""
        return not self.accepted_at and not self.withdrawn_at and timezone.now() < self.expires_at


class Token(models.Model):
    """A key of a program (接口令牌) that acts in one person's post; stored as its hash, shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("用途"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(_("末四位"), max_length=4)
    created_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("接口令牌")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} …{self.ending}"

    @property
    def is_valid(self) -> bool:
        """Whether the key still opens anything."""
        return self.revoked_at is None and timezone.localdate() <= self.expires_on


class Grant(models.Model):
    """What a dossier's owner or leading office has opened to another organisation (visibility by stage, domain B.1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=GrantLevel)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "organisation"], name="one_grant_per_organisation"),
            models.CheckConstraint(condition=~Q(organisation=F("granted_by")), name="no_grant_to_oneself"),
        ]
        # With all that its policies look at, so that what is open to an office is read from the index alone.
        indexes = [
            models.Index(
                fields=["organisation", "dossier"], include=["level", "tenant", "granted_by"], name="grants_opened"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.level} {self.dossier}"


class AccessLog(models.Model):
    """Who opened which address when (访问日志): append-only, written after the response."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    view = models.CharField(max_length=100, blank=True)
    status = models.PositiveSmallIntegerField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.path}"
