"""The English catalogue says everything the code says, with the same placeholders, and is compiled as it stands."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import Park
from tests import factories
from tests.architecture.catalogue import HAN, Message, Page, marked_strings, messages_of

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w[^>]*>")
REFRESH = "run script/messages and translate what it lists"


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return messages_of(ROOT / CATALOGUE)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """What makemessages finds in a copy of the code."""
    copy = tmp_path_factory.mktemp("code")
    for room in code_folders():
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "*.pdf", "*.geojson"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / "locale").mkdir()
    command = (sys.executable, "manage.py", "makemessages", "--locale=en", "--no-location", "--no-wrap")
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return messages_of(copy / CATALOGUE)


def code_folders() -> list[str]:
    """The rooms, the settings and the templates."""
    return [*sorted(path.parent.name for path in ROOT.glob("*/__init__.py")), "templates"]


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """The source text beside each of its translations; English has two forms."""
    for number, text in message.texts.items():
        yield (message.plural if number else message.singular), text


def test_catalogue_is_complete_and_without_guesses(messages: list[Message]) -> None:
    assert len(messages) > 1000
    forms = {message.singular: 2 if message.plural else 1 for message in messages}
    assert [m.singular for m in messages if m.fuzzy] == [], REFRESH
    assert [m.singular for m in messages if len(m.texts) != forms[m.singular] or not all(m.texts.values())] == [], (
        REFRESH
    )


def test_catalogue_holds_what_the_code_says_and_no_more(messages: list[Message], extracted: list[Message]) -> None:
    said, wanted = {m.key for m in messages}, {m.key for m in extracted}
    assert (sorted(wanted - said), sorted(said - wanted)) == ([], []), REFRESH


def test_every_marked_string_is_found_by_makemessages(messages: list[Message]) -> None:
    """An alias that xgettext does not know would leave its strings in Chinese for good."""
    known = {message.singular for message in messages}
    lost = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for room in code_folders()
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, text in marked_strings(path.read_text())
        if text not in known
    ]
    assert lost == []


def test_translation_keeps_placeholders_and_outer_blanks(messages: list[Message]) -> None:
    wrong = [
        (source, text)
        for message in messages
        for source, text in pairs(message)
        if Counter(PLACEHOLDER.findall(named(source))) != Counter(PLACEHOLDER.findall(named(text)))
        or source.startswith("\n") != text.startswith("\n")
        or source.endswith("\n") != text.endswith("\n")
    ]
    assert wrong == []


def named(text: str) -> str:
    """The text without what stands for a code in an address: /papers/<查验码>/."""
    return re.sub(r"/<[^<>/]+>/", "/", text)


def test_no_translation_repeats_its_chinese_source(messages: list[Message]) -> None:
    repeated = {source for m in messages for source, text in pairs(m) if source == text and HAN.search(text)}
    assert repeated == {"简体中文"}


def test_compiled_catalogue_is_that_of_its_source(tmp_path: Path) -> None:
    fresh = tmp_path / "django.mo"
    subprocess.run(("msgfmt", "--check-format", "-o", str(fresh), str(ROOT / CATALOGUE)), check=True)
    assert decompiled(ROOT / CATALOGUE.with_suffix(".mo")) == decompiled(fresh), "run script/messages"


def decompiled(path: Path) -> str:
    return subprocess.run(("msgunfmt", str(path)), capture_output=True, text=True, check=True).stdout


@pytest.fixture
def park() -> Park:
    return factories.make_park()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["portal:home", "registry:park_list", "notifications:check", "account_login"])
def test_page_in_english_says_nothing_in_chinese_but_names(name: str, park: Park) -> None:
    response = Client(headers={"accept-language": "en"}).get(reverse(name))
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    left = Page(response.content.decode()).chinese
    for data in data_of(park):
        left = [text.replace(data, "") for text in left]
    assert [text for text in left if HAN.search(text)] == []


def data_of(park: Park) -> list[str]:
    """The names that the sample brings along, the longest first."""
    assert park.host_zone is not None
    papers = [status.paper for status in park.legal_statuses.select_related("paper") if status.paper]
    names = [park.name, park.city.name, park.host_zone.name, *(row.name for row in park.industries.all())]
    names += [text for paper in papers for text in (paper.title, paper.number, paper.issuer_name)]
    return sorted(names, key=len, reverse=True)


@pytest.mark.django_db
def test_page_in_chinese_is_noticed_as_such() -> None:
    """The look at the pages above would see a page that had not been translated."""
    response = Client(headers={"accept-language": "zh-CN"}).get(reverse("account_login"))
    assert "登录" in Page(response.content.decode()).chinese
