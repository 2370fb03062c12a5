"""The acts of the yearly programme."""

from indicators.services.confirming import confirm
from indicators.services.evidence import attach, detach
from indicators.services.opening import open_last_year, open_return, open_to_helpers, open_year
from indicators.services.passing import ask_to_sign, give_back, hand_up, pass_on, reopen, submit
from indicators.services.province import collect, open_province
from indicators.services.verifying import correct, lock, settle, verify
from indicators.services.writing import Conflicting, Saved, Typed, save_entries, save_entry

__all__ = [
    "Conflicting",
    "Saved",
    "Typed",
    "ask_to_sign",
    "attach",
    "collect",
    "confirm",
    "correct",
    "detach",
    "give_back",
    "hand_up",
    "lock",
    "open_last_year",
    "open_province",
    "open_return",
    "open_to_helpers",
    "open_year",
    "pass_on",
    "reopen",
    "save_entries",
    "save_entry",
    "settle",
    "submit",
    "verify",
]
