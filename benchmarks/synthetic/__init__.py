"""Invented claimtrack packages of any size: realistic in shape, reproducible from a seed, about nothing real."""
