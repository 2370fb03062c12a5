"""The files room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Uploads: type, hash, quota, private serving."""

    name = "files"
    verbose_name = _("文件")
