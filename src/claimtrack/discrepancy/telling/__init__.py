"""What was found, as condensed rows, as objects for JSON and in sentences."""
