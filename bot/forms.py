"""The form by which staff tell of a programme: its open question and what was said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.entries import DONG, ENTRIES, PROGRAMME, ProgrammeEntry
from corpus.text import clean, squeeze
from retrieval.understanding.personal_data import mask

# Longer values push what matters off a phone.
MOST = 200
_CONTACT = "contact"
# What makes a telephone an office's own, which may be printed; a resident number is masked anyway.
_OFFICE = "문의처 ☎ "
_STEPS = tuple(ENTRIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form on its way.

    Attributes:
        step: Key of what is asked now; empty when all has been asked.
        entries: What was said so far, by key of `corpus.entries.ENTRIES`.
    """

    step: str
    entries: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> dict[str, Any]:
        """The form as JSON values."""
        return {"step": self.step, "entries": dict(self.entries)}

    @property
    def entry(self) -> ProgrammeEntry:
        """The programme as far as it is known."""
        told = {k: v for k, v in self.entries.items() if k not in (DONG, PROGRAMME) and v}
        return ProgrammeEntry(
            dong=self.entries.get(DONG, ""), programme=self.entries.get(PROGRAMME, ""), told=told
        )

    def told(self, text: str) -> Form:
        """The form after an answer to its open question."""
        return self.skipped(**{self.step: text})

    def skipped(self, **entries: str) -> Form:
        """The form after its open question, with what was said before kept."""
        at = _STEPS.index(self.step) + 1
        step = _STEPS[at] if at < len(_STEPS) else ""
        return Form(step=step, entries={**self.entries, **entries})


def begun(dong: str) -> Form:
    """A new form, for a neighbourhood if it is known already."""
    return Form(step=PROGRAMME, entries={DONG: dong}) if dong else Form(step=DONG)


def kept(step: str, text: str) -> str:
    """What is kept of an answer: one line, personal data masked; an office may give its number."""
    line = squeeze(clean(text))
    if step != _CONTACT:
        return mask(line)
    return mask(f"{_OFFICE}{line}").removeprefix(_OFFICE)
