"""Whether this machine has what a build needs, and what to do where it has not."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import flows.offline  # noqa: F401
from flows.data import DataError, rows
from flows.settings import Settings
from flows.stores.places import Place, is_url

PACKAGE: Final = "diplomatic-statements"
SENTENCE: Final = '"The bridge will open in May," Latvian Transport Minister Inga Ozola said.'
"""The sentence on which the model is tried."""

MARKED: Final = {
    "source": "Latvian Transport Minister Inga Ozola",
    "cue": "said",
    "content": '"The bridge will open in May,"',
}
"""What the model marks in it."""

LEAST_FREE_BYTES: Final = 1_000_000_000
_REINSTALL: Final = "install again with `uv sync`, or `pip install -r requirements.lock`"


class NotWellError(Exception):
    """One thing is not as a build needs it; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Attributes:
        name: The thing.
        ok: Whether it is as a build needs it.
        says: How it is; where it is not ok, what is wrong and what to do.
    """

    name: str
    ok: bool
    says: str


def examine(settings: Settings) -> list[Finding]:
    """Looks at everything that a build needs, in a fixed order; no finding keeps the next from being made."""
    checks: dict[str, Callable[[], str]] = {
        "Python": _python,
        "libraries": _libraries,
        "model": check_model,
        "lookup files": _lookup_files,
        "raw folder": lambda: _raw_place(settings.raw),
        "curated folder": lambda: _curated_place(settings.curated),
        "free disk": lambda: _free_disk(settings.cache if is_url(settings.curated) else Path(settings.curated)),
        "Prefect": _prefect,
        "checks": lambda: _expectations(settings.expectations),
    }
    return [_finding(name, check) for name, check in checks.items()]


def _finding(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except NotWellError as error:
        return Finding(name, False, str(error))


def _python() -> str:
    version, wanted = platform.python_version(), metadata.metadata(PACKAGE)["Requires-Python"]
    if not SpecifierSet(wanted).contains(version, prereleases=True):
        raise NotWellError(f"{version} is too old; install Python {wanted}")
    return version


def _libraries() -> str:
    wanted = [Requirement(line) for line in metadata.requires(PACKAGE) or ()]
    needed = [requirement for requirement in wanted if not requirement.marker or requirement.marker.evaluate()]
    wrong = [fault for requirement in needed if (fault := fault_of(requirement))]
    if wrong:
        raise NotWellError(f"{'; '.join(wrong)}; {_REINSTALL}")
    return f"{len(needed)} as required"


def fault_of(requirement: Requirement) -> str | None:
    """What is wrong with the installed library that a requirement names; None if nothing is."""
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return f"{requirement.name} is not installed"
    if requirement.specifier.contains(version, prereleases=True):
        return None
    return f"{requirement.name} is {version}, not {requirement.specifier}"


def check_model(folder: Path | None = None) -> str:
    """Loads the model in `folder`, by default the package's, and tries it on `SENTENCE`.

    Raises:
        NotWellError: It cannot be loaded, or marks other words than `MARKED`.
    """
    from flows.statements.tagger import MODEL_FOLDER, attribute_with  # noqa: PLC0415  as Prefect below

    folder = folder or MODEL_FOLDER
    try:
        found = attribute_with(folder, SENTENCE)
    except Exception as error:  # each of the two libraries that read it has errors of its own
        raise NotWellError(f"{folder}: cannot be loaded ({_short(error)}); {_REINSTALL}") from error
    marked = [{part: " ".join(span.of(SENTENCE) for span in getattr(each, part)) for part in MARKED} for each in found]
    if marked != [MARKED]:
        raise NotWellError(f"{folder}: marks other words than it should in a fixed sentence; {_REINSTALL}")
    return "loads, and marks a fixed sentence as it should"


def _lookup_files() -> str:
    names = sorted(
        Path(file.name).stem for file in resources.files("flows.data").iterdir() if file.name.endswith(".csv")
    )
    try:
        lines = sum(len(rows(name)) for name in names)
    except DataError as error:
        raise NotWellError(str(error)) from error
    if not names:
        raise NotWellError(f"there are none in flows/data; {_REINSTALL}")
    return f"{len(names)} files, {lines:,} rows"


def _raw_place(raw: Place) -> str:
    if not is_url(raw):
        return _raw(Path(raw))
    from flows.stores.errors import StoreError  # noqa: PLC0415  as below
    from flows.stores.store import Store  # noqa: PLC0415

    try:
        return f"{raw}: {len(Store(raw).listing()):,} objects"
    except StoreError as error:
        raise NotWellError(str(error)) from error


def _curated_place(curated: Place) -> str:
    if not is_url(curated):
        return _curated(Path(curated))
    from flows.stores.errors import StoreError  # noqa: PLC0415  as below
    from flows.stores.snapshot import OURS, read_snapshot  # noqa: PLC0415
    from flows.stores.store import Store  # noqa: PLC0415

    try:
        store = Store(curated)
        store.listing(OURS)  # Says so if there is no such bucket.
        snapshot, _ = read_snapshot(store)
    except StoreError as error:
        raise NotWellError(str(error)) from error
    return f"{curated}: publication {snapshot.number}" if snapshot.number else f"{curated}: nothing is published yet"


def _raw(raw: Path) -> str:
    if not raw.is_dir():
        raise NotWellError(f"{raw}: no such folder; make it, or name another with --raw")
    if not os.access(raw, os.R_OK | os.X_OK):
        raise NotWellError(f"{raw}: cannot be listed; mend its rights")
    closed = [path for path in _files(raw) if not os.access(path, os.R_OK)]
    if closed:
        raise NotWellError(f"{closed[0]}{_more(closed)}: cannot be read; mend the rights")
    return f"{raw}: {sum(1 for _ in _files(raw)):,} files, all readable"


def _files(raw: Path) -> Iterator[Path]:
    return (path for path in raw.rglob("*") if path.is_file())


def _more(paths: list[Path]) -> str:
    return f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""


def _curated(curated: Path) -> str:
    standing = _standing(curated)
    if not standing.is_dir():
        raise NotWellError(f"{standing}: is a file, not a folder; move it, or name another folder with --curated")
    if not os.access(standing, os.R_OK | os.W_OK | os.X_OK):
        raise NotWellError(f"{standing}: cannot be written to; mend its rights, or name another with --curated")
    return f"{curated}: can be written" if standing == curated else f"{curated}: can be made"


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that there is."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _free_disk(curated: Path) -> str:
    free = shutil.disk_usage(_standing(curated)).free
    says = f"{free / 1e9:,.1f} GB beside {curated}"
    if free < LEAST_FREE_BYTES:
        raise NotWellError(f"{says}; free at least {LEAST_FREE_BYTES / 1e9:.0f} GB, or name another with --curated")
    return says


def _prefect() -> str:
    # These imports take seconds: whoever does not ask for this check does not wait for them.
    from prefect.client.orchestration import get_client  # noqa: PLC0415
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

    url = PREFECT_API_URL.value()
    if not url:
        return "no PREFECT_API_URL: each build starts a server of its own"
    with get_client(sync_client=True) as client:
        error = client.api_healthcheck()
    if error:
        raise NotWellError(
            f"{url} does not answer ({_short(error)}); start `prefect server start` there, or unset PREFECT_API_URL"
        )
    return f"{url} answers"


def _expectations(project: Path) -> str:
    from flows.quality.suites import suite_files  # noqa: PLC0415

    files = suite_files()
    absent = [project / path for path in files if not (project / path).is_file()]
    if absent:
        raise NotWellError(f"{absent[0]}{_more(absent)}: no such file; run `python -m flows.quality.suites`")
    changed = [path for path, content in files.items() if (project / path).read_text(encoding="utf-8") != content]
    note = f"; {len(changed)} differ from the package's own" if changed else ""
    return f"{project}: {len(files)} files{note}"


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
