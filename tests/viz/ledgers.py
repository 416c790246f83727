"""Small ledgers that the tests of the pages share, in the shape that ``kg.ledger`` writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

BASE = "https://w3id.org/zeren/id/"
SHIJIAZHUANG, TANGSHAN, XINGTAI = ("130100", "石家庄市"), ("130200", "唐山市"), ("130500", "邢台市")
REASON = "文中有循环化工园区，在石家庄市"

TEXT = (
    "1.打好蓝天保卫战。PM2.5浓度降到43微克/立方米以下（含扬尘）。落实《河北省大气污染防治条例》。"
    "（牵头单位：市生态环境局；责任单位：市发改委；配合单位：市气象局，各县（市、区）政府，下同）"
)
BRACKET = TEXT[TEXT.index("（牵头") :]


def unit(key: str, label: str, written: str, role: str = "responsible", start: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "unit": written,
        "unit_id": f"{BASE}org/{key}",
        "unit_key": key,
        "label": label,
        "kind": "organization",
        "function_label": None,
        "role": role,
        "inherited": False,
        "collective": False,
        "vague": False,
        "quote": written,
        "start": start,
        "end": start + len(written),
    } | more


def task(document: str, number: int, title: str, units: Iterable[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    text = f"{number}.{title}。"
    return {
        "id": f"{BASE}task/{document}/{number}",
        "number": str(number),
        "path": ["二、重点任务", f"（{'一二三'[(number - 1) // 2 % 3]}）改善环境"],
        "title": title,
        "text": text,
        "start": 100 * number,
        "end": 100 * number + len(text),
        "measure": False,
        "joint": False,
        "deadline": None,
        "assignments": list(units),
        "indicators": [],
        "citations": [],
    } | more


def document(key: str, title: str, region: tuple[str, str], tasks: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": f"{BASE}policy/{key}",
        "file": f"seeds/documents/{key.replace('/', '-')}.txt",
        "sha256": "0" * 64,
        "encoding": "utf-8",
        "title": title,
        "issuer": None,
        "region": region[1],
        "region_code": region[0],
        "date": None,
        "period": [2023, 2023],
        "kind": "工作要点",
        "stated": None,
        "decisions": [],
        "tasks": list(tasks),
        "indicators": [],
        "citations": [],
    } | more


def indicator(owner: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{BASE}indicator/{owner}",
        "kind": "quantitative",
        "name": name,
        "metric": name,
        "op": "<",
        "value": 43,
        "unit": "微克/立方米",
        "year": 2023,
        "baseline": None,
        "binding": None,
        "quote": f"{name}降到43微克/立方米以下",
        "start": 110,
        "end": 130,
    } | more


def citation(key: str, title: str, relation: str = "basis") -> dict[str, Any]:
    quote = f"落实《{title}》"
    return {
        "policy_id": f"{BASE}policy/{key}",
        "title": title,
        "relation": relation,
        "level": "province",
        "quote": quote,
        "start": 132,
        "end": 132 + len(quote),
    }


def three_cities() -> dict[str, Any]:
    """Two documents of one city (one's city only stated by the curator), one of another, and a plan that names nobody."""
    groups = unit("130100/counties", "各县（市、区）政府", "各县（市、区）政府", collective=True, kind="generic")
    first = [
        task(
            "130100/a",
            1,
            "打好蓝天保卫战",
            [
                unit("130100/ecology", "石家庄市生态环境局", "市生态环境局", "lead", 160),
                unit("130100/reform", "石家庄市发展和改革委员会", "市发改委", "responsible", 172),
                unit("130100/weather", "石家庄市气象局", "市气象局", "support", 182),
                groups | {"role": "support", "start": 187, "end": 196},
            ],
            text=TEXT,
            end=100 + len(TEXT),
            indicators=[indicator("130100/a/1/1", "PM2.5浓度")],
            citations=[citation("air-act", "河北省大气污染防治条例")],
        ),
        task(
            "130100/a",
            2,
            "打好碧水保卫战",
            [
                unit("130100/ecology", "石家庄市生态环境局", "市生态环境局", "lead"),
                groups | {"role": "support", "inherited": True},
            ],
        ),
        task(
            "130100/a",
            3,
            "推进绿色出行",
            [unit("130100/transport", "石家庄市交通运输局", "市交通运输局"), groups | {"inherited": True}],
        ),
        task("130100/a", 4, "强化组织领导", measure=True),
    ]
    second = [task("130100/x", 1, "开展植树造林", [unit("130100/ecology", "石家庄市生态环境局", "市生态环境局")])]
    third = [
        task("130200/t", 1, "治理扬尘", [unit("130200/ecology", "唐山市生态环境局", "市生态环境局", "lead")]),
        task(
            "130200/t",
            2,
            "降低PM2.5浓度",
            [
                unit("130200/ecology", "唐山市生态环境局", "市环保局"),
                unit("130200/reform", "唐山市发展和改革委员会", "市发展改革委"),
            ],
            indicators=[indicator("130200/t/2/1", "PM2.5浓度", value=None, op=None, unit=None, kind="trend")],
        ),
    ]
    plan = [task("130500/p", number, f"落实第{number}项规划任务") for number in range(1, 7)]
    decisions = [
        {
            "subject": "unit",
            "mention": "高新区",
            "verdict": "ambiguous",
            "candidates": ["a", "b"],
            "reason": "两个机构都符合",
            "count": 1,
        }
    ]
    stated = {"region": "石家庄市", "period": [2022, 2022], "reason": REASON}
    return {
        "documents": [
            document("130100/x", "XX市2022年生态文明建设工作要点", SHIJIAZHUANG, second, stated=stated),
            document("130100/a", "石家庄市2023年生态文明建设工作要点", SHIJIAZHUANG, first, decisions=decisions),
            document(
                "130500/p",
                "邢台市生态环境保护“十四五”规划",
                XINGTAI,
                plan,
                indicators=[indicator("130500/p/0/1", "森林覆盖率", value=36.5)],
            ),
            document("130200/t", "唐山市2022年度工作方案", TANGSHAN, third),
        ]
    }


SAID = {"key": "c-1", "by": "王某", "when": "2025-03-01T08:30:00Z", "why": "会议纪要", "before": "未识别"}


def corrected() -> dict[str, Any]:
    """Three cities, in which a person decided a body of the first task, an indicator, and that some words are no body."""
    ledger = three_cities()
    first = ledger["documents"][1]
    first["tasks"][0]["assignments"][0]["correction"] = SAID
    first["tasks"][0]["indicators"][0]["correction"] = SAID | {"why": "表中为43"}
    over = {"mention": "有关方面", "verdict": "不是机构", "state": "applied", "note": ""}
    first["corrections"] = [SAID | {"why": "是泛称"} | over]
    return ledger


def many_departments(count: int) -> dict[str, Any]:
    """One document that names more departments than a picture can hold, the first ones most often."""
    offices = [unit(f"130100/office-{n}", f"石家庄市第{n}办公室", f"市第{n}办公室") for n in range(count)]
    tasks = [task("130100/m", n + 1, f"第{n + 1}项工作", offices[: max(1, count - n * 20)]) for n in range(count // 20)]
    return {"documents": [document("130100/m", "石家庄市任务分解表", SHIJIAZHUANG, tasks)]}


HOSTILE = (
    "<img src=x onerror=window.__x=1>",
    "</script><script>window.__x=1</script>",
    "<!--<script>",
    '"><svg onload=window.__x=1>',
    "javascript:window.__x=1//href",
    "{{ 7*7 }}{% raw %}",
    "__proto__",
    "\u202e右到左\u2028行\u2029段",
    "🏭𠮷" * 3,
    "长" * 500,
    "",
    "a\\u003cb & &lt;c&gt;",
)


def hostile() -> dict[str, Any]:
    """Every text that comes from a document or a person is an attack, or is hard to set."""
    tasks = []
    for number, text in enumerate(HOSTILE, 1):
        body = unit(f"130100/h{number}", text, text)
        tasks.append(
            task(
                "130100/h",
                number,
                text,
                [body],
                text=f"{text}（责任单位：{text}）",
                path=[text],
                indicators=[indicator(f"130100/h/{number}/1", text, unit=text, quote=text)],
                citations=[citation(f"h{number}", text)],
            )
        )
    said = {"key": "c-1", "by": HOSTILE[0], "when": "2025-03-01T08:30:00Z", "why": HOSTILE[3], "before": HOSTILE[1]}
    tasks[0]["assignments"][0]["correction"] = said
    over = said | {"mention": HOSTILE[4], "verdict": HOSTILE[7], "state": "moved", "note": HOSTILE[11]}
    title = HOSTILE[1] + HOSTILE[0]
    stated = {"region": HOSTILE[0], "reason": HOSTILE[3]}
    return {
        "documents": [
            document("130100/h", title, ("130100", HOSTILE[0]), tasks, file=HOSTILE[1], stated=stated, corrections=[over])
        ]
    }
