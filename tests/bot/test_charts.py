"""Charts: drawn for real, with every Hangul syllable, whatever the names hold."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from bot.charts import chart
from retrieval.sheets import Figures

BLUE, VERMILION = (0, 114, 178), (213, 94, 0)


def pixels(figures: Figures) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(chart(figures))).convert("RGB"))


def drawn(picture: np.ndarray, colour: tuple[int, int, int]) -> int:
    return int((np.abs(picture.astype(int) - colour).sum(axis=2) < 12).sum())


def dark(picture: np.ndarray) -> int:
    return int((picture.sum(axis=2) < 200).sum())


def of(*amounts: int, name: str = "동백{}동", title: str = "동별 예산") -> Figures:
    bars = tuple((name.format(number), won) for number, won in enumerate(amounts, start=1))
    return Figures(title=title, bars=bars, source="2031년 나래구 예산")


def test_a_chart_is_not_blank_and_its_bars_are_as_long_as_the_amounts() -> None:
    picture = pixels(of(10_000_000, 20_000_000, 40_000_000))
    rows = (np.abs(picture.astype(int) - BLUE).sum(axis=2) < 12).sum(axis=1)
    lengths = sorted({int(length) for length in rows if length > 50})
    assert lengths[-1] == pytest.approx(4 * lengths[0], rel=0.05)
    assert dark(picture) > 1000


def test_hangul_is_drawn_by_the_font_that_the_package_set_brings() -> None:
    # Without its glyphs every syllable would be the same empty box.
    one = pixels(of(1, 2, 3, name="가{}"))
    other = pixels(of(1, 2, 3, name="힣{}"))
    assert one.shape == other.shape
    assert (one != other).any()


def test_signs_that_the_font_lacks_and_dollar_signs_do_no_harm() -> None:
    # A missing glyph would be a warning, and warnings are errors here.
    picture = pixels(of(1, 2, 3, name="😀 $x^{{2}}$ \\frac {}", title="$\\alpha$ 예산\n둘째 줄 🎉"))
    assert dark(picture) > 500


def test_less_than_nothing_is_drawn_to_the_other_side_in_another_colour() -> None:
    picture = pixels(of(5_000_000, -3_000_000, 0))
    assert drawn(picture, VERMILION) > 500
    assert drawn(picture, BLUE) > 500


def test_of_very_many_amounts_the_largest_are_drawn() -> None:
    many = pixels(of(*(10_000 * number for number in range(1, 100))))
    assert many.shape[0] < 2500
    assert drawn(pixels(of(0, 0, 0)), BLUE) == 0
