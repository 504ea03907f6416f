"""The picture of a chat in README, made from what the bot really says.

`python -m docs.chat_picture` takes the sample papers into a store of its own, serves it against
the tests' double of Telegram, asks a few questions and has chromium draw the messages.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.telegram import TOKEN, TelegramDouble

_ROOT = Path(__file__).parents[1]
_PICTURE = Path(__file__).parent / "images" / "chat.png"
_SOMEBODY = 501
_ANSWERED = "장애인 이동 동행차 이용요금은 얼마예요?"
_UNANSWERED = "화성 탐사 사업은 언제 시작하나요?"
# A telephone's width; drawn twice as fine.
_WIDTH, _HEIGHT = 430, 790

_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 14px; width: {width}px; box-sizing: border-box;
       background: #d5e3d3; font: 14px/1.45 NanumGothic, "Noto Sans KR", sans-serif; }}
.said {{ max-width: 86%; width: fit-content; margin: 7px 0; }}
.said p {{ margin: 0; padding: 7px 11px; border-radius: 13px; background: #fff;
          white-space: pre-wrap; overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002; }}
.person {{ margin-left: auto; }}
.person p {{ background: #e3fbc8; }}
.row {{ display: flex; gap: 4px; margin-top: 4px; }}
.row span {{ flex: 1; padding: 6px; border-radius: 8px; background: #6d8a6acc; color: #fff;
            text-align: center; font-size: 13px; }}
</style>{said}"""


def main() -> int:
    """Ask, draw, and put the picture where README shows it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("chromium is needed to draw the picture\n")
        return 1
    with tempfile.TemporaryDirectory() as folder, TelegramDouble() as telegram:
        _converse(telegram, Path(folder) / "store")
        page = Path(folder) / "chat.html"
        page.write_text(_PAGE.format(width=_WIDTH, said="".join(_said(telegram))), encoding="utf-8")
        _PICTURE.parent.mkdir(exist_ok=True)
        subprocess.run(
            [
                *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                f"--window-size={_WIDTH},{_HEIGHT}",
                "--force-device-scale-factor=2",
                f"--screenshot={_PICTURE}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    return 0


def _converse(telegram: TelegramDouble, store: Path) -> None:
    dongne = [Path(sys.executable).with_name("dongne"), "--data", store]
    subprocess.run([*dongne, "ingest", _ROOT / "corpus" / "sample"], check=True)
    addresses = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": telegram.base_url}
    with subprocess.Popen([*dongne, "serve"], env={**os.environ, **addresses}) as bot:
        try:
            telegram.says(_SOMEBODY, _ANSWERED)
            (answer,) = telegram.waits_for(_SOMEBODY, 1)
            telegram.presses(_SOMEBODY, answer, "[1]")
            telegram.waits_for(_SOMEBODY, 2)
            telegram.says(_SOMEBODY, _UNANSWERED)
            telegram.waits_for(_SOMEBODY, 3)
        finally:
            bot.terminate()


def _said(telegram: TelegramDouble) -> Iterator[str]:
    for (chat, _), message in sorted(telegram.messages.items()):
        if chat == _SOMEBODY:
            text = message["text"] if message["bot"] else html.escape(message["text"])
            who = "bot" if message["bot"] else "person"
            yield f'<div class="said {who}"><p>{text}</p>{"".join(_buttons(message))}</div>'


def _buttons(message: dict[str, Any]) -> Iterator[str]:
    for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
        labels = "".join(f"<span>{html.escape(_drawn(button['text']))}</span>" for button in row)
        yield f'<div class="row">{labels}</div>'


def _drawn(label: str) -> str:
    """A label without emoji, for which few servers have a font."""
    return "".join(character for character in label if ord(character) < 0x10000).strip()


if __name__ == "__main__":
    sys.exit(main())
