"""What a file is by its content: every kind of bad file is refused with what is wrong and what to do."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from files.inspection import inspect
from files.inspection.notes import FORMULAS, OBJECTS, OLD_FORMAT, OUTSIDE
from files.kinds import ACCEPTED, SHAPES
from files.refusals import TooLarge, UploadRefused
from tests.files import corpus

MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
HYPERLINK = corpus.link("hyperlink", "https://www.zj.gov.cn/")


def looked_at(name: str, content: bytes, types: tuple[str, ...] = ACCEPTED) -> tuple[str, ...]:
    """The notes on a file that is taken."""
    return inspect(name, io.BytesIO(content), len(content), types).notes


@pytest.mark.parametrize("name", corpus.GOOD)
def test_good_file_is_taken(name: str) -> None:
    expected = (OLD_FORMAT,) if name.endswith((".doc", ".xls", ".wps", ".et")) else ()
    assert looked_at(name, corpus.GOOD[name]) == expected


@pytest.mark.parametrize(
    ("name", "content", "notes"),
    [
        ("表.xlsx", corpus.xlsx("=A1*2"), (FORMULAS,)),
        ("文.docx", corpus.docx(word___rels__document_dot_xml_dot_rels=corpus.link("image")), (OUTSIDE,)),
        ("文.docx", corpus.docx(word___rels__document_dot_xml_dot_rels=HYPERLINK), ()),
        ("文.docx", corpus.docx(word__embeddings__a_dot_xlsx=corpus.xlsx()), (OBJECTS,)),
        ("文.docx", corpus.docx("正文里写到 DDEAUTO 一词"), ()),
        ("更新.pdf", corpus.PDF + b"% appended\n", ()),
    ],
    ids=["formulas", "outside", "hyperlink", "objects", "a word", "appended"],
)
def test_file_is_taken_with_what_readers_should_know(name: str, content: bytes, notes: tuple[str, ...]) -> None:
    assert looked_at(name, content) == notes


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.pdf", b"", "是空文件；请重新选择"),
    "program": ("脚本.exe", b"MZ", "格式不接受；可用格式：pdf、ofd"),
    "page": ("网页.html", b"<html>", "格式不接受"),
    "svg": ("图.svg", b"<svg/>", "格式不接受"),
    "no extension": ("无扩展名", corpus.PDF, "格式不接受"),
    "double extension": ("规划.pdf.exe", corpus.PDF, "格式不接受"),
    "page as pdf": ("假.pdf", b"<html>", "内容与扩展名 .pdf 不符"),
    "program as pdf": ("假.pdf", b"MZ" + b"\0" * 100, "不符"),
    "pdf as picture": ("假.png", corpus.PDF, "不符"),
    "docx as doc": ("假.doc", corpus.docx(), "不符"),
    "doc as docx": ("假.docx", corpus.doc(), "设置了打开密码，或者是旧版格式"),
    "xlsx as docx": ("假.docx", corpus.xlsx(), "不是真正的文档"),
    "zip as docx": ("假.docx", corpus.package("a.exe"), "不是真正的文档"),
    "pdf cut off": ("断.pdf", corpus.PDF[:-40], "不完整：文件末尾缺失"),
    "pdf without its middle": ("断.pdf", corpus.PDF[:300] + corpus.PDF[420:], "目录表读不出"),
    "pdf with a password": ("密.pdf", corpus.encrypted_pdf(), "设置了密码或权限保护"),
    "pdf with a password, compressed": ("密.pdf", corpus.encrypted_stream_pdf(), "设置了密码或权限保护"),
    "pdf with a password, updated": ("密.pdf", corpus.updated_pdf(), "设置了密码或权限保护"),
    "docx cut off": ("断.docx", corpus.docx()[:-30], "已损坏"),
    "docx altered": ("断.docx", corpus.broken_package(), "已损坏"),
    "docx that is no xml": ("断.docx", corpus.docx(_rels___dot_rels=b"<a>"), "部件“_rels/.rels”读不出"),
    "xml bomb": (
        "弹.docx",
        corpus.docx(_rels___dot_rels=b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'),
        "读不出",
    ),
    "macro": ("宏.docx", corpus.docx(word__vbaProject_dot_bin=b"x"), "含有宏或控件；请去掉"),
    "macro by type": ("宏.docx", corpus.docx(types=(MACRO_TYPE,)), "含有宏"),
    "control": ("控件.docx", corpus.docx(types=("application/vnd.ms-office.activeX+xml",)), "含有宏或控件"),
    "old macro sheet": ("宏.docx", corpus.docx(types=("application/vnd.ms-excel.macrosheet+xml",)), "含有宏"),
    "remote template": (
        "模板.docx",
        corpus.docx(word___rels__settings_dot_xml_dot_rels=corpus.link("attachedTemplate")),
        "从外部载入内容（http://evil.example/x）",
    ),
    "dde": (
        "指令.docx",
        corpus.docx("<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>"),
        "在“word/document.xml”里有调用其他程序的指令",
    ),
    "zip bomb": ("弹.docx", corpus.bomb(), "疑似压缩炸弹"),
    "nested packages": ("套.docx", corpus.nested(2), "层层嵌套"),
    "many members": (
        "多.docx",
        corpus.docx(**{f"m{n}": b"" for n in range(10_050)}),
        "里有 10052 个文件，超过 10000 个",
    ),
    "path outside": ("出.docx", corpus.packed({"../../etc": b"x"}), "里的“../../etc”指向文件之外"),
    "absolute path": ("出.docx", corpus.packed({"/etc/passwd": b"x"}), "指向文件之外"),
    "password on a member": ("密.docx", corpus.locked_package(), "加了密码"),
    "ofd of another root": ("假.ofd", corpus.ofd(b"<x/>"), "不是真正的文档"),
    "ofd with a password": ("密.ofd", corpus.ofd(Encryptions_dot_xml=b"<x/>"), "设置了密码"),
    "doc with a password": ("密.doc", corpus.doc(flags=0x0100), "设置了打开密码"),
    "doc with macros": ("宏.doc", corpus.doc(_VBA_PROJECT=b"x"), "含有宏"),
    "doc cut off": ("断.doc", corpus.doc()[:700], "已损坏"),
    "doc of another program": ("假.doc", corpus.xls(), "不是真正的文档"),
    "xls with a password": ("密.xls", corpus.xls(0x2F), "设置了打开密码"),
    "docx in a locked box": (
        "密.doc",
        corpus.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
        "设置了打开密码",
    ),
    "picture cut off": ("断.png", corpus.picture("PNG")[:1000], "损坏或不完整的图片"),
    "photograph cut off": ("断.jpg", corpus.picture("JPEG", 640, 480)[:9000], "损坏或不完整的图片"),
    "large picture": ("大.png", corpus.giant_png(9_000), "9000×9000 像素，超过 6000 万像素；请降低分辨率"),
    "picture bomb": ("弹.png", corpus.giant_png(), "像素数远超 6000 万；请降低分辨率"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_file_is_refused_with_what_is_wrong(kind: str) -> None:
    name, content, reason = BAD[kind]
    with pytest.raises(UploadRefused) as refusal:
        looked_at(name, content)
    said = str(refusal.value)
    assert reason in said
    assert said.startswith(f"“{name}”")
    assert said.endswith("。")
    assert "；" in said, "what to do is missing"


def test_file_with_two_members_of_one_name_is_refused() -> None:
    made = io.BytesIO(corpus.docx())
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<other/>")
    with pytest.raises(UploadRefused, match=r"里有两个“word/document\.xml”"):
        looked_at("两.docx", made.getvalue())


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (("a.shp", "a.shx"), "里的“a.shp”缺 .dbf"),
        (("a.shp", "b.shx", "b.dbf"), "缺 .dbf、.shx"),
        (("a.shp", "a.shx", "a.dbf", "b.shp"), "里有 2 个 Shapefile"),
        (("a.txt",), "里有 0 个 Shapefile"),
    ],
)
def test_shape_archive_must_hold_one_whole_layer(members: tuple[str, ...], reason: str) -> None:
    assert looked_at("界.zip", corpus.shape("x/a.shp", "x/a.shx", "x/a.dbf", "x/a.prj"), SHAPES) == ()
    with pytest.raises(UploadRefused, match=reason):
        looked_at("界.zip", corpus.shape(*members), SHAPES)


def test_kinds_and_limit_are_those_of_the_purpose(settings: Any) -> None:
    with pytest.raises(UploadRefused, match="格式不接受；可用格式：pdf、ofd。"):
        inspect("图.png", io.BytesIO(corpus.GOOD["图.png"]), 10, (".pdf", ".ofd"))
    with pytest.raises(TooLarge, match=r"超过单个文件的上限 1\.0\xa0KB"):
        inspect("规划.pdf", io.BytesIO(corpus.PDF), 1500, limit=1024)
    settings.UPLOAD_LIMIT_BYTES = 1000
    with pytest.raises(TooLarge, match="上限 1000\xa0字节"):
        inspect("规划.pdf", io.BytesIO(corpus.PDF), 1500, limit=1024)
