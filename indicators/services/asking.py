"""What several acts on a return share: tasks, who may see it."""

from __future__ import annotations

from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from indicators.models import Return
from workflow import todo


def open_to(report: Return, organisation: Organisation, level: GrantLevel, by: Organisation) -> None:
    """Open a return to an organisation; its owner sees it anyway."""
    open_dossier(report.dossier, report.tenant_id, organisation, level, by)


def ask(report: Return, kind: str, title: str, organisation: Organisation, role: PostRole, by: Organisation) -> None:
    """Put the next step before an office."""
    todo.assign(
        report,
        kind,
        title % {"name": report.name, "year": report.year},
        report.get_absolute_url(),
        dossier=report.dossier,
        organisation=organisation,
        role=role,
        by=by,
        due_on=report.due_on,
    )
