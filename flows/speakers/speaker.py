"""Who said it, and how that was found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpeakerType = Literal["person", "institution", "state", "document", "unnamed"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, as well as the article tells.

    Attributes:
        type: What kind of source it is.
        name: Longest name, without title; None for unnamed sources.
        role: Office without the country adjective.
        role_as_written: Office with it.
        role_category: Kind of office.
        countries: ISO codes of the states spoken for.
        organization: Organisation spoken for.
        accredited_to: Where an ambassador or envoy is posted.
        role_basis: `officials` if the table of officials gave role or country; None if the article did.
    """

    type: SpeakerType
    name: str | None = None
    role: str | None = None
    role_as_written: str | None = None
    role_category: str | None = None
    countries: tuple[str, ...] = ()
    organization: str | None = None
    accredited_to: tuple[str, ...] = ()
    role_basis: Literal["officials"] | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers of one statement; two or more for a joint one.

    Attributes:
        speakers: One entry per speaker, never empty.
        mention: Source as written; None where there is none.
        rule: How the mention was resolved: `named`, `pronoun`, `role`, `previous`, ...
        certainty: 0 to 1, how often this rule is right; not calibrated.
        candidates: Names of those whom the mention could mean, where it could not be decided who of them it is.
    """

    speakers: tuple[Speaker, ...]
    mention: str | None
    rule: str
    certainty: float
    candidates: tuple[str, ...] = ()


UNKNOWN = Speaker("unnamed")
