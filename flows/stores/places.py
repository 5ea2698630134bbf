"""Where raw articles or tables lie: a folder of this machine, as a `Path`, or a URL of a store, as a `str`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final, TypeAlias, TypeGuard

from platformdirs import user_cache_path

Place: TypeAlias = Path | str

RAW: Final = "raw"
FILES: Final = "files"
"""Raw articles of a URL lie below `<cache>/raw/<url>/files`."""


class PlaceError(Exception):
    """Two places cannot be used together; the message says why."""


def place(given: Path | str) -> Place:
    """A place as a setting or a caller names it; `file:` URLs are folders like any other.

    Example:
        >>> place("raw"), place("file:///data/raw"), place("s3://bucket/raw/")
        (PosixPath('raw'), PosixPath('/data/raw'), 's3://bucket/raw')
    """
    if isinstance(given, Path) or "://" not in given:
        return Path(given)
    scheme, _, rest = given.partition("://")
    return Path(rest) if scheme in {"file", "local"} else f"{scheme}://{rest.rstrip('/')}"


def is_url(where: Place) -> TypeGuard[str]:
    """Whether a place lies in a store."""
    return isinstance(where, str)


def default_cache() -> Path:
    """Where copies of what lies in stores are kept if no setting says otherwise."""
    return user_cache_path("diplomatic-statements")


def home_of(url: str, cache: Path, kind: str) -> Path:
    """The folder below `cache` for what is kept of a URL on this machine."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", url).strip("-")[-60:]
    return cache / kind / f"{readable}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def raw_folder(raw: Place, cache: Path) -> Path:
    """The folder that stands for `raw` on this machine; of a URL the one that the last build left, if there was one."""
    return home_of(raw, cache, RAW) / FILES if is_url(raw) else Path(raw)


def refuse_overlap(raw: Place, curated: Place) -> None:
    """Lets two URLs pass of which neither lies below the other; else tables would be read as articles.

    Raises:
        PlaceError: One does.
    """
    if is_url(raw) and is_url(curated) and (f"{raw}/".startswith(f"{curated}/") or f"{curated}/".startswith(f"{raw}/")):
        raise PlaceError(f"raw is {raw} and curated is {curated}; name two URLs of which neither lies below the other")
