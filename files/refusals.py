"""Why a file is not taken: a text that says which file, what is wrong, where, and what to do."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


class UploadRefused(ValueError):
    """A file that is not taken; the text says which, what is wrong and what would be right."""


class TooLarge(UploadRefused):
    """Over a limit or a quota."""


class NoSpace(UploadRefused):
    """The place where files are kept is full; nothing that was there is lost."""


class NotPermitted(UploadRefused):
    """Not here, or not by this person."""


def refused(name: str, problem: str, remedy: str) -> UploadRefused:
    """A refusal of one file."""
    return UploadRefused(
        _("“%(name)s”%(problem)s；%(remedy)s。") % {"name": name, "problem": problem, "remedy": remedy}
    )


def no_space() -> NoSpace:
    """The refusal of a full disk."""
    return NoSpace(_("服务器存储空间不足，文件暂时不能保存；已经传到的部分保留着，请稍后继续，并告知平台运维。"))


def in_bytes(size: int) -> str:
    """A size for people."""
    return str(filesizeformat(size))
