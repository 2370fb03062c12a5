"""OFD (版式文件): a package whose root says what it is, unencrypted."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from files.inspection import package
from files.inspection.notes import Notes
from files.refusals import refused

ROOT, KEYS = "OFD.xml", {"Encryptions.xml", "DecryptKey.dat"}


def read(name: str, content: IO[bytes]) -> Notes:
    """Raise UploadRefused unless the package is an OFD that everybody can open."""
    with package.opened(name, content) as archive:
        members = set(archive.namelist())
        if ROOT not in members or package.xml(name, archive, ROOT).tag.rsplit("}", 1)[-1] != "OFD":
            raise refused(name, _("已损坏或不是真正的文档"), _("请另存后重新上传"))
        if any(member.rsplit("/", 1)[-1] in KEYS for member in members):
            raise refused(name, _("设置了密码"), _("请去掉密码，另存后重新上传"))
    return ()
