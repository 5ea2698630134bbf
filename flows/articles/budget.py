"""What one raw file may cost, counted over all its layers and members."""

from __future__ import annotations

from flows.articles.errors import LimitError, limit_passed
from flows.articles.reading import Reading

# A short file of one repeated word packs better than any limit of the ratio allows, and does no harm.
_JUDGED_FROM = 10_000_000


class Budget:
    """Counts the bytes that a raw file unpacks to and the records that it gives.

    Args:
        size: Bytes of the file on disk.
        reading: The limits.
    """

    def __init__(self, size: int, reading: Reading) -> None:
        self._size = size
        self._reading = reading
        self._unpacked = 0
        self._records = 0

    def unpack(self, count: int) -> None:
        """Counts unpacked bytes.

        Raises:
            LimitError: There are more than allowed, in all or for each byte on disk.
        """
        self._unpacked += count
        limits = self._reading
        if self._unpacked > limits.max_unpacked_bytes:
            raise _passed("unpacks to more than", limits.max_unpacked_bytes, "bytes", "max_unpacked_bytes")
        if self._unpacked > max(_JUDGED_FROM, self._size * limits.max_ratio):
            raise _passed("unpacks to more than", limits.max_ratio, "times its size", "max_ratio")

    def record(self) -> None:
        """Counts one record.

        Raises:
            LimitError: There are more than allowed.
        """
        self._records += 1
        if self._records > self._reading.max_records:
            raise _passed("holds more than", self._reading.max_records, "records", "max_records")


def _passed(what: str, limit: int, unit: str, setting: str) -> LimitError:
    return LimitError("too-large", limit_passed(f"The file {what}", limit, unit, setting))
