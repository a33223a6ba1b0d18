"""How much of a stranger's file is read, and the case that each limit is for."""

from __future__ import annotations

JSON_BYTES = 2 * 2**20
"""A descriptor: ours have some 20 kB. A gigabyte of JSON would take minutes and tens of gigabytes."""

SCHEMA_BYTES = 2**16
"""A schema: ours have 20 kB. What is checked for being unique in it takes time that grows with the square."""

RESOURCES = 1000
"""Entries of a descriptor: ours have 9. Every one of them is compared with the profile, at some 0.1 ms."""

JSON_DEPTH = 32
"""Objects and lists inside each other: ours have 5. Thousands of them exhaust the stack of a recursive reader."""

CSV_BYTES = 16 * 2**30
"""A table: ten million claims take some 2.5 GB."""

UTF16_BYTES = 64 * 2**20
"""A table in UTF-16, which is not UTF-8 anyway: read further only to say more of it, all at once."""

CELLS = 1000
"""Names in a header: our widest has 35. For each of them what is meant is looked for."""

HINTS = 100
"""Rows with too few or too many cells of which it is told why: for each of them every cell is looked at."""

BROKEN_LINES = 4
"""Over how many lines a row is put together that somebody has broken by pressing Enter in it."""

LINE_BYTES = 2**20
"""A row: the longest real ones have a few kB. A row of a gigabyte would be held in memory several times over."""

BLOCK_BYTES = 8 * 2**20
"""How much of a table is looked at in one go: large enough for arrays to pay, small enough for the cache and memory."""

KEPT_BYTES = 16 * 2**20
"""How much of a table is kept in memory, as cells and as text each: what is larger goes into a temporary file."""

LARGE_ROWS = 2_000_000
"""How many rows make a table large: up to there 0.8 GB suffice; ten million claims, with less at once, take 1.4 GB."""

BATCH_ROWS = 2**16
"""How many rows of a table in Parquet are looked at in one go: some 25 MB of claims."""

BATCH_BYTES = 2**29
"""How large the texts of so many rows may be: ours have 20 MB, and a dictionary can repeat a long one for nothing."""

THRIFT_BYTES = 2**24
"""The metadata of a Parquet file: those of a thousand row groups of claims have 4 MB."""

SCAN_BYTES = 2**18
"""How much of a block is scanned in one go: arrays of that size stay in the processor's cache."""

JOINED_LINES = 200
"""Over how many lines a cell with newlines in it is followed, before the quote counts as never closed."""

JOINED_CHARACTERS = 2**16
"""Up to which length: the longest real cells have some hundred characters."""

JOINING_CHARACTERS = 2**22
"""How much is read again in a table to follow what turns out to be no cell with newlines: it takes some seconds."""

NAME_CHARACTERS = 200
"""The longest value for which a near miss is looked for: ids have some 40, and the time grows with the square."""

CANDIDATES = 20_000
"""Among how many ids a near miss is looked for: it takes some 10 ms. Above it, only among those that begin alike."""

SUGGESTIONS = 500
"""For how many different wrong values of a column a near miss is looked for, so that a million of them end."""
