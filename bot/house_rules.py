"""What an office decides about how much people may ask for, and how long what they said is kept."""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field

from corpus.retention import Periods


class Section(BaseModel):
    """One table of the configuration; a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Privacy(Section):
    """How long things are kept, in days.

    Attributes:
        told: Whether a person's first answer says in one sentence what is kept.
        conversations_days: Questions with their answers.
        unanswered_days: Unanswered questions that nobody answered, and who asked.
        outbox_days: Which messages were sent where.
        inbox_days: Numbers of updates that were handled. Telegram repeats an update for a day.
        drafts_days: What somebody began and did not confirm.
    """

    told: bool = True
    conversations_days: int = Field(default=180, ge=1, le=3650)
    unanswered_days: int = Field(default=365, ge=1, le=3650)
    outbox_days: int = Field(default=90, ge=2, le=3650)
    inbox_days: int = Field(default=7, ge=2, le=3650)
    drafts_days: int = Field(default=2, ge=1, le=365)

    @property
    def periods(self) -> Periods:
        """How long things are kept, as the store takes it."""
        return Periods(
            conversations=timedelta(days=self.conversations_days),
            unanswered=timedelta(days=self.unanswered_days),
            outbox=timedelta(days=self.outbox_days),
            inbox=timedelta(days=self.inbox_days),
            drafts=timedelta(days=self.drafts_days),
        )


class Allowances(Section):
    """How much one person, or one group, may ask for.

    Attributes:
        questions_minute: Questions of a person in a minute.
        questions_day: Questions of a person in a day.
        group_minute: Questions of all people of a group in a minute.
        opinions_day: Opinions that a person may begin in a day.
        uploads_hour: Files that a person may send in an hour.
        staff_factor: How many times as much staff may ask.
    """

    questions_minute: int = Field(default=12, ge=1, le=100_000)
    questions_day: int = Field(default=300, ge=1, le=100_000)
    group_minute: int = Field(default=40, ge=1, le=100_000)
    opinions_day: int = Field(default=20, ge=1, le=100_000)
    uploads_hour: int = Field(default=120, ge=1, le=100_000)
    staff_factor: int = Field(default=5, ge=1, le=100)
