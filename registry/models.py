"""Parks, their names, boundaries and legal statuses, and the host zones they lie in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import HostZoneKind, ParkStatus, Precision
from registry.models_city import CityTitle as CityTitle
from registry.models_title_proposal import TitleProposal as TitleProposal


class HostZone(models.Model):
    """A host zone (产业集聚区、经济开发区及其它开发区, P-0.3), with what is known of it and where from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("代码"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=12, choices=HostZoneKind)
    city = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="host_zones")
    committee = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="host_zones"
    )
    area_km2 = models.DecimalField(_("面积（平方公里）"), max_digits=14, decimal_places=6, null=True, blank=True)
    facts = models.JSONField(_("资料"), default=list)
    geojson = models.JSONField(_("范围"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=300)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("所在开发区")
        ordering = ["city", "slug"]

    def __str__(self) -> str:
        return self.name


class ZoneOutline(models.Model):
    """One version of a host zone's outline (开发区范围): from which day it holds, on what it rests, who recorded it.

    `geojson` is a MultiPolygon in EPSG:4490, `area_km2` its unrounded ellipsoidal area; the zone bears the version
    that holds now. `dossier` is the zone's own chain of events.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    zone = models.ForeignKey(HostZone, on_delete=models.PROTECT, related_name="outlines")
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    geojson = models.JSONField(_("范围"))
    area_km2 = models.CharField(max_length=40)
    crs = models.CharField(_("坐标系"), max_length=20)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    valid_from = models.DateField(_("自何日起"))
    source = models.CharField(_("依据"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("开发区范围")
        ordering = ["zone", "-valid_from", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.zone} {self.valid_from}"


class Park(models.Model):
    """A high-tech industrial park (高新技术产业园区) that was ever listed; its status rests on a LegalStatus row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("代码"), max_length=60, unique=True)
    tenant = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="parks", verbose_name=_("所属政府")
    )
    dossier = models.UUIDField(null=True, blank=True)
    name = models.CharField(_("名称"), max_length=80)
    status = models.CharField(_("状态"), max_length=12, choices=ParkStatus)
    current = models.ForeignKey("registry.LegalStatus", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    city = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="parks")
    county = models.ForeignKey(
        "accounts.Division", on_delete=models.PROTECT, null=True, blank=True, related_name="county_parks"
    )
    host_zone = models.ForeignKey(HostZone, on_delete=models.PROTECT, null=True, blank=True, related_name="parks")
    area_km2 = models.DecimalField(_("规划面积（平方公里）"), max_digits=20, decimal_places=12, null=True, blank=True)
    four_sides = models.JSONField(_("四至"), default=dict)
    facts = models.JSONField(_("资料"), default=list)
    sample = models.BooleanField(_("示例数据"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    # Set by `registry.dated` on a park that bears what held on an earlier day.
    borne_on: dt.date | None = None
    name_now: str = ""

    class Meta:
        verbose_name = verbose_name_plural = _("园区")
        ordering = ["city", "slug"]
        indexes = [models.Index(fields=["city", "slug"], name="parks_in_order")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written as ever, except where the instance bears an earlier day: what is past is not written over today."""
        if self.borne_on is not None:
            raise ValueError("a park as of an earlier day is not saved")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("registry:park", args=[self.slug])


class LegalStatus(models.Model):
    """One span of a park's legal life: the status, since when, and the paper (or the cited source) it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="legal_statuses")
    status = models.CharField(_("状态"), max_length=12, choices=ParkStatus)
    since = models.DateField(_("起始"), null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    paper = models.ForeignKey(
        "notifications.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="legal_statuses"
    )
    citation = models.CharField(_("出处"), max_length=300, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("法定状态")
        ordering = ["park", "since", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False) ^ ~Q(citation=""), name="status_rests_on_paper_or_citation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.park_id} {self.status}"


class ParkName(models.Model):
    """A name that a park bore; old names keep finding it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=80)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["park", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["park"], condition=Q(valid_to=""), name="one_open_name")]

    def __str__(self) -> str:
        return self.name


class ParkBoundary(models.Model):
    """A park's boundary from a day on: GeoJSON MultiPolygon in EPSG:4490 and its ellipsoidal area in km²."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="boundaries")
    geojson = models.JSONField()
    area_km2 = models.DecimalField(max_digits=20, decimal_places=12)
    four_sides = models.JSONField(default=dict)
    valid_from = models.DateField()
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["park", "valid_from", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.park_id} {self.valid_from}"


class ParkZone(models.Model):
    """The host zone in which a park lies from a day on; `zone` is None where it lies in none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="zones")
    zone = models.ForeignKey(HostZone, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(_("起始"), null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    citation = models.CharField(_("出处"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("历次所在开发区")
        ordering = ["park", "since", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.park_id} {self.zone_id}"


class ParkMerger(models.Model):
    """A park that ended by going on in another one (合并); `ended` is the legal status that ended it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    park = models.OneToOneField(Park, on_delete=models.PROTECT, related_name="merger")
    ended = models.OneToOneField(LegalStatus, on_delete=models.PROTECT, related_name="+")
    ended_as = models.CharField(max_length=12, default=ParkStatus.ENDED, editable=False)
    into = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="mergers")
    since = models.DateField(_("起始"))
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("合并")
        ordering = ["into", "since"]
        constraints = [
            models.CheckConstraint(condition=~Q(park=models.F("into")), name="park_merges_into_another"),
            models.CheckConstraint(condition=Q(ended_as=ParkStatus.ENDED), name="merged_park_has_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.park_id} → {self.into_id}"


class LeadingIndustry(models.Model):
    """A leading industry (主导产业, P-IV.2a) of a park."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="industries")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("产业"), max_length=200)
    code = models.CharField(_("行业代码"), max_length=200, blank=True)

    class Meta:
        ordering = ["park", "order"]
        constraints = [models.UniqueConstraint(fields=["park", "order"], name="one_industry_per_place")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """The edition of everything public: one row, whose stamp the database renews with each transaction that publishes.

    Written by the triggers of `registry.watching` alone.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_edition")]

    def __str__(self) -> str:
        return str(self.stamp)


class IndustryCode(models.Model):
    """One entry of the operator's table of industries (国民经济行业分类): code, name and the class it belongs to."""

    code = models.CharField(_("代码"), max_length=5, primary_key=True)
    name = models.CharField(_("名称"), max_length=80)
    source = models.CharField(_("来源"), max_length=200)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("行业代码")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
