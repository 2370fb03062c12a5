"""The notifications room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Official papers and messages: number series, sign-off, rendering, check, delivery."""

    name = "notifications"
    verbose_name = _("公文与通知")

    def ready(self) -> None:
        from notifications import effects, holdings, invitations, mailing, transitions  # noqa: F401
