"""The proxies of docs/operating.md, as they are printed there, before a bot.

They run where nginx or Caddy is installed (on Debian: `apt install nginx caddy`).
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from docs.excerpts import ROOT
from tests.bot.telegram.conftest import Serving, until
from tests.support.telegram import TelegramDouble, shown

ANN = 501
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
SECRET = "s3cret-of-ours"
NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
{block}
    }}
}}
"""
CADDY = """
{{
    admin off
    auto_https off
}}
{block}
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def printed(language: str, name: str) -> str:
    """The block of the page that configures a proxy."""
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    (block,) = [one for one in blocks if "8443" in one and name in one]
    return str(block)


def path() -> str:
    """The path that the page's settings listen on."""
    (found,) = re.findall(r'webhook_url = "https://[^/]+(/[^"]+)"', PAGE)
    return str(found)


@contextmanager
def nginx(folder: Path, bot: int, port: int) -> Iterator[None]:
    block = printed("nginx", "proxy_pass").replace("8443", str(bot))
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(folder=folder, port=port, block=block), encoding="utf-8")
    given = ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(file)]
    subprocess.run([*given, "-t"], check=True, capture_output=True)
    with _running(given, folder):
        yield


@contextmanager
def caddy(folder: Path, bot: int, port: int) -> Iterator[None]:
    block = printed("text", "reverse_proxy").replace("8443", str(bot))
    block = block.replace("bot.example.go.kr", f"http://bot.example.go.kr:{port}")
    file = folder / "Caddyfile"
    file.write_text(CADDY.format(block=block), encoding="utf-8")
    given = ["--config", str(file), "--adapter", "caddyfile"]
    subprocess.run(["caddy", "validate", *given], check=True, capture_output=True)
    with _running(["caddy", "run", *given], folder):
        yield


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    with (folder / "proxy.log").open("wb") as log:
        homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(folder))
        env = {**os.environ, **homes}
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=env)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def deliver(port: int, update: Any, secret: str | None, where: str) -> int:
    """Deliver an update as Telegram does; the status of the reply."""
    headers = {"Content-Type": "application/json", "Host": "bot.example.go.kr"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    for _ in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with suppress(ConnectionRefusedError), closing(connection):
            connection.request("POST", where, json.dumps(update), headers)
            status = connection.getresponse().status
            if status != http.HTTPStatus.BAD_GATEWAY:  # the bot does not listen yet
                return status
        time.sleep(0.05)
    raise AssertionError("the proxy does not listen")


@pytest.mark.parametrize("proxy", [nginx, caddy], ids=lambda one: one.__name__)
async def test_a_delivery_through_the_proxy_is_answered_and_a_strangers_is_not(
    telegram: TelegramDouble, serving: Serving, tmp_path: Path, proxy: Any
) -> None:
    if shutil.which(proxy.__name__) is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    bot, port = free_port(), free_port()
    webhook = {
        "url": f"https://bot.example.go.kr{path()}",
        "port": bot,
        "secret_token": SECRET,
    }
    async with serving(webhook=webhook):
        await asyncio.to_thread(telegram.wait, lambda: telegram.webhook)
        forged, real, long = (telegram.says(ANN, text) for text in ("가짜", "진짜", "가" * 4096))
        with proxy(tmp_path, bot, port):
            codes = [
                await asyncio.to_thread(deliver, port, *given)
                for given in (
                    (forged, None, path()),
                    (forged, "guess", path()),
                    (real, SECRET, path()),
                    (long, SECRET, path()),
                    (real, SECRET, f"{path()}/other"),
                    (real, SECRET, "/health"),
                )
            ]
            assert codes[:4] == [403, 403, 200, 200]
            assert codes[4:] == [404, 404]
            answers = await until(telegram, ANN, 2)
    assert shown(answers[0]["text"]).startswith("들은 말: 진짜")
