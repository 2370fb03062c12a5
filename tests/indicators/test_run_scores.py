"""A list with a signed index is scored and ranked, compared with last year, and computed again from its files."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.actors import SESSION_KEY
from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators.enums import Listing, Programme
from indicators.models import Assessment, IndexVersion, Run
from indicators.services import replaying, running
from tests.factories import make_paper
from tests.indicators.released import Year, computed_year
from tests.indicators.years import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    """Seven parks under creation and two recognised ones, scored."""
    return computed_year()


def ranks(run: Run, ranking: str = "creating") -> dict[str, tuple[int | None, int | None]]:
    """Rank and last year's rank of a list."""
    with system():
        rows = Assessment.objects.filter(run=run, list=ranking)
        return {one.subject: (one.rank, one.previous_rank) for one in rows}


def test_list_is_ranked_by_its_signed_index_which_is_fixed_from_then_on(year: Year) -> None:
    found = ranks(year.run)
    # Who reaches a target has full marks for it, however far beyond.
    full = {slug for slug, (rank, _before) in found.items() if rank == 1}
    assert full == {"good", "fair", "best", "more"}
    assert [found[slug][0] for slug in ("miss", "near", "last")] == [5, 6, 7]
    with system():
        one = Assessment.objects.get(run=year.run, subject="miss")
        assert (one.ranked, one.rank_low is not None, one.rank_high is not None) == (7, True, True)
        assert set(IndexVersion.objects.values_list("status", flat=True)) == {"frozen"}
        assert replaying.differences(year.run) == []


def test_next_year_tells_the_change_from_the_rank_that_stands(year: Year) -> None:
    handler, signer = year.lead(), year.lead(PostRole.SIGNER)
    with enter(handler.scope):
        running.propose_release(year.run, Listing.OWN, 0, handler)
    paper = make_paper(handler.organisation)
    with enter(signer.scope):
        running.release(year.run, signer, paper)
    with system():
        run = running.compute(running.start_run(Programme.PARK, YEAR + 1, None))
    # Nothing is reported yet: nobody is ranked, and everybody's last rank is known.
    assert (ranks(run)["miss"], ranks(run)["good"]) == ((None, 5), (None, 1))


def test_stages_of_a_list_are_files_from_which_composite_gives_the_same(year: Year, tmp_path: Path) -> None:
    client = Client()
    client.force_login(year.lead().person)
    session = client.session
    session[SESSION_KEY] = str(year.lead().post.pk)
    session.save()
    response = client.get(f"{year.run.get_absolute_url()}stages/creating.zip")
    ZipFile(BytesIO(response.content)).extractall(tmp_path)
    out = StringIO()
    call_command("composite", "--replay", str(tmp_path), stdout=out)
    assert "重算一致" in out.getvalue()
    scores = (tmp_path / "8-rank.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[0] for line in scores.splitlines()[1:]] == sorted(ranks(year.run))
