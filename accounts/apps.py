"""The accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Organisations, people, posts, sign-in and who may see a row."""

    name = "accounts"
    verbose_name = _("组织与人员")
