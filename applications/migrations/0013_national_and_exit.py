"""Two more kinds of filings about a city or county: for a national pilot, and to leave the programme."""

from django.db import migrations, models

NO_PARK = ["creation", "city", "national", "exit"]
OF_PLACES = ["city", "national", "exit"]
KINDS = [
    ("creation", "创建"),
    ("recognition", "认定"),
    ("expansion", "扩区"),
    ("change", "变更"),
    ("city", "创新型城市（县、区）试点"),
    ("national", "国家创新型试点"),
    ("exit", "退出创新型城市建设"),
]


class Migration(migrations.Migration):
    dependencies = [("applications", "0012_place_openings")]

    operations = [
        migrations.RemoveConstraint("filing", "filing_about_a_park_unless_it_creates_one"),
        migrations.RemoveConstraint("filing", "filing_about_a_place_if_it_is_of_a_city"),
        migrations.AlterField(
            "filing",
            "kind",
            models.CharField(choices=KINDS, default="creation", max_length=11, verbose_name="申报类别"),
        ),
        migrations.AddConstraint(
            "filing",
            models.CheckConstraint(
                condition=models.Q(kind__in=NO_PARK, park__isnull=True)
                | (~models.Q(kind__in=NO_PARK) & models.Q(park__isnull=False)),
                name="filing_about_a_park_unless_it_creates_one",
            ),
        ),
        migrations.AddConstraint(
            "filing",
            models.CheckConstraint(
                condition=models.Q(kind__in=OF_PLACES, division__isnull=False, host_zone__isnull=True)
                | (~models.Q(kind__in=OF_PLACES) & models.Q(division__isnull=True)),
                name="filing_about_a_place_if_it_is_of_a_city",
            ),
        ),
    ]
