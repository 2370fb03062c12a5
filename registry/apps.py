"""The registry room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Parks, host zones and cities: boundaries, legal status and history."""

    name = "registry"
    verbose_name = _("园区名册")

    def ready(self) -> None:
        """Acts of a park's life that the register itself knows."""
        from registry import acts as acts
        from registry import transitions_titles as transitions_titles
