"""Public notices are part of the public pages that are kept until something public changes."""

from django.db import migrations

from registry.watching import watch


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_departments_rowsecurity"), ("registry", "0005_industry_codes")]

    operations = [watch("reviews_publicity")]
