"""The shape of office.toml, people.toml, calendar/*.toml and quality.toml: their keys and values."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from config.sla_texts import Clock, Code, GatewayId, Line, Mail, Percent, Phone, SeasonText, WindowText
from domain.form_06a import USUAL
from domain.procedure import BY_DECREE, Effect
from domain.routing import Delivery, Way
from domain.time_limit import CIVIL_CODE, StartRoll, TimeOfDay


class Strict(BaseModel):
    """Refuse unknown keys and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class HoursModel(Strict):
    """Hold the hours of a week and when they are in force; a weekday's own key wins over `weekdays`."""

    valid_from: date | None = Field(default=None, alias="from")
    until: date | None = None
    season: SeasonText | None = None
    weekdays: list[WindowText] = []
    monday: list[WindowText] | None = None
    tuesday: list[WindowText] | None = None
    wednesday: list[WindowText] | None = None
    thursday: list[WindowText] | None = None
    friday: list[WindowText] | None = None
    saturday: list[WindowText] = []
    sunday: list[WindowText] = []


class CalendarModel(Strict):
    """Hold a calendar's name and hours; `days_from` takes over the days off of another one."""

    name: Line
    hours: list[HoursModel] = Field(min_length=1)
    days_from: Code | None = None


class UnitModel(Strict):
    """Hold a unit, the next one up the line, the other spellings of its name and hours of its own."""

    name: Line
    parent: Code | None = None
    aliases: list[Line] = []
    calendar: Code | None = None


class CommuneModel(Strict):
    """Hold a commune, the other spellings of its name and whether it counts as remote."""

    name: Line
    aliases: list[Line] = []
    remote: bool = False


class AreaModel(Strict):
    """Hold an area of the reform plan and the other spellings of its name."""

    name: Line
    aliases: list[Line] = []


class RoleModel(Strict):
    """Hold a role and its Vietnamese title; the order in the file is the order up the line."""

    code: Code
    title: Line


class CountingModel(Strict):
    """Hold how limits are counted; the defaults are those of the Civil Code."""

    zero_direction: Literal["forward", "backward"] = CIVIL_CODE.zero_direction
    start_on_nonworking: StartRoll = CIVIL_CODE.start_on_nonworking
    start_outside_hours: Literal["kept", "next_open"] = CIVIL_CODE.start_outside_hours
    start_day_counts: bool = CIVIL_CODE.start_day_counts
    count_from: Literal["receipt", "day_after_receipt"] = CIVIL_CODE.count_from
    time_of_day: TimeOfDay = CIVIL_CODE.time_of_day
    time_of_day_outside_hours: Literal["kept", "next_open", "previous_close"] = (
        CIVIL_CODE.time_of_day_outside_hours
    )
    due_on_nonworking: Literal["next_working_day", "as_is"] = CIVIL_CODE.due_on_nonworking
    first_day_after_end: bool = CIVIL_CODE.first_day_after_end
    same_day_cutoff: Clock = CIVIL_CODE.same_day_cutoff
    pause_in: Literal["own_unit", "working_time"] = CIVIL_CODE.pause_in


class ClockModel(Strict):
    """Hold what stops the clock; the defaults are those of Decree 61/2018.

    Only a supplement can make the limit begin anew (art. 19.4).
    """

    supplement: Effect = BY_DECREE.supplement
    financial_obligation: Literal["pause", "none"] = "none"
    suspended: Literal["pause", "none"] = "pause"
    consultation: Literal["pause", "none"] = "none"


class StandsModel(Strict):
    """Hold the stands an office takes on form II.06a; the defaults are those of the house."""

    waiting: Literal["in_time", "by_date"] = USUAL.waiting
    refused: Literal["resolved", "outside"] = USUAL.refused
    no_limit: Literal["same_day", "outside"] = USUAL.no_limit


class OfficeFile(Strict):
    """office.toml: the office, its hours, units and roles; `approval`: who has to agree to a change."""

    code: Code
    name: Line
    agency: Code
    zone: Line
    place: Line | None = None
    calendar: Code
    calendars: dict[Code, CalendarModel]
    units: dict[Code, UnitModel] = Field(min_length=1)
    roles: list[RoleModel] = Field(min_length=1)
    communes: dict[Code, CommuneModel] = {}
    counting: CountingModel = CountingModel()
    clock: ClockModel = ClockModel()
    form_06a: StandsModel = StandsModel()
    approval: Literal["none", "second_person"] = "none"
    areas: dict[Code, AreaModel] = {}


class PersonModel(Strict):
    """Hold one holder of a role; `channels` are the ways the person is told, the preferred one first."""

    code: Code
    role: Code
    unit: Code
    email: Mail
    delivery: Delivery = "working_hours"
    channels: list[Way] = Field(default=["mail"], min_length=1)
    phone: Phone | None = None
    gateway_id: GatewayId | None = None
    lang: Literal["vi", "en"] = "vi"


class AbsenceModel(Strict):
    """Hold one absence of a person, both days included, and who stands in."""

    person: Code
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    substitute: Code | None = None


class PeopleFile(Strict):
    """people.toml: who holds which role, and who is away when."""

    people: list[PersonModel] = Field(min_length=1)
    absences: list[AbsenceModel] = []


class DayModel(Strict):
    """Hold one day off or make-up day with its document."""

    day: date = Field(alias="date")
    kind: Literal["off", "swap_off", "swap_work", "short"]
    name: Line
    source: Code
    verified: Literal["yes", "computed", "partial"]
    hours: list[WindowText] = []


class YearFile(Strict):
    """calendar/*.toml: the special days of one year."""

    year: int = Field(ge=1900, le=9000)
    calendar: Code | None = None
    days: list[DayModel] = []
    sources: dict[Code, Line] = {}


class TargetModel(Strict):
    """Hold one quality target: which rate shall be at least how many percent."""

    name: Line
    rate: Literal["rate_resolved", "rate_received", "rate_766"]
    at_least: Percent
    unit: Code | None = None


class PacksModel(Strict):
    """Hold on which day of a month the audit packs of what has ended are made, and which."""

    day: int = Field(ge=1, le=28)
    monthly: bool = True
    quarterly: bool = True
    administrative: bool = False


class QualityFile(Strict):
    """quality.toml: the quality targets of the office, and when its audit packs are made."""

    targets: dict[Code, TargetModel] = {}
    packs: PacksModel | None = None
