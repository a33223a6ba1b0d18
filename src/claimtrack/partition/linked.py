"""The links of a package whose claims wait on disk: they grow with the claims, and wait there too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import feather

from claimtrack.package import Package
from claimtrack.package.arrow import as_arrow
from claimtrack.package.typed import typed
from claimtrack.schema import table_schema
from claimtrack.structure.keys.hashes import hashes
from claimtrack.temporary import writing_temporarily

LINKS = table_schema("links")
ENDS = ("claim_id", "other_id")
"""The columns of the two claims that a link joins."""


@dataclass(frozen=True)
class Links:
    """Links in a file."""

    path: Path

    @classmethod
    def written(cls, links: pd.DataFrame, folder: Path) -> Links:
        """These links, in the folder."""
        path = folder / "links.arrow"
        with writing_temporarily():
            feather.write_feather(as_arrow(LINKS, links, pd.DataFrame(index=links.index)), path)
        return cls(path)

    def read(self) -> pd.DataFrame:
        """All of them, as they were."""
        return typed(LINKS, feather.read_table(self.path))[0]


def by_number(links: pd.DataFrame) -> pd.DataFrame:
    """Which claims are joined, and how: with numbers in place of the ids of claims."""
    return pd.DataFrame({"relation": links["relation"], **{end: hashes(pa.array(links[end])) for end in ENDS}})


def with_links(package: Package, links: pd.DataFrame) -> Package:
    """The package with these links in place of its own."""
    return replace(package, frames={**package.frames, "links": links})
