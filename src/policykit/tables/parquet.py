"""Tables as Parquet files, with pyarrow."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from policykit.errors import PolicykitError
from policykit.tables.columns import TABLES, Column
from policykit.tables.rows import DocumentRows, Row

#: rows that are gathered before they are written
_GROUP = 20_000


def write_parquet(folder: str, documents: Iterable[DocumentRows]) -> int:
    """Write `<table>.parquet` for every table into a folder; returns the number of documents.

    Raises `PolicykitError` where pyarrow is missing, `OSError` where the system refuses.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise PolicykitError(
            "Parquet needs pyarrow, which is not installed", advice="pip install 'policykit[parquet]'"
        ) from None
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
    }

    def field(column: Column) -> Any:
        described = {"description": column.description}
        return pyarrow.field(column.name, types[column.kind], nullable=not column.is_needed, metadata=described)

    count = 0
    with ExitStack() as stack:
        schemas = {table.name: pyarrow.schema([field(column) for column in table.columns]) for table in TABLES}
        writers = {
            name: stack.enter_context(parquet.ParquetWriter(os.path.join(folder, f"{name}.parquet"), schema))
            for name, schema in schemas.items()
        }
        gathered: dict[str, list[Row]] = {name: [] for name in schemas}

        def write(name: str) -> None:
            columns = list(zip(*gathered[name], strict=True)) or [()] * len(schemas[name])
            arrays = [pyarrow.array(cells, type=part.type) for cells, part in zip(columns, schemas[name], strict=True)]
            writers[name].write_table(pyarrow.Table.from_arrays(arrays, schema=schemas[name]))
            gathered[name].clear()

        for document in documents:
            count += 1
            for name, rows in document.tables.items():
                gathered[name] += rows
                if len(gathered[name]) >= _GROUP:
                    write(name)
        for name, rows in gathered.items():
            if rows:
                write(name)
    return count
