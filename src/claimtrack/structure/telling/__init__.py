"""How a problem of a table is told.

`reporter` collects them, each with its place; `shown` puts a stranger's text into a message so that it does no harm,
and `nearest` finds what was probably meant.
"""
