"""A council of two note-takers, a chair, a member and a citizen, who keep a meeting by chat."""

from __future__ import annotations

import asyncio
from typing import Any

from corpus.messages import say
from tests.support.telegram import shown
from tests.support.telephones import Telephones

ANN, BEA, CARL, MIRA, ZOE = 601, 602, 603, 604, 605  # staff, staff, chair, member, citizen
PLAN = """2032년 제1차 실무협의체
일시: 2032. 3. 3. 16:00~17:30
장소: 단비구청 3층 회의실
주관부서: 복지정책과
회의기록: 한기록
위원장: 김갑돌
위원정수: 5
1. 우산 수리소 운영 결과 검토
2. 골목 화분 사업 계획(안) 검토"""
ROLES = {ANN: "staff", BEA: "staff", CARL: "chair", MIRA: "member"}


class Chat(Telephones):
    """People of a council before their telephones."""

    async def opened(self, who: int = ANN) -> dict[str, Any]:
        """A meeting made and opened in private; gives its card as it is then."""
        plan = await self.says(who, f"/meeting {PLAN}")
        saved = await self.presses(who, plan, say("meeting.button_save"))
        card = await self.presses(who, saved, "2032년 제1차")
        await self.presses(who, card, say("meeting.button_open"))
        return await self.presses(who, saved, "2032년 제1차")

    async def reads(self, where: int, words: str) -> None:
        """Wait until the bot has said some words in a chat."""

        def there() -> bool:
            return any(words in shown(message["text"]) for message in self.telegram.sent(where))

        await asyncio.to_thread(self.telegram.wait, there)

    async def offers(self, who: int, label: str, act: Any) -> dict[str, Any]:
        """What somebody is sent, by what somebody else does, with a button of this label."""
        count = len(self.telegram.sent(who))
        await act

        def there() -> list[dict[str, Any]]:
            return [
                message
                for message in self.telegram.sent(who)[count:]
                for row in (message.get("reply_markup") or {}).get("inline_keyboard", [])
                if any(label in button["text"] for button in row)
            ]

        return (await asyncio.to_thread(self.telegram.wait, there))[-1]

    async def submitted(self, draft: dict[str, Any]) -> dict[str, Any]:
        """What the chair is asked when a draft is laid before them."""
        press = self.presses(ANN, draft, say("minutes.button_submit"))
        return await self.offers(CARL, say("minutes.button_approve"), press)

    async def approved(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What staff are asked when the chair approves."""
        press = self.presses(CARL, asked, say("minutes.button_approve"))
        return await self.offers(ANN, say("visibility.public"), press)

    async def drafted(self, who: int = ANN) -> list[dict[str, Any]]:
        """The parts of the draft and, last, where it stands."""
        count = len(self.telegram.sent(who))
        self.telegram.says(who, "/minutes")
        await asyncio.to_thread(
            self.telegram.wait,
            lambda: any(
                say("minutes.how_to_correct") in shown(m["text"])
                for m in self.telegram.sent(who)[count:]
            ),
        )
        return self.telegram.sent(who)[count:]
