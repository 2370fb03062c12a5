"""Reads message catalogues and pages for the tests of the English translation."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff]")
SPOKEN = {"alt", "aria-label", "content", "label", "placeholder", "summary", "title", "value"}
WITHOUT_END = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Message:
    """One entry of a catalogue."""

    context: str = ""
    singular: str = ""
    plural: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.singular, self.plural


def messages_of(path: Path) -> list[Message]:
    """The entries of a .po file in their order, without its header; obsolete entries raise ValueError."""
    found = [_message(block) for block in path.read_text().split("\n\n") if block.strip()]
    return [message for message in found if message.singular]


def _message(block: str) -> Message:
    message, key = Message(), ""
    parts: dict[str, str] = {}
    for line in block.splitlines():
        if line.startswith("#~"):
            raise ValueError(f"obsolete: {line}")
        if line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        if not line.startswith('"'):
            key, line = line.split(" ", 1)
        parts[key] = parts.get(key, "") + ast.literal_eval(line)
    message.context = parts.pop("msgctxt", "")
    message.singular = parts.pop("msgid", "")
    message.plural = parts.pop("msgid_plural", "")
    message.texts = {int(re.sub(r"\D", "", key) or 0): text for key, text in parts.items()}
    return message


def marked_strings(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every literal given to a function of django.utils.translation, under whatever name."""
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {
        alias.asname or alias.name: alias.name
        for node in imports
        if node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            first = node.args[1 if "pgettext" in names[node.func.id] else 0]
            if isinstance(first, ast.Constant):
                yield node.lineno, str(first.value)


class Page(HTMLParser):
    """What a page says in Chinese, read or spoken, where it is not marked as being in Chinese."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.chinese: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang")
        silent = tag in ("script", "style") or bool(tag != "html" and language and language.startswith("zh"))
        silent = silent or bool(self._open and self._open[-1][1] and not language)
        if tag not in WITHOUT_END:
            self._open.append((tag, silent))
        if not silent:
            self.chinese += [text for name, text in attrs if name in SPOKEN and text and HAN.search(text)]

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if HAN.search(data) and not (self._open and self._open[-1][1]):
            self.chinese.append(data.strip())
