"""Official papers, and the messages and mails that tell of them."""

from notifications.models.mail import Mail, MailChoice, MailItem
from notifications.models.message import Message
from notifications.models.paper import Draft, NumberSeries, Paper, PaperCopy

__all__ = [
    "Draft",
    "Mail",
    "MailChoice",
    "MailItem",
    "Message",
    "NumberSeries",
    "Paper",
    "PaperCopy",
]
