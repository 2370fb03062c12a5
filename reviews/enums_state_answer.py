"""How far the registration of the state's answer has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StateAnswerStatus(models.TextChoices):
    """Registered by one person of 省科技厅, confirmed or returned by another."""

    REGISTERED = "registered", _("已登记，待核对")
    CONFIRMED = "confirmed", _("已确认")
    RETURNED = "returned", _("已退回")
