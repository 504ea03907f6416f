"""A value that a person types in the place of a printed one, as a field."""

from __future__ import annotations

from fractions import Fraction

from corpus.extraction.values import make, number
from corpus.records import Field, FieldType
from corpus.text import clean, squeeze

_MEASURED = {FieldType.MONEY, FieldType.COUNT, FieldType.RATE}
# A row's words are one sentence or a cell; more is a paper of its own.
_LONGEST = 500


def given_value(field: Field, text: str) -> Field | None:
    """The field as a person wants it.

    A bare number stands for what bare numbers stand for in the field's column: `4,710` where the
    paper prints `4,071` under `(단위: 천원)` is 4,710,000 won.

    Args:
        field: The field as it is.
        text: What the person typed.

    Returns:
        None where the text is empty, too long, or holds no single value of the field's type.
    """
    text = squeeze(clean(text))
    if not text or len(text) > _LONGEST:
        return None
    made = make(field.name, field.type, text, field.span, won=_scale(field), unit=field.unit)
    if made is None or (field.type in _MEASURED and made.value is None):
        return None
    if field.type is FieldType.DATE and field.first and not made.first:
        return None
    return made


def _scale(field: Field) -> int | None:
    """Won that a bare number of the field's column stands for; None where no number tells."""
    shown = number(field.printed or field.text)
    if field.type is not FieldType.MONEY or field.value is None or not shown:
        return None
    scale = Fraction(field.value) / shown
    return int(scale) if scale.denominator == 1 else None
