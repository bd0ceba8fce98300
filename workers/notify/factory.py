"""The channel of an office, chosen by its settings: a mail server if one is set, else a folder of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.notify.outbox import FileOutbox
from workers.notify.smtp import SmtpChannel

if TYPE_CHECKING:
    from config.settings import Settings
    from workers.notify.channel import Channel


def channel_for(settings: Settings) -> Channel:
    """Return the channel that `settings` ask for; nothing is opened before the first letter.

    Without DUNGHAN_SMTP_URL no mail leaves the machine. Raises ConfigError for a URL that cannot be used.
    """
    if settings.smtp_url is None:
        return FileOutbox(settings.var / "outbox")
    return SmtpChannel(settings.smtp_url.get_secret_value())
