"""Pictures: a size that can be shown, decoded once to its last row."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageFile

from files.inspection.notes import Notes
from files.refusals import UploadRefused, refused

_strictness = Lock()
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


def read(name: str, content: IO[bytes]) -> Notes:
    """Raise UploadRefused unless the picture decodes and is not larger than anybody can open."""
    wanted = FORMATS[os.path.splitext(name)[1].lower()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with _to_the_last_row(), Image.open(content, formats=[wanted]) as picture:
                _check_size(name, picture)
                # A JPEG is read to its end at an eighth of its size: all of its data, little memory.
                picture.draft("L", (picture.width // 8, picture.height // 8))
                picture.load()
    except UploadRefused:
        raise
    except Image.DecompressionBombError as error:
        said = _("的像素数远超 %(limit)s 万") % {"limit": settings.UPLOAD_LIMIT_PIXELS // 10_000}
        raise refused(name, said, _("请降低分辨率，或者转成 PDF")) from error
    except (OSError, SyntaxError, ValueError, MemoryError, EOFError) as error:
        raise refused(name, _("是损坏或不完整的图片"), _("请重新导出图片后上传")) from error
    return ()


@contextmanager
def _to_the_last_row() -> Iterator[None]:
    """Half a picture is an error here, also in a process where a PDF library has made Pillow lenient with them."""
    with _strictness:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _check_size(name: str, picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    if pixels > settings.UPLOAD_LIMIT_PIXELS:
        limit = settings.UPLOAD_LIMIT_PIXELS // 10_000
        said = _("是 %(width)s×%(height)s 像素，超过 %(limit)s 万像素") % {
            "width": picture.width,
            "height": picture.height,
            "limit": limit,
        }
        raise refused(name, said, _("请降低分辨率，或者转成 PDF"))
