"""The watch over rows sees what was written, and does not take for a change what was taken back."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.models import Organisation
from accounts.scope import system
from tests.architecture.rows import Rows
from tests.factories import make_organisation


class TakenBack(Exception):
    """Ends a part of a transaction."""


def _rename_and_take_back(office: Organisation) -> None:
    with system(), transaction.atomic():
        Organisation.objects.filter(pk=office.pk).update(name="别名")
        raise TakenBack


@pytest.mark.django_db
def test_written_rows_are_seen_and_rows_taken_back_are_not() -> None:
    office = make_organisation()
    rows = Rows()
    assert rows.changed() == []
    with pytest.raises(TakenBack):
        _rename_and_take_back(office)
    assert rows.changed() == []
    with system(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_organisation SET name = '别名' WHERE id = %s", [office.pk])
    assert rows.changed() == ["accounts_organisation"]
    assert rows.changed() == []
    assert rows.changed_since_the_beginning() == ["accounts_organisation"]
    with system():
        Organisation.objects.filter(pk=office.pk).update(name=office.name)
    assert rows.changed() == ["accounts_organisation"]
    assert rows.changed_since_the_beginning() == []
