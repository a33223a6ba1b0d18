"""The problems of a package in every format: one module a format, each from the same list of `Problem`."""
