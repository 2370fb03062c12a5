"""Results are written by 省科技厅 in the chain of their round, which itself is shown by its results."""

from django.db import migrations

from accounts.rowsecurity import in_chain, narrow_insert

RESULT = "indicators_evaluationresult"
LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"
BEFORE = (
    f"{LEAD} AND EXISTS (SELECT 1 FROM indicators_evaluationround r WHERE r.id = {RESULT}.round_id"  # noqa: S608
    " AND r.tenant_id = app_organisation())"
)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0028_evaluation_rounds")]

    operations = [narrow_insert(RESULT, "written_insert", BEFORE, f"{LEAD} AND {in_chain(RESULT)}")]
