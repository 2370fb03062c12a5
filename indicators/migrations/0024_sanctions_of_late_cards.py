"""A revocation may be proposed beside the card of its year; one that was decided outlives its card, in doubt (AMB-13)."""

from django.db import migrations, models

STANDING = ("imposed", "served", "review")
LIVE = ["proposed", "confirmed", "noticed", "answering", "stated", "hearing", "reported", *STANDING]


class Migration(migrations.Migration):
    dependencies = [("indicators", "0023_peers_on_their_new_boundary")]

    operations = [
        migrations.RemoveConstraint(model_name="sanctioncase", name="one_live_sanction_per_year"),
        migrations.RemoveConstraint(model_name="sanctioncase", name="revocation_while_the_card_is_in_force"),
        migrations.AddConstraint(
            model_name="sanctioncase",
            constraint=models.UniqueConstraint(
                condition=models.Q(status__in=LIVE),
                fields=("subject", "year", "kind"),
                name="one_live_sanction_per_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctioncase",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind="revocation", status__in=LIVE)
                | models.Q(card_status__isnull=False, card_status="in_force")
                | (models.Q(status__in=STANDING, card_status__isnull=True) & ~models.Q(doubts=[])),
                name="revocation_while_the_card_is_in_force",
            ),
        ),
    ]
