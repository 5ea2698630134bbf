"""What the command line says where something is wrong: one sentence that says what to do, and no traceback."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from flows.settings import TOML_FILES

DAMAGED: Final = "a file of the tables is damaged; `statements build` makes it anew from the raw articles"
OPTIONS: Final = ("raw", "curated", "workers", "engine", "dask_scheduler")
"""Settings that are options of commands."""


class OneLine(logging.Filter):
    """Takes the traceback from what Prefect logs of errors whose messages say what to do."""

    def __init__(self, *told: type[Exception]) -> None:
        super().__init__()
        self._told = told

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record pass."""
        if record.exc_info and isinstance(record.exc_info[1], self._told):
            record.exc_info = None
        return True


def why_no_settings(error: ValueError) -> str:
    """Which setting cannot be used and where it is set; `error` is what making the settings raised."""
    if isinstance(error, ValidationError):
        return _why_not_valid(error)
    if isinstance(error, (tomllib.TOMLDecodeError, UnicodeDecodeError)):
        return f"{_broken_file()} is no TOML file ({error}); mend that place, or take the file away"
    return f"{error}; see the README's table of settings"


def _why_not_valid(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    option = f"the option --{name.replace('_', '-')}, " if name in OPTIONS else ""
    return (
        f"setting {'.'.join(str(part) for part in first['loc'])}: {first['msg']} (got {first['input']!r}); "
        f"see {option}the variable STATEMENTS_{name.upper()}, .env, {' and '.join(TOML_FILES)}"
    )


def _broken_file() -> str:
    for name in TOML_FILES:
        try:
            tomllib.loads(Path(name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except ValueError:
            return name
    return " or ".join(TOML_FILES)
