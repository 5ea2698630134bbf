"""What stops the reading of a file or of one record in it."""

from __future__ import annotations


class ReadError(ValueError):
    """A file or record that cannot be read; the message says what to do.

    Attributes:
        rule: Short name of what is wrong, such as `binary`.
    """

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
