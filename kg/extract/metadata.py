"""What a document says of itself: title, issuer, number, date, period, kind."""

from __future__ import annotations

import re

from kg.model import Profile
from kg.sections import Block
from kg.text import MARKER, MappedText

# longer ones first: 工作方案 before 方案
KINDS = (
    "国民经济和社会发展规划纲要",
    "工作要点", "重点工作", "行动计划", "行动方案", "实施方案", "工作方案", "总体方案", "试点方案", "工作计划",
    "实施计划", "实施意见", "指导意见", "若干意见", "若干措施", "若干政策", "政策措施", "实施细则", "实施办法", "管理办法",
    "暂行办法", "规划纲要", "发展纲要", "任务分解表", "责任清单", "任务分工", "应急预案", "规划", "方案", "计划",
    "意见", "要点", "措施", "办法", "细则", "规定", "条例", "决定", "纲要", "预案",
    "清单", "通知", "通告", "公告", "通报", "批复", "报告", "函",
)  # fmt: skip
_KIND = re.compile(rf"(?:{'|'.join(KINDS)})(?=(?:[（(][^（()）]*[)）])*$)")
_TITLE_TAIL = re.compile(rf"(?:{'|'.join(KINDS)})(?:[（(][^（()）]{{1,24}}[)）])*$")
_DATE = re.compile(r"(?P<y>20\d\d|19[89]\d)\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*日?")
_ALONE_DATE = re.compile(rf"^[（(]?{_DATE.pattern}(?:印发|发布)?[)）]?$")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[［(（]20\d\d[〕\]］)）]\d{1,4}号")
_YEARS = re.compile(r"(?P<a>20\d\d)年?\s*[-—–－~～至到]+\s*(?P<b>20\d\d)年?")
_PLANS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_PLAN = re.compile(r"[“\"'‘]?(十[一二三四五]?五)[”\"'’]?(?=时期|规划|期间|生态|发展|[^\u4e00-\u9fff]|[\u4e00-\u9fff])")
_BODY = re.compile(
    r"(?:政府|委员会|办公[厅室]|局|厅|委|部|领导小组|党委|国务院|中央|院|办|会|指挥部|署|公司)(?:[（(](?:代|章|印章|盖章)[)）])?$"
)
_FIELD = re.compile(
    r"(?:发布单位|颁布单位|发布机构|发文机关|发文单位|印发机关|发布部门|制定机关|颁布机构|信息来源|来源)[：:]\s*([^\s：:，。]{2,30}?)(?=发布|日期|成文|来源|文号|$|\s)"
)
_DATE_FIELD = re.compile(
    rf"(?:成文日期|发文日期|印发日期|颁布时间|颁布日期|发布日期|发布时间|公布日期|日期|时间)[：:]\s*{_DATE.pattern}"
)
_SPAN_OF_YEARS = re.compile(r"(?P<y>20\d\d)年起[^，。]{0,6}?(?P<n>\d{1,2}|[三五十])年(?:内|时间)")
_TARGET_YEAR = re.compile(r"到(20\d\d)年")
_CREATED = re.compile(rf"(?:特?制定|形成|制定了|印发)(?:本)?《?(?P<title>[^，。；《》]{{4,60}}?(?:{'|'.join(KINDS)}))》?[。，]")
_PLACED = re.compile(
    r"^[\u4e00-\u9fffXx×]{1,9}[省市县区州盟旗].*(?:20\d\d|十[一二三四五]?五)|^(?:全国|国家)"
)  # of whom and for when
_ISSUED = re.compile(r"关于(?:印发|转发|发布|公布|批转)《?(?P<title>.+?)》?的(?:通知|函|公告)")
_TITLE_FIELD = re.compile(r"^[•·\s]*标题[：:][|\s]*([^|]{6,100}?)(?=\||发文字号|发布日期|$)")
_RUN_ON = re.compile(
    rf"^(?P<title>[^。；：:，]{{4,60}}?(?:{'|'.join(KINDS)})(?:[（(][^（()）]{{1,24}}[)）])?)(?=[\u4e00-\u9fff]{{1,6}}〔20\d\d〕|各[省市区县州]|各有关|为(?:贯彻|深入|认真|加快|进一步|全面|落实|推进|切实))"
)


def read_profile(copy: MappedText, blocks: list[Block], *, tabular: bool = False) -> Profile:
    """Return what the lines before the first item and the signature say; ``tabular``: the document is a table of tasks."""
    head_end = blocks[0].start if blocks else min(len(copy.text), 1500)
    lines = [copy.text[a:b] for a, b in copy.paragraphs() if a < head_end]
    tail = [copy.text[a:b] for a, b in copy.paragraphs() if a >= len(copy.text) - 400]
    title = _title(lines)
    issuer, date = _signature(lines, tail, title)
    number = next((match[0] for line in lines[:12] if (match := _NUMBER.search(line)) and len(line) < 60), None)
    kind = match[0] if title and (match := _last(_KIND, title)) else "任务分解表" if tabular else None
    return Profile(title, issuer, number, date, _period(title, date, copy.text, lines), kind)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(sorted(pattern.finditer(text), key=lambda match: (match.end(), -match.start()), reverse=True)), None)


