"""The parts of hand-written pages that come from the program itself.

`python -m docs.excerpts` renews them: the conversation in README, answered by the console on the
sample papers, and the table of modules in architecture.md. Each stands between two comments.
"""

from __future__ import annotations

import ast
import io
import re
import tempfile
from pathlib import Path

from rich.console import Console

from bot.config import Config, Data
from bot.console import ConsoleChat
from bot.sample import open_sample
from corpus.types import Visibility

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
ROOMS = ("corpus", "retrieval", "bot")


def main() -> None:
    """Write both excerpts anew."""
    _replace(README, "conversation", conversation(questions(excerpt(README, "conversation"))))
    _replace(ARCHITECTURE, "modules", modules())


def excerpt(page: Path, name: str) -> str:
    """What stands in a page between the comments of a name."""
    match = _between(name).search(page.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{page.name} has no part called {name}")
    return match[2]


def questions(conversation: str) -> list[str]:
    """What the person asks in a conversation."""
    return re.findall(r"^> (.+)$", conversation, re.MULTILINE)


def conversation(asked: list[str]) -> str:
    """Questions with what the console answers on the sample papers, as a fenced block."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data=Data(folder=Path(folder) / "data"))
        # Without the vectors, which `dongne chat` makes meanwhile: every run says the same then.
        with open_sample(config) as council:
            console = Console(file=said, highlight=False)
            ConsoleChat(council.assistant, Visibility.STAFF, console).answer_lines(asked)
    return f"```text\n{said.getvalue().strip()}\n```"


def modules() -> str:
    """Every module of the rooms with the first sentence of its docstring, as a table."""
    lines = ["| module | what it is |", "| --- | --- |"]
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            lines.append(f"| `{path.relative_to(ROOT).as_posix()}` | {_purpose(path)} |")
    return "\n".join(lines)


def _purpose(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("|", "\\|")


def _replace(page: Path, name: str, text: str) -> None:
    whole = page.read_text(encoding="utf-8")
    page.write_text(
        _between(name).sub(lambda match: f"{match[1]}{text}{match[3]}", whole), encoding="utf-8"
    )


def _between(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(\n<!-- end of {name} -->)", re.DOTALL)


if __name__ == "__main__":
    main()
