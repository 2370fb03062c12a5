"""Fixed words and addresses of templates are remembered, in each language and for each way of asking."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.translation import override

WORDS = '{% load i18n %}{% translate "工作台" %}|{% translate "工作台" as told %}{{ told }}'
ADDRESS = "{% url 'portal:desk' %}|{% url 'portal:desk' as here %}{{ here }}"


def test_words_are_told_in_the_language_of_each_reader() -> None:
    template, told = Template(WORDS), []
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with override(language):
            told.append(template.render(Context()))
    assert told[0] == told[2] == "工作台|工作台"
    assert told[1] == told[3]
    word, again = told[1].split("|")
    assert word == again
    assert word != "工作台"


def test_words_that_vary_are_looked_up_each_time() -> None:
    template = Template("{% load i18n %}{% translate word %}{% translate '<b>100%</b>' %}{% translate 'A'|lower %}")
    with override("zh-hans"):
        assert template.render(Context({"word": "<i>"})) == "&lt;i&gt;<b>100%</b>a"
        assert template.render(Context({"word": "乙"})) == "乙<b>100%</b>a"


def test_address_is_that_of_the_view_each_time() -> None:
    template = Template(ADDRESS)
    assert [template.render(Context()) for _again in range(2)] == ["/desk/|/desk/"] * 2
    set_script_prefix("/below/")
    try:
        assert template.render(Context()) == "/below/desk/|/below/desk/"
    finally:
        set_script_prefix("/")
    assert template.render(Context()) == "/desk/|/desk/"


def test_address_of_no_view_is_refused_or_empty_each_time() -> None:
    template = Template("{% url 'portal:nowhere' as here %}[{{ here }}]")
    assert [template.render(Context()) for _again in range(2)] == ["[]", "[]"]
    with pytest.raises(NoReverseMatch):
        Template("{% url 'portal:nowhere' %}").render(Context())
