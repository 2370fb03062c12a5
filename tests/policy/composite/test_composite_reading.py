"""What the two files may hold, and a refusal that names where for what they may not."""

import pytest

from policy.composite import hierarchy, tables
from policy.composite.errors import CompositeError

HEAD = "code,level,parent,weight,direction"
META = f"{HEAD}\na,1,I,1,1\nb,1,I,2,-1\nI,2,,,\n"


def data(text: str | bytes) -> tables.Table:
    content = text if isinstance(text, bytes) else text.encode()
    return tables.read(content, "data.csv", ("a", "b"))


def test_data_is_read_exactly_with_bom_crlf_blank_lines_and_other_columns() -> None:
    table = data("\ufeffunit,name,group,b,a\r\n x ,X,g,1e-1, 0.30 \r\n\r\n,,,,\r\ny,Y,,NA,\r\n".encode())

    assert table.units == ("x", "y")
    assert table.groups == ("g", "")
    assert [str(cell) for cell in table.columns["a"]] == ["3/10", "None"]
    assert [str(cell) for cell in table.columns["b"]] == ["1/10", "None"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ("data.csv", "文件是空的")),
        ("\n\n", ("文件是空的",)),
        ("unit,a,b\n", ("只有列名",)),
        ("a,b\n1,2\n", ("缺少列 'unit'",)),
        ("unit,a\nx,1\n", ("缺少列 'b'",)),
        ("unit,a,b,a\nx,1,2,3\n", ("列名 'a' 出现不止一次",)),
        ("unit,a,b\nx,1,2\ny,1,2\nx,1,2\n", ("'x' 出现两次", "第 2 行", "第 4 行")),
        ("unit,a,b\n,1,2\n", ("第 2 行的 unit 是空的",)),
        ("unit,a,b\nx,1\n", ("第 2 行有 2 个单元格，列名有 3 个",)),
        ("unit,a,b\nx,1,many\n", ("第 2 行（x）的列 b", "'many' 不是数", "未知的值请留空")),
        ('unit,a,b\nx,1,"1,000"\n', ("'1,000' 不是数", "千分位")),
        ("unit,a,b\nx,1,１２\n", ("'１２' 不是数",)),
        ("unit,a,b\nx,1,1_0\n", ("'1_0' 不是数",)),
        ("unit,a,b\nx,1,NaN\n", ("'NaN' 不是有限的数",)),
        ("unit,a,b\nx,1,-Infinity\n", ("'-Infinity' 不是有限的数",)),
        ("unit,a,b\nx,1,1e999\n", ("太大",)),
        ("unit,a,b\nx,1,1e999999999\n", ("不是数",)),
        ('unit,a,b\nx,"1"2,3\n', ("不是有效的 CSV",)),
        ("unit,a,b\n浙江,1,2\n".encode("gbk"), ("不是 UTF-8 编码", "第 10 个字节")),
        ("unit,a,b\nx,1,2\n".encode("utf-16-le"), ("空字符",)),
    ],
)
def test_data_that_cannot_be_used_is_refused_with_its_place(text: str | bytes, words: tuple[str, ...]) -> None:
    with pytest.raises(CompositeError) as refused:
        data(text)
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a,1,X,1,1\nI,2,,,\n", ("a 的上级 'X' 不存在",)),
        ("a,1,P,1,1\nP,2,Q,1,\nQ,2,P,1,\nI,3,,,\n", ("成环：a → P → Q → P",)),
        ("a,1,P,1,1\nP,2,P,1,\nI,3,,,\n", ("成环：a → P → P",)),
        ("a,1,I,1,1\nb,1,J,1,1\nI,2,,,\nJ,2,,,\n", ("I（第 2 级）、J（第 2 级）", "只能有一个总指数")),
        ("a,1,I,1,1\nb,1,,1,1\nI,2,,,\n", ("b（第 1 级）",)),
        ("a,1,I,1,1\nI,2,J,1,\nJ,2,,,\n", ("上级 J 在第 2 级", "级次须更高")),
        ("a,1,b,1,1\nb,1,I,1,1\nI,2,,,\n", ("上级 b 在第 1 级",)),
        ("a,1,,1,1\n", ("没有总指数",)),
        ("a,1,I,1,1\nP,2,I,1,\nI,3,,,\n", ("P 在第 1 级以上却没有下级",)),
        ("a,1,I,0,1\nb,1,I,0,1\nI,2,,,\n", ("I 的下级（a、b）权重全为零",)),
        ("a,1,I,-1,1\nI,2,,,\n", ("第 2 行（a）的列 weight", "为负")),
        ("a,1,I,heavy,1\nI,2,,,\n", ("第 2 行（a）的列 weight", "'heavy' 不是数")),
        ("a,1,I,1,1\nb,1,I,,1\nI,2,,,\n", ("b 没有权重，而同级的 a 有",)),
        ("a,1,I,1,2\nI,2,,,\n", ("第 2 行（a）的列 direction：'2' 应为 1",)),
        ("a,1,I,1,\nI,2,,,\n", ("direction：'' 应为 1",)),
        ("a,1,P,1,1\nP,2,I,1,-1\nI,3,,,\n", ("-1 只用于第 1 级指标",)),
        ("a,1.5,I,1,1\nI,2,,,\n", ("列 level", "正整数")),
        ("a,0,I,1,1\nI,2,,,\n", ("列 level", "正整数")),
        ("a,,I,1,1\nI,2,,,\n", ("列 level", "不是数")),
        ("a,1,I,1,1\na,1,I,1,1\nI,2,,,\n", ("第 3 行的代码 'a' 已经用过",)),
        (",1,I,1,1\nI,2,,,\n", ("第 2 行：code 是空的",)),
        ("a,1,rank,1,1\nrank,2,,,\n", ("代码不能是 'rank'",)),
    ],
)
def test_meta_that_is_no_tree_is_refused_with_its_place(rows: str, words: tuple[str, ...]) -> None:
    with pytest.raises(CompositeError) as refused:
        hierarchy.read(f"{HEAD}\n{rows}".encode(), "meta.csv")
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a,1,I,1,1,,median,,\nI,2,,,,,,,\n", ("列 normalise：没有方法 'median'",)),
        ("a,1,I,1,1,,,much,\nI,2,,,,,,,\n", ("列 target", "'much' 不是数")),
        ("a,1,I,1,1,,,,\nI,2,,,,pop,,,\n", ("第 3 行（I）的列 denominator", "只有第 1 级指标才有")),
    ],
)
def test_meta_with_unusable_options_is_refused(rows: str, words: tuple[str, ...]) -> None:
    with pytest.raises(CompositeError) as refused:
        hierarchy.read(f"{HEAD},denominator,normalise,target,floor\n{rows}".encode(), "meta.csv")
    assert [word for word in words if word not in str(refused.value)] == []


def test_meta_that_is_read_as_a_tree_of_any_depth() -> None:
    rows = "I,9,NA,NA,1\nP,3,I,,\na,1,P,,−1\nb,1,P,,1.0\nc,1,I,,1\n"
    tree = hierarchy.read(f"{HEAD}\n{rows}".encode(), "meta.csv")

    assert tree.root.code == "I"
    assert [node.code for node in tree.aggregates] == ["P", "I"]
    assert [(node.code, node.weight, node.direction) for node in tree.indicators] == [
        ("a", 1, -1),
        ("b", 1, 1),
        ("c", 1, 1),
    ]
    assert [node.code for node in tree.children()["P"]] == ["a", "b"]


def test_meta_names_the_columns_that_the_data_need() -> None:
    tree = hierarchy.read(f"{HEAD},denominator\na,1,I,1,1,pop\nb,1,I,1,1,a\nI,2,,,,\n".encode(), "meta.csv")
    assert tree.columns == ("a", "b", "pop")


def test_numbers_in_a_known_layout() -> None:
    assert data("unit,a,b\nx,-.5,+2.\n").columns["a"][0] == -data("unit,a,b\nx,.5,1\n").columns["a"][0]
    assert hierarchy.read(META.encode(), "m").indicators[1].weight == 2
