"""Prepares, once, the typefaces of official papers: subset, as TrueType, with one set of vertical metrics."""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

RECIPE = "2"
UNITS_PER_EM = 1000
ASCENT, DESCENT = 880, -120
CURVE_ERROR = 1.0
DEBIAN_PACKAGE = "texlive-lang-chinese"
DEBIAN_FONTS = "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
DEBIAN_LICENCE = "./usr/share/doc/texlive-doc/fonts/fandol"
NOTO_PACKAGE = "pylopdf-fonts-zh-cn"
STAMP = "stamp.json"


class Face(NamedTuple):
    """One typeface: the family name papers ask for, the prepared file, the file it is made from."""

    family: str
    file: str
    source: str


FACES = (
    Face("Portal FangSong", "fangsong.ttf", "FandolFang-Regular.otf"),
    Face("Portal Kai", "kai.ttf", "FandolKai-Regular.otf"),
    Face("Portal Hei", "hei.ttf", "FandolHei-Regular.otf"),
    Face("Portal XiaoBiaoSong", "xiaobiaosong.ttf", "FandolSong-Bold.otf"),
    Face("Portal Song", "song.ttf", "NotoSerifSC-Regular.otf"),
)


def wanted_characters() -> set[int]:
    """Code points kept: Latin, punctuation, all of GB 2312, and the rest of 通用规范汉字表 (8105)."""
    rows = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    wanted = {ord(text) for text in (row.decode("gb2312", "ignore") for row in rows) if len(text) == 1}
    extra = Path(__file__).with_name("standard_characters.txt").read_text(encoding="utf-8")
    wanted |= {ord(character) for character in extra if not character.isspace()}
    for first, last in ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2040), (0x3000, 0x3030), (0xFF00, 0xFF60)):
        wanted |= set(range(first, last))
    return wanted | {ord(character) for character in "‰′″℃℅№™Ⅰ Ⅱ Ⅲ Ⅳ Ⅴ Ⅵ Ⅶ Ⅷ Ⅸ Ⅹ←↑→↓√≈≠≤≥■□▲△○●★☆㎡㎞㏎￥"}


def convert(source: Path, target: Path, family: str) -> str:
    """Write `target`, a TrueType subset of the CFF font `source` named `family`; return the family."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[], glyph_names=False)
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    _outlines_to_truetype(font)
    _set_metrics(font)
    _set_names(font, family)
    font["head"].created = font["head"].modified = 3_600_000_000
    temporary = target.with_suffix(".part")
    font.save(temporary)
    temporary.replace(target)
    return family


def _outlines_to_truetype(font) -> None:  # type: ignore[no-untyped-def]
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order = font.getGlyphOrder()
    outlines, glyphs = font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyphs[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones, maxp.maxTwilightPoints = 0x00010000, 1, 0
    maxp.maxStorage = maxp.maxFunctionDefs = maxp.maxInstructionDefs = maxp.maxStackElements = 0
    maxp.maxSizeOfInstructions = 0
    maxp.maxComponentElements = max((len(getattr(g, "components", ())) for g in glyphs.values()), default=0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 3.0, [], {}
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def _set_metrics(font) -> None:  # type: ignore[no-untyped-def]
    """Give every face the same line box, so that a fallback glyph does not move its line."""
    if font["head"].unitsPerEm != UNITS_PER_EM:
        raise ValueError(f"unexpected units per em: {font['head'].unitsPerEm}")
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT
    os2.usWeightClass, os2.fsSelection = 400, 0x40
    font["head"].macStyle = 0


def _set_names(font, family: str) -> None:  # type: ignore[no-untyped-def]
    names = font["name"]
    names.names = []
    postscript = family.replace(" ", "")
    for identifier, text in ((1, family), (2, "Regular"), (3, postscript), (4, family), (6, postscript)):
        names.setName(text, identifier, 3, 1, 0x409)


def fetch_debian_package(folder: Path) -> Path:
    """Download the Debian package that holds the Fandol faces into `folder`, without installing it."""
    command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", DEBIAN_PACKAGE]
    if subprocess.run(command, cwd=folder, stdout=sys.stderr, check=False).returncode:
        subprocess.run(["apt-get", "-qq", "update"], stdout=sys.stderr, check=False)
        subprocess.run(command, cwd=folder, stdout=sys.stderr, check=True)
    return next(folder.glob(f"{DEBIAN_PACKAGE}_*.deb"))


def unpack(package: Path, folder: Path) -> None:
    """Unpack only the typefaces and their licence from a Debian package."""
    stream = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE)
    tar = ["tar", "--extract", "--no-same-owner", "--directory", str(folder), DEBIAN_FONTS, DEBIAN_LICENCE]
    subprocess.run(tar, stdin=stream.stdout, check=True)
    if stream.wait():
        raise RuntimeError(f"cannot read {package}")


def noto_files() -> tuple[Path, Path]:
    """The Noto Serif SC font file and its licence, both from the installed Python package."""
    package = distribution(NOTO_PACKAGE)
    found = {Path(str(file)).name: Path(str(package.locate_file(file))) for file in package.files or ()}
    return found["NotoSerifSC-Regular.otf"], found["LICENSE"]


def recipe_digest() -> str:
    """What the prepared files depend on: this recipe, the character list, the packages' versions."""
    digest = hashlib.sha256(f"{RECIPE}|{FACES}|{distribution(NOTO_PACKAGE).version}".encode())
    digest.update(distribution("fonttools").version.encode())
    digest.update(json.dumps(sorted(wanted_characters())).encode())
    return digest.hexdigest()


