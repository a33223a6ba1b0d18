"""A change of a few claims in a large package: the findings that differ between its two versions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

CHANGED = 10
CLAIMS = "claims.parquet"


def two_versions(folder: Path, changed: int = CHANGED) -> tuple[list[Any], list[str]]:
    """The package, and the package with some claims as sure as they were not, as typed frames; and their ids."""
    from loading import from_parquet

    package = from_parquet(folder)
    claims = package.claims
    at = _positions(len(claims), changed)
    certainty = claims["certainty"].copy()
    certainty.iloc[at] = [_other(one) for one in certainty.iloc[at]]
    frames = {**package.frames, "claims": claims.assign(certainty=certainty)}
    return [package, replace(package, frames=frames)], list(claims["claim_id"].iloc[at])


def changed_files(folder: Path, out: Path, changed: int = CHANGED) -> None:
    """The second of these versions as Parquet files, one row group after the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from synthetic.package import TYPED_DESCRIPTOR

    shutil.copytree(folder / "schemas", out / "schemas")
    shutil.copy(folder / TYPED_DESCRIPTOR, out)
    shutil.copytree(folder / "parquet", out / "parquet", ignore=shutil.ignore_patterns(CLAIMS))
    claims = pq.ParquetFile(folder / "parquet" / CLAIMS)
    at, before = _positions(claims.metadata.num_rows, changed), 0
    with pq.ParquetWriter(out / "parquet" / CLAIMS, claims.schema_arrow) as written:
        for number in range(claims.num_row_groups):
            group = claims.read_row_group(number)
            place = group.schema.get_field_index("certainty")
            cells = group.column(place).to_pylist()
            for row in at[(at >= before) & (at < before + len(cells))] - before:
                cells[row] = _other(cells[row])
            written.write_table(
                group.set_column(place, group.field(place), pa.array(cells, type=group.field(place).type))
            )
            before += len(cells)


def _positions(claims: int, changed: int) -> np.ndarray:
    """Which claims change, at regular distances."""
    return np.arange(changed) * (claims // changed) + claims // (2 * changed)


def _other(certainty: str) -> str:
    return "stated" if certainty == "hedged" else "hedged"


def difference(versions: list[list[dict[str, Any]]]) -> dict[str, int]:
    """How many findings only the first version has, and how many only the second."""
    before, after = ({_in_words(one) for one in found} for found in versions)
    return _told(before - after, after - before)


def difference_of_lines(before: Path, after: Path) -> dict[str, int]:
    """The same of two files with a finding a line, of which only numbers are held."""
    numbers = [{_number(line) for line in _lines(path)} for path in (before, after)]
    only = [
        {_in_words(json.loads(line)) for line in _lines(path) if _number(line) not in others}
        for path, others in ((before, numbers[1]), (after, numbers[0]))
    ]
    return _told(*only)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as lines:
        yield from lines


def _number(line: bytes) -> int:
    return int.from_bytes(sha256(line).digest()[:8])


def _in_words(finding: dict[str, Any]) -> str:
    return json.dumps(finding, sort_keys=True)


def _told(gone: set[str], come: set[str]) -> dict[str, int]:
    return {"gone": len(gone), "come": len(come), "digest": _digest(gone | come)}


def _digest(found: set[str]) -> int:
    """A number that two sets of findings share only if they are the same."""
    return int.from_bytes(sha256("\n".join(sorted(found)).encode()).digest()[:6])
