"""A search looks through the entries once; of what is found often it reads the newest alone.

The policies stay word for word. Those of a grant are tried in the reverse order of their names: the one by which an
office most often sees a grant now comes first, since each search and each list looks thousands of them up.
"""

from django.db import migrations, models

# Runs with the rights and under the policies of who calls it. Up to `few` entries are all that was found; where there
# are more, each kind gives its newest from an index, and is counted up to `most`.
FIND = """
CREATE FUNCTION workflow_newest_found(kinds text[], patterns text[], size integer, few integer, most integer)
RETURNS TABLE (kind varchar, total bigint, subject_id uuid, title varchar, words text)
LANGUAGE plpgsql STABLE SET enable_seqscan = on SET enable_sort = on SET enable_bitmapscan = on AS $$
#variable_conflict use_column
DECLARE
  one text; found workflow_searchentry[];
BEGIN
  SELECT array_agg(x.s) INTO found
    FROM (SELECT s FROM workflow_searchentry s WHERE s.folded LIKE ALL (patterns) LIMIT few + 1) x;
  IF coalesce(cardinality(found), 0) <= few THEN
    RETURN QUERY SELECT f.kind, f.total, f.subject_id, f.title, f.text
      FROM (SELECT u.*, count(*) OVER (PARTITION BY u.kind) AS total,
                   row_number() OVER (PARTITION BY u.kind ORDER BY u.at DESC, u.id) AS place
              FROM unnest(found) u WHERE u.kind = ANY (kinds)) f
     WHERE f.place <= size ORDER BY f.kind, f.place;
    RETURN;
  END IF;
  -- The planner cannot know that what is looked for stands in every other row.
  PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true),
          set_config('enable_bitmapscan', 'off', true);
  FOREACH one IN ARRAY kinds LOOP
    RETURN QUERY SELECT f.kind, count(*) OVER (), f.subject_id, f.title, f.text
      FROM (SELECT s.kind, s.subject_id, s.title, s.text FROM workflow_searchentry s
             WHERE s.kind = one AND s.folded LIKE ALL (patterns) ORDER BY s.at DESC, s.id LIMIT most) f
     LIMIT size;
  END LOOP;
END $$
"""
FORGET = "DROP FUNCTION workflow_newest_found(text[], text[], integer, integer, integer)"
RENAME = "ALTER POLICY {} ON accounts_grant RENAME TO {}"


class Migration(migrations.Migration):
    dependencies = [("workflow", "0014_who_is_reminded_reads_it"), ("accounts", "0004_indexes_that_suffice")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["kind", "-at", "id"], name="search_newest"),
        ),
        migrations.RunSQL(FIND, FORGET),
        migrations.RunSQL(
            RENAME.format("holder_select", "to_holder_select"), RENAME.format("to_holder_select", "holder_select")
        ),
    ]
