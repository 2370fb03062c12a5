"""Official documents carry telephones of offices, never numbers of persons."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.private_numbers import refuse
from applications.plan import Field, Kind, values
from notifications.paper_forms import contact_field


@pytest.mark.parametrize(
    "text",
    [
        "联系人：张三，13800138000",
        "张三 138 0013 8000",
        "张三+86-13800138000",
        "张三１３８００１３８０００",
        "身份证 33010619800101123X",
    ],
)
def test_number_of_a_person_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="不能填写"):
        refuse(text)
    with pytest.raises(ValidationError):
        contact_field().clean(text)
    with pytest.raises(ValidationError):
        values.parse(Field("x.contact", "联系人", office=True), text)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：张三，电话 0571-87654321",
        "0571-13800138",
        "浙科发规〔2026〕13号",
        "138001380001",
        "1234567890123456789",
    ],
)
def test_number_of_an_office_is_taken(text: str) -> None:
    refuse(text)
    assert contact_field().clean(text) == text
    assert values.parse(Field("x.contact", "联系人", Kind.TEXT, office=True), text) == text


def test_only_how_somebody_is_reached_is_looked_at() -> None:
    assert values.parse(Field("x.name", "名称"), "13800138000") == "13800138000"
