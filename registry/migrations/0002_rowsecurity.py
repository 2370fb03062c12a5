"""Row security of the register, and no legal status without its paper or its cited source."""

from django.db import migrations

from accounts.rowsecurity import append_only, protect

GOVERNMENT = (
    "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'prov_gov_office')"
)

# A park's status is that of its current LegalStatus row, and a status that rests on a paper rests on one
# that confers this very status: raw SQL cannot bring a park into a legal status without its paper.
TIES = """
ALTER TABLE registry_legalstatus ADD CONSTRAINT registry_legalstatus_whole UNIQUE (id, park_id, status);
ALTER TABLE registry_park ADD CONSTRAINT registry_park_status_rests FOREIGN KEY (current_id, id, status)
  REFERENCES registry_legalstatus (id, park_id, status) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE notifications_paper ADD CONSTRAINT notifications_paper_confers UNIQUE (id, confers);
ALTER TABLE registry_legalstatus ADD CONSTRAINT registry_legalstatus_conferred FOREIGN KEY (paper_id, status)
  REFERENCES notifications_paper (id, confers) DEFERRABLE INITIALLY DEFERRED;
"""
UNTIE = """
ALTER TABLE registry_legalstatus DROP CONSTRAINT registry_legalstatus_conferred;
ALTER TABLE notifications_paper DROP CONSTRAINT notifications_paper_confers;
ALTER TABLE registry_park DROP CONSTRAINT registry_park_status_rests;
ALTER TABLE registry_legalstatus DROP CONSTRAINT registry_legalstatus_whole;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("notifications", "0002_rowsecurity")]

    operations = [
        *(
            protect(table, anyone=("r", "true"), government=("iu", GOVERNMENT))
            for table in (
                "registry_park",
                "registry_legalstatus",
                "registry_parkname",
                "registry_parkboundary",
                "registry_leadingindustry",
            )
        ),
        append_only("registry_legalstatus"),
        migrations.RunSQL(TIES, UNTIE),
    ]
