"""The portal room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Pages that combine rooms: home, desk, open data."""

    name = "portal"
    verbose_name = _("门户")
