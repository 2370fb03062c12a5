"""Turns a checked paper into a PDF: the same data always gives the same bytes."""

import datetime as dt
import gc
import hashlib
import io
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from django.template.loader import get_template

from notifications.rendering import measures, seal, typefaces
from notifications.rendering.document import InvalidPaper, Paper, from_dict
from notifications.rendering.rendered import RenderedPaper

TEMPLATES = {
    "document": "papers/base.html",
    "letter": "papers/letter.html",
    "minutes": "papers/minutes.html",
    "receipt": "papers/receipt.html",
}
THIN = 5 * measures.LINE * 96 / 25.4  # CSS pixels
OUTPUT_INTENT = "paper-srgb"
MISSING = ".notdef glyph rendered"
_typesetting = Lock()


class RenderingFailed(RuntimeError):
    """The typesetter reported something that would not print as it should."""


class MissingGlyph(RenderingFailed):
    """No typeface of the papers has these characters; `places` names the fields that hold them."""

    def __init__(self, characters: str, places: list[str]) -> None:
        self.characters, self.places = characters, places
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)
        super().__init__(f"no typeface has {named}, in {', '.join(places) or 'the template'}")


class _Press(NamedTuple):
    weasyprint: Any
    fonts: Any
    styles: Any
    fetcher: Any
    colours: Any


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One paper at a time; nothing looks for garbage meanwhile, which a fifth of the time would go into."""
    with _typesetting:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_enabled:
                gc.enable()


@cache
def _press() -> _Press:
    """The one typesetter of this process; raises FontsMissing. Never shared between threads."""
    typefaces.folder()
    typefaces.require_subsetter()
    for chatty in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    with typefaces.only_prepared_fonts():
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        from notifications.rendering import justification

        justification.install()
        fonts = FontConfiguration()
        fetcher = URLFetcher(allowed_protocols={"data"})
        css = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
        styles = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
        colours = _colours(Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc")
    return _Press(weasyprint, fonts, styles, fetcher, colours)


def _colours(profile: Path) -> Any:
    """The sRGB profile that PDF/A names, read once; WeasyPrint would leave its file open for each paper.

    Its bytes stay those of the file: written out by Pillow they change once its tags were read.
    """
    from weasyprint.css import ColorProfile

    content = profile.read_bytes()

    class Fixed(ColorProfile):  # type: ignore[misc]
        @property
        def content(self) -> bytes:
            return content

    return Fixed(io.BytesIO(content), profile.name, "relative-colorimetric", ("r", "g", "b"))


def render(template: str, data: Mapping[str, Any]) -> RenderedPaper:
    """Typeset `data` (see document.Paper) with `template`, a format's name or a template's path.

    Raises InvalidPaper (a field is wrong), FontsMissing (prepare them, then retry), MissingGlyph,
    RenderingFailed. A time limit is the caller's business.
    """
    paper = from_dict(data)
    if template in TEMPLATES and template != paper.format:
        raise InvalidPaper("format", f"is {paper.format}, the template is for {template}")
    page = get_template(TEMPLATES.get(template, template))
    with _one_at_a_time():
        return _typeset(paper, str(page.render(context(paper))))


def render_paper(data: Mapping[str, Any]) -> RenderedPaper:
    """Typeset `data` with the template of its own format."""
    return render(str(data.get("format", "")) or "document", data)


def context(paper: Paper) -> dict[str, Any]:
    """What the templates of papers are given."""
    return {
        "paper": paper,
        "mark_lines": measures.mark_lines(paper),
        "title_lines": measures.title_lines(paper),
        "date_text": measures.chinese_date(paper.date) if paper.date else "",
        "printed_text": measures.chinese_date(paper.printed_on) if paper.printed_on else "",
        "addressees": _join(paper.addressees),
        "copies": "，".join(paper.cc),
        "seal": seal.draw(paper.seal) if paper.sealed and paper.seal else "",
        "check_mark": seal.check_mark(paper.check.url) if paper.check else "",
    }


def _join(names: tuple[str, ...]) -> str:
    """Addressees: 、 between equals, ， where a name itself holds 、."""
    return ("，" if any("、" in name for name in names) else "、").join(names)


def _typeset(paper: Paper, html: str) -> RenderedPaper:
    press = _press()
    source = json.dumps(paper.source, ensure_ascii=False, sort_keys=True, default=str).encode()
    options = {
        "pdf_variant": "pdf/a-3a",
        "pdf_identifier": hashlib.sha256(source).digest()[:16],
        "attachments": [_attachment(press, paper, source)],
        "output_intent": OUTPUT_INTENT,
        "presentational_hints": True,
    }
    with _Complaints() as complaints:
        document = _lay_out(press, paper, html, measures.STANDARD, options)
        if _is_thin_at_the_end(document):
            closer = _lay_out(press, paper, html, measures.CLOSE, options)
            document = closer if len(closer.pages) < len(document.pages) else document
        pdf = document.write_pdf(**options)
    complaints.raise_any(paper.source)
    return RenderedPaper(pdf, hashlib.sha256(pdf).hexdigest(), len(document.pages))


def publish(
    html: str, css: str, source: Mapping[str, Any], day: dt.date, attached: Mapping[str, tuple[str, str]]
) -> RenderedPaper:
    """Typeset a whole publication of its own design with the typefaces of papers; the same input gives the same bytes.

    `source` is what it was made from, `attached` texts to put inside as files: name → content, description. Raises
    FontsMissing, MissingGlyph, RenderingFailed.
    """
    with _one_at_a_time():
        press = _press()
        key = json.dumps(source, ensure_ascii=False, sort_keys=True, default=str).encode()
        files = [_attached(press, name, content, text, day) for name, (content, text) in attached.items()]
        options = {
            "pdf_variant": "pdf/a-3a",
            "pdf_identifier": hashlib.sha256(key).digest()[:16],
            "attachments": files,
            "output_intent": OUTPUT_INTENT,
            "presentational_hints": True,
        }
        with _Complaints() as complaints:
            document = press.weasyprint.HTML(string=html, url_fetcher=press.fetcher)
            own = press.weasyprint.CSS(string=css, font_config=press.fonts, url_fetcher=press.fetcher)
            laid = document.render(press.fonts, None, {OUTPUT_INTENT: press.colours}, stylesheets=[own], **options)
            pdf = laid.write_pdf(**options)
        complaints.raise_any(source)
        return RenderedPaper(pdf, hashlib.sha256(pdf).hexdigest(), len(laid.pages))


def _attached(press: _Press, name: str, content: str, text: str, day: dt.date) -> Any:
    moment = dt.datetime.combine(day, dt.time())
    return press.weasyprint.Attachment(
        string=content,
        name=name,
        description=text,
        created=moment,
        modified=moment,
        relationship="Data",
        url_fetcher=press.fetcher,
    )


def _lay_out(press: _Press, paper: Paper, html: str, grid: measures.Grid, options: dict[str, Any]) -> Any:
    own = press.weasyprint.CSS(string=measures.stylesheet(paper, grid), url_fetcher=press.fetcher)
    document = press.weasyprint.HTML(string=html, url_fetcher=press.fetcher)
    colours = {OUTPUT_INTENT: press.colours}
    return document.render(press.fonts, None, colours, stylesheets=[press.styles, own], **options)


def _is_thin_at_the_end(document: Any) -> bool:
    """Whether the signature stands on a later page with only a few lines of text above it."""
    for page in document.pages[1:]:
        heights: dict[str, float] = {}
        for box in page._page_box.descendants():
            name = (box.element.get("class") or "") if box.element is not None else ""
            if name.split(" ")[0] in ("body", "closing"):
                heights.setdefault(name.split(" ")[0], box.height)
        if "closing" in heights:
            return bool(heights.get("body", 0.0) < THIN)
    return False


def _attachment(press: _Press, paper: Paper, source: bytes) -> Any:
    """The data itself, as PDF/A-3 associates it with the page image."""
    return _attached(press, "paper.json", source.decode(), "本文数据", paper.date or dt.date(2000, 1, 1))


class _Complaints(logging.Handler):
    """Collects what WeasyPrint would only have logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.characters: set[str] = set()
        self.logger = logging.getLogger("weasyprint")

    def __enter__(self) -> "_Complaints":
        self.logger.addHandler(self)
        self.propagated, self.logger.propagate = self.logger.propagate, False
        return self

    def __exit__(self, *_: object) -> None:
        self.logger.propagate = self.propagated
        self.logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(MISSING) and isinstance(record.args, tuple):
            self.characters.add(str(record.args[0]))
        else:
            self.messages.append(record.getMessage())

    def raise_any(self, data: Mapping[str, Any]) -> None:
        """Raise MissingGlyph or RenderingFailed when there was any complaint."""
        if self.characters:
            characters = "".join(sorted(self.characters))
            raise MissingGlyph(characters, sorted(set(_places(data, "", characters))))
        if self.messages:
            raise RenderingFailed("; ".join(self.messages))


def _places(value: object, path: str, characters: str) -> list[str]:
    """Paths of the fields that hold any of the characters."""
    if isinstance(value, str):
        return [path] if any(character in value for character in characters) else []
    if isinstance(value, Mapping):
        parts = [(f"{path}.{key}".lstrip("."), part) for key, part in value.items()]
    elif isinstance(value, (list, tuple)):
        parts = [(f"{path}[{i}]", part) for i, part in enumerate(value)]
    else:
        return []
    return [place for at, part in parts for place in _places(part, at, characters)]
