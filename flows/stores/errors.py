"""What goes wrong with a store, in one sentence; an `OSError`, so that a run may be tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_RIGHTS: Final = "check the credentials, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they allow"
_NETWORK: Final = "check the network and, for another server than the provider's own, its address (AWS_ENDPOINT_URL)"
_CONDITIONS: Final = {"PreconditionFailed", "ConditionalRequestConflict", "412"}


class StoreError(OSError):
    """A store cannot be used; the message says which, why, and what to do."""


class ObjectGoneError(StoreError):
    """An object, or the bucket, is not there."""


class ConflictError(StoreError):
    """An object is not the one that was to be replaced: somebody else wrote it meanwhile."""


@contextmanager
def plainly_said(url: str) -> Iterator[None]:
    """Turns whatever a store's library raises into a `StoreError`.

    Raises:
        ObjectGoneError: There is no such object or bucket.
        ConflictError: The condition of a write does not hold.
        StoreError: Anything else.
    """
    try:
        yield
    except StoreError:
        raise
    except FileExistsError as error:
        raise ConflictError(f"{url}: is there already") from error
    except FileNotFoundError as error:
        raise ObjectGoneError(f"{url}: no such bucket or object; make the bucket, or mend the URL") from error
    except PermissionError as error:
        raise StoreError(f"{url}: access denied ({_words(error)}); {_RIGHTS}") from error
    except OSError as error:
        if _code(error) in _CONDITIONS:
            raise ConflictError(f"{url}: was written by somebody else meanwhile") from error
        raise StoreError(f"{url}: {_words(error)}") from error
    except Exception as error:  # each store's library has errors of its own, most of them no OSError
        if "Credentials" in type(error).__name__ or "Token" in type(error).__name__:
            raise StoreError(f"{url}: {_words(error)}; {_RIGHTS}") from error
        raise StoreError(f"{url}: not reachable ({_words(error)}); {_NETWORK}") from error


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def _code(error: OSError) -> str | None:
    """The store's own code of an error, where botocore gave one."""
    response = getattr(error.__cause__, "response", None)
    return response.get("Error", {}).get("Code") if isinstance(response, dict) else None
