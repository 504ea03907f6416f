"""The child processes: quiet, killed with all they started, and never missed by the caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import UnreadableDocumentError
from corpus.readers import Limits, process, read
from tests.support import files

REPOSITORY = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at /proc")


def server_pid() -> int:
    running = process._SERVER._process
    assert running is not None
    return running.pid


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def wait_until_childless(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while children_of(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def slow_pdf(folder: Path) -> Path:
    page = "".join(files.pdf_text(50, 700 - at / 10, "가" * 40, 1) for at in range(300))
    return files.put(folder, "긴.pdf", files.pdf_file(*[page] * 150))


def test_no_child_is_left_after_reading_refusing_or_killing(tmp_path: Path) -> None:
    good = files.put(tmp_path, "a.txt", b"text")
    read(good)
    with pytest.raises(UnreadableDocumentError):
        read(slow_pdf(tmp_path), limits=Limits(seconds=0.2))
    with pytest.raises(UnreadableDocumentError):
        read(files.put(tmp_path, "b.docx", b"PK\3\4"))
    assert wait_until_childless(server_pid())
    read(good)


def test_threads_read_at_once(tmp_path: Path) -> None:
    paths = [files.put(tmp_path, f"{at}.txt", f"문서 {at}".encode()) for at in range(24)]
    with ThreadPoolExecutor(8) as pool:
        papers = list(pool.map(read, paths))
    assert [paper.blocks[0].text for paper in papers] == [  # type: ignore[union-attr]
        f"문서 {at}" for at in range(24)
    ]


def test_a_slow_file_does_not_hold_up_another(tmp_path: Path) -> None:
    good = files.put(tmp_path, "a.txt", b"text")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(read, slow_pdf(tmp_path), limits=Limits(seconds=0.5))
        read(good)
        with pytest.raises(UnreadableDocumentError):
            slow.result()


def test_a_child_that_dies_is_a_reason(tmp_path: Path) -> None:
    read(files.put(tmp_path, "a.txt", b"text"))
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, slow_pdf(tmp_path))
        while not (children := children_of(server_pid())):
            time.sleep(0.005)
        os.kill(children[0], signal.SIGABRT)
        with pytest.raises(UnreadableDocumentError) as caught:
            reading.result()
    assert caught.value.code == "crashed"


def test_a_killed_server_is_started_again(tmp_path: Path) -> None:
    good = files.put(tmp_path, "a.txt", b"text")
    read(good)
    before = server_pid()
    os.kill(before, signal.SIGKILL)
    process._SERVER._process.wait()  # type: ignore[union-attr]
    read(good)
    assert server_pid() != before


SCRIPT = """
import sys
from pathlib import Path
from corpus.readers import read
print(read(Path(sys.argv[1])).format)
"""


@pytest.mark.parametrize("way", ["-c", "script", "stdin"])
def test_it_works_without_a_main_guard_and_says_nothing_itself(way: str, tmp_path: Path) -> None:
    paper = str(files.put(tmp_path, "a.docx", files.docx_file()))
    script = files.put(tmp_path, "script.py", SCRIPT.encode())
    arguments = {"-c": ["-c", SCRIPT, paper], "script": [str(script), paper], "stdin": ["-", paper]}
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments[way]],
        input=SCRIPT if way == "stdin" else "rest of a pipe",
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("docx\n", "", 0)


def test_the_server_ends_with_its_caller(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from corpus.readers import process, read\n"
        "read(Path(sys.argv[1])); print(process._SERVER._process.pid, flush=True); os._exit(9)"
    )
    paper = str(files.put(tmp_path, "a.txt", b"text"))
    done = subprocess.run(
        [sys.executable, "-c", code, paper],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    deadline = time.monotonic() + 5
    while Path(f"/proc/{int(done.stdout)}/fd").exists() and time.monotonic() < deadline:
        if "\nState:\tZ" in Path(f"/proc/{int(done.stdout)}/status").read_text():
            return
        time.sleep(0.02)
    assert not Path(f"/proc/{int(done.stdout)}").exists()


def test_a_forked_caller_gets_a_server_of_its_own(tmp_path: Path) -> None:
    good = files.put(tmp_path, "a.txt", b"text")
    read(good)
    code = (
        "import os, sys; from pathlib import Path; from corpus.readers import process, read\n"
        "path = Path(sys.argv[1]); read(path); pid = process._SERVER._process.pid\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    read(path); os._exit(process._SERVER._process.pid == pid)\n"
        "assert os.waitpid(child, 0)[1] == 0; read(path); print('fine')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(good)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert done.stdout == b"fine\n"


def test_without_fork_each_file_gets_an_interpreter(tmp_path: Path) -> None:
    path = files.put(tmp_path, "a.txt", "본문".encode())
    request = f'{{"path": "{path}", "limits": {{"seconds": 30}}}}\n'.encode()
    assert b'"paper"' in process._spawned(request, 30)
