"""Fills the database of the bench: a sample province with a register and a review of real size."""
