"""Good practices (优秀做法, C-V.4c): who reads, writes and publishes them; everybody reads what is published."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie
from registry.watching import watch

TABLE = "indicators_practice"
MUTABLE = (
    *("status", "title", "dimension", "tags", "year", "text", "source", "file_id", "file_name"),
    *("proposed_by_id", "published_by_id", "published_at"),
)
# What was handed in is not rewritten: only a draft's words change.
FROZEN = f"""
CREATE FUNCTION {TABLE}_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' AND (OLD.title, OLD.dimension, OLD.tags, OLD.year, OLD.text, OLD.source, OLD.file_id)
     IS DISTINCT FROM (NEW.title, NEW.dimension, NEW.tags, NEW.year, NEW.text, NEW.source, NEW.file_id) THEN
    RAISE EXCEPTION 'the words of a practice change while it is a draft only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER words BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_words()
"""
# Who sees the article sees the file that goes with it.
READ_FILE = migrations.RunSQL(
    "CREATE POLICY practice_select ON files_upload FOR SELECT USING"
    " (EXISTS (SELECT 1 FROM indicators_practice p WHERE p.file_id = files_upload.id))",
    "DROP POLICY practice_select ON files_upload",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_operator_opens_offices"),
        ("files", "0004_without_person"),
        ("indicators", "0031_target_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("submitted", "待省科技厅处理"),
                            ("proposed", "待发布"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤下"),
                            ("dropped", "已作废"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("spirit", "创新精神"),
                            ("ability", "创新能力"),
                            ("results", "创新成果"),
                            ("industry", "创新产业"),
                            ("setting", "创新环境"),
                        ],
                        max_length=8,
                        verbose_name="维度",
                    ),
                ),
                ("tags", models.JSONField(default=list, verbose_name="标签")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("text", models.TextField(verbose_name="正文")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.upload",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.division"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "优秀做法",
                "verbose_name_plural": "优秀做法",
                "ordering": ["-published_at", "-written_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["published", "withdrawn"]), _negated=True),
                            models.Q(
                                ("proposed_by__isnull", False),
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="practice_published_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by", None),
                            models.Q(("published_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="practice_published_by_another",
                    ),
                ],
            },
        ),
        protect(
            TABLE,
            own=("riu", own()),
            granted=("ru", granted(TABLE, "act")),
            published=("r", "app_scope() <> '' AND status = 'published'"),
        ),
        append_only(TABLE, mutable=MUTABLE),
        migrations.RunSQL(FROZEN, [f"DROP TRIGGER words ON {TABLE}", f"DROP FUNCTION {TABLE}_words()"]),
        tie(TABLE, "files_upload", "file_id", "dossier"),
        READ_FILE,
        watch(TABLE, "{row}.published_at IS NOT NULL"),
    ]
