"""The sample province as a running portal loaded it: what it holds is whole, and loading it again changes nothing."""

import json

from tests.stack import Portal, manage


def ask(portal: Portal, command: str) -> str:
    """Python at work in the portal's place, over its data."""
    code = f"from tests import sample_facts; {command}"
    done = manage(portal.data, "shell", "--no-imports", "--command", code)
    assert done.returncode == 0, done.stderr
    return done.stdout


def counted(portal: Portal) -> dict[str, int]:
    """How many rows the portal holds."""
    found: dict[str, int] = json.loads(ask(portal, "import json; print(json.dumps(sample_facts.count()))"))
    return found


def test_sample_filings_stand_in_every_status_and_say_that_they_are_invented(portal: Portal) -> None:
    ask(portal, "sample_facts.check()")


def test_loading_it_again_changes_nothing(portal: Portal) -> None:
    before = counted(portal)
    assert min(before.values()) > 10
    done = manage(portal.data, "load_sample")
    assert done.returncode == 0, done.stderr
    assert counted(portal) == before
