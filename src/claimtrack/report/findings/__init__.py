"""The discrepancies of a package in every format, from the objects that `claimtrack.discrepancy` computes."""
