"""Serves the parrot as a process of its own: `python -m tests.bot.telegram.serving FOLDER …`."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path

from bot.telegram.application import serve
from bot.telegram.settings import TelegramSettings
from corpus.database import CouncilDatabase
from corpus.errors import CouncilError
from tests.support.parrot import Parrot


def main(folder: str, settings: str) -> int:
    logging.basicConfig(level=logging.DEBUG)
    database = CouncilDatabase(Path(folder))
    try:
        asyncio.run(serve(Parrot(), database, TelegramSettings(**json.loads(settings))))
    except CouncilError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
