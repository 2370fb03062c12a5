"""What is served from static/dist is what its manifest names, with the licences of what is inside."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static" / "dist"


def test_manifest_names_every_file_with_its_hash() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text())
    found = {
        path.relative_to(DIST).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(DIST.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files"] == found


def test_manifest_packages_each_have_their_licence() -> None:
    packages = json.loads((DIST / "manifest.json").read_text())["packages"]
    assert {"govuk-frontend", "ol", "proj4"} <= set(packages)
    for name in packages:
        assert (DIST / "licences" / f"{name.replace('/', '-')}.txt").stat().st_size > 400


def test_manifest_versions_are_those_of_the_lock() -> None:
    packages = json.loads((DIST / "manifest.json").read_text())["packages"]
    locked = json.loads((ROOT / "assets" / "package-lock.json").read_text())["packages"]
    for name, about in packages.items():
        assert about["version"] == locked[f"node_modules/{name}"]["version"]


def test_lock_records_no_address() -> None:
    assert "://" not in (ROOT / "assets" / "package-lock.json").read_text()


def test_styles_and_scripts_ask_nobody_else() -> None:
    for name in ("portal.css", "portal.js", "map.js"):
        text = (DIST / name).read_text()
        assert "url(http" not in text
        assert "GDS Transport" not in text


def test_outlines_are_the_eleven_cities() -> None:
    features = json.loads((ROOT / "static" / "data" / "zhejiang.geojson").read_text())["features"]
    codes = [feature["properties"]["code"] for feature in features]
    assert codes == [f"33{number:02d}00" for number in range(1, 12)]
    assert (ROOT / "static" / "data" / "zhejiang.geojson").stat().st_size < 250_000
