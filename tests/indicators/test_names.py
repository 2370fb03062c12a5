"""What the data names in Chinese has an English name, and the English pages use it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from accounts.names import named
from indicators.enums_practices import Dimension
from indicators.ledgers.registers import REGISTERS
from policy import clauses, figures, index
from registry.facts import loader
from tests.indicators.cities import YEAR, released_cities

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OWN = settings.BASE_DIR / "locale" / "names" / "en" / "LC_MESSAGES" / "django.po"
# Units of indicators and findings that are not those of a figure.
FURTHER_UNITS = ("百分点", "分")


def _figures() -> Iterator[str]:
    for figure in figures.catalogue().values():
        yield figure.label
        yield figure.unit
        keys = figures.KEYS.get(figure.code, {})
        yield from (keys.get(key, key) for key in figure.index or () if isinstance(figure.index, tuple))
        yield from keys.values()
    yield from (level.label for level in figures.Level)


def _indices() -> Iterator[str]:
    for ranking in index.LEVELS:
        default = index.default(ranking)
        yield default.title
        yield from (part.label for part in default.tree)


def _clauses() -> Iterator[str]:
    for name in clauses.names():
        found = clauses.load(name)
        yield found.label
        yield from (clause.label for clause in found.clauses)


def _names() -> set[str]:
    """Every Chinese name that the data brings."""
    places = (division.name for division in loader.divisions())
    told = {*_figures(), *_indices(), *_clauses(), *places, *FURTHER_UNITS}
    return {name for name in told if CHINESE.search(name)}


def test_every_name_of_the_data_is_english_in_english() -> None:
    with translation.override("en"):
        assert sorted(name for name in _names() if CHINESE.search(named(name)) or not named(name).strip()) == []


def test_catalogue_of_names_holds_nothing_else() -> None:
    told = set(re.findall(r'^msgid "(.+)"$', OWN.read_text(encoding="utf-8"), re.MULTILINE))
    assert told - _names() == set()


def test_codes_of_figures_units_and_composed_names_are_english() -> None:
    with translation.override("en"):
        assert named(figures.label("C.tax_relief[rd]")) == "Tax relief · extra deduction of R&D expenses"
        assert named("万元/亿元") == "10,000 yuan/¥100m"
        for code in index.LEVELS:
            units = [named(part.unit) for part in index.default(code).tree]
            assert [unit for unit in units if CHINESE.search(unit)] == []


def test_registers_and_dimensions_are_english_in_english() -> None:
    with translation.override("en"):
        labels = [str(one.label) for one in REGISTERS.values()]
        kinds = [str(word) for one in REGISTERS.values() for word in one.kinds.values()]
        assert [
            text for text in (*labels, *kinds, *(str(one.label) for one in Dimension)) if CHINESE.search(text)
        ] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_words_of_a_person_and_empty_names_stay(language: str) -> None:
    with translation.override(language):
        assert named("自拟的指标") == "自拟的指标"
        assert named("自拟·指标/其二") == "自拟·指标/其二"
        assert (named(""), named(None), named("·")) == ("", "", "·")


def test_chinese_reader_reads_the_name_as_it_stands() -> None:
    with translation.override("zh-hans"):
        assert named("生产总值") == "生产总值"


@pytest.mark.django_db
def test_english_pages_use_the_english_names_and_files_the_chinese_ones() -> None:
    released_cities()
    reader = Client()
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    compared = "?code=339701&code=339702"
    for address in (
        f"/rankings/cities/{YEAR}/",
        f"/rankings/cities/{YEAR}/339701/",
        f"/cities/compare/{compared}",
        "/cities/339701/",
        "/rules/?set=city-annual",
    ):
        page = reader.get(address).content.decode().split("<main")[1]
        assert sorted(name for name in {*_indices(), *_figures()} if len(name) > 3 and f">{name}<" in page) == [], (
            address
        )
    assert "Spirit of innovation" in reader.get(f"/cities/compare/{compared}").content.decode()
    assert "创新精神" in reader.get(f"/cities/compare.csv{compared}").content.decode()
    assert "创新精神" in Client().get(f"/cities/compare/{compared}").content.decode()
