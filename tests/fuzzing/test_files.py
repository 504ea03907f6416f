"""Files of every format with bytes and members changed: read, or refused with a reason."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.ingest import drafted
from corpus.readers import Limits, read
from tests.fuzzing import TEXTS, examples
from tests.support.files import good_files

LIMITS = Limits(seconds=20)
GOOD = good_files()
ZIPPED = sorted(name for name, raw in GOOD.items() if raw.startswith(b"PK"))


@st.composite
def bytes_changed(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file with some bytes overwritten, taken out or put in."""
    name = draw(st.sampled_from(sorted(GOOD)))
    raw = bytearray(GOOD[name])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        new = draw(st.binary(max_size=8))
        raw[at : at + draw(st.integers(0, 8))] = new
    return name, bytes(raw)


@st.composite
def member_changed(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good archive in which one member is whole but says something else."""
    name = draw(st.sampled_from(ZIPPED))
    with zipfile.ZipFile(io.BytesIO(GOOD[name])) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    chosen = draw(st.sampled_from(sorted(members)))
    content = bytearray(members[chosen])
    at = draw(st.integers(0, max(len(content) - 1, 0)))
    text = draw(TEXTS).encode("utf-8", "replace")[:200]
    content[at : at + draw(st.integers(0, 20))] = text
    members[chosen] = bytes(content)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for one, raw in members.items():
            archive.writestr(one, raw)
    return name, stream.getvalue()


@examples(16)
@given(st.one_of(bytes_changed(), member_changed()))
def test_a_changed_file_is_read_or_refused(changed: tuple[str, bytes]) -> None:
    name, raw = changed
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"자료.{name}"
        path.write_bytes(raw)
        try:
            draft = drafted(read(path, limits=LIMITS), path, source="s", sha256="0")
        except CorpusError as error:
            refused = str(error)
        else:
            refused = ""
    if refused:
        return
    assert draft.full.text.encode()
    assert all(chunk.end <= len(draft.full.text) for chunk in draft.chunks)


@examples(40)
@given(TEXTS, st.sampled_from(["txt", "md", "csv"]))
def test_any_text_is_a_paper_or_none(text: str, suffix: str) -> None:
    from corpus.text import clean
    from corpus.types import Paper, Paragraph

    paper = Paper(format=suffix, blocks=(Paragraph(text=clean(text)),))
    try:
        draft = drafted(paper, Path(f"자료.{suffix}"), source="s", sha256="0")
    except CorpusError:
        return
    assert draft.full.text.strip()
    assert "records" not in draft.doubts
