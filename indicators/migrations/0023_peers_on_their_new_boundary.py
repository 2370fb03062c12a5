"""The year's other parks are told with the base that was restated for them, as the park itself is (AMB-08)."""

from django.db import migrations

MADE = """
CREATE OR REPLACE FUNCTION indicators_peers(parks text[], codes text[], of_year int)
RETURNS TABLE (number int, code varchar, year smallint, value varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE before text := coalesce(current_setting('app.scope', true), '');
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT DISTINCT ON (p.number, f.code, f.year) p.number::int, f.code, f.year, f.value
  FROM unnest(parks) WITH ORDINALITY AS p (slug, number)
  JOIN indicators_figure f ON f.subject = p.slug AND f.year IN (of_year - 1, of_year) AND f.code = ANY(codes)
    AND {which}
  ORDER BY p.number, f.code, f.year, {first}f.vintage DESC;
  PERFORM set_config('app.scope', before, true);
END
$$
"""
FINAL = "f.level IN ('imported', 'verified', 'corrected')"
RESTATED = "f.level = 'restated'"
NOW = MADE.format(which=f"({FINAL} OR ({RESTATED} AND f.year = of_year - 1))", first=f"({RESTATED}) DESC, ")
BEFORE = MADE.format(which=FINAL, first="")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0022_progress_of_all")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
