"""The ledgers (台账) behind the figures: projects admitted to a park, its enterprises, and what they count to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import Book, Decision, ImportStatus


class Ledger(models.Model):
    """The ledgers of one park: whose they are, who keeps them, and the dossier their rows hang on.

    Beside the ledgers of the park's own government a department has one of its own for its `measures` of support.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    park = models.CharField(_("园区代码"), max_length=60)
    name = models.CharField(_("园区名称"), max_length=80)
    reporter = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    measures = models.BooleanField(_("部门的支持措施"), default=False)
    # Of a city or county: `park` is then its GB/T 2260 code, and the book is that of the registers.
    place = models.BooleanField(_("市、县（市、区）"), default=False)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("园区台账")
        ordering = ["tenant__order", "park"]
        constraints = [
            models.UniqueConstraint(fields=["park", "tenant"], name="one_ledger_per_park_and_office"),
            models.UniqueConstraint(fields=["park"], condition=Q(measures=False), name="one_ledger_per_park"),
        ]

    def __str__(self) -> str:
        return self.name


class Row(models.Model):
    """What both books share: a row is never deleted; what it said before stands in LedgerVersion.

    Row security ties ledger, tenant and dossier to one another, and foreign keys are left out: 200,000 rows come
    at once, and each key would be looked up for each of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ledger = models.ForeignKey(
        Ledger, on_delete=models.PROTECT, related_name="%(class)ss", db_constraint=False, db_index=False
    )
    tenant = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    dossier = models.UUIDField()
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("改动理由"), max_length=200, blank=True, default="")
    batch = models.UUIDField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    changed_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    book: Book

    def get_absolute_url(self) -> str:
        return reverse("ledgers:row", args=[self.book, self.pk])


class Project(Row):
    """A project that asked to enter the park (项目台账): admitted or rejected, assessed before (P-II.2.0c, 2.0d, IV.3).

    Investment in 亿元. The three red flags are 低技术, 高污染, 高能耗.
    """

    book = Book.PROJECTS
    year = models.PositiveSmallIntegerField(_("入园年度"))
    name = models.CharField(_("项目名称"), max_length=120)
    investor = models.CharField(_("投资方"), max_length=120)
    industry = models.CharField(_("主导产业"), max_length=60, blank=True, default="")
    hitech = models.BooleanField(_("高新技术项目"), default=False)
    planned = models.DecimalField(_("计划投资（亿元）"), max_digits=14, decimal_places=4)
    completed = models.DecimalField(_("完成投资（亿元）"), max_digits=14, decimal_places=4, null=True, blank=True)
    started_on = models.DateField(_("开工日期"), null=True, blank=True)
    assessed_on = models.DateField(_("科技水平评价日期"), null=True, blank=True)
    assessed_by = models.CharField(_("评价单位"), max_length=120, blank=True, default="")
    assessment = models.CharField(_("评价结果"), max_length=200, blank=True, default="")
    low_tech = models.BooleanField(_("低技术"), default=False)
    polluting = models.BooleanField(_("高污染"), default=False)
    wasteful = models.BooleanField(_("高能耗"), default=False)
    decision = models.CharField(_("是否准入"), max_length=8, choices=Decision)
    smart = models.BooleanField(_("智能"), default=False)
    green = models.BooleanField(_("绿色"), default=False)
    safe = models.BooleanField(_("安全"), default=False)
    serving = models.BooleanField(_("服务"), default=False)
    alerted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入园项目")
        ordering = ["ledger", "-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "year", "name"], name="one_project_per_name_and_year"),
            models.CheckConstraint(
                condition=Q(planned__gte=0) & (Q(completed__isnull=True) | Q(completed__gte=0)),
                name="project_investment_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(assessed_on__isnull=True) | (~Q(assessed_by="") & ~Q(assessment="")),
                name="project_assessment_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def planned_shown(self) -> str:
        """The planned investment without needless zeros."""
        return format(self.planned.normalize(), "f")

    @property
    def completed_shown(self) -> str:
        """The completed investment without needless zeros; empty while it is unknown."""
        return "" if self.completed is None else format(self.completed.normalize(), "f")

    @property
    def is_flagged(self) -> bool:
        """Whether one of the three red flags stands (P-II.2.0d)."""
        return self.low_tech or self.polluting or self.wasteful

    @property
    def needs_alert(self) -> bool:
        """Admitted without assessment or with a red flag (N13)."""
        return self.decision == Decision.ADMITTED and (self.is_flagged or self.assessed_on is None)


class Enterprise(Row):
    """An enterprise of the park by certificate (企业台账); the years say since when it is of a kind, None = it is not.

    A hi-tech enterprise has its certificate's number and span of validity, and the year of its first recognition.
    """

    book = Book.ENTERPRISES
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    name = models.CharField(_("企业名称"), max_length=120)
    registered_on = models.DateField(_("登记日期"), null=True, blank=True)
    hitech_number = models.CharField(_("高新技术企业证书编号"), max_length=30, blank=True, default="")
    hitech_year = models.PositiveSmallIntegerField(_("首次认定高新技术企业年度"), null=True, blank=True)
    hitech_from = models.DateField(_("证书有效期起"), null=True, blank=True)
    hitech_to = models.DateField(_("证书有效期止"), null=True, blank=True)
    sei_year = models.PositiveSmallIntegerField(_("战略性新兴产业企业"), null=True, blank=True)
    hts_year = models.PositiveSmallIntegerField(_("高技术服务业企业"), null=True, blank=True)
    sme_year = models.PositiveSmallIntegerField(_("科技型中小企业"), null=True, blank=True)
    innovative_year = models.PositiveSmallIntegerField(_("创新型企业"), null=True, blank=True)
    hq_year = models.PositiveSmallIntegerField(_("总部企业"), null=True, blank=True)
    listed_year = models.PositiveSmallIntegerField(_("上市公司"), null=True, blank=True)
    rd_year = models.PositiveSmallIntegerField(_("企业研发机构"), null=True, blank=True)
    left_on = models.DateField(_("迁出、注销日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("园区企业")
        ordering = ["ledger", "credit_code"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "credit_code"], name="one_enterprise_per_code"),
            models.CheckConstraint(
                condition=Q(hitech_number="", hitech_from__isnull=True, hitech_to__isnull=True)
                | (Q(hitech_from__lte=models.F("hitech_to")) & ~Q(hitech_number="") & Q(hitech_year__isnull=False)),
                name="hitech_certificate_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LedgerVersion(models.Model):
    """What a row said before it was changed (历史版本): written by the database itself, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    dossier = models.UUIDField()
    book = models.CharField(max_length=11, choices=Book)
    row = models.UUIDField()
    version = models.PositiveIntegerField()
    data = models.JSONField(encoder=DjangoJSONEncoder)
    superseded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("台账历史版本")
        ordering = ["row", "version"]
        constraints = [models.UniqueConstraint(fields=["row", "version"], name="one_ledger_row_per_version")]

    def __str__(self) -> str:
        return f"{self.row} v{self.version}"