def is_ready(folder: Path) -> bool:
    """Whether `folder` holds every face, made by this very recipe."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        sizes = {face.file: (folder / face.file).stat().st_size for face in FACES}
        return bool(stamp["recipe"] == recipe_digest() and stamp["sizes"] == sizes)
    except (OSError, ValueError, KeyError):
        return False


def prepare(folder: Path, package: Path | None = None) -> None:
    """Fill `folder` with the prepared faces and their licences; does nothing when they are there."""
    if is_ready(folder):
        say(f"fonts are ready in {folder}")
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STAMP).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-fonts-") as temporary:
        work = Path(temporary)
        say(f"fetching {DEBIAN_PACKAGE} (49 MB, not installed)")
        unpack(package or fetch_debian_package(work), work)
        noto, noto_licence = noto_files()
        shutil.copy(noto, work / DEBIAN_FONTS / noto.name)
        _copy_licences(work / DEBIAN_LICENCE, noto_licence, folder)
        convert_all(work / DEBIAN_FONTS, folder, FACES)
    sizes = {face.file: (folder / face.file).stat().st_size for face in FACES}
    stamp = folder / f"{STAMP}.part"
    stamp.write_text(json.dumps({"recipe": recipe_digest(), "sizes": sizes}), encoding="utf-8")
    stamp.replace(folder / STAMP)
    say(f"fonts are ready in {folder} ({sum(sizes.values()) // 1_000_000} MB)")


def _copy_licences(fandol: Path, noto: Path, folder: Path) -> None:
    shutil.copy(fandol / "README", folder / "LICENCE-fandol-README.txt")
    shutil.copy(fandol / "COPYING.gz", folder / "LICENCE-fandol-GPL-with-font-exception.gz")
    shutil.copy(noto, folder / "LICENCE-noto-serif-sc-OFL.txt")


def convert_all(sources: Path, folder: Path, faces: Iterable[Face]) -> None:
    """Convert the faces in two processes."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(convert, sources / f.source, folder / f.file, f.family) for f in faces]
        for done, job in enumerate(as_completed(jobs), start=1):
            say(f"prepared {job.result()} ({done} of {len(jobs)})")


def say(text: str) -> None:
    """Progress goes to standard error; standard output is kept for answers."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main() -> None:
    """Command line: FOLDER, optionally --package FILE.deb that is already there, or --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--package", type=Path, help="a downloaded Debian package, instead of fetching it")
    parser.add_argument("--check", action="store_true", help="only tell, by the exit code, whether all is there")
    options = parser.parse_args()
    if options.check:
        sys.exit(not is_ready(options.folder))
    prepare(options.folder.resolve(), options.package)


if __name__ == "__main__":
    main()
