"""Reads articles from a Parquet file, batch by batch, and of each row only the columns that are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from ..errors import SourceError
from ..model import Document, Refusal
from .bounded import open_seekable
from .columns import Columns, read_record
from .options import SourceOptions
from .origin import Origin

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS = 64
# A row group is unpacked as a whole, column by column: of one that says it is larger nothing is read.
_MOST_GROUP = 2_000_000_000


def read_parquet(origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal]:
    """Yield a Document for each good row, a Refusal by its number, from 1, for each bad one.

    Raise SourceError where pyarrow is not installed, the file is damaged, or no column holds the text.
    """
    with open_seekable(origin) as stream:
        file = _open(stream)
        if origin.allowance is not None:
            groups = range(file.metadata.num_row_groups)
            origin.allowance.spend(sum(file.metadata.row_group(number).total_byte_size for number in groups))
        columns = Columns.load(options.columns).find_in_table(file.schema_arrow.names)
        number = 0
        for record in _read_rows(file, sorted(set(columns.values()))):
            number += 1
            try:
                text = record.get(columns["text"])
                if isinstance(text, str) and len(text) > options.most_bytes:
                    raise SourceError(f"is longer than {options.most_bytes:,}: raise RAWABIT_ARTICLE_MEGABYTES.")
                yield from read_record(record, columns, name=origin.name, line=number)
            except SourceError as error:
                yield Refusal(origin.name, str(error), number)
    if not number:
        raise SourceError("is empty.")


def _open(stream: IO[bytes]) -> pq.ParquetFile:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise SourceError("needs pyarrow to be read: pip install 'rawabit[parquet]'.") from None
    try:
        file = pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"is damaged, cut off or no Parquet ({_first_line(error)}): fetch it again.") from None
    groups = (file.metadata.row_group(number).total_byte_size for number in range(file.metadata.num_row_groups))
    if max(groups, default=0) > _MOST_GROUP:
        raise SourceError(f"has a row group of more than {_MOST_GROUP:,} bytes: write it in smaller ones.")
    return file


def _read_rows(file: pq.ParquetFile, columns: list[str]) -> Iterator[dict[str, object]]:
    import pyarrow as pa

    try:
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"is damaged from here on ({_first_line(error)}): fetch it again.") from None


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
