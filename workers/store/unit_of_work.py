"""The unit of work: one transaction, rolled back unless somebody says commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from workers.store.acknowledgements import Acknowledgements
from workers.store.alike import Alike
from workers.store.anchors import Anchors
from workers.store.carried import CarriedQuery
from workers.store.clocks import Clocks
from workers.store.counts import CountsQuery
from workers.store.dead_notices import DeadNotices
from workers.store.dossiers import Dossiers
from workers.store.engines import make_engine, make_reader
from workers.store.errors import in_words, named
from workers.store.events import Events
from workers.store.facts import FactsQuery
from workers.store.fates import Fates
from workers.store.folding import Folding
from workers.store.groups import GroupsQuery
from workers.store.journal import Journal
from workers.store.ledger import Ledger
from workers.store.nonconformities import Nonconformities
from workers.store.notices import Notices
from workers.store.outbox import Outbox
from workers.store.pools import Pools
from workers.store.population import PopulationQuery
from workers.store.postbox import Postbox
from workers.store.proof import ProofQuery
from workers.store.proposals import Proposals
from workers.store.reform import ReformPlans
from workers.store.rule_tables import sla_versions
from workers.store.seals import Seals
from workers.store.slips import SlipsQuery
from workers.store.stale_clocks import StaleClocks
from workers.store.standing_in import StandingIn
from workers.store.steps import Steps
from workers.store.versions import Versions

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy import Connection, Engine


class Store:
    """Hold the database of an installation; one per process, made after the fork."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._writer: Engine = make_engine(url)
        self._reader: Engine = make_reader(self._writer)

    def begin(self, office: str) -> UnitOfWork:
        """Open a transaction that may write."""
        return UnitOfWork(self._writer, office)

    def read(self, office: str) -> UnitOfWork:
        """Open a transaction that only reads, all of it as at one moment; it does not wait for writers."""
        return UnitOfWork(self._reader, office)

    def offices(self) -> list[str]:
        """Return the codes of the offices of this installation: those that have a configuration."""
        with in_words(), self._reader.connect() as connection:
            return list(connection.scalars(select(sla_versions.c.office).distinct().order_by("office")))

    def server_clock(self) -> datetime | None:
        """Return what the database's own clock says; None where it has none of its own (SQLite)."""
        if self._writer.dialect.name != "postgresql":
            return None
        with in_words(), self._reader.connect() as connection:
            moment: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
            return moment

    def refresh_statistics(self) -> None:
        """Let PostgreSQL count its rows anew: it plans by what it knows of them, and many new ones change it.

        It does so by itself a minute later; until then every look-up would read the whole office.
        """
        if self._writer.dialect.name == "postgresql":
            with in_words(), self._writer.begin() as connection:
                connection.exec_driver_sql("ANALYZE dossiers, clocks, dossier_events")

    def dispose(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()


class UnitOfWork:
    """Group what is read and written for one purpose; leaving without `commit` undoes it.

    Everything in it concerns one office. A database that does not answer raises StoreError.
    """

    def __init__(self, engine: Engine, office: str) -> None:
        self._engine = engine
        self.office = office
        self.committed = False

    def __enter__(self) -> Self:
        with in_words():
            self._connection: Connection = self._engine.connect()
            self._transaction = self._connection.begin()
        self.events = Events(self._connection, self.office)
        self.dossiers = Dossiers(self._connection, self.office)
        self.clocks = Clocks(self._connection, self.office)
        self.steps = Steps(self._connection, self.office)
        self.notices = Notices(self._connection, self.office)
        self.folding = Folding(self._connection, self.office)
        self.outbox = Outbox(self._connection, self.office)
        self.pools = Pools(self._connection, self.office)
        self.fates = Fates(self._connection, self.office)
        self.postbox = Postbox(self._connection, self.office)
        self.acknowledgements = Acknowledgements(self._connection, self.office)
        self.dead_notices = DeadNotices(self._connection, self.office)
        self.standing_in = StandingIn(self._connection, self.office)
        self.versions = Versions(self._connection, self.office)
        self.proposals = Proposals(self._connection, self.office)
        self.stale = StaleClocks(self._connection, self.office)
        self.alike = Alike(self._connection, self.office)
        self.journal = Journal(self._connection, self.office)
        self.counts = CountsQuery(self._connection, self.office)
        self.population = PopulationQuery(self._connection, self.office)
        self.groups = GroupsQuery(self._connection, self.office)
        self.carried = CarriedQuery(self._connection, self.office)
        self.facts = FactsQuery(self._connection, self.office)
        self.proof = ProofQuery(self._connection, self.office)
        self.slips = SlipsQuery(self._connection, self.office)
        self.seals = Seals(self._connection, self.office)
        self.anchors = Anchors(self._connection, self.office)
        self.ledger = Ledger(self._connection, self.office)
        self.reform = ReformPlans(self._connection, self.office)
        self.nonconformities = Nonconformities(self._connection, self.office)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not self.committed and self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self._connection.close()
        if (said := named(error)) is not None:
            raise said from error

    def commit(self) -> None:
        """Make everything done in this unit of work true, at once."""
        self._transaction.commit()
        self.committed = True
