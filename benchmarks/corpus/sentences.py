"""The sentences of a plan that are the same everywhere, and how a target is put into words."""

from __future__ import annotations

from benchmarks.corpus.meant import MeantIndicator
from benchmarks.corpus.targets import Target
from benchmarks.corpus.wording import is_better_high, metric_words

SAFEGUARDS = (
    "（一）加强组织领导。各地各部门要提高认识，明确分工，密切协作，形成合力。",
    "（二）强化跟踪问效。定期调度进展，及时研究解决工作中的困难和问题。",
    "（三）注重宣传引导。总结推广好经验好做法，营造良好氛围。",
)
CHAPTERS = ("全面推进", "着力加强", "持续深化", "统筹做好", "大力推进", "切实抓好")


def say_target(target: Target, form: int) -> str:
    """Return a target as a sentence's part, in one of three forms."""
    name, unit = metric_words(target.metric)
    better = is_better_high(target.metric)
    if target.kind == "trend":
        return f"{name}持续{'提升' if better else '下降'}"
    if target.kind == "delegated":
        return f"{name}完成上级下达目标任务"
    if better:
        return (f"{name}达到{target.value}{unit}以上", f"{name}达到{target.value}{unit}", f"{name}不低于{target.value}{unit}")[
            form
        ]
    return (f"{name}控制在{target.value}{unit}以内", f"{name}不超过{target.value}{unit}", f"{name}降至{target.value}{unit}以下")[
        form
    ]


def mean_target(target: Target, year: int) -> MeantIndicator:
    """Return what that means."""
    if target.kind != "quantitative":
        return MeantIndicator(target.metric, target.kind, None, None, year)
    better = is_better_high(target.metric)
    return MeantIndicator(target.metric, "quantitative", ">=" if better else "<=", target.value, year)
