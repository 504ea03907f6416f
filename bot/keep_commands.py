"""`dongne backup`, `dongne restore` and `dongne doctor`: what keeps a council safe."""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.clock import seoul
from bot.config import Config
from bot.exit_codes import FAILED
from bot.opening import open_store
from corpus.audit import CONSOLE, write_entry
from corpus.database import CouncilDatabase
from corpus.messages import say


def _now() -> datetime:
    return seoul(datetime.now(UTC))


@click.command(help=say("cli.backup"), epilog=say("cli.backup_examples"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help=say("cli.backup_overwrite"))
@click.pass_obj
def backup(config: Config, file: Path, overwrite: bool) -> None:
    """One file that holds the council."""
    from bot.keeping.backup import write_backup
    from bot.keeping.rota import backup_name
    from bot.keeping.settings_file import settings_text
    from bot.progress import stages

    now = _now()
    target = file / backup_name(now) if file.is_dir() or not file.suffix else file
    settings = settings_text(config)
    with stages() as report:
        manifest = write_backup(
            config.data.folder, target, settings, now, overwrite=overwrite, report=report
        )
    size = -(-target.stat().st_size // 10**6)
    click.echo(say("backup.done", path=target, megabytes=size))
    counts = {name: manifest.counts.get(name, 0) for name in ("documents", "opinions", "meetings")}
    click.echo(say("backup.holds", **counts, files=manifest.papers))
    click.echo(say("backup.private"))
    with closing(CouncilDatabase(config.data.folder)) as database, database.write() as db:
        details = {"size": target.stat().st_size}
        write_entry(db, at=now, person=CONSOLE, action="backup", subject="store", details=details)


@click.command(help=say("cli.restore"), epilog=say("cli.restore_examples"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--set-aside", is_flag=True, help=say("cli.restore_set_aside"))
@click.option("--no-wait", is_flag=True, help=say("cli.no_wait"))
@click.pass_obj
def restore(config: Config, file: Path, set_aside: bool, no_wait: bool) -> None:
    """A backup becomes the store."""
    from bot.keeping.restoring import restore as put_back
    from bot.progress import stages

    folder = config.data.folder
    with stages() as report:
        done = put_back(file, folder, _now(), set_aside=set_aside, report=report)
    made_at = done.manifest.made_at[:16].replace("T", " ")
    click.echo(say("backup.restored", made_at=made_at, path=folder))
    if done.set_aside is not None:
        click.echo(say("backup.set_aside", path=done.set_aside))
    if done.unsent:
        click.echo(say("backup.unsent", count=done.unsent))
    if done.erased:
        click.echo(say("backup.erased_again", count=done.erased))
    if not done.all_erased:
        click.echo(say("backup.erasures_unknown", made_at=made_at))
    click.echo(say("backup.settings", path=done.settings))
    click.echo(say("backup.token"))
    if no_wait:
        click.echo(say("backup.vectors_later"))
        return
    from bot.intake import wait_for_vectors

    with open_store(config) as council:
        wait_for_vectors(council)


@click.command(help=say("cli.doctor"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.doctor_json"))
@click.pass_obj
def doctor(config: Config, as_json: bool) -> None:
    """How everything stands, and what to do."""
    from bot.doctor.examination import examine
    from bot.doctor.finding import State
    from bot.doctor.telling import as_line, as_object, summary

    findings = []
    for finding in examine(config, os.environ, _now()):
        findings.append(finding)
        if not as_json:
            click.echo(as_line(finding))
    well = all(one.state is not State.BROKEN for one in findings)
    if as_json:
        told = {"well": well, "checks": [as_object(one) for one in findings]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(summary(findings))
    if not well:
        sys.exit(FAILED)
