"""Papers in and out at the console, with a progress bar and a receipt for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import sqlite_utils

from bot.progress import counting, progress_bar
from bot.wiring import Council, now
from corpus.audit import CONSOLE, write_entry
from corpus.files import files_under, name_of
from corpus.ingest import Outcome, Receipt
from corpus.messages import level_name, say
from corpus.types import Visibility

# A receipt is read at a glance; the rest shows where a value in doubt is answered.
_FINDINGS = 5


def take_in(council: Council, paths: Sequence[Path], visibility: Visibility, *, wait: bool) -> int:
    """Ingest files and folders and say what became of each.

    Args:
        council: The open store.
        paths: Files and folders.
        visibility: Who may see new papers.
        wait: Whether to stay until all vectors are made.

    Returns:
        How many files could not be read.
    """
    files = files_under(paths)
    receipts: list[Receipt] = []
    with progress_bar(say("intake.reading"), len(files)) as advance:
        for receipt in council.ingest.run(files, visibility):
            receipts.append(receipt)
            _account(council, receipt, visibility)
            click.echo(_line(receipt))
            _details(council, receipt)
            advance()
    _sum_up(receipts, visibility)
    if wait:
        wait_for_vectors(council)
    elif council.vectors.pending():
        click.echo(say("intake.vectors_later", count=council.vectors.pending()))
    return sum(receipt.outcome is Outcome.FAILED for receipt in receipts)


def _account(council: Council, receipt: Receipt, visibility: Visibility) -> None:
    """Write into the audit which papers came in, and for whom."""
    if receipt.outcome not in {Outcome.ADDED, Outcome.REPLACED}:
        return
    details = {"outcome": receipt.outcome.value}
    if receipt.outcome is Outcome.ADDED:  # a new edition keeps the level of the one before
        details["visibility"] = visibility.name.lower()
    with council.database.write() as db:
        for number in receipt.document_ids:
            _write(db, "upload", number, {"name": name_of(receipt.path), **details})


def _write(
    db: sqlite_utils.Database, action: str, document_id: int, details: dict[str, str]
) -> None:
    write_entry(
        db,
        at=now(),
        person=CONSOLE,
        action=action,
        subject=f"paper {document_id}",
        details=details,
    )


def _line(receipt: Receipt) -> str:
    name = name_of(receipt.path)
    if receipt.outcome in {Outcome.ADDED, Outcome.REPLACED}:
        return say(
            f"intake.{receipt.outcome}",
            name=name,
            papers=len(receipt.document_ids),
            passages=receipt.passages,
            tables=receipt.tables,
            characters=f"{receipt.characters:,}",
        )
    return say(f"intake.{receipt.outcome}", name=name, reason=receipt.reason)


def _details(council: Council, receipt: Receipt) -> None:
    if receipt.reason and receipt.outcome not in {Outcome.DUPLICATE, Outcome.FAILED}:
        click.echo(f"    {receipt.reason}")
    for code in receipt.doubts:
        click.echo(say("intake.doubt", doubt=say(f"doubt.{code}")))
    if len(receipt.document_ids) != 1:
        return
    document = council.documents.get(receipt.document_ids[0], Visibility.STAFF)
    if document is None:
        return
    click.echo(
        say(
            "intake.paper",
            title=document.title,
            kind=say(f"kind.{document.kind.name.lower()}"),
            dated=document.dated or say("intake.undated"),
        )
    )
    for finding in council.documents.findings(document.id)[:_FINDINGS]:
        click.echo(say("intake.doubt", doubt=finding))
    for question in council.assistant.questions(document.id):
        click.echo(say("intake.question", question=question))


def _sum_up(receipts: Sequence[Receipt], visibility: Visibility) -> None:
    if not receipts:
        click.echo(say("intake.nothing"))
        return
    counts = {one: sum(receipt.outcome is one for receipt in receipts) for one in Outcome}
    click.echo(
        say(
            "intake.summary",
            **{one.value: number for one, number in counts.items()},
            visibility=level_name(visibility),
        )
    )


def wait_for_vectors(council: Council) -> None:
    """Stay until the vector index equals the store, with a bar; whoever works on it."""
    with counting() as progress:
        task = progress.add_task(say("intake.vectors"), total=council.vectors.pending())
        council.vectors.sync(
            progress=lambda done, of: progress.update(task, completed=done, total=of)
        )


def take_out(council: Council, names: Sequence[str]) -> int:
    """Withdraw papers by name.

    Returns:
        How many names no paper has.
    """
    by_name = {paper.name: paper.id for paper in council.documents.visible(Visibility.STAFF)}
    known = [name for name in names if name in by_name]
    with council.database.write() as db:
        council.documents.remove([by_name[name] for name in known], now())
        for name in known:
            _write(db, "withdraw", by_name[name], {"name": name})
    wait_for_vectors(council)
    for name in names:
        key = "intake.withdrawn" if name in by_name else "intake.unknown"
        click.echo(say(key, name=name))
    return len(names) - len(known)


def rebuild(council: Council) -> None:
    """Make both indexes anew from the store."""
    total = council.documents.count()
    with progress_bar(say("intake.terms"), total) as advance:
        for _ in council.documents.reindex():
            advance()
    council.vectors.rebuild()
    wait_for_vectors(council)
    click.echo(say("intake.rebuilt", count=total))
