"""Fonts with Chinese characters: for charts whichever this computer has, for pages the names of what a browser may have."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import InstallError

FONTS = (
    "Microsoft YaHei",  # Windows
    "DengXian",
    "SimHei",
    "SimSun",
    "PingFang SC",  # macOS
    "Hiragino Sans GB",
    "Heiti SC",
    "Heiti TC",
    "STHeiti",
    "Songti SC",
    "Arial Unicode MS",
    "Noto Sans CJK SC",  # Linux; in a collection matplotlib knows the first face only, which has the same characters
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "AR PL UMing CN",
)
# for pages: the browser takes the first one that it has, character by character
SONG = (  # running text and tables, as print sets them
    "Songti SC",  # macOS
    "STSong",
    "Source Han Serif SC",
    "Noto Serif CJK SC",  # Linux
    "Noto Serif SC",
    "SimSun",  # Windows
    "NSimSun",
    "AR PL UMing CN",
)
HEI = (  # headings and charts
    "PingFang SC",  # macOS
    "Hiragino Sans GB",
    "Microsoft YaHei",  # Windows
    "DengXian",
    "Source Han Sans SC",
    "Noto Sans CJK SC",  # Linux
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "SimHei",
)
FANG = (  # quotes
    "FangSong",  # Windows
    "STFangsong",  # macOS
    "FangSong_GB2312",
    *SONG,
)
_SAMPLE = "责任牵头、（）"
_BOXES = "Last Resort"  # has a box for every character; comes with matplotlib


def css_family(latin: Sequence[str], chinese: Sequence[str], generic: str) -> str:
    """Return a CSS font-family: Latin letters and digits from the first fonts, Chinese from the next.

    >>> css_family(("Georgia",), ("Songti SC", "SimSun"), "serif")
    '"Georgia", "Songti SC", "SimSun", serif'
    """
    return ", ".join([*(f'"{name}"' for name in (*latin, *chinese)), generic])


def use_chinese_font() -> str:
    """Let matplotlib write Chinese from now on, and return the name of the font.

    :raises InstallError: matplotlib is not installed, or no font on this computer has Chinese characters.
    """
    try:
        import matplotlib as mpl  # late: 0.5 s
    except ImportError as error:
        raise InstallError('charts need matplotlib; install it with: pip install "zeren[notebook]"') from error
    font = _find_font()
    mpl.rcParams["font.family"] = "sans-serif"
    mpl.rcParams["font.sans-serif"] = [font, "DejaVu Sans"]  # which comes with matplotlib and has all signs
    mpl.rcParams["axes.unicode_minus"] = False  # SimHei has no such minus
    return font


def _find_font() -> str:
    """Return a usual font that is installed, else any that has the characters."""
    from matplotlib import font_manager

    files = {entry.name: entry.fname for entry in reversed(font_manager.fontManager.ttflist) if _BOXES not in entry.name}
    usual = [name for name in FONTS if name in files]
    for name in [*usual, *sorted(files.keys() - set(usual))]:
        try:
            face = font_manager.get_font(files[name])
        except (OSError, RuntimeError):  # uninstalled since matplotlib last looked, or no font it can read
            continue
        if all(face.get_char_index(ord(sign)) for sign in _SAMPLE):
            return name
    raise InstallError(
        "no font on this computer has Chinese characters; install Noto Sans CJK (Debian, Ubuntu: apt install fonts-noto-cjk)"
    )
