"""Places in a ranking: 综合评价进入全省前10名, 空气质量退出全国后十位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.cues import first, load_cues
from kg.extract.indicators.found import Found
from kg.extract.indicators.names import strip_name
from kg.extract.indicators.passages import Passage
from kg.model import Comparator
from kg.numbering import number_value

HINT = re.compile(r"[前后第]\d|[前后第][一二三四五六七八九十]")
RANKED = re.compile(r"(?:排名|排位|位次|名次|排行)(?!前|后)")
LONGEST = 40


def find_ranks(passage: Passage, sentence: int, start: int, end: int) -> Iterator[Found]:
    """Yield the place that one clause wants something to reach; the first places are the low numbers.

    >>> from kg.extract.indicators import find_indicators
    >>> [(f.name, f.op, str(f.value), f.unit) for f in find_indicators("营商环境评价进入全省前10名，总量保持第一。", 2025)]
    [('营商环境评价排名', '<=', '10', '名')]
    """
    clause, cues = passage.shape[start:end], load_cues("indicators.toml")
    if HINT.search(clause) is None or first(cues["so_far"], passage.shape[sentence:end]) is not None:
        return
    for cue in cues["rank"]:
        match = cue.pattern.search(clause)
        if match is None or first(cues["past"], clause[: match.end("name")]) is not None:
            continue
        left, right = strip_name(passage.shape, start + match.start("name"), start + match.end("name"), verbs=False)
        number = number_value(match["place"].replace("两", "二"))
        right += 2 * passage.shape.startswith(("增速", "增幅"), right)  # ranked by growth
        if not 2 <= right - left <= LONGEST or number is None:
            return
        name, unit = passage.text[left:right], match["unit"] or None
        name = name if RANKED.search(name) else f"{name}排名"
        op: Comparator = ">" if cue.says == ">" else "<="
        year = passage.years.at(start + match.start("place"))
        yield Found(
            name,
            "quantitative",
            op,
            Decimal(number),
            unit,
            year,
            start + match.start(),
            start + match.end(),
            f"figure.rank_{cue.id}",
        )
        return
