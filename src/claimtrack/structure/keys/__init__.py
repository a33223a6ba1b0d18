"""Keys and references: `check` says which rows are named twice, and which point to what is not there.

Keys are compared as numbers (`hashes`) or as `strings`. Of references that lead nowhere, `dangling` says which are
faults of their own and what was probably meant, and `fallout` which rows look wrong because of the row they point to.
"""
