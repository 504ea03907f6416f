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
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from tests.support.telegram import TOKEN, TelegramDouble

_ROOT = Path(__file__).parents[1]
_PICTURE = Path(__file__).parent / "images" / "chat.png"
_SOMEBODY = 501
_ANSWERED = "장애인 이동 동행차 이용요금은 얼마예요?"
_UNANSWERED = "화성 탐사 사업은 언제 시작하나요?"
# A telephone's width; drawn twice as fine.
_WIDTH, _HEIGHT = 430, 6000
_MARGIN = 28

_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 14px; width: {width}px; box-sizing: border-box;
       background: #d5e3d3; font: 14px/1.45 NanumGothic, "Noto Sans KR", sans-serif; }}
.said {{ max-width: 86%; width: fit-content; margin: 7px 0; }}
.said p {{ margin: 0; padding: 7px 11px; border-radius: 13px; background: #fff;
          white-space: pre-wrap; word-break: keep-all; overflow-wrap: anywhere;
          box-shadow: 0 1px 1px #0002; }}
.person {{ margin-left: auto; }}
.person p {{ background: #e3fbc8; }}
.pressed p {{ background: none; border: 1px dashed #4d6b49; color: #36502f; font-size: 12px;
             box-shadow: none; }}
.row {{ display: flex; gap: 4px; margin-top: 4px; }}
.row span {{ flex: 1; padding: 6px; border-radius: 8px; background: #6d8a6acc; color: #fff;
            text-align: center; font-size: 13px; }}
</style>{said}"""


def main() -> int:
    """Ask, draw, and put the picture where README shows it."""
    with tempfile.TemporaryDirectory() as folder, TelegramDouble() as telegram:
        _converse(telegram, Path(folder) / "store")
        chat = [m for (chat, _), m in sorted(telegram.messages.items()) if chat == _SOMEBODY]
    _PICTURE.parent.mkdir(exist_ok=True)
    draw(said(chat), _PICTURE)
    return 0


def draw(messages: Iterable[str], picture: Path) -> None:
    """Have chromium draw messages, as `said` gives them, and cut the picture to their height."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("chromium is needed to draw the picture")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "chat.html"
        page.write_text(_PAGE.format(width=_WIDTH, said="".join(messages)), encoding="utf-8")
        subprocess.run(
            [
                *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                f"--window-size={_WIDTH},{_HEIGHT}",
                "--force-device-scale-factor=2",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    with Image.open(picture) as image:
        empty = Image.new(image.mode, image.size, image.getpixel((0, image.height - 1)))
        _, _, _, end = ImageChops.difference(image, empty).getbbox() or (0, 0, 0, 0)
        image.crop((0, 0, image.width, min(image.height, end + _MARGIN))).save(picture)


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


def said(messages: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Messages of a chat as HTML, the person's and the presses of buttons on the right."""
    for message in messages:
        text = message["text"] if message["bot"] else html.escape(message["text"])
        who = "bot" if message["bot"] else "person"
        who += " pressed" if message.get("pressed") else ""
        yield f'<div class="said {who}"><p>{text}</p>{"".join(_buttons(message))}</div>'


def _buttons(message: dict[str, Any]) -> Iterator[str]:
    for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
        labels = "".join(f"<span>{html.escape(drawn(button['text']))}</span>" for button in row)
        yield f'<div class="row">{labels}</div>'


def drawn(label: str) -> str:
    """A label without emoji, for which few servers have a font."""
    return "".join(character for character in label if ord(character) < 0x10000).strip()


if __name__ == "__main__":
    sys.exit(main())
