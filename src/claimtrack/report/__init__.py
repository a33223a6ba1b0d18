"""Results become text: one module a format. Nothing here computes a finding or a problem, and nothing prints."""