class LedgerCount(models.Model):
    """A figure as the ledger counts it (台账数); None: the book has no rows yet, which is not zero."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="counts")
    subject = models.CharField(_("对象代码"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    code = models.CharField(_("指标代码"), max_length=60)
    value = models.CharField(_("台账数"), max_length=40, null=True, blank=True)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("台账数")
        ordering = ["subject", "year", "code"]
        constraints = [models.UniqueConstraint(fields=["ledger", "year", "code"], name="one_count_per_figure")]

    def __str__(self) -> str:
        return f"{self.subject} {self.year} {self.code} {self.value}"


class LedgerImport(models.Model):
    """A table of rows on its way into a book (批量导入): checked and shown first, then stored, all rows or none.

    `content` is the compressed file, dropped once it is stored or given up; `done` of `total` rows is the progress.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(_("台账"), max_length=11, choices=Book)
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=ImportStatus, default=ImportStatus.CHECKING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    problems = ArrayField(models.TextField(), default=list, blank=True)
    preview = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("台账导入")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["checking", "checked", "storing"]) | Q(content__isnull=False),
                name="open_import_has_its_file",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ledgers:import", args=[self.pk])

    @property
    def is_working(self) -> bool:
        """Whether the worker has it, so that its page asks again."""
        return self.state in (ImportStatus.CHECKING, ImportStatus.STORING)
