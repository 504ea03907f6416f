"""Gathers wheels and the install script into one archive.

Unless `--torch` names it, the bundle leaves out what only another embedder than the one on board
needs (sentence-transformers with torch): sixteen packages, and most of the weight.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
ONLY_FOR_TORCH = "sentence-transformers"
_COPIED = ("config.toml", "LICENSE", "README.ko.md", "docs/operating.md")


def entries(lock: str) -> list[tuple[str, str, set[str]]]:
    """The entries of a lock file: name, text, and the packages that require it."""
    found = []
    for entry in re.split(r"\n(?=[a-z0-9])", lock.strip()):
        name = re.split(r"[=\s\[]", entry, maxsplit=1)[0]
        via = entry.partition("# via")[2]
        found.append((name, entry, set(re.findall(r"[a-z0-9][\w.-]*", via))))
    return found


def without(lock: str, left_out: str) -> str:
    """A lock file without a package and all that nothing else requires."""
    wanted = {name: via for name, _, via in entries(lock)}
    for name, _, via in entries(lock):
        wanted[name] = wanted[name] | via
    gone = {left_out, "torch"}
    while more := {name for name, via in wanted.items() if name not in gone and via <= gone}:
        gone |= more
    return "\n".join(entry for name, entry, _ in entries(lock) if name not in gone) + "\n"


def main() -> int:
    """Make the archive and print where it is."""
    parser = argparse.ArgumentParser(prog="python -m docs.bundle")
    parser.add_argument("--torch", help="requirement of torch; the whole is bundled then")
    parser.add_argument("--torch-index", help="address of an index with its small CPU build")
    parser.add_argument("--folder", type=Path, default=ROOT / "build")
    given = parser.parse_args()
    whole = "-with-torch" if given.torch else ""
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    name = f"dongne-{platform.system().lower()}-{platform.machine()}-{python}{whole}"
    folder = given.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    _gather(wheels, LOCK.read_text("utf-8"), given.torch, given.torch_index)
    for path in _COPIED:
        shutil.copy(ROOT / path, folder)
    shutil.copy(Path(__file__).with_name("install.sh"), folder)
    (folder / "PYTHON").write_text(f"{sys.version_info.major}.{sys.version_info.minor}\n")
    _checksums(folder)
    archive = given.folder / f"{name}.tar"  # wheels are compressed as they are
    with tarfile.open(archive, "w") as tar:
        tar.add(folder, name)
    sys.stdout.write(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB\n")
    return 0


def _gather(wheels: Path, lock: str, torch: str | None, index: str | None) -> None:
    chosen = wheels.parent / "requirements.lock"
    chosen.write_text(lock if torch else without(lock, ONLY_FOR_TORCH), encoding="utf-8")
    _wheels(wheels, "--no-deps", "--require-hashes", "-r", chosen)
    _wheels(wheels, "--no-deps", "--no-build-isolation", ROOT)
    if torch:
        apart = wheels.parent / "torch"
        _wheels(apart, *(("--index-url", index) if index else ()), torch)
        have = {_project(wheel) for wheel in wheels.iterdir()}
        for wheel in apart.iterdir():
            if _project(wheel) not in have:
                wheel.rename(wheels / wheel.name)
        shutil.rmtree(apart)


def _wheels(folder: Path, *what: object) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    subprocess.run([*command, "--wheel-dir", folder, *map(str, what)], check=True)


def _project(wheel: Path) -> str:
    return wheel.name.partition("-")[0].lower().replace("_", "-")


def _checksums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
