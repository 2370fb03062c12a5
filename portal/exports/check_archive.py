"""Checks an exported archive without the portal: `python3 check_archive.py FOLDER` with nothing but Python 3.

It compares every file with SHA256SUMS.txt and every event of 办理过程.json with its hash and with the event before
it. Exit code 0: everything is as exported. 1: something differs, each line says what.
"""

import hashlib
import json
import sys
from pathlib import Path

CHUNK = 1024 * 1024


def sha256(path):
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def changed_files(folder):
    """What differs from SHA256SUMS.txt, and what is there that it does not name."""
    named = {"SHA256SUMS.txt"}
    for line in (folder / "SHA256SUMS.txt").read_text("utf-8").splitlines():
        expected, _, name = line.partition("  ")
        named.add(name)
        path = folder / name
        if not path.is_file():
            yield f"缺少文件：{name}"
        elif sha256(path) != expected:
            yield f"与导出时不一致：{name}"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in named:
            yield f"多出文件：{name}"


def broken_events(path):
    """Where a chain of events does not hold; serials that are left out were not open to who exported it."""
    before = None
    for event in json.loads(path.read_text("utf-8")):
        content = event["content"]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        place = f"{path.name} 第{content['serial']}件"
        if hashlib.sha256(text.encode()).hexdigest() != event["hash"]:
            yield f"{place}：内容与校验值不符"
        follows = before and content["serial"] == before["content"]["serial"] + 1
        if follows and content["previous_hash"] != before["hash"]:
            yield f"{place}：与上一件不衔接"
        before = event


def main(folder):
    """Tell what is wrong; the number of such things."""
    wrong = list(changed_files(folder))
    for path in sorted(folder.rglob("办理过程.json")):
        wrong += list(broken_events(path))
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    if not wrong:
        sys.stdout.write("全部文件和办理过程与导出时一致。\n")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")) else 0)
