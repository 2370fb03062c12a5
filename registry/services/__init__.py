"""What is written into the register: parks listed, changed and ended by signed papers, or imported."""

from registry.services.changing import merge_parks, move_park, redraw_park, rename_park
from registry.services.importing import applicant_code, import_park
from registry.services.listing import list_park, pinyin_of
from registry.services.statuses import end_park, recognise_park, restore_park, revoke_park, upgrade_park
from registry.services.title_proposals import amend_title, confirm_title, drop_title, give_back_title, propose_title
from registry.services.titles import confer_title, end_titles, impossible, keep_title

__all__ = [
    "amend_title",
    "applicant_code",
    "confer_title",
    "confirm_title",
    "drop_title",
    "end_park",
    "end_titles",
    "give_back_title",
    "import_park",
    "impossible",
    "keep_title",
    "list_park",
    "merge_parks",
    "move_park",
    "pinyin_of",
    "propose_title",
    "recognise_park",
    "redraw_park",
    "rename_park",
    "restore_park",
    "revoke_park",
    "upgrade_park",
]
