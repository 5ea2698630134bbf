"""What stops the reading of a file or of one record in it."""

from __future__ import annotations


class ReadError(ValueError):
    """A file or record that cannot be read; the message says what to do.

    Attributes:
        rule: Short name of what is wrong, such as `binary`.
        place: Where in the file, where it is not the file as a whole.
    """

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.place: str | None = None


class LimitError(ReadError):
    """A limit of a whole raw file is passed: nothing more of it is read."""


def limit_passed(what: str, limit: int, unit: str, setting: str) -> str:
    """What to say where a limit is passed.

    Args:
        what: What the file or record does, such as `The file unpacks to more than`.
        limit: The limit, its unit left out.
        unit: Its unit.
        setting: Name of the setting that holds it.
    """
    return f"{what} the {limit:,} {unit} allowed; split it or raise STATEMENTS_{setting.upper()}."
