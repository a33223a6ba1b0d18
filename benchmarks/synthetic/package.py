"""A whole package, written table by table."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.locate import DESCRIPTOR, shipped_root
from claimtrack.schema import TABLES, TableSchema, table_schema
from synthetic import claims, links, statements
from synthetic.planted import Planted, planted
from synthetic.rows import Columns, claim_columns, claim_ids, people, sources
from synthetic.shape import Shape
from synthetic.wall import MISSING, Moments
from synthetic.world import World, build, codebook
from synthetic.write import ARROW_TYPES, TableWriter

ANSWERS = "planted.json"
TYPED_DESCRIPTOR = "parquet.json"
MINUTE, NO_OFFSET = timedelta(minutes=1), timedelta(0)


class Generator:
    """Writes one package.

    Claims, sources, links and relays go to their files as they come: their keys begin with the day. The rest waits.
    """

    def __init__(self, shape: Shape, writers: Mapping[str, TableWriter]) -> None:
        self._writers = writers
        self._waiting: dict[str, list[Columns]] = {name: [] for name in TABLES}
        self.world: World = build(shape)
        self._serial = 0

    def plant(self, cases: Planted) -> None:
        """Write the planted claims, which are the earliest."""
        for name, rows in cases.rows.items():
            columns = typed(table_schema(name), rows)
            if name in ("claims", "links"):
                self._writers[name].write(_sorted(columns, table_schema(name).primary_key))
            else:
                self._waiting[name].append(columns)

    def run(self, number: int, days: range) -> None:
        """Generate the claims that are reported on some days, and what belongs to them."""
        world, rng = self.world, self.world.shape.rng(9, number)
        said = statements.draw(world, rng, days)
        if not len(said.day):
            return
        drawn = claims.draw(world, rng, said)
        who, where = people(world, said), sources(world, rng, said)
        ids = claim_ids(said, drawn, who, self._serial)
        self._serial += len(ids)
        columns: Columns = {"claim_id": ids, **claim_columns(world, rng, said, drawn, who, where)}
        columns = _sorted(columns, ("claim_id",))
        dated = pc.invert(pc.starts_with(columns["claim_id"], "undated"))
        self._writers["claims"].write(_taken(columns, pc.indices_nonzero(dated)))
        self._waiting["claims"].append(_taken(columns, pc.indices_nonzero(pc.invert(dated))))
        self._writers["links"].write(links.links(rng, said, drawn, ids))
        self._writers["relays"].write(links.relays(world, rng, said, drawn, ids, who))
        self._writers["sources"].write(_sorted(where.rows, ("source_id",)))
        unnamed = {"actor_id": who.unnamed, "name": pa.array(["An unnamed resident"] * len(who.unnamed), pa.string())}
        kinds = pa.array(["anonymous"] * len(who.unnamed), pa.string())
        self._waiting["actors"].append({**unnamed, "kind": kinds})

    def finish(self) -> None:
        """Write what has waited, sorted by key."""
        world = self.world
        for name, rows in (("places", world.place_rows), ("actors", world.actor_rows), ("predicates", codebook())):
            self._waiting[name].append(typed(table_schema(name), rows))
        self._waiting["incidents"].append(_incidents(world))
        for name in TABLES:
            parts = [part for part in self._waiting[name] if part]
            if parts:
                schema = table_schema(name)
                self._writers[name].write(_sorted(_stacked(schema, parts), schema.primary_key))


def generate(folder: Path, shape: Shape, *, plant: bool = False, parquet: bool = False) -> Path:
    """Write a package to `folder`, which must not exist or be empty; returns its descriptor.

    `plant` adds the planted contradictions, on top of the claims that were asked for but counted among them, and
    writes what has to be found to planted.json. `parquet` writes typed tables beside the CSV.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    cases = planted() if plant else Planted()
    number = len(cases.rows.get("claims", ()))
    if shape.claims <= number:
        raise ValueError(f"{number} claims are planted: ask for more than that")
    shape = Shape(shape.claims - number, shape.seed, shape.hostile)
    with ExitStack() as stack:
        writers = {name: stack.enter_context(TableWriter(folder, name, parquet=parquet)) for name in TABLES}
        generator = Generator(shape, writers)
        generator.plant(cases)
        for chunk, days in enumerate(shape.chunks()):
            generator.run(chunk, days)
        generator.finish()
    if plant:
        (folder / ANSWERS).write_text(json.dumps(cases.answer, indent=1) + "\n", encoding="utf-8")
    return describe(folder, shape, parquet)


