"""The families of figures, `count` and `series`: functions from figures to tables of pairs, one module a rule or two.

`figures` are counts with their scopes, `windows` the times between which they count, `nearest` says which as-ofs are
compared, `implied` what a vague total would be at least.
"""
