"""The check of a paper's data: each refusal names its field."""

import json
from typing import Any

import pytest

from notifications.rendering.document import InvalidPaper, from_dict
from notifications.rendering.measures import chinese_date, mark_size
from tests.notifications.layout_samples import SAMPLES, approval


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_survives_json(name: str) -> None:
    data = SAMPLES[name]()
    assert from_dict(json.loads(json.dumps(data))) == from_dict(data)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"format": "poster"}, "format"),
        ({"title": ""}, "title"),
        ({"title": 7}, "title"),
        ({"number": "浙政函[2026]3号"}, "number"),
        ({"number": "浙政函〔2026〕03号"}, "number"),
        ({"number": "浙政函〔2026〕第3号"}, "number"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": None}, "date"),
        ({"issuers": []}, "issuers"),
        ({"addressees": "示范市人民政府"}, "addressees"),
        ({"addressees": ["示范市", 3]}, "addressees[1]"),
        ({"body": [{"kind": "p", "text": "一\x07"}]}, "body[0].text"),
        ({"body": [{"kind": "p", "text": "反\u202e向"}]}, "body[0].text"),
        ({"body": [{"kind": "p"}]}, "body[0].text"),
        ({"body": [{"kind": "p", "text": "一"}, {"kind": "marquee", "text": "二"}]}, "body[1].kind"),
        ({"body": [{"kind": "table", "rows": [["甲", "乙"], ["丙"]]}]}, "body[0].rows"),
        ({"body": [{"kind": "table", "rows": [["甲", "乙"]], "widths": [1]}]}, "body[0].widths"),
        ({"body": [{"kind": "p", "text": "一", "style": "color:red"}]}, "body[0].style"),
        ({"sealed": True, "seal": None}, "seal"),
        ({"issuers": ["甲厅", "乙厅"]}, "seal"),
        ({"seal": {"organisation": "章"}}, "seal.organisation"),
        ({"seal": {"organisation": "示范市人民政府", "diameter": 90}}, "seal.diameter"),
        ({"urgency": "火急"}, "urgency"),
        ({"copy_number": "12"}, "copy_number"),
        ({"printed_on": None}, "printed_on"),
        ({"data_sha256": "abc"}, "data_sha256"),
        ({"sample": "yes"}, "sample"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_paper_with_wrong_field_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidPaper) as caught:
        from_dict(approval() | change)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("mark", "size"),
    [("浙江省人民政府文件", 15.0), ("浙江省人力资源和社会保障厅文件", 10.4), ("甲省政府\n乙省政府", 15.0)],
)
def test_mark_size_bounded_by_type_area(mark: str, size: float) -> None:
    assert mark_size(from_dict(approval() | {"issuer_mark": mark})) == pytest.approx(size)


def test_date_without_leading_zeros() -> None:
    assert chinese_date(from_dict(approval() | {"date": "2026-03-08"}).date) == "2026年3月8日"  # type: ignore[arg-type]
