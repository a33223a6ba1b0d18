"""Amounts of memory on the command line."""

from __future__ import annotations

import re

import click

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}


def size(_: click.Context, __: click.Parameter, typed: str | None) -> int | None:
    """For an option: read '2GB', '500 MB' or '1.5GiB' as bytes."""
    if typed is None:
        return None
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *([KMGT]I?|)B?", typed.strip().upper())
    if found is None:
        raise click.BadParameter(f"{typed!r} is not a size such as 500MB or 2GB")
    return int(float(found[1]) * UNITS[found[2]])
