"""Which statement of a flattened two-column box is an opinion, and which answers which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.topics import Likeness

_ASKS = re.compile(
    r"궁금|바람|바랍니다|필요|좋겠|좋을|요청|건의|제안|의문|우려|어떤지|여부|는지|은지|인지|인가|까요|습니까|"
    r"\?|부탁|해야|희망|지양|아쉬|부족|불편|개선"
)
_ANSWERS = re.compile(
    r"겠음|겠습니다|예정|조치|추진\s?중|진행\s?(?:중|하고)|계획임|완료|반영하|알고\s있|것임|협의하|안내|불가|"
    r"차등|하고\s있|되고\s있|되었|하였음|시행|답변|전달하|검토하|드리겠|입니다|때문에|확보"
)
_LAST_WORDS = 30
# The end of a statement says more of its kind than its middle.
_END_WEIGHT = 2.0
# Shared rare words against tone: with 1.5 neither outvoted the other in boxes of two to six
# entries.
_LIKENESS_WEIGHT = 1.5
_EVEN_BONUS = 1.0
# A second choice this near leaves the pairing uncertain.
_CLEAR_MARGIN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An opinion and its reply, as positions in the box; None for an opinion without one."""

    opinion: int
    reply: int | None
    certain: bool


def tone(text: str) -> float:
    """Above 0 for what asks or demands, below 0 for what answers or promises."""
    end = text[-_LAST_WORDS:]
    asks = len(_ASKS.findall(text)) + _END_WEIGHT * len(_ASKS.findall(end))
    answers = len(_ANSWERS.findall(text)) + _END_WEIGHT * len(_ANSWERS.findall(end))
    return asks - answers


def paired(entries: Sequence[str], likeness: Likeness) -> list[Pair]:
    """Pair the entries of a box whose two columns were written one below the other.

    Text extraction writes all opinions and then all replies, or row by row; which of both is
    told by the entries' tone and by the words that an opinion shares with its reply.

    Args:
        entries: What the box holds, in printed order.
        likeness: Of the whole paper.

    Returns:
        One pair an opinion, in order; nothing for an empty box.
    """
    if not entries:
        return []
    tones = [tone(entry) for entry in entries]
    layouts = [*_layouts(len(entries))]

    def worth(layout: tuple[tuple[int, ...], tuple[int, ...]]) -> float:
        opinions, replies = layout
        sense = sum(_sign(tones[i]) for i in opinions) - sum(_sign(tones[i]) for i in replies)
        even = _EVEN_BONUS if len(opinions) == len(replies) else 0.0
        pairs = assigned(entries, opinions, replies, likeness)
        shared = sum(likeness.between(entries[o], entries[r]) for o, r, _ in pairs)
        return sense + even + _LIKENESS_WEIGHT * min(shared, len(opinions))

    opinions, replies = max(layouts, key=worth)
    answered = {o: (r, sure) for o, r, sure in assigned(entries, opinions, replies, likeness)}
    return [
        Pair(
            opinion=opinion,
            reply=answered[opinion][0] if opinion in answered else None,
            certain=answered[opinion][1] if opinion in answered else True,
        )
        for opinion in opinions
    ]


def _sign(value: float) -> float:
    return max(-2.0, min(2.0, value))


def _layouts(count: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    for split in range(1, count + 1):
        yield tuple(range(split)), tuple(range(split, count))
    if count > 2 and count % 2 == 0:
        yield tuple(range(0, count, 2)), tuple(range(1, count, 2))


def assigned(
    entries: Sequence[str], opinions: Sequence[int], replies: Sequence[int], likeness: Likeness
) -> list[tuple[int, int, bool]]:
    """Pair opinions with replies: as many in their order, others by the words they share.

    Args:
        entries: All statements.
        opinions: Positions of the opinions.
        replies: Positions of the replies.
        likeness: Of the whole paper.

    Returns:
        Opinion, its reply, and whether nothing speaks against the pair; opinions without a reply
        are left out.
    """
    if len(opinions) == len(replies):
        return [
            (opinion, reply, _nothing_nearer(entries, opinion, reply, opinions, likeness))
            for opinion, reply in zip(opinions, replies, strict=True)
        ]
    found: list[tuple[int, int, bool]] = []
    free = list(opinions)
    for reply in replies:
        if not free:
            break
        near = sorted(
            free, key=lambda o: likeness.between(entries[o], entries[reply]), reverse=True
        )
        lead = likeness.between(entries[near[0]], entries[reply])
        second = likeness.between(entries[near[1]], entries[reply]) if len(near) > 1 else 0.0
        found.append((near[0], reply, lead - second >= _CLEAR_MARGIN))
        free.remove(near[0])
    return found


def _nothing_nearer(
    entries: Sequence[str], opinion: int, reply: int, opinions: Sequence[int], likeness: Likeness
) -> bool:
    own = likeness.between(entries[opinion], entries[reply])
    others = (likeness.between(entries[o], entries[reply]) for o in opinions if o != opinion)
    return all(other < own + _CLEAR_MARGIN for other in others)
