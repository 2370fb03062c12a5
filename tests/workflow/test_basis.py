"""A basis in words: places of the document, laws, and nothing of the inner numbering."""

from __future__ import annotations

import pytest

from workflow.basis import in_words


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("P-II.1.8a; P-II.1.8b; T1", "文件第二部分第（一）项第8点"),
        ("P-II.1.8c; P-IV.4b; T6", "文件第二部分第（一）项第8点、文件第四部分第（四）项"),
        ("P-II.0.3", "文件第二部分"),
        ("T3；T5；行政许可法第三十二条（参照）", "行政许可法第三十二条（参照）"),
        ("T7; AMB-21", ""),
        ("PK-00", ""),
        ("", ""),
    ],
)
def test_basis_names_the_place_of_the_document(basis: str, words: str) -> None:
    assert in_words(basis) == words
