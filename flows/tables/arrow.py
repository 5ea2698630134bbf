"""Rows of plain Python values become Arrow tables with the schema's columns, in the schema's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from numbers import Integral, Real
from typing import Final

import pyarrow as pa

from flows.schema import Column, Table

Row = Mapping[str, object]


class RowError(ValueError):
    """A row does not fit its table's schema."""


def to_arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table in schema order, with the schema's metadata.

    A column that a row does not fill is null. Whether null is allowed there is for the checks to say, which put the
    row into quarantine: here a null never stops a build.

    Args:
        table: The table's declaration.
        rows: One mapping per row, from column name to value; a list column takes lists or tuples, a struct takes
            mappings or tuples of its fields, but not both in one column.

    Raises:
        RowError: A row has a key that is no column, or a value of another type than its column's.
    """
    rows = list(rows)
    _refuse_unknown_keys(table, rows)
    arrays = [_array(table, column, rows) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=table.schema())


def _refuse_unknown_keys(table: Table, rows: Sequence[Row]) -> None:
    columns = {column.name for column in table.columns}
    for position, row in enumerate(rows):
        if unknown := sorted(row.keys() - columns):
            raise RowError(
                f"table {table.name}, column {unknown[0]}, {_name(table, row, position)}: there is no such column; "
                f"add it to flows/schema.py or leave it out of the row"
            )


def _array(table: Table, column: Column, rows: Sequence[Row]) -> pa.Array:
    values = [row.get(column.name) for row in rows]
    fits = _fits(column.type)
    # Almost every column holds values of one or two types, so looking at the types first costs next to nothing.
    if pa.types.is_nested(column.type) or not all(_type_fits(column.type, kind) for kind in set(map(type, values))):
        for position, value in enumerate(values):
            if value is not None and not fits(value):
                raise _misfit(table, column, _name(table, rows[position], position), value)
    try:
        return pa.array(values, type=column.type)
    except (pa.ArrowException, OverflowError, UnicodeError, TypeError, ValueError) as error:
        raise _first_misfit(table, column, rows, values) from error


def _first_misfit(table: Table, column: Column, rows: Sequence[Row], values: Sequence[object]) -> RowError:
    for position, value in enumerate(values):
        try:
            pa.array([value], type=column.type)
        except (pa.ArrowException, OverflowError, UnicodeError, TypeError, ValueError) as error:
            return _misfit(table, column, _name(table, rows[position], position), value, f" ({error})")
    return RowError(
        f"table {table.name}, column {column.name}: the values do not fit {column.type} "
        "together; give its structs all as mappings or all as tuples"
    )


def _misfit(table: Table, column: Column, place: str, value: object, why: str = "") -> RowError:
    shown = repr(value) if len(repr(value)) <= 80 else f"{value!r:.77}..."
    return RowError(
        f"table {table.name}, column {column.name}, {place}: {shown} of type "
        f"{type(value).__name__} does not fit {column.type}{why}; mend the stage that fills this column"
    )


def _name(table: Table, row: Row, position: int) -> str:
    key = row.get(table.key)
    return f"row {position}" if key is None else f"row {position} ({table.key} {key})"


_KINDS: Final[Sequence[tuple[Callable[[pa.DataType], bool], tuple[type, ...], tuple[type, ...]]]] = (
    # Arrow is lenient where we are not: it reads a number as a day since 1970, a time as its day, bytes as text.
    (pa.types.is_string, (str,), ()),
    (pa.types.is_binary, (bytes,), ()),
    (pa.types.is_date, (date,), (datetime,)),
    (pa.types.is_integer, (Integral,), (bool,)),
    (pa.types.is_floating, (Real,), (bool,)),
    (pa.types.is_list, (list, tuple), ()),
    (pa.types.is_struct, (Mapping, tuple), ()),
)


def _type_fits(arrow: pa.DataType, kind: type) -> bool:
    if kind is type(None):
        return True
    for is_kind, accepted, refused in _KINDS:
        if is_kind(arrow):
            return issubclass(kind, accepted) and not issubclass(kind, refused)
    raise NotImplementedError(f"no Python type is known for the Arrow type {arrow}; add it to flows/tables/arrow.py")


def _fits(arrow: pa.DataType) -> Callable[[object], bool]:
    """The test that a value passes if it fits the Arrow type, in its nested parts too."""
    if pa.types.is_list(arrow):
        fits_item = _fits(arrow.value_type)
        return lambda value: isinstance(value, list | tuple) and all(map(fits_item, value))
    if pa.types.is_struct(arrow):
        parts = {part.name: (part.nullable, _fits(part.type)) for part in arrow}
        return lambda value: _struct_fits(value, parts)
    return lambda value: _type_fits(arrow, type(value))


def _struct_fits(value: object, parts: Mapping[str, tuple[bool, Callable[[object], bool]]]) -> bool:
    if isinstance(value, tuple):
        value = dict(zip(parts, value, strict=True)) if len(value) == len(parts) else None
    if not isinstance(value, Mapping) or value.keys() - parts.keys():
        return False
    return all(
        nullable if (part := value.get(name)) is None else fits(part) for name, (nullable, fits) in parts.items()
    )
