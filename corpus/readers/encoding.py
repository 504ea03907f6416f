"""Bytes of a text file to characters, verbatim."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark is its first half
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ERRORS = {"utf-8": "surrogatepass", "cp949": "strict"}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Compressed bytes hold 10 % of these, real text none, text with stray NULs some.
_CONTROLS_OF_BINARY = 0.05
_CONTROLS_OF_JUNK = 0.3
# A file with fewer broken characters than this was damaged in places, not misjudged as a whole.
_BROKEN = 0.01


def is_text(sample: bytes) -> bool:
    """Whether the first bytes of a file look like text in some encoding.

    Args:
        sample: The whole file or its first 64 KiB, which may end inside a character.
    """
    if _marked(sample) or _bare_utf16(sample):
        return True
    controls = len(_CONTROLS.findall(sample)) / max(1, len(sample))
    if controls <= _CONTROLS_OF_BINARY:
        return True
    return controls <= _CONTROLS_OF_JUNK and any(_decodes(sample, encoding) for encoding in _ERRORS)


def decode(raw: bytes) -> tuple[str, bool]:
    """The text of a file and whether its encoding is certain.

    A mark decides; then UTF-8, then CP949 (which holds EUC-KR), if they fit without a fault; then
    whichever of the two has hardly any fault; then `charset-normalizer`'s guess. Nothing is
    mended: line ends, NULs and lone surrogates stay, only undecodable bytes become U+FFFD.

    Args:
        raw: The whole file.

    Returns:
        The text, and False where bytes were undecodable or the encoding is a guess.
    """
    encoding = _marked(raw) or _bare_utf16(raw)
    if encoding:
        text = raw.decode(encoding, "replace")
        return text, "\ufffd" not in text
    for encoding, errors in _ERRORS.items():
        try:
            return raw.decode(encoding, errors), True
        except UnicodeDecodeError:
            continue
    candidates = [raw.decode(encoding, "replace") for encoding in _ERRORS]
    best = min(candidates, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") <= max(1, len(best) * _BROKEN):
        return best, False
    guess = from_bytes(raw).best()
    return (str(guess) if guess else best), False


def _marked(raw: bytes) -> str:
    return next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "")


def _bare_utf16(raw: bytes) -> str:
    """UTF-16 without its mark shows as NULs that all fall on one side of each pair."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if even + odd < max(2, len(raw) // 50) or min(even, odd) * 20 > max(even, odd):
        return ""
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = raw.decode(encoding, "replace")
    strange = sum(not char.isprintable() and not char.isspace() for char in text)
    return encoding if strange * 20 < len(text) else ""


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)(_ERRORS[encoding]).decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True
