"""Running numbers as Word writes them in front of a paragraph."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
)
_CIRCLED = [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]  # ① to ㊿


def numeral(value: int, style: str) -> str:
    """Return a number in a style by its OOXML name; one that is not known comes in digits.

    >>> [numeral(11, style) for style in ("chineseCounting", "ideographDigital", "decimalEnclosedCircle", "lowerLetter")]
    ['十一', '一一', '⑪', 'k']
    """
    write = _STYLES.get(style)
    return write(value) if write and 0 < value < 10_000 else "" if style in ("none", "bullet") else str(value)


def _whole(value: int) -> str:
    """Return 一百零一 for 101 and 一十一 for 11."""
    words, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + name
        zero = not digit
    return words


def _counting(value: int) -> str:
    words = _whole(value)
    return words.removeprefix("一") if words.startswith("一十") else words


def _legal(value: int) -> str:
    return _whole(value).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


def _digital(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _roman(value: int) -> str:
    words = ""
    for unit, name in _ROMAN:
        count, value = divmod(value, unit)
        words += name * count
    return words


def _letters(value: int) -> str:
    """Return a to z, then aa, bb …, as Word goes on."""
    times, at = divmod(value - 1, 26)
    return chr(ord("a") + at) * min(times + 1, 10)


def _single(chars: str | list[int]) -> Callable[[int], str]:
    def write(value: int) -> str:
        char = chars[value - 1] if value <= len(chars) else str(value)
        return chr(char) if isinstance(char, int) else char

    return write


_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: "".join(chr(ord(char) + 0xFEE0) for char in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(ord(char) + 0xFEE0) for char in str(value)),
    "decimalEnclosedCircle": _single(_CIRCLED),
    "decimalEnclosedCircleChinese": _single(_CIRCLED),
    "decimalEnclosedParen": _single([*range(0x2474, 0x2488)]),  # ⑴
    "decimalEnclosedFullstop": _single([*range(0x2488, 0x249C)]),  # ⒈
    "ideographEnclosedCircle": _single([*range(0x3220, 0x322A)]),  # ㈠
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,  # what Word for Chinese writes as 一, 二, 三 too
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "ideographTraditional": _single("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _single("子丑寅卯辰巳午未申酉戌亥"),
}
