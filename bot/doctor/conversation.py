"""Check of the chat model, where one is configured."""

from __future__ import annotations

from bot.chat_model import model_settings
from bot.doctor.finding import Finding, Patient, State, well
from corpus.messages import say


def chat_model(patient: Patient) -> Finding:
    """Whether a configured chat model answers; without one all is well."""
    settings = model_settings(patient.config)
    if settings is None:
        return well("chat_model", "chat_model_off")
    from retrieval.model.calls import try_model

    if (problem := try_model(settings)) is None:
        return well("chat_model", "chat_model", name=settings.name)
    # Answers come without it, so it is no failure of the bot.
    return Finding(
        check="chat_model",
        state=State.DOUBTFUL,
        text=problem,
        remedy=say("doctor.chat_model_remedy"),
    )
