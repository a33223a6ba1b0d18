"""How far the two readers of the live blog agree on the four core kinds: `python docs/coding/agreement.py [--write]`.

Prints the tables of docs/coding-notes.md; with `--write`, puts them there, between the markers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
NOTES = HERE.parent / "coding-notes.md"
BEGIN, END = "<!-- agreement: begin -->\n", "<!-- agreement: end -->\n"

KINDS = ("count", "ceasefire", "hostilities", "attribution")
UNIT = ["entry", "kind", "predicate", "claimant_id"]
# Where a reader has several rows of one unit ("shelled" four places), the rows that are most alike belong together.
TELLS_APART = [
    *("polarity", "actor_id", "target_id", "place_id"),
    *("valid_from", "valid_to", "count_min", "count_max"),
]
NOMINAL = [
    *("polarity", "certainty", "basis", "actor_id", "target_id", "place_id", "place_relation", "incident_id"),
    *("valid_mode", "zone_basis", "bounds_basis", "count_mode"),
]
COLUMNS = [*NOMINAL[:8], "valid_from", "valid_to", *NOMINAL[8:11], "count_min", "count_max", "count_mode"]


def read(path: Path) -> pd.DataFrame:
    """The core claims of one reader, all cells as text, with the entry of the blog; a heading belongs to its entry."""
    claims = pd.read_csv(path, dtype=str, keep_default_na=False)
    claims["entry"] = claims["locator"].str.removesuffix(", heading")
    return claims[claims["kind"].isin(KINDS)].reset_index(drop=True)


def match(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows that code one proposition, most alike first, each row used once: positions in `a` and `b`."""
    candidates = a[UNIT].reset_index(names="a").merge(b[UNIT].reset_index(names="b"), on=UNIT)
    left = a.loc[candidates["a"], TELLS_APART].to_numpy()
    right = b.loc[candidates["b"], TELLS_APART].to_numpy()
    candidates["equal"] = (left == right).sum(axis=1)
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs = []
    candidates = candidates.sort_values(["equal", "a", "b"], ascending=[False, True, True])
    for of_a, of_b in zip(candidates["a"].tolist(), candidates["b"].tolist(), strict=True):
        if of_a not in used_a and of_b not in used_b:
            used_a.add(of_a)
            used_b.add(of_b)
            pairs.append((of_a, of_b))
    return pd.DataFrame(pairs, columns=["a", "b"])


def kappa(a: pd.Series[str], b: pd.Series[str]) -> float:
    """Cohen's kappa of two codings of the same rows; not a number where chance alone would agree on every row."""
    equal = float((a == b).mean())
    by_chance = float(a.value_counts(normalize=True).mul(b.value_counts(normalize=True), fill_value=0).sum())
    return (equal - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def units(a: pd.DataFrame, b: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a kind and one for all: how many propositions each reader found, how many both, and 2m / (A + B)."""
    both = a.loc[pairs["a"], "kind"]
    counts = pd.DataFrame({"a": a["kind"].value_counts(), "b": b["kind"].value_counts(), "both": both.value_counts()})
    counts = counts.reindex(list(KINDS)).fillna(0).astype(int)
    counts.loc["all"] = counts.sum()
    counts["share"] = 2 * counts["both"] / (counts["a"] + counts["b"])
    return counts


def cells(a: pd.DataFrame, b: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a column: the share of equal cells, over all pairs and over those where either cell is filled; kappa."""
    rows = {}
    for column in COLUMNS:
        left = a.loc[pairs["a"], column].reset_index(drop=True)
        right = b.loc[pairs["b"], column].reset_index(drop=True)
        equal, filled = left == right, (left != "") | (right != "")
        chance_corrected = kappa(left, right) if column in NOMINAL else float("nan")
        rows[column] = (equal.mean(), filled.sum(), equal[filled].mean(), chance_corrected)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["equal", "filled", "equal_filled", "kappa"])


def _number(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.2f}"


def markdown(a: pd.DataFrame, b: pd.DataFrame) -> str:
    """The two tables as Markdown."""
    pairs = match(a, b)
    lines = ["| kind | reader A | reader B | both | share |", "| --- | ---: | ---: | ---: | ---: |"]
    for kind, row in units(a, b, pairs).iterrows():
        lines.append(f"| {kind} | {row['a']:.0f} | {row['b']:.0f} | {row['both']:.0f} | {_number(row['share'])} |")
    lines += ["", "| column | equal | filled | equal where filled | kappa |", "| --- | ---: | ---: | ---: | ---: |"]
    for column, row in cells(a, b, pairs).iterrows():
        equal, where_filled, corrected = (_number(row[name]) for name in ("equal", "equal_filled", "kappa"))
        lines.append(f"| `{column}` | {equal} | {row['filled']:.0f} | {where_filled} | {corrected} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Print the tables, or write them into the notes."""
    tables = markdown(read(HERE / "reader-a.csv"), read(HERE / "reader-b.csv"))
    if "--write" in arguments:
        before, rest = NOTES.read_text(encoding="utf-8").split(BEGIN)
        NOTES.write_text(before + BEGIN + tables + END + rest.split(END)[1], encoding="utf-8")
    else:
        print(tables, end="")


if __name__ == "__main__":
    main(sys.argv[1:])
