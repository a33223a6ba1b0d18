"""What may stand in one cell, whatever file it comes from.

`characters` are those that have no place in it, `spelling` says how a value of each type is written, `clock` turns
dates and datetimes into numbers, `columns` makes tests of a schema, `values` says how the cells of a column are held.
"""
