"""The font of charts: a usual one first, else any that has the characters, else a word on what to install."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import SimpleNamespace

import matplotlib as mpl
import pytest
from matplotlib import font_manager

from kg.errors import InstallError
from viz.fonts import use_chinese_font

CHINESE = set("责任牵头、（）")


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, set[str]]]:
    """Yield a computer's fonts with their characters, to be filled by the test; one without any is a broken file."""
    there: dict[str, set[str]] = {}

    def open_font(name: str) -> SimpleNamespace:
        if not there[name]:
            raise RuntimeError("Can not load face")
        return SimpleNamespace(get_char_index=lambda code: int(chr(code) in there[name]))

    monkeypatch.setattr(font_manager, "get_font", open_font)
    with mpl.rc_context():
        yield there


def choose(fonts: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [SimpleNamespace(name=name, fname=name) for name in fonts])
    return use_chinese_font()


def test_the_usual_ones_first(fonts: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    fonts |= {"A Brush Font": CHINESE, "Noto Sans CJK JP": CHINESE, "SimHei": CHINESE}
    assert choose(fonts, monkeypatch) == "SimHei"
    assert mpl.rcParams["font.sans-serif"] == ["SimHei", "DejaVu Sans"]


def test_any_other_that_has_the_characters(fonts: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    fonts |= {"PingFang SC": set(), "SimSun": set("责任"), "Zhuque Fangsong": CHINESE}
    assert choose(fonts, monkeypatch) == "Zhuque Fangsong"


def test_boxes_are_no_characters(fonts: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    fonts |= {"DejaVu Sans": set("abc"), "Last Resort High-Efficiency": CHINESE}
    with pytest.raises(InstallError, match="no font on this computer has Chinese characters; install Noto Sans CJK"):
        choose(fonts, monkeypatch)


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InstallError, match=r'charts need matplotlib; install it with: pip install "zeren\[notebook\]"'):
        use_chinese_font()
