"""Public pages of the register."""
