"""What is known of a file's harmlessness."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What the scanner (查毒) said of a file; without a scanner every file stays pending."""

    PENDING = "pending", _("待查毒")
    CLEAN = "clean", _("已查毒")
    INFECTED = "infected", _("发现病毒")
    FAILED = "failed", _("未能查毒")
