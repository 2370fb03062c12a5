"""What was typed on the city's pages survives the end of the session (accounts.carrying)."""

from accounts.carrying import (
    AUTOSAVE,
    DIRTY,
    FIELD,
    SALT,
    SESSION,
    VERSIONS,
    Seal,
    Seen,
    carried,
    drop,
    is_autosave,
    opened,
    seal,
    shown,
    survives_sign_out,
    touched,
)

__all__ = [
    "AUTOSAVE",
    "DIRTY",
    "FIELD",
    "SALT",
    "SESSION",
    "VERSIONS",
    "Seal",
    "Seen",
    "carried",
    "drop",
    "is_autosave",
    "opened",
    "seal",
    "shown",
    "survives_sign_out",
    "touched",
]