def _title(lines: list[str]) -> str | None:
    """Return the title: of the plan itself, where a notice comes before it."""
    fields = (
        line + after if line.rstrip("|").endswith("标题：") else line
        for line, after in zip(lines[:40], [*lines[1:41], ""], strict=False)
    )
    field = next((match[1] for line in fields if (match := _TITLE_FIELD.search(line))), None)
    rejoined = _rejoined(lines)
    candidates = [line.strip("*#|") for line in rejoined if _looks_like_title(line.strip("*#|"))]
    issued = [_ISSUED.search(line) for line in (field or "", *candidates)]
    named = [match["title"] for match in issued if match] + [
        name for line in lines for name in re.findall(r"《([^《》]{4,80})》", line)
    ]
    for line in reversed(rejoined):
        for name in named:
            if _bare(line.strip("*#|")) == _bare(name):
                return line.strip("*#|")
            if _bare(line).startswith(_bare(name)) and len(line) > len(name) + 20:
                return name  # the plan's text runs on behind its title
    if field or candidates:
        return field or candidates[0]
    for line in lines[:3]:
        match = _RUN_ON.match(line)
        if match:
            return match["title"]
    return next(
        (match["title"] for line in lines[:6] if (match := _CREATED.search(line)) and _PLACED.search(match["title"])), None
    )


def _bare(title: str) -> str:
    return re.sub(r"[\s《》“”\"（）()〔〕]", "", title)


def _looks_like_title(line: str) -> bool:
    if not 5 <= len(line) <= 90 or MARKER.match(line) or re.search(r"[。；;！？]|[：:].|^附件|[：:]$|^[•·(（《]|^[^《]*》", line):
        return False
    return bool(_TITLE_TAIL.search(line))


def _rejoined(lines: list[str]) -> list[str]:
    """Put a title that was set on two or three lines together, its years in brackets included."""
    out: list[str] = []
    for line in lines:
        short = len(line) <= 45 and not re.search(r"[。：:；]$", line)
        if (
            out
            and short
            and re.fullmatch(r"[（(][^（()）]{2,24}[)）]", line)
            and re.search(r"\d{4}|试行|征求意见", line)
            and _TITLE_TAIL.search(out[-1])
        ) or (out and short and _opens_title(out[-1]) and _TITLE_TAIL.search(line) and not MARKER.match(line)):
            out[-1] += line
        else:
            out.append(line)
    return out


def _opens_title(line: str) -> bool:
    return (
        len(line) <= 45
        and bool(re.search(r"关于|(?:政府|办公[厅室]|委员会)$", line))
        and not _TITLE_TAIL.search(line)
        and not re.search(r"[。：:；，]$", line)
    )


def _signature(lines: list[str], tail: list[str], title: str | None) -> tuple[str | None, str | None]:
    """Return issuer and date: from fields, from the lines above a date that stands alone, or from the title."""
    issuer = next((match[1] for line in lines[:15] if (match := _FIELD.search(line)) and _BODY.search(match[1])), None)
    date = next((_iso(match) for line in lines[:15] if (match := _DATE_FIELD.search(line))), None)
    for block in (lines, tail):
        for i, line in enumerate(block):
            stamp = _ALONE_DATE.match(line)
            if not stamp:
                continue
            date = date or _iso(stamp)
            signers = []
            for above in reversed(block[:i]):
                if not (2 <= len(above) <= 40 and _BODY.search(above) and not re.search(r"[，。：:；、]", above)):
                    break
                signers.append(above)
            if signers and issuer is None:
                issuer = re.sub(r"[（(](?:代|章|印章|盖章)[)）]$", "", signers[-1])
    if issuer is None and title:
        match = re.match(r"^(?P<body>[^《》]{2,40}?(?:政府|委员会|办公[厅室]|局|厅|委|部|国务院|领导小组))关于", title)
        issuer = match["body"] if match else None
    if date is None:
        date = _printed(lines)
    return issuer, date


def _printed(lines: list[str]) -> str | None:
    """Return the date of 「X人民政府办公室2022年4月15日印发」."""
    for line in lines[:8]:
        match = re.search(rf"{_DATE.pattern}(?=印发|发布|公布)", line)
        if match:
            return _iso(match)
    return None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _period(title: str | None, date: str | None, text: str, lines: list[str]) -> tuple[int, int] | None:
    """Return first and last year that the document speaks for."""
    for words in (title or "", *(line for line in lines[:6] if re.fullmatch(r"[（(].{4,20}[)）]", line))):
        years = _YEARS.search(words)
        if years and int(years["a"]) <= int(years["b"]):
            return int(years["a"]), int(years["b"])
        plan = _PLAN.search(words)
        if plan and plan[1] in _PLANS:
            return _PLANS[plan[1]], _PLANS[plan[1]] + 4
        single = re.search(r"(20\d\d)年", words)
        if single and re.search(r"要点|计划|方案|工作|任务|年度|清单", words):
            return int(single[1]), int(single[1])
    span = _SPAN_OF_YEARS.search(text)
    if span:
        count = {"三": 3, "五": 5, "十": 10}.get(span["n"]) or int(span["n"])
        return int(span["y"]), int(span["y"]) + count - 1
    first = int(date[:4]) if date else None
    targets = [int(year) for year in _TARGET_YEAR.findall(text)]
    last = max((year for year in targets if first is None or first <= year <= first + 8), default=None)
    if first is not None:
        return first, max(first, last or first)
    return None
