"""The other side of the bench: what Django alone does, as `startproject` leaves it, without row security or scope."""
