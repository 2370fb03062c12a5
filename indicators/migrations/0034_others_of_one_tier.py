"""A city is held against cities, a county against counties: the two tiers differ by their size."""

from django.db import migrations

OTHERS = """
CREATE OR REPLACE FUNCTION indicators_others(of_kind text, but text, of_year int)
RETURNS TABLE (code varchar, low numeric, high numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE before text := coalesce(current_setting('app.scope', true), '');
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY WITH newest AS (
    SELECT DISTINCT ON (f.subject, f.code) f.subject, f.code, f.value
    FROM indicators_figure f JOIN indicators_return r ON r.id = f.report_id
    WHERE r.kind = of_kind AND f.year = of_year AND f.subject <> but
      AND (of_kind <> 'city' OR f.subject IN (
        SELECT d.code FROM accounts_division d JOIN accounts_division own ON own.level = d.level WHERE own.code = but))
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
FORMER = """
CREATE OR REPLACE FUNCTION indicators_others(of_kind text, but text, of_year int)
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
    dependencies = [("indicators", "0033_city_registers"), ("accounts", "0007_operator_opens_offices")]

    operations = [migrations.RunSQL(OTHERS, FORMER)]
