"""What the tasks of one worker process share: database and channel, made at first use after the fork."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from celery import current_task

from workers import clock
from workers.app import TIMINGS, after_fork, before_exit, current_settings
from workers.notify.factory import channels_for
from workers.store.unit_of_work import Store
from workers.tick import tick_of
from workers.use_cases.deliver import Delivery
from workers.use_cases.tokens import tokens_of

if TYPE_CHECKING:
    from config.settings import Settings
    from workers.notify.factory import Channels
    from workers.tick import Tick
    from workers.use_cases.tokens import Tokens


@cache
def store() -> Store:
    """Return the database of this process."""
    return Store(current_settings().database_url.get_secret_value())


@cache
def _offices() -> frozenset[str]:
    return frozenset(store().offices())


def known_offices(*, again: bool = False) -> frozenset[str]:
    """Return the offices of this installation as this process last saw them, or as they are now."""
    if again:
        _offices.cache_clear()
    return _offices()


@cache
def channels() -> Channels:
    """Return the channels of this process; a mail server keeps one connection between letters."""
    return channels_for(current_settings())


def tick() -> Tick | None:
    """Return the tick of beat that started the calling task; None when something else did."""
    return tick_of(vars(current_task.request)) if current_task else None


def lease() -> timedelta:
    """Return how long what a sweep handed out is left alone."""
    return timedelta(seconds=current_settings().lease_seconds)


def gather() -> timedelta:
    """Return how long notices wait for others to the same person."""
    return timedelta(seconds=TIMINGS[current_settings().env].gather)


def delivery() -> Delivery:
    """Return the delivery of this process."""
    settings = current_settings()
    timing = TIMINGS[settings.env]
    folder = settings.home / "templates"
    return Delivery(
        store=store(),
        channels=channels(),
        sender=settings.mail_from,
        templates=folder if folder.is_dir() else None,
        claim=timedelta(seconds=timing.hard),
        budget=timedelta(seconds=timing.soft / 2),
        gather=gather(),
        clock=clock.now,
        spread=lambda _: random.random(),  # noqa: S311 - spreads retries, guards nothing
        tokens=tokens(),
    )


def tokens() -> Tokens | None:
    """Return what signs and checks the tokens of this installation; None without DUNGHAN_SECRET."""
    return tokens_of(current_settings())


def _begin(_settings: Settings) -> None:
    # A connection made before the fork would be shared with the parent.
    store.cache_clear()
    _offices.cache_clear()
    channels.cache_clear()


def _end() -> None:
    if store.cache_info().currsize:
        store().dispose()
    if channels.cache_info().currsize:
        channels().close()


after_fork.append(_begin)
before_exit.append(_end)
