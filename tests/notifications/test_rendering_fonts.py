"""The prepared typefaces: what they cover, that they share one line box, that preparing is safe to repeat."""

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from notifications.rendering import typefaces
from notifications.rendering.prepare_fonts import FACES, STAMP, is_ready, wanted_characters

SCRIPT = Path(settings.BASE_DIR) / "script" / "fonts"


def font(file: str) -> Any:
    return TTFont(typefaces.folder() / file, lazy=True)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_face_is_truetype_with_shared_line_box(face: Any) -> None:
    with font(face.file) as opened:
        assert "glyf" in opened
        assert "CFF " not in opened
        assert opened["head"].unitsPerEm == 1000
        assert (opened["hhea"].ascent, opened["hhea"].descent, opened["hhea"].lineGap) == (880, -120, 0)
        assert opened["name"].getDebugName(1) == face.family


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_face_covers_gb2312_with_full_width_glyphs(face: Any) -> None:
    hanzi = [bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    hanzi = [character for character in hanzi if character]
    with font(face.file) as opened:
        names = opened.getBestCmap()
        assert len(hanzi) == 6763
        assert [character for character in hanzi if ord(character) not in names] == []
        assert {opened["hmtx"][names[ord(character)]][0] for character in [*hanzi, *"，。〔〕（）《》“”"]} == {1000}


def test_song_covers_standard_list() -> None:
    with font("song.ttf") as opened:
        names = opened.getBestCmap()
    hanzi = {code for code in wanted_characters() if 0x3400 <= code <= 0x9FFF or code >= 0x20000}
    assert len(hanzi) == 6763 + 1467
    assert hanzi - set(names) == set()


def test_licences_kept_beside_faces() -> None:
    names = {path.name for path in typefaces.folder().glob("LICENCE-*")}
    assert len(names) == 3


def test_readiness_follows_recipe_and_files(tmp_path: Path) -> None:
    assert is_ready(typefaces.folder())
    assert not is_ready(tmp_path)
    for face in FACES:
        shutil.copy(typefaces.folder() / face.file, tmp_path)
    stamp = json.loads((typefaces.folder() / STAMP).read_text())
    (tmp_path / STAMP).write_text(json.dumps(stamp))
    assert is_ready(tmp_path)
    (tmp_path / STAMP).write_text(json.dumps(stamp | {"recipe": "other"}))
    assert not is_ready(tmp_path)
    (tmp_path / STAMP).write_text(json.dumps(stamp))
    with (tmp_path / FACES[0].file).open("ab") as file:
        file.write(b"x")
    assert not is_ready(tmp_path)


def test_script_with_ready_fonts_answers_at_once() -> None:
    environment = os.environ | {"PORTAL_FONTS": str(typefaces.folder())}
    done = subprocess.run([SCRIPT], env=environment, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == ""
    assert "fonts are ready" in done.stderr


def test_second_run_waits_for_the_first(tmp_path: Path) -> None:
    environment = os.environ | {"PORTAL_FONTS": str(tmp_path)}
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen([SCRIPT, "--check"], env=environment, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=0.5)
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert second.wait(timeout=30) == 1
        second.stderr.close()


def test_only_prepared_fonts_leaves_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "/etc/fonts/fonts.conf"):
        if before is None:
            monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
        else:
            monkeypatch.setenv("FONTCONFIG_FILE", before)
        with typefaces.only_prepared_fonts():
            inside = Path(os.environ["FONTCONFIG_FILE"])
            assert str(typefaces.folder().resolve()) in inside.read_text()
        assert os.environ.get("FONTCONFIG_FILE") == before
        assert not inside.exists()
