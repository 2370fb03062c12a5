"""Names, boundaries and host zones of parks as dated versions, and mergers, each resting on its paper."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from accounts.rowsecurity import append_only, narrow_insert, protect
from registry.watching import watch

GOVERNMENT = (
    "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'prov_gov_office')"
)
# Whatever comes into the register rests on a paper that 省政府办公厅 itself signed.
OWN_PAPER = "EXISTS (SELECT 1 FROM notifications_paper p WHERE p.id = paper_id AND p.tenant_id = app_organisation())"
BY_PAPER = " AND ".join((GOVERNMENT, OWN_PAPER))

# What parks bear now becomes the first version of their host zone and of their boundary's four sides.
FIRST = """
SELECT set_config('app.scope', 'system', true);
INSERT INTO registry_parkzone (id, park_id, zone_id, since, precision, paper_id, citation, recorded_at)
SELECT gen_random_uuid(), p.id, p.host_zone_id, s.since, s.precision, s.paper_id, s.citation, now()
FROM registry_park p JOIN LATERAL (
  SELECT * FROM registry_legalstatus l WHERE l.park_id = p.id ORDER BY l.since, l.recorded_at LIMIT 1) s ON true;
UPDATE registry_parkboundary b SET four_sides = p.four_sides FROM registry_park p WHERE p.id = b.park_id;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT set_config('app.scope', '', true);
"""

# The park bears the name that is open among its names; an end is final.
BEARING = """
CREATE FUNCTION registry_park_bears_its_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_park uuid := CASE WHEN TG_TABLE_NAME = 'registry_park' THEN to_jsonb(NEW) ->> 'id'
                             ELSE to_jsonb(NEW) ->> 'park_id' END;
BEGIN
  IF EXISTS (SELECT 1 FROM registry_parkname n JOIN registry_park p ON p.id = n.park_id
             WHERE p.id = of_park AND n.valid_to = '' AND n.name <> p.name) THEN
    RAISE EXCEPTION 'registry_park bears another name than the one that is open' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bears_its_name AFTER INSERT OR UPDATE ON registry_parkname DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION registry_park_bears_its_name();
CREATE CONSTRAINT TRIGGER bears_its_name AFTER UPDATE OF name ON registry_park DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION registry_park_bears_its_name();
CREATE FUNCTION registry_park_stays_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a park that has ended stays ended' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays_ended BEFORE UPDATE OF status ON registry_park FOR EACH ROW
  WHEN (OLD.status = 'ended' AND NEW.status <> 'ended') EXECUTE FUNCTION registry_park_stays_ended();
"""
UNBEARING = """
DROP TRIGGER stays_ended ON registry_park;
DROP FUNCTION registry_park_stays_ended();
DROP TRIGGER bears_its_name ON registry_park;
DROP TRIGGER bears_its_name ON registry_parkname;
DROP FUNCTION registry_park_bears_its_name();
"""
# A merged park has the legal status "ended": the key names the status.
ENDED = """
ALTER TABLE registry_parkmerger ADD CONSTRAINT registry_parkmerger_ended FOREIGN KEY (ended_id, park_id, ended_as)
  REFERENCES registry_legalstatus (id, park_id, status) DEFERRABLE INITIALLY DEFERRED;
"""
UNENDED = "ALTER TABLE registry_parkmerger DROP CONSTRAINT registry_parkmerger_ended"
KEPT = {
    "registry_parkname": ["valid_to"],
    "registry_parkboundary": [],
    "registry_parkzone": [],
    "registry_parkmerger": [],
}


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0006_messages_in_order"),
        ("registry", "0007_zone_outlines"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParkMerger",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ended_as", models.CharField(default="ended", editable=False, max_length=12)),
                ("since", models.DateField(verbose_name="起始")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "合并",
                "verbose_name_plural": "合并",
                "ordering": ["into", "since"],
            },
        ),
        migrations.CreateModel(
            name="ParkZone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateField(blank=True, null=True, verbose_name="起始")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "不详")],
                        default="day",
                        max_length=8,
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="出处")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "历次所在开发区",
                "verbose_name_plural": "历次所在开发区",
                "ordering": ["park", "since", "recorded_at"],
            },
        ),
        migrations.AlterModelOptions(
            name="parkboundary",
            options={"ordering": ["park", "valid_from", "recorded_at"]},
        ),
        migrations.AddField(
            model_name="parkboundary",
            name="four_sides",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="parkboundary",
            name="recorded_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="parkname",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notifications.paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="parkname",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", "")), fields=("park",), name="one_open_name"
            ),
        ),
        migrations.AddField(
            model_name="parkmerger",
            name="ended",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.legalstatus"
            ),
        ),
        migrations.AddField(
            model_name="parkmerger",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mergers", to="registry.park"
            ),
        ),
        migrations.AddField(
            model_name="parkmerger",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notifications.paper"
            ),
        ),
        migrations.AddField(
            model_name="parkmerger",
            name="park",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="merger", to="registry.park"
            ),
        ),
        migrations.AddField(
            model_name="parkzone",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notifications.paper",
            ),
        ),
        migrations.AddField(
            model_name="parkzone",
            name="park",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="zones", to="registry.park"
            ),
        ),
        migrations.AddField(
            model_name="parkzone",
            name="zone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.hostzone",
            ),
        ),
        migrations.AddConstraint(
            model_name="parkmerger",
            constraint=models.CheckConstraint(
                condition=models.Q(("park", models.F("into")), _negated=True), name="park_merges_into_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="parkmerger",
            constraint=models.CheckConstraint(condition=models.Q(("ended_as", "ended")), name="merged_park_has_ended"),
        ),
        *(
            narrow_insert(table, "government_insert", GOVERNMENT, BY_PAPER)
            for table in ("registry_legalstatus", "registry_parkname", "registry_parkboundary")
        ),
        *(
            protect(table, anyone=("r", "true"), government=("i", BY_PAPER))
            for table in ("registry_parkzone", "registry_parkmerger")
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        *(append_only(table, mutable) for table, mutable in KEPT.items()),
        migrations.RunSQL(ENDED, UNENDED),
        migrations.RunSQL(BEARING, UNBEARING),
        watch("registry_parkzone"),
        watch("registry_parkmerger"),
    ]
