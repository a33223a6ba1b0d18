"""From the bytes of a file to rows, part by part: CSV in `csvfile`, Parquet in `parquet`.

CSV comes as `blocks` of whole lines, the next made ready `ahead`. `header` says which column is which, `scan` which
lines need a closer look, and `lines` what is wrong with those; `split` finds the cells of one. `container` knows files
that are no CSV at all.
"""
