"""Row security of what a city confirms, of the evidence of its figures, and what of others' figures is told: a median."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie

# The government itself, or its bureau of science and technology; not the committee whose figure it is.
BUREAU = (
    "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation()"
    " AND o.kind = 'city_st_bureau' AND o.parent_id = tenant_id)"
)
HELPING = granted("indicators_confirmation", "colleague")
OFFICE = f"organisation_id = app_organisation() AND ({own()} OR ({HELPING} AND {BUREAU}))"
FILLING = (
    "EXISTS (SELECT 1 FROM indicators_return r WHERE r.dossier = files_upload.dossier"
    " AND r.tenant_id = files_upload.tenant_id AND r.reporter_id = app_organisation() AND r.status = 'filling')"
)
GIVEN = f"{FILLING} AND released_at IS NULL AND uploaded_by_id = app_person()"
OTHERS = """
CREATE FUNCTION indicators_others(of_kind text, but text, of_year int)
RETURNS TABLE (code varchar, low numeric, high numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE before text := coalesce(current_setting('app.scope', true), '');
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY WITH newest AS (
    SELECT DISTINCT ON (f.subject, f.code) f.subject, f.code, f.value
    FROM indicators_figure f JOIN indicators_return r ON r.id = f.report_id
    WHERE r.kind = of_kind AND f.year = of_year AND f.subject <> but
      AND f.level IN ('imported', 'verified', 'corrected')
    ORDER BY f.subject, f.code, f.vintage DESC
  ), ranked AS (
    SELECT n.code, n.value::numeric AS value,
      row_number() OVER (PARTITION BY n.code ORDER BY n.value::numeric) AS place,
      count(*) OVER (PARTITION BY n.code) AS number
    FROM newest n WHERE n.value ~ '^-?[0-9]+([.][0-9]+)?$'
  )
  SELECT r.code, min(r.value) FILTER (WHERE r.place = (r.number + 1) / 2),
    min(r.value) FILTER (WHERE r.place = r.number / 2 + 1)
  FROM ranked r GROUP BY r.code HAVING count(*) >= 3;
  PERFORM set_config('app.scope', before, true);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0007_unknown_and_confirmed"), ("files", "0004_without_person")]

    operations = [
        protect(
            "indicators_confirmation",
            own=("r", own()),
            granted=("r", granted("indicators_confirmation")),
            office=("i", OFFICE),
        ),
        append_only("indicators_confirmation"),
        tie("indicators_confirmation", "indicators_return", "report_id", "tenant_id", "dossier"),
        migrations.RunSQL(
            [
                f"CREATE POLICY reporter_insert ON files_upload FOR INSERT WITH CHECK ({GIVEN})",
                f"CREATE POLICY reporter_delete ON files_upload FOR DELETE USING ({GIVEN})",
            ],
            [
                "DROP POLICY reporter_insert ON files_upload",
                "DROP POLICY reporter_delete ON files_upload",
            ],
        ),
        # The two middle figures of at least three others: whose they are, nobody is told.
        migrations.RunSQL(OTHERS, "DROP FUNCTION indicators_others(text, text, int)"),
    ]
