"""A dossier is opened to an organisation."""

from __future__ import annotations

from uuid import UUID

from accounts.enums import GrantLevel
from accounts.models import Grant, Organisation


def open_dossier(
    dossier: UUID, tenant: UUID, organisation: Organisation, level: GrantLevel | str, by: Organisation
) -> None:
    """Let an organisation see a dossier of another at a level; who sees it already keeps the level they have."""
    if organisation.pk == tenant or Grant.objects.filter(dossier=dossier, organisation=organisation).exists():
        return
    Grant.objects.create(dossier=dossier, tenant_id=tenant, organisation=organisation, granted_by=by, level=level)
