"""The unified social credit code (统一社会信用代码, GB 32100-2015) and its check digit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BASE = len(ALPHABET)
WEIGHTS = tuple(pow(3, place, BASE) for place in range(LENGTH - 1))
UNKNOWN = 255
_VALUES = np.full(256, UNKNOWN, dtype=np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), dtype=np.uint8)] = np.arange(BASE, dtype=np.uint8)


def check_digit(body: str) -> str:
    """The eighteenth character for the first seventeen. Raises ValueError for a character that a code has not."""
    if len(body) != LENGTH - 1:
        raise ValueError(body)
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % BASE]


def is_valid(code: str) -> bool:
    """Whether a code has eighteen permitted characters of which the last one checks the others."""
    return bool(are_valid([code])[0])


def are_valid(codes: Sequence[str]) -> np.ndarray:
    """The same for many codes at once."""
    joined = "".join(codes)
    if set(map(len, codes)) != {LENGTH} or not joined.isascii():
        whole = np.array([len(code) == LENGTH and code.isascii() for code in codes], dtype=bool)
        found = np.zeros(len(codes), dtype=bool)
        if whole.any():
            found[whole] = are_valid([code for code, fits in zip(codes, whole, strict=True) if fits])
        return found
    values = _VALUES[np.frombuffer(joined.encode(), dtype=np.uint8).reshape(-1, LENGTH)]
    total = values[:, :-1].astype(np.int32) @ np.array(WEIGHTS, dtype=np.int32)
    answer: np.ndarray = ((total + values[:, -1]) % BASE == 0) & (values != UNKNOWN).all(axis=1)
    return answer
