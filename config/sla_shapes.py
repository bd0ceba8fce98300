"""Which file of the configuration has which shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.sla_office_models import OfficeFile, PeopleFile, QualityFile, YearFile
from config.sla_rule_models import BundlesFile, DefaultsFile, LaddersFile, ProcedureFile
from config.sla_score_models import ScoresFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

SINGLE: Final[Mapping[str, type[BaseModel]]] = {
    "office.toml": OfficeFile,
    "people.toml": PeopleFile,
    "defaults.toml": DefaultsFile,
    "ladders.toml": LaddersFile,
    "bundles.toml": BundlesFile,
    "quality.toml": QualityFile,
    "scores.toml": ScoresFile,
}
NEEDED: Final = ("office.toml", "people.toml", "ladders.toml")
FOLDERS: Final[Mapping[str, type[BaseModel]]] = {"calendar": YearFile, "procedures": ProcedureFile}
INTAKE: Final = "intake"
"""The folder of `config.columns`, whose shape is there."""
