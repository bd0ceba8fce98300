"""The channels of an office, chosen by its settings: servers where they are set, else a folder of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workers.notify.outbox import FileOutbox, MessageOutbox
from workers.notify.smtp import SmtpChannel
from workers.notify.webhook import WebhookChannel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.settings import Settings
    from domain.routing import Way
    from workers.notify.channel import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Hold the channel of each way to tell people; `leaving` are those that leave the machine."""

    by_way: Mapping[Way, Channel]
    leaving: frozenset[Way]

    def close(self) -> None:
        """Let go of what the channels keep between letters."""
        for channel in self.by_way.values():
            channel.close()


def channels_for(settings: Settings) -> Channels:
    """Return the channels that `settings` ask for; nothing is opened before the first letter.

    Without DUNGHAN_SMTP_URL no mail leaves the machine, without DUNGHAN_WEBHOOK_URL no short message does:
    they become files. A real office has no folder for short messages: whoever is told by them alone would
    never know. Raises ConfigError for a URL that cannot be used.
    """
    outbox = settings.var / "outbox"
    found: dict[Way, Channel] = {"mail": FileOutbox(outbox)}
    if settings.env == "embedded":
        found["sms"] = MessageOutbox(outbox)
    servers: dict[Way, Channel] = {}
    if settings.smtp_url is not None:
        servers["mail"] = SmtpChannel(settings.smtp_url.get_secret_value())
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        url, secret = settings.webhook_url.get_secret_value(), settings.webhook_secret.get_secret_value()
        servers["sms"] = WebhookChannel(url, secret)
    return Channels(by_way=found | servers, leaving=frozenset(servers))
