"""The province's final figures are everybody's; departments prove theirs; the year's parks are told without names."""

from django.db import migrations

from accounts.rowsecurity import granted

SCOPED = "app_scope() <> ''"
FINAL = "level IN ('imported', 'verified', 'corrected')"
POLICIES = {
    "province_select ON indicators_return": f"FOR SELECT USING (kind = 'province' AND status = 'locked' AND {SCOPED})",
    "province_select ON indicators_figure": f"FOR SELECT USING (subject = '330000' AND {FINAL} AND {SCOPED})",
}
FILLING = (
    # ruff: noqa: S608 - policies are put together from words of our own
    "EXISTS (SELECT 1 FROM indicators_return r WHERE r.dossier = files_upload.dossier"
    " AND r.tenant_id = files_upload.tenant_id AND r.kind = 'province' AND r.status = 'filling')"
    f" AND {granted('files_upload', 'colleague')} AND released_at IS NULL AND uploaded_by_id = app_person()"
)
POLICIES |= {
    "province_insert ON files_upload": f"FOR INSERT WITH CHECK ({FILLING})",
    "province_delete ON files_upload": f"FOR DELETE USING ({FILLING})",
}
# What the parks among which one is measured (AMB-22, AMB-29) reported, numbered in the order of their codes.
PEERS = f"""
CREATE FUNCTION indicators_peers(parks text[], codes text[], of_year int)
RETURNS TABLE (number int, code varchar, year smallint, value varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE before text := coalesce(current_setting('app.scope', true), '');
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT DISTINCT ON (p.number, f.code, f.year) p.number::int, f.code, f.year, f.value
  FROM unnest(parks) WITH ORDINALITY AS p (slug, number)
  JOIN indicators_figure f ON f.subject = p.slug AND f.year IN (of_year - 1, of_year) AND f.code = ANY(codes)
    AND f.{FINAL}
  ORDER BY p.number, f.code, f.year, f.vintage DESC;
  PERFORM set_config('app.scope', before, true);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0018_sanctions_on_review"), ("files", "0004_without_person")]

    operations = [
        migrations.RunSQL(
            [f"CREATE POLICY {name} {text}" for name, text in POLICIES.items()],
            [f"DROP POLICY {name}" for name in POLICIES],
        ),
        migrations.RunSQL(PEERS, "DROP FUNCTION indicators_peers(text[], text[], int)"),
    ]
