"""The bullets, labels and ornaments that office papers put at the start of a line."""

from __future__ import annotations

import re

# A digit behind a bullet is its number (○1), unless it counts what follows it (○ 1분기, ○ 3개 동).
_NOT_COUNTED = r"(?![\d.,:~∼]|분기|차|단계|[월년일회개명인호동대위주]|학기|학년|시간|억|만|천|백)"
# Bullets of Korean office papers, one family a line. Families are equals: what nests in what is
# learnt from each paper, since offices order them differently.
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("attachment", r"[<【\[]?\s*붙\s*임\s*\d*\s*[>】\]]?(?=\s|$|\.)"),
    ("agenda", r"(?:제\s*\d+\s*(?:호|안)(?=[\s:.\]】)]|안건)|안\s*건\s*\d+|\d+안(?=[\s:.]))"),
    ("chapter", r"제\s*\d+\s*(?:장|절|편|조)(?=\s|\()"),
    ("roman", r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|(?:전략|과제|목표)\s*[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)\s*[.\s]"),
    ("square", rf"[□■▣▢◆◈](?:\s*\d{_NOT_COUNTED})?"),
    ("code of three", r"\d{1,2}-\d{1,2}-\d{1,2}[.)]?(?=\s)"),
    ("code", r"\d{1,2}-\d{1,2}[.)]?(?=\s)"),
    ("number", r"\d{1,2}\.(?=\s|[^\d\s])"),
    ("syllable", r"[가나다라마바사아자차카타파하][.)](?=\s)"),
    ("circle", rf"[○❍◯◎●〇◇❏▪▶▲△▷☞©ㅇ](?:\s*\d{_NOT_COUNTED})?|[oO](?=\s)"),
    ("circled", r"[①-⑳㉠-㉭]"),
    ("paren", r"\(?\d{1,2}\)(?=\s|[^\d\s])"),
    ("syllable paren", r"\([가나다라마바사아자차카타파하]\)"),
    ("dash", r"[-–—‐−](?=\s|[^\d\s-])"),
    ("dot", r"[・·‧•∙ㆍ․▸»](?!\d)"),
)
# Marks that only ever comment on the item above.
_REMARKS = re.compile(r"\s*(⇒|→|➡|⇨|=>|->|\*{1,3}(?!\*)|※|†)\s*")
# One pattern for all: of 15 tried in turn most lines, which have no bullet, match none.
_MARKER = re.compile(rf"\s*(?:{'|'.join(f'({pattern})' for _, pattern in _FAMILIES)})\s*")
_LABEL = re.compile(
    r"\s*[(\[<【]?(?:\d{1,2}(?=[가-힣]))?[가-힣][가-힣\s·/]{0,12}[)\]>】]?\s*[:：]\s?"
)
_VALUED = re.compile(_LABEL.pattern + r"\s*\S")
# Whom to ask is said last; nothing belongs to it.
_CONTACT = re.compile(
    r"\W*(?:문\s*의(?:처|전화)?|연\s*락\s*처|전\s*화(?:번호)?)\s*(?:[:：☎]|\(?\d{2,4}[-)])"
)
# What the boxes of office forms are called; such a line starts something new even without a colon.
FORM_LABELS = re.compile(
    r"(?:회의)?(?:일시|장소|기록|내용|결과|사진|일정|안건|자료)|(?:주관|담당|소관|관련)부서|참석자|불참자|"
    r"(?:부)?위원장|위원|간사|검토결과|심의결과|공지사항|차기|확인자|제출(?:연월일|자)|배포일|작성(?:일|자)|"
    r"책임자|담당자|의안번호|붙임|별첨|비고|끝"
)
# 참 석 자, 심 의 결 과: names of boxes are spread out.
_LABEL_WORDS = 4
# `- Subtitle -`: dashes on both sides are an ornament.
CENTRED = re.compile(r"\s*[-–—]\s.*\s[-–—]\s*$")
# A page number on a line of its own: `- 3 -`, `3 / 12`, and far to the right `3   (복지-제2호)`.
PAGE_NUMBER = re.compile(
    r"\s*(?:-\s*\d{1,4}\s*-|\d{1,4}\s*/\s*\d{1,4}|-\s*\d{1,4})\s*$"
    r"|\s{12,}(?:\d{1,4}\s{2,}\([^()]{2,30}\)|\([^()]{2,30}\)\s{2,}\d{1,4})\s*$"
)


def is_label(raw: str) -> bool:
    """Whether a line starts a labelled field: `일시 : …`, or a box's name such as `참 석 자`."""
    if _LABEL.match(raw):
        return True
    begun = ""
    for word in raw.split(maxsplit=_LABEL_WORDS)[:_LABEL_WORDS]:
        begun += word
        if FORM_LABELS.fullmatch(begun):
            return True
    return False


def is_valued(words: str) -> bool:
    """Whether a line, its bullet left out, is a label with its value: `기간 : 3월`."""
    return bool(_VALUED.match(words))


def is_contact(words: str) -> bool:
    """Whether a line, its bullet left out, says whom to ask: `문의 : 031-000-0001`."""
    return bool(_CONTACT.match(words))


def marker(raw: str) -> tuple[str, int]:
    """The bullet of a line.

    Args:
        raw: One line without its line end.

    Returns:
        The bullet's family and the offset of the text behind it: `remark` for ⇒ * ※, `row` for
        a line with tab characters, an empty string and 0 without a bullet.
    """
    if "\t" in raw.strip():
        return "row", 0
    if match := _REMARKS.match(raw):
        return "remark", match.end()
    if CENTRED.match(raw):
        return "", 0
    if (match := _MARKER.match(raw)) and match.lastindex:
        return _FAMILIES[match.lastindex - 1][0], match.end()
    return "", 0
