"""Serves an assistant as a process: `python -m tests.bot.telegram.serving FOLDER SETTINGS WHO`."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path

from bot.telegram.application import serve, utc_now
from bot.telegram.settings import TelegramSettings
from corpus.database import CouncilDatabase
from corpus.errors import CouncilError
from retrieval.terms import KiwiTerms
from tests.support.parrot import Parrot
from tests.support.secretary import Secretary


def main(folder: str, settings: str, who: str) -> int:
    logging.basicConfig(level=logging.DEBUG)
    secretary = Secretary(Path(folder), KiwiTerms(), utc_now()) if who == "secretary" else None
    database = secretary.database if secretary else CouncilDatabase(Path(folder))
    assistant = secretary.assistant if secretary else Parrot()
    try:
        asyncio.run(serve(assistant, database, TelegramSettings(**json.loads(settings))))
    except CouncilError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
