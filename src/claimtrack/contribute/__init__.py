"""Everything that writes a package. What it writes is there whole, or not at all."""
