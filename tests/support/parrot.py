"""An assistant that answers from two invented sentences, the same way every time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from corpus.types import Document, DocumentKind, Visibility
from retrieval.types import Answer, Basis, Citation, Turn

QUOTE = "골목 음악회 예산은 1,230만원이다."
BODY = f"달빛구 별내동의 사업 안내. {QUOTE} 신청은 주민센터에서 받는다."


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    title: str
    name: str
    before: str
    quote: str
    after: str
    page: int | None


class Deaf:
    """Hears no opinion in anything."""

    @staticmethod
    def recognised(text: str) -> bool:
        return False

    @staticmethod
    def confidential(text: str) -> bool:
        return False


class Parrot:
    """Says back what it was asked, with a source.

    `자라` grows a draft where there is one, `느린` in a question takes a second, `고장` raises,
    `죽음` ends the process, `길게` gives a long answer, `여러` asks back, `안녕` is small talk.
    Follow-ups name what they follow.
    """

    sample = False
    drafts = None
    writes = True
    opinions = Deaf()

    def __init__(self, papers: int = 0, visibility: Visibility = Visibility.PUBLIC) -> None:
        self._papers = papers
        self._visibility = visibility

    def ask(
        self,
        text: str,
        *,
        audience: Visibility,
        earlier: tuple[Turn, ...] = (),
        now: datetime | None = None,
        dong: str | None = None,
        person_id: int | None = None,
        growing: Callable[[str], None] | None = None,
    ) -> Answer:
        if "고장" in text:
            raise RuntimeError(f"secret words: {text}")
        if "죽음" in text:
            os._exit(9)
        if "느린" in text:
            time.sleep(1)
        if "자라" in text and growing is not None:
            for so_far in ("첫 문장입니다.", "첫 문장입니다.\n둘째 <문장>입니다."):
                growing(so_far)
                time.sleep(1.5)
        if "안녕" in text:
            return Answer(text="반갑습니다 <&>", basis=Basis.DIALOGUE)
        before = f" (앞: {earlier[-1].question})" if earlier else ""
        body = f"들은 말: {text}{before} <{audience.name}> [1]"
        if "길게" in text:
            body += "\n\n" + "아주 긴 문단입니다. " * 700
        return Answer(
            text=body,
            basis=Basis.PASSAGES,
            citations=(
                Citation(
                    number=1,
                    document="안내.txt",
                    title="사업 안내 & 신청",
                    quote=QUOTE,
                    locator="2쪽",
                    document_id=1,
                    start=BODY.index(QUOTE),
                    end=BODY.index(QUOTE) + len(QUOTE),
                ),
            ),
            notices=("오래된 자료입니다.",) if "오래" in text else (),
            choices=("별내동 예산은?", "해솔동 예산은?") if "여러" in text else (),
            standalone=text,
        )

    @staticmethod
    def index_terms(text: str) -> str:
        return text

    @staticmethod
    def gist(text: str, now: datetime | None = None) -> str:
        return text

    def papers(self, audience: Visibility) -> list[Document]:
        if audience < self._visibility:
            return []
        return [self._paper(number) for number in range(self._papers)]

    def _paper(self, number: int) -> Document:
        return Document(
            id=number + 1,
            name=f"자료{number}.txt",
            title=f"<자료> {number}",
            kind=DocumentKind.PLAN,
            body="",
            dated="2031",
            visibility=self._visibility,
            format="txt",
            sha256="",
            text="",
        )

    def context(
        self, document_id: int, start: int, end: int, audience: Visibility, margin: int = 300
    ) -> Context | None:
        if audience < self._visibility:
            return None
        return Context(
            title="사업 안내 & 신청",
            name="안내.txt",
            before=BODY[:start],
            quote=BODY[start:end],
            after=BODY[end:],
            page=2,
        )

    def questions(self, document_id: int) -> tuple[str, ...]:
        return ()

    def examples(self, audience: Visibility) -> tuple[str, ...]:
        return ("골목 음악회 예산은 얼마인가요?", "신청은 어디서 하나요?")
