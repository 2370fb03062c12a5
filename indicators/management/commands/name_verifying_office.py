"""`name_verifying_office LABEL ORGANISATION`: who verifies the figures of a department's name in the catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.scope import system
from indicators.models import VerifyingOffice
from policy import figures

UNUSABLE = 2


class Command(BaseCommand):
    """Prints what holds now, one department a line; unusable input ends with 2 and its reason."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("指定核定部门：目录中的部门名由哪个单位核定；不带参数时只列出现有的")
        parser.add_argument("label", nargs="?", metavar="LABEL", help=_("指标目录中的部门，例如 统计"))
        parser.add_argument("organisation", nargs="?", metavar="ORGANISATION", help=_("单位代号，例如 dept-stat"))

    def handle(self, *args: Any, **options: Any) -> None:
        label, code = options["label"], options["organisation"]
        with system():
            if label:
                self._name(label, code or "")
            for row in VerifyingOffice.objects.select_related("organisation").order_by("label"):
                self.stdout.write(f"{row.label}\t{row.organisation.code}\t{row.organisation}")

    def _name(self, label: str, code: str) -> None:
        labels = {part for figure in figures.catalogue().values() for part in figure.verifiers}
        if label not in labels:
            said = {"label": label, "labels": "、".join(sorted(labels))}
            raise CommandError(_("指标目录中没有部门“%(label)s”，可用：%(labels)s") % said, returncode=UNUSABLE)
        organisation = Organisation.objects.filter(code=code, active=True).first()
        if organisation is None:
            raise CommandError(_("没有代号为“%(code)s”的在用单位") % {"code": code}, returncode=UNUSABLE)
        VerifyingOffice.objects.update_or_create(label=label, defaults={"organisation": organisation})
