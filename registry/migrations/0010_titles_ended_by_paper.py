"""A title that ends by a paper of the portal rests on one that ends it, as one that is won rests on one that confers it."""

from django.db import migrations

# What the paper has to bring about: the title itself where it is held from that day on, else that the place left.
CONFERRED = """
ALTER TABLE registry_citytitle DROP CONSTRAINT registry_citytitle_conferred;
ALTER TABLE registry_citytitle ADD COLUMN effect varchar(14)
  GENERATED ALWAYS AS (CASE WHEN held THEN title ELSE 'left' END) STORED;
ALTER TABLE registry_citytitle ADD CONSTRAINT registry_citytitle_conferred FOREIGN KEY (paper_id, effect)
  REFERENCES notifications_paper (id, confers) DEFERRABLE INITIALLY DEFERRED
"""
BEFORE = """
ALTER TABLE registry_citytitle DROP CONSTRAINT registry_citytitle_conferred;
ALTER TABLE registry_citytitle DROP COLUMN effect;
ALTER TABLE registry_citytitle ADD CONSTRAINT registry_citytitle_conferred FOREIGN KEY (paper_id, title)
  REFERENCES notifications_paper (id, confers) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0009_titles_ended"),
        ("registry", "0009_city_titles"),
    ]

    operations = [migrations.RunSQL(CONFERRED, BEFORE)]
