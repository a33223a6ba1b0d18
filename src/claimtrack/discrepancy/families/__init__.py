"""What speaks against what, a module a family of codes, each a plain function from facts to tables of pairs.

`state`, `ceasefire`, `denial`, `start`, `attribution` and `answer` are families. `spans` says how periods lie to each
other, `where` which claims can speak of one place, `runs` which events speak against one claim in one way; `turns`
lists the pairs of an incident in slices.
"""
