"""No statement of SQL is put together from anything but our own fixed text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SQL = re.compile(
    r"\b(?:select .* from|insert (?:or \w+ )?into|update .* set|delete from)\b",
    re.IGNORECASE | re.DOTALL,
)
# What is put into a statement is fixed text of the program, and is called by one of these names:
# columns, tables, question marks, conditions. Values are always bound.
NAMES = {
    *(
        "column",
        "columns",
        "condition",
        "marks",
        "names",
        "row",
        "sets",
        "table",
        "wanted",
        "held",
        "index",
        "where",
    ),
}


def put_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What is put into the statements of a module: line and expression."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "?" for part in node.values
            )
            if SQL.search(text):
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        yield node.lineno, ast.unparse(part.value)
        elif (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Add | ast.Mod)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.left.value, str)
            and SQL.search(node.left.value)
        ):
            yield node.lineno, ast.unparse(node.right)


def fixed(expression: str) -> bool:
    """Whether an expression is a constant, or goes by a name of fixed text."""
    if expression in NAMES or re.fullmatch(r"_?[A-Z][A-Z_]*", expression):
        return True
    joined = re.fullmatch(r"', '\.join\((_?[A-Z][A-Z_]*)\)", expression)
    return joined is not None


@pytest.mark.parametrize("room", ["bot", "retrieval", "corpus"])
def test_only_fixed_text_is_put_into_statements(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {expression}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, expression in put_in(ast.parse(path.read_text(encoding="utf-8")))
        if not fixed(expression)
    ]
    assert found == []


def test_a_value_in_a_statement_is_noticed() -> None:
    source = "db.execute(f\"select id from people where name = '{text}'\")"
    assert list(put_in(ast.parse(source))) == [(1, "text")]
    assert not fixed("text")
    assert list(put_in(ast.parse("'select 1 from people where id = %s' % (value,)"))) == [
        (1, "(value,)")
    ]
