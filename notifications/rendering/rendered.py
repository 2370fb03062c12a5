"""What comes out of the press."""

from typing import NamedTuple


class RenderedPaper(NamedTuple):
    """A finished paper: the file, its SHA-256 in hexadecimal, the number of pages."""

    pdf: bytes
    sha256: str
    pages: int
