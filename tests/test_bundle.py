"""The archive for machines without a network: what is in it, and how it sets itself up."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from docs.bundle.__main__ import LOCK, ONLY_FOR_TORCH, ROOT, entries, without
from tests.test_default_is_light import HEAVY
from tests.test_lock import PROJECT, name_of

INSTALL = ROOT / "docs" / "bundle" / "install.sh"
VERSION = "{}.{}".format(*sys.version_info)


def test_what_the_default_does_not_load_is_left_out_and_nothing_else() -> None:
    lock = LOCK.read_text("utf-8")
    whole = {name for name, _, _ in entries(lock)}
    bundled = {name for name, _, _ in entries(without(lock, ONLY_FOR_TORCH))}
    assert {name_of(one) for one in PROJECT["dependencies"]} - bundled == {ONLY_FOR_TORCH}
    left_out = whole - bundled
    assert {"transformers", "scikit-learn", "scipy"} <= left_out
    for name, _, via in entries(lock):
        assert name in bundled or not via & bundled, f"{name} is needed by {via & bundled}"
    # tokenizers comes with chromadb, which requires it
    assert {one.replace("_", "-") for one in HEAVY} & bundled <= {"tokenizers"}


def test_what_is_bundled_keeps_its_version_and_hashes() -> None:
    lock = LOCK.read_text("utf-8")
    told = {entry for _, entry, _ in entries(lock)}
    for _, entry, _ in entries(without(lock, ONLY_FOR_TORCH)):
        assert entry in told
        assert "--hash=sha256:" in entry


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of one wheel, whose `dongne` only says its version."""
    folder = tmp_path / "a bundle"
    (folder / "wheels").mkdir(parents=True)
    info = "dongne_biseo-7.dist-info"
    files = {
        "dongne_here.py": "def main(): print('dongne, version 7')\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: dongne-biseo\nVersion: 7\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\ndongne = dongne_here:main\n",
    }
    with zipfile.ZipFile(folder / "wheels" / "dongne_biseo-7-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in files))
    shutil.copy(INSTALL, folder)
    shutil.copy(ROOT / "config.toml", folder)
    (folder / "PYTHON").write_text(f"{VERSION}\n")
    (wheel_path,) = (folder / "wheels").iterdir()
    digest = hashlib.sha256(wheel_path.read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  wheels/{wheel_path.name}\n")
    return folder


def install(bundle: Path, target: Path) -> subprocess.CompletedProcess[str]:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_NO_CACHE_DIR": "1"}
    return subprocess.run(
        ["sh", str(bundle / "install.sh"), str(target)],
        env={**os.environ, "PYTHON": sys.executable, **nowhere},
        capture_output=True,
        text=True,
        check=False,
        cwd=bundle.parent,
    )


def test_a_bundle_sets_itself_up_without_a_network(bundle: Path, tmp_path: Path) -> None:
    done = install(bundle, tmp_path / "office")
    assert done.returncode == 0, done.stderr
    assert "dongne, version 7" in done.stdout
    config = tmp_path / "office" / "config.toml"
    assert config.read_text("utf-8") == (ROOT / "config.toml").read_text("utf-8")


def test_a_bundle_that_was_damaged_on_its_way_is_refused(bundle: Path, tmp_path: Path) -> None:
    (wheel,) = (bundle / "wheels").iterdir()
    wheel.write_bytes(wheel.read_bytes()[:-9])
    done = install(bundle, tmp_path / "office")
    assert done.returncode != 0
    assert wheel.name in done.stdout + done.stderr
    assert not (tmp_path / "office" / ".venv").exists()


def test_a_bundle_for_another_python_says_which(bundle: Path, tmp_path: Path) -> None:
    (bundle / "PYTHON").write_text("3.99\n")
    done = install(bundle, tmp_path / "office")
    assert done.returncode == 1
    assert "PYTHON=python3.99" in done.stderr
