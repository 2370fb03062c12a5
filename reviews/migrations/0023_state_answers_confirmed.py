"""The state's answer is registered by one person of 省科技厅 and confirmed by another; the place reads what is confirmed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from accounts.rowsecurity import append_only, granted, own

ROWS = "reviews_stateanswer"
SHOWN = "status = 'confirmed'"
READING = {"own_select": own(), "granted_select": granted(ROWS)}
ACTING = f"""
CREATE POLICY acting_select ON {ROWS} FOR SELECT USING ({granted(ROWS, "act")});
CREATE POLICY acting_update ON {ROWS} FOR UPDATE USING ({granted(ROWS, "act")}) WITH CHECK ({granted(ROWS, "act")})
"""
# Compared once: what was confirmed or returned is as it is.
SETTLED = f"""
CREATE FUNCTION {ROWS}_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'registered' THEN
    RAISE EXCEPTION 'an answer is decided on once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settled BEFORE UPDATE ON {ROWS} FOR EACH ROW EXECUTE FUNCTION {ROWS}_settled()
"""


def narrowed(name: str, condition: str) -> migrations.RunSQL:
    """Show by a policy what is confirmed alone."""
    made = f"DROP POLICY {name} ON {ROWS}; CREATE POLICY {name} ON {ROWS} FOR SELECT USING "
    return migrations.RunSQL(f"{made} ({condition} AND {SHOWN})", f"{made} ({condition})")


def unchanged() -> migrations.RunSQL:
    """Take back that rows are only added."""
    kept = append_only(ROWS)
    return migrations.RunSQL(kept.reverse_sql, kept.sql)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_titles_ended_by_paper"),
        ("reviews", "0022_city_advice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        unchanged(),
        migrations.RemoveConstraint("stateanswer", "state_approves_by_document_and_title"),
        # Those that are there were registered by one person.
        migrations.AddField(
            "stateanswer",
            "status",
            models.CharField(
                choices=[("registered", "已登记，待核对"), ("confirmed", "已确认"), ("returned", "已退回")],
                default="confirmed",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            "stateanswer",
            "status",
            models.CharField(
                choices=[("registered", "已登记，待核对"), ("confirmed", "已确认"), ("returned", "已退回")],
                default="registered",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            "stateanswer",
            "decided_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("stateanswer", "decided_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "stateanswer", "remark", models.TextField(blank=True, verbose_name="退回的理由", default="")
        ),
        migrations.AlterField("stateanswer", "remark", models.TextField(blank=True, verbose_name="退回的理由")),
        migrations.AlterField(
            "stateanswer",
            "case",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="state_answers", to="reviews.case"
            ),
        ),
        migrations.AddConstraint(
            "stateanswer",
            models.CheckConstraint(
                condition=Q(title__isnull=True) | Q(approved=True, status="confirmed"),
                name="state_title_by_confirmed_approval",
            ),
        ),
        migrations.AddConstraint(
            "stateanswer",
            models.CheckConstraint(
                condition=~Q(approved=True, status="confirmed") | Q(title__isnull=False),
                name="state_approval_is_a_title",
            ),
        ),
        migrations.AddConstraint(
            "stateanswer",
            models.CheckConstraint(condition=Q(approved=False) | ~Q(number=""), name="state_approves_by_document"),
        ),
        migrations.AddConstraint(
            "stateanswer",
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="state_answer_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            "stateanswer",
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(remark=""), name="state_answer_returned_with_reason"
            ),
        ),
        migrations.AddConstraint(
            "stateanswer",
            models.UniqueConstraint(
                fields=["case"], condition=~Q(status="returned"), name="state_answer_once_for_a_case"
            ),
        ),
        *(narrowed(name, condition) for name, condition in READING.items()),
        migrations.RunSQL(ACTING, f"DROP POLICY acting_select ON {ROWS}; DROP POLICY acting_update ON {ROWS}"),
        append_only(ROWS, mutable=("status", "decided_by_id", "decided_at", "remark", "title_id")),
        migrations.RunSQL(SETTLED, [f"DROP TRIGGER settled ON {ROWS}", f"DROP FUNCTION {ROWS}_settled()"]),
    ]
