"""A paper as a file: the same bytes, nothing fetched, nothing mixed, nothing silently missing."""

import hashlib
import io
import json
import logging
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from django.template import engines

from notifications.rendering import press, typefaces
from notifications.rendering.document import InvalidPaper
from notifications.rendering.press import MissingGlyph, RenderingFailed, render, render_paper
from notifications.rendering.typefaces import FontsMissing
from tests.notifications.layout_samples import SAMPLES, acceptance, approval, receipt


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(page.extract_text() for page in opened.pages).replace("\n", "").replace(" ", "")


def with_text(text: str) -> dict[str, Any]:
    return approval() | {"body": [{"kind": "p", "text": text}]}


@pytest.mark.parametrize("name", SAMPLES)
def test_paper_rendered_twice_same_bytes(name: str) -> None:
    first, second = render_paper(SAMPLES[name]()), render_paper(SAMPLES[name]())
    assert first == second
    assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()
    with pdfplumber.open(io.BytesIO(first.pdf)) as opened:
        assert first.pages == len(opened.pages)


def test_paper_changed_in_one_character_other_bytes() -> None:
    assert render_paper(with_text("同意。")).sha256 != render_paper(with_text("不同意。")).sha256


def test_receipt_on_one_page_with_hashes() -> None:
    data = receipt()
    rendered = render("receipt", data)
    text = words(rendered.pdf)
    assert rendered.pages == 1
    for expected in (data["number"], data["data_sha256"], "2026年3月18日16:42:07", "界址点坐标.csv"):
        assert expected in text
    assert text.count("4") >= 64


def test_html_in_data_printed_as_text() -> None:
    attack = '<b>粗</b><script>alert(1)</script><img src="file:///etc/passwd"> & {{ paper.number }}'
    data = with_text(attack) | {"title": "关于<i>标题</i>的批复", "addressees": ["<u>某市</u>"]}
    text = words(render("document", data).pdf)
    assert attack.replace(" ", "") in text
    assert "关于<i>标题</i>的批复" in text
    assert "<u>某市</u>：" in text


def test_template_reaching_for_a_file_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">机密</text></svg>')
    for address in (secret.as_uri(), "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x"):
        page = engines["django"].from_string(f'<img src="{address}" alt=""><p>文</p>')
        monkeypatch.setattr(press, "get_template", lambda _, page=page: page)
        with pytest.raises(RenderingFailed, match="Failed to load image"):
            render("document", approval())


def test_character_without_glyph_named_with_its_place() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render_paper(with_text("姓名\U0002a6d6示例"))
    assert caught.value.characters == "\U0002a6d6"
    assert caught.value.places == ["body[0].text"]
    assert "U+2A6D6" in str(caught.value)
    assert words(render_paper(with_text("姓名示例")).pdf)


def test_rare_character_of_standard_list_printed() -> None:
    assert "㑇乂堃喆" in words(render_paper(with_text("㑇乂堃喆")).pdf)


def test_two_tenants_papers_never_mixed() -> None:
    first, second = acceptance(), acceptance() | {"addressees": ["乙地市人民政府"], "number": "浙科函高〔2026〕99号"}
    for _ in range(2):
        one, other = words(render_paper(first).pdf), words(render_paper(second).pdf)
        assert "示范市人民政府：" in one
        assert "乙地市" not in one
        assert "99号" not in one
        assert "乙地市人民政府：" in other
        assert "21号" not in other


def test_attached_data_is_the_paper_itself() -> None:
    data = approval()
    with pypdfium2.PdfDocument(render_paper(data).pdf) as pdf:
        assert pdf.count_attachments() == 1
        attached = json.loads(bytes(pdf.get_attachment(0).get_data()))
        assert attached == json.loads(json.dumps(data))
        assert pdf.get_metadata_dict()["Title"] == data["title"]
        assert pdf.get_metadata_dict()["CreationDate"].startswith("D:20260622")
        assert data["data_sha256"] in pdf.get_metadata_dict()["Keywords"]


def test_pdf_is_tagged_archive_form() -> None:
    pdf = render_paper(approval()).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        catalogue = opened.doc.catalog
        fonts = {char["fontname"] for page in opened.pages for char in page.chars}
        metadata = opened.doc.catalog["Metadata"].resolve().get_data().decode()
    assert catalogue["Lang"].decode() == "zh-CN"
    assert catalogue["MarkInfo"]["Marked"] is True
    assert "OutputIntents" in catalogue
    assert 'pdfaid:part="3"' in metadata or "<pdfaid:part>3" in metadata or ":part>3<" in metadata
    assert all("+Portal-" in font for font in fonts)


def test_sample_mark_on_every_page_of_sample_data_only() -> None:
    for sample in (True, False):
        rendered = render_paper(approval() | {"sample": sample})
        with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
            assert ["示例数据" in page.extract_text() for page in opened.pages] == [sample] * rendered.pages


def test_seal_of_demonstration_titled_so_in_the_page() -> None:
    html = str(press.context(press.from_dict(approval()))["seal"])
    assert "演示章，不具法律效力" in html
    assert html.count("<path") == len("浙江省人民政府") + len("演示章") + 1
    real = approval() | {"seal": {"organisation": "浙江省人民政府", "demo": False}}
    assert "演示" not in str(press.context(press.from_dict(real))["seal"])


def test_template_of_another_format_refused() -> None:
    with pytest.raises(InvalidPaper, match="format"):
        render("letter", approval())


def test_fonts_absent_raises_what_a_caller_can_retry(settings: Any, tmp_path: Path) -> None:
    settings.FONTS_DIR = tmp_path
    with pytest.raises(FontsMissing, match="script/fonts"):
        typefaces.folder()


def test_subsetter_absent_raises_what_a_caller_can_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    with pytest.raises(FontsMissing, match="libharfbuzz-subset0"):
        typefaces.require_subsetter()


def test_other_version_of_weasyprint_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint

    from notifications.rendering import justification

    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(RuntimeError, match=r"70\.1"):
        justification.install()


def test_rendering_quiet_at_info(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        render_paper(approval())
    assert caplog.records == []
