"""From words of lists and messages to what the office knows: procedure, bundle, unit, commune, case, step."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from domain.bundle import component_code
from domain.catalogue import say
from domain.errors import HistoryError
from domain.event import Event
from domain.snapshot import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from domain.bundle import Bundle
    from domain.procedure import LimitCase, ProcedureVersion
    from workers.use_cases.messages import Message
    from workers.use_cases.office import Office


def acceptances(message: Message, office: Office) -> Iterator[tuple[str, Event]]:
    """Yield the dossiers an acceptance opens, each with its event: one, or every component of a bundle."""
    day = office.sla.calendar.local(message.occurred_at).date()
    named = message.data.get("bundle")
    if named is None:
        procedure = find_procedure(office, message.data["procedure"], day)
        yield message.code, _acceptance(message, office, procedure)
        return
    bundle = find_bundle(office, named, day)
    for number, code in enumerate(bundle.components, start=1):
        event = _acceptance(message, office, find_procedure(office, code, day), bundle)
        yield component_code(message.code, number), event


def _acceptance(
    message: Message, office: Office, procedure: ProcedureVersion, bundle: Bundle | None = None
) -> Event:
    data = {"unit": procedure.unit} | resolved(message, office)
    data |= {"procedure": procedure.code, "procedure_version": procedure.version}
    named = data.pop("limit_case", None)
    case = find_case(office, procedure, named, channel=data.get("channel"), commune=data.get("commune"))
    data |= {"limit_case": case} if case else {}
    data |= {"bundle": message.code, "bundle_rule": bundle.code} if bundle else {}
    data |= {"step": find_step(office, procedure, data["step"])} if "step" in data else {}
    return Event(kind="accepted", occurred_at=message.occurred_at, data=data)


def resolved(message: Message, office: Office) -> dict[str, str]:
    """Return what a message says with its unit, commune and channel as the office knows them."""
    data = dict(message.data)
    if "unit" in data:
        data["unit"] = find_unit(office, data["unit"])
    if "commune" in data:
        data["commune"] = find_commune(office, data["commune"])
    if "channel" in data:
        data["channel"] = find_channel(data["channel"])
    return data


def find_procedure(office: Office, text: str, day: date) -> ProcedureVersion:
    """Return the procedure a text names on a local day; HistoryError says why there is none."""
    found = office.sla.procedure_for(text, day)
    if found is not None:
        return found
    versions = office.sla.procedures.get(text)
    if versions is None:
        near = _near(text, [*office.sla.procedures, *office.sla.spellings.procedures])
        raise HistoryError("unknown_procedure", found=text, day=f"{day:%d/%m/%Y}", near=near)
    periods = ", ".join(
        f"{v.in_force_from:%d/%m/%Y} – {f'{v.in_force_until:%d/%m/%Y}' if v.in_force_until else '…'}"
        for v in versions
    )
    raise HistoryError("not_in_force", found=text, day=f"{day:%d/%m/%Y}", periods=periods)


def find_bundle(office: Office, text: str, day: date) -> Bundle:
    """Return the bundle a text names on a local day; HistoryError names those there are."""
    found = office.sla.bundle_for(text, day)
    if found is None:
        near = _near(text, office.sla.bundles)
        raise HistoryError("unknown_bundle", found=text, day=f"{day:%d/%m/%Y}", near=near)
    return found


def find_unit(office: Office, text: str) -> str:
    """Return the code of the unit a text names; HistoryError names those like it."""
    found = office.sla.unit_code(text)
    if found is None:
        names = [unit.name for unit in office.sla.lines.units.values()]
        raise HistoryError("unknown_unit", found=text, near=_near(text, names))
    return found


def find_commune(office: Office, text: str) -> str:
    """Return the code of the commune a text names; HistoryError names those like it.

    An office that lists no communes takes them as they are written: none of them is remote.
    """
    found = office.sla.commune_code(text)
    if found is None and office.sla.communes:
        names = [commune.name for commune in office.sla.communes.values()]
        raise HistoryError("unknown_commune", found=text, near=_near(text, names))
    return found or text


def find_channel(text: str) -> str:
    """Return the channel a text names, by code or Vietnamese word; HistoryError names those there are."""
    asked = " ".join(text.split()).casefold()
    for channel in CHANNELS:
        if asked in (channel, say(channel)):
            return channel
    raise HistoryError("unknown_channel", found=text, known=", ".join(map(say, CHANNELS)))


def find_case(
    office: Office, procedure: ProcedureVersion, text: str | None, *, channel: str | None, commune: str | None
) -> str | None:
    """Return the limit cases of a dossier: the one named, that of its channel, that of a remote commune.

    A case that follows from the channel or the commune cannot be chosen where they are otherwise.
    """
    place = office.sla.communes.get(commune) if commune else None
    remote = place is not None and place.remote
    named = None
    if text is not None:
        case = _named_case(office, procedure, text)
        if case.remote and not remote:
            raise HistoryError("case_of_remote", case=case.label, commune=place.name if place else "—")
        if case.channel is not None and case.channel != channel:
            raise HistoryError("case_of_channel", case=case.label, needed=case.channel, found=channel or "—")
        named = case.code
    return procedure.case_for(named, channel, remote=remote)


def _named_case(office: Office, procedure: ProcedureVersion, text: str) -> LimitCase:
    code = office.sla.case_code(procedure, text)
    for case in procedure.cases:
        if case.code == code:
            return case
    labels = [case.label for case in procedure.cases]
    raise HistoryError("unknown_case", found=text, near=_near(text, labels))


def find_step(office: Office, procedure: ProcedureVersion, text: str) -> str:
    """Return the code of the step of the process a text names; HistoryError names those there are."""
    found = office.sla.step_code(procedure, text)
    if found is None:
        names = [step.name for step in procedure.steps]
        raise HistoryError("unknown_step", found=text, near=_near(text, names))
    return found


def _near(text: str, known: Iterable[str]) -> str:
    return ", ".join(get_close_matches(text, list(known), n=3, cutoff=0.5)) or "—"
