"""Print the sample accounts: office, role, user name and password."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.management.base import BaseCommand

from accounts.scope import system
from portal.sample import people

HEAD = ("单位", "岗位", "用户名", "密码")


class Command(BaseCommand):
    """`manage.py sample_accounts`: a table on standard output; nothing where no sample is loaded."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table."""
        with system():
            rows = [(row.organisation, row.role, row.username, row.password) for row in people.accounts()]
        if not rows:
            self.stderr.write("没有示例账号；用 load_sample 载入示例数据。")
            return
        table = [HEAD, *rows]
        widths = [max(width(row[column]) for row in table) for column in range(len(HEAD))]
        for row in table:
            cells = [text + " " * (size - width(text)) for text, size in zip(row, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())


def width(text: str) -> int:
    """How many columns a text takes on a terminal: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
