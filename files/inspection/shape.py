"""Zipped Shapefiles: one layer with all its parts."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from files.inspection import package
from files.inspection.notes import Notes
from files.refusals import refused

PARTS = {".shp", ".shx", ".dbf"}


def read(name: str, content: IO[bytes]) -> Notes:
    """Raise UploadRefused unless the archive holds exactly one Shapefile with its parts."""
    with package.opened(name, content) as archive:
        paths = [PurePosixPath(member) for member in archive.namelist() if not member.endswith("/")]
    layers = [path for path in paths if path.suffix.lower() == ".shp"]
    if len(layers) != 1:
        said = _("里有 %(n)s 个 Shapefile，应当恰好一个") % {"n": len(layers)}
        raise refused(name, said, _("请把一个图层的 .shp、.shx、.dbf 打成一个 ZIP"))
    (layer,) = layers
    there = {path.suffix.lower() for path in paths if path.with_suffix("") == layer.with_suffix("")}
    if missing := sorted(PARTS - there):
        said = _("里的“%(layer)s”缺 %(parts)s") % {"layer": layer.name, "parts": "、".join(missing)}
        raise refused(name, said, _("请重新导出并打包"))
    return ()
