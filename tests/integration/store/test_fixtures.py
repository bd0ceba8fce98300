"""The ground the other tests stand on: a server out of the wheel, run by nobody, gone afterwards."""

from __future__ import annotations

import pwd
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import redis

from tests.brokers import broker
from tests.databases import PostgresServer, connect, embedded_server

if TYPE_CHECKING:
    import pytest


def test_the_wheels_postgresql_runs_as_an_unprivileged_user_and_is_gone_afterwards() -> None:
    users = {entry.pw_name for entry in pwd.getpwall()}
    with embedded_server() as own:
        folder = own.folder
        server = psutil.Process(int((folder / "data" / "postmaster.pid").read_text().split()[0]))
        assert server.username() != "root"
        databases = PostgresServer(own.url)
        with connect(databases.database()) as connection:
            assert connection.execute("SELECT count(*) FROM dossiers").fetchone() == (0,)
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        databases.drop_all()
    assert not server.is_running()
    assert not folder.exists()
    assert {entry.pw_name for entry in pwd.getpwall()} == users


def test_the_wheels_broker_answers_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_BROKER_URL", "embedded")
    with broker(tmp_path) as url:
        client = redis.Redis(unix_socket_path=url.removeprefix("redis+socket://"))
        assert client.ping()
    assert not Path(url.removeprefix("redis+socket://")).exists()


def test_a_broker_of_the_tests_is_empty_and_its_own(broker_url: str) -> None:
    assert broker_url.startswith("redis")
