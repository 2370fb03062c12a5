"""The factories make rows that row security lets their owner see, and nobody else."""

import pytest

from accounts.scope import of_organisation
from applications.models import Filing
from tests.factories import make_filing, make_office, make_organisation

pytestmark = pytest.mark.django_db


def test_filing_made_is_seen_by_its_owner_alone() -> None:
    owner, neighbour = make_organisation(), make_organisation()
    handler, reviewer, signer = make_office(owner)
    filing = make_filing(handler)
    assert len({handler.person.pk, reviewer.person.pk, signer.person.pk}) == 3
    with of_organisation(owner.pk):
        assert list(Filing.objects.all()) == [filing]
    with of_organisation(neighbour.pk):
        assert list(Filing.objects.all()) == []
