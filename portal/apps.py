"""The portal room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Pages that combine rooms: home, desk, open data."""

    name = "portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        from portal.bulk import doing  # noqa: F401
        from portal.exports import cases, ledgers, tables  # noqa: F401
