"""Damaged documents: what scanners, converters and hasty hands do to a text, by a seeded chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

Mutation = Callable[[random.Random, str], str]

_BRACKETS = "（）()【】〔〕[]《》〈〉“”<>{}"
_NOISE = "\u3000 \t\n\r\u00a0\u200b\ufeff\u2028\u0085\x0b\x0c－—-|#*`•□①⑴㈠Ⅳ％％％．.、，。；：:;&<>/\\\U00020bb7é🙂\u0300"
_PIECES = (
    "（责任单位：",
    "（牵头单位：市发展改革委；配合单位：",
    "下同）",
    "<table><tr><td>",
    "| 序号 | 任务 | 责任单位 |\n| --- | --- | --- |\n",
    "\n- 12 -\n",
    "\n一、",
    "\n1.",
    "《关于",
    "到2025年，",
    "达到95%以上",
    "&nbsp;&#x4e00;",
    "999999999999999999999999",
    "0.0000000001",
    "9" * 400 + "亿元",
)
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32", "big5")


def mutate(seed: int, texts: Sequence[str]) -> bytes:
    """Return the bytes of a document that was damaged in one to six ways; the same seed gives the same bytes."""
    chance = random.Random(seed)
    text = chance.choice(texts)
    if len(text) > 6000 and chance.random() < 0.8:  # most damage shows in a part, in less time
        start = chance.randrange(len(text) - 4000)
        text = text[start : start + chance.randint(500, 4000)]
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_MUTATIONS)(chance, text)[:200_000]
    return _encode(chance, text)


def mutants(count: int, texts: Sequence[str], first: int = 0) -> Iterator[bytes]:
    """Yield that many damaged documents, by consecutive seeds."""
    yield from (mutate(seed, texts) for seed in range(first, first + count))


def _cut(chance: random.Random, text: str) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:start] + text[end:] if chance.random() < 0.5 else text[start:end]


def _double(chance: random.Random, text: str) -> str:
    start = chance.randint(0, len(text))
    part = text[start : start + chance.randint(1, 400)]
    return text[:start] + part * chance.randint(1, 12) + text[start:]


def _shuffle_lines(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    chance.shuffle(lines)
    return "".join(lines)


def _join_lines(chance: random.Random, text: str) -> str:
    return text.replace("\n", "" if chance.random() < 0.5 else " ")


def _wrap(chance: random.Random, text: str) -> str:
    width = chance.randint(1, 40)
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def _strew(characters: str, most: int) -> Mutation:
    def strew(chance: random.Random, text: str) -> str:
        found = list(text)
        for _ in range(chance.randint(1, most)):
            found.insert(chance.randint(0, len(found)), chance.choice(characters))
        return "".join(found)

    return strew


def _drop(characters: str) -> Mutation:
    def drop(chance: random.Random, text: str) -> str:
        share = chance.random()
        return "".join(character for character in text if character not in characters or chance.random() > share)

    return drop


def _insert_pieces(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 1, 2, 50)) + text[at:]
    return text


def _swap(chance: random.Random, text: str) -> str:
    found = list(text)
    for _ in range(chance.randint(1, 200) if found else 0):
        one, other = chance.randrange(len(found)), chance.randrange(len(found))
        found[one], found[other] = found[other], found[one]
    return "".join(found)


def _widen(chance: random.Random, text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F) if chance.random() < 0.5})


def _encode(chance: random.Random, text: str) -> bytes:
    content = bytearray(text.encode(chance.choice(_ENCODINGS) if chance.random() < 0.3 else "utf-8", "ignore"))
    if chance.random() < 0.1:  # broken on the way
        for _ in range(chance.randint(1, 20) if content else 0):
            content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.03:
        del content[chance.randint(0, len(content)) :]
    return bytes(content)


_MUTATIONS: tuple[Mutation, ...] = (
    _cut,
    _double,
    _shuffle_lines,
    _join_lines,
    _wrap,
    _swap,
    _widen,
    _insert_pieces,
    _strew(_BRACKETS, 60),
    _strew(_NOISE, 60),
    _drop(_BRACKETS),
    _drop("\n"),
    _drop("。；，、："),
    _drop("一二三四五六七八九十0123456789"),
)
