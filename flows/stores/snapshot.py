"""What is published in a store: every file of the tables and their versions, and which object holds its bytes.

<url>/.store/snapshot.json              this, replaced in one step
<url>/.store/objects/<publication>/...  the bytes, in objects that are never written anew
<url>/statements/2024.parquet, ...      copies of them under the names that readers know
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from flows.stores.errors import ObjectGoneError, StoreError
from flows.stores.store import Store
from flows.tables.versions import VERSIONS

OURS: Final = ".store"
SNAPSHOT: Final = f"{OURS}/snapshot.json"
OBJECTS: Final = f"{OURS}/objects"

_FORM: Final = 1


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file below `curated/`, as the store holds it.

    Attributes:
        sha256: SHA-256 of its bytes.
        size: Bytes.
        stored: Name of the object below `.store/objects/`.
    """

    sha256: str
    size: int
    stored: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of everything that is published.

    Attributes:
        number: Counts up with every publication to the store.
        publication: A name that no other publication has.
        written: When, in UTC, ISO 8601; for people.
        by: Host and process that published it; for people.
        files: Each file by its path below `curated/`.
        pending: Paths under which readers may still find the state before.
    """

    number: int = 0
    publication: str = ""
    written: str = ""
    by: str = ""
    files: Mapping[str, StoredFile] = field(default_factory=dict)
    pending: tuple[str, ...] = ()

    def digests(self) -> dict[str, str]:
        """SHA-256 of each file, by its path."""
        return {path: file.sha256 for path, file in self.files.items()}

    def as_json(self) -> bytes:
        """The snapshot as it lies in the store."""
        return (json.dumps({"form": _FORM, **asdict(self)}, indent=1) + "\n").encode()


def from_json(content: bytes, where: str) -> Snapshot:
    """The snapshot that lies in a store.

    Raises:
        StoreError: It is damaged, or of a later form.
    """
    try:
        values = json.loads(content)
        if values.pop("form") != _FORM:
            raise StoreError(f"{where}: was written by a later version of this package; install that one")
        files = {path: StoredFile(**file) for path, file in values.pop("files").items()}
        return Snapshot(**{**values, "files": files, "pending": tuple(values["pending"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{where}: damaged ({error}); empty the URL and build again") from error


def read_snapshot(store: Store) -> tuple[Snapshot, str | None]:
    """What is published, with the identity of the object that says so; an empty snapshot and None if nothing is."""
    # In this order a snapshot that is replaced in between has an old identity, and cannot be replaced with that.
    identity = store.identity(SNAPSHOT)
    if identity is None:
        return Snapshot(), None
    try:
        return from_json(store.read(SNAPSHOT), f"{store.url}/{SNAPSHOT}"), identity
    except ObjectGoneError:
        return Snapshot(), None


def is_for_readers(path: str) -> bool:
    """Whether a file also lies under its own name in the store: all but the earlier versions."""
    return not path.startswith(f"{VERSIONS}/")
