"""What a change does to a package, in every format: one module a format, all from the same `Diff`."""
