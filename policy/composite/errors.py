"""What the composite engine refuses."""


class CompositeError(ValueError):
    """Unusable input; the text says what is wrong, where, why, and what to do."""