def describe(folder: Path, shape: Shape, parquet: bool) -> Path:
    """Write the descriptor, with one of the typed tables beside it if there are any, and copy the schemas."""
    shipped = json.loads((shipped_root() / DESCRIPTOR).read_text(encoding="utf-8"))
    shutil.copytree(shipped_root() / "schemas", folder / "schemas")
    described = {
        **{key: shipped[key] for key in ("$schema", "profile", "claimtrack:schema-version")},
        "name": "synthetic-claims",
        "title": f"Invented claims, seed {shape.seed}",
        "description": "Nothing in it is about the real world.",
        "version": "1.0.0",
        "created": "2015-01-01T00:00:00Z",
        "resources": [resource for resource in shipped["resources"] if resource["name"] in TABLES],
    }
    path = folder / DESCRIPTOR
    if parquet:
        typed_ones = [in_parquet(resource) for resource in described["resources"]]
        text = json.dumps({**described, "resources": typed_ones}, ensure_ascii=False, indent=2)
        (folder / TYPED_DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    path.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def in_parquet(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of a table in CSV as that of the typed one."""
    kept = {key: value for key, value in resource.items() if key not in ("encoding", "dialect")}
    path = f"parquet/{resource['name']}.parquet"
    return {**kept, "path": path, "format": "parquet", "mediatype": "application/vnd.apache.parquet"}


def typed(schema: TableSchema, rows: Iterable[Mapping[str, str]]) -> dict[str, pa.Array | Moments]:
    """Rows of cells as typed columns."""
    table = list(rows)
    columns: dict[str, pa.Array | Moments] = {}
    for field in schema.fields:
        cells = [row.get(field.name) or None for row in table]
        columns[field.name] = _moments(cells) if field.type == "datetime" else _array(field.type, cells)
    return columns


def _array(kind: str, cells: list[str | None]) -> pa.Array:
    parse: dict[str, Any] = {
        "integer": (int, pa.int64()),
        "number": (float, pa.float64()),
        "boolean": (lambda cell: cell == "true", pa.bool_()),
        "date": (date.fromisoformat, pa.date32()),
    }
    convert, dtype = parse.get(kind, (str, pa.string()))
    return pa.array([None if cell is None else convert(cell) for cell in cells], dtype)


def _moments(cells: list[str | None]) -> Moments:
    moments = [None if cell is None else datetime.fromisoformat(cell) for cell in cells]
    utc = [MISSING if moment is None else int(moment.timestamp()) for moment in moments]
    offset = [0 if moment is None else (moment.utcoffset() or NO_OFFSET) // MINUTE for moment in moments]
    return Moments(np.array(utc, dtype=np.int64), np.array(offset, dtype=np.int64))


def _incidents(world: World) -> Columns:
    incidents = world.incidents
    questions = pa.array(["What happened in the battle?", "Was the truce kept?", "Which of the answers is given?"])
    return {
        "incident_id": incidents.ids,
        "question": questions.take(pa.array(incidents.sort)),
        "place_id": world.place_ids.take(pa.array(incidents.place)),
        "starts_at": incidents.starts,
        "ends_at": incidents.ends,
        "single_answer": pa.array(incidents.sort == 2),
    }


def _taken(columns: Columns, rows: pa.Array) -> Columns:
    index = rows.to_numpy()
    return {
        name: Moments(value.utc[index], value.offset[index]) if isinstance(value, Moments) else value.take(rows)
        for name, value in columns.items()
    }


def _sorted(columns: Columns, key: Iterable[str]) -> Columns:
    table = pa.table({name: columns[name] for name in key})
    return _taken(columns, pc.sort_indices(table, [(name, "ascending") for name in key]))


def _stacked(schema: TableSchema, parts: list[Columns]) -> Columns:
    """Runs of rows as one; a column that a run lacks is blank there. All have their datetimes."""
    stacked: dict[str, pa.Array | Moments] = {}
    for field in schema.fields:
        if field.type == "datetime":
            moments = [piece for part in parts if isinstance(piece := part[field.name], Moments)]
            utc, offset = (np.concatenate([getattr(piece, side) for piece in moments]) for side in ("utc", "offset"))
            stacked[field.name] = Moments(utc, offset)
        else:
            dtype = ARROW_TYPES.get(field.type, pa.string())
            key = schema.primary_key[0]
            keys: list[pa.Array] = [part[key] for part in parts]
            pieces: list[pa.Array] = [
                part.get(field.name, pa.nulls(len(one), dtype)) for part, one in zip(parts, keys, strict=True)
            ]
            stacked[field.name] = pa.concat_arrays([piece.cast(dtype) for piece in pieces])
    return stacked
