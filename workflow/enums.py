"""Who may read an event of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who reads an event: everybody on the dossier, the authorities, or the acting office alone."""

    DOSSIER = "dossier", _("申报方与审查方")
    AUTHORITY = "authority", _("主办单位")
    OFFICE = "office", _("本单位")
