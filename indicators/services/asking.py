"""What several acts on a return share: tasks, who may see it."""

from __future__ import annotations

from accounts.enums import GrantLevel, PostRole
from accounts.models import Grant, Organisation
from indicators.models import Return
from workflow import todo


def open_to(report: Return, organisation: Organisation, level: GrantLevel, by: Organisation) -> None:
    """Open a return to an organisation; its owner sees it anyway."""
    if organisation.pk == report.tenant_id:
        return
    if not Grant.objects.filter(dossier=report.dossier, organisation=organisation).exists():
        Grant.objects.create(
            dossier=report.dossier,
            tenant_id=report.tenant_id,
            organisation=organisation,
            granted_by=by,
            level=level,
        )


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
