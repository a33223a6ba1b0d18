"""Write an invented claimtrack package: `python benchmarks/generate.py OUT --claims 1000000 --seed 1`."""

from __future__ import annotations

import time
from pathlib import Path

import click
from synthetic.package import generate
from synthetic.shape import Shape


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--claims", type=click.IntRange(1_000, 20_000_000), default=10_000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--planted", is_flag=True, help="Plant contradictions of every code, and write planted.json.")
@click.option("--hostile", is_flag=True, help="Half of all claims at one place, ceasefires without an end.")
@click.option("--parquet", is_flag=True, help="Write typed tables as Parquet, too.")
def main(out: Path, claims: int, seed: int, planted: bool, hostile: bool, parquet: bool) -> None:
    """Write a package of invented claims to OUT. The same options write the same bytes."""
    begun = time.perf_counter()
    try:
        descriptor = generate(out, Shape(claims, seed, hostile), plant=planted, parquet=parquet)
    except (FileExistsError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{claims:,} claims in {time.perf_counter() - begun:.1f} s: {descriptor}")


if __name__ == "__main__":
    main()
