"""The text of a made-up plan, together with what it means: so that a reader can be held to it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.programme import Aim, Plan, Style, Target, aims_of, is_better_high, metric_words, registry, style_of, wording
from kg.registry import COUNTRY, short_name

Role = str
GROUPS = {  # who is below a government: the words, and the key that they stand for
    "national": ("各省、自治区、直辖市人民政府", "provincial-governments"),
    "province": ("各市人民政府", "prefecture-governments"),
    "prefecture": ("各县（市、区）政府", "county-governments"),
    "county": ("各乡镇（街道）", "townships"),
}
KINDS = {"ecology": "工作要点", "rural": "实施方案", "industry": "行动方案", "welfare": "工作方案"}
LEVEL_WORDS = {"national": "全国", "province": "全省", "prefecture": "全市", "county": "全县"}


@dataclass(frozen=True, slots=True)
class MeantUnit:
    """A body that a task names: its organization's key, its role, and whether an earlier task named it for all that follow."""

    key: str
    role: Role
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class MeantIndicator:
    """A target: the metric's key, how it is bounded, and by when; ``value`` is ``None`` where the text gives no figure."""

    metric: str
    kind: str
    op: str | None
    value: str | None
    year: int


@dataclass(frozen=True, slots=True)
class MeantTask:
    """A numbered item."""

    number: str
    title: str
    units: tuple[MeantUnit, ...]
    indicators: tuple[MeantIndicator, ...]
    citations: tuple[str, ...]  # titles


@dataclass(frozen=True, slots=True)
class Draft:
    """A made-up document and what it means."""

    name: str  # of its file
    text: str
    title: str
    region: str  # code
    period: tuple[int, int]
    date: str
    tasks: tuple[MeantTask, ...]
    goals: tuple[MeantIndicator, ...]  # targets outside the tasks
    citations: tuple[str, ...]  # titles that it names outside the tasks


def draft(plan: Plan, number: int, seed: int) -> Draft:
    """Return the document of a plan; ``number`` tells files apart."""
    return _Writer(plan, seed).write(f"{number:05d}-{plan.region.code}-{plan.theme}-{plan.year or 'plan'}.txt")


def title_of(plan: Plan) -> str:
    """Return what a plan is called."""
    name = wording()["theme"][plan.theme]["name"]
    place = "全国" if plan.region.code == COUNTRY else plan.region.name
    return f"{place}{name}“十四五”规划" if plan.year is None else f"{place}{plan.year}年{name}{KINDS[plan.theme]}"


def parents_of(plan: Plan) -> list[str]:
    """Return the titles of the policies that a plan carries out, nearest first."""
    found: list[Plan] = []
    if plan.year is not None:
        found.append(Plan(plan.region, plan.theme, None))
    for code in registry().lineage(plan.region.code)[1:]:
        region = registry().regions[code]
        if plan.region.level == "county" and region.level == "prefecture" and plan.year is not None:
            found.append(Plan(region, plan.theme, plan.year))
        found.append(Plan(region, plan.theme, None))
    return [title_of(above) for above in found] + list(wording()["theme"][plan.theme]["national"])


class _Writer:
    """Writes one plan."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan, self.seed = plan, seed
        self.chance = Random(f"{seed}/words/{plan.region.code}/{plan.theme}/{plan.year}")
        self.style: Style = style_of(plan, seed)
        self.mark = "省" if plan.region.level == "province" else "县" if plan.region.name.endswith("县") else plan.region.name[-1]
        self.parents = parents_of(plan)
        self.cited: set[str] = set()
        self.lasting = False

    def write(self, name: str) -> Draft:
        plan = self.plan
        title, date = title_of(plan), self._date()
        aims = aims_of(plan, self.seed)
        issuer = self._issuer()
        basis = self.parents[: self.chance.randint(1, 3)]
        goals = [t for aim in aims for t in aim.targets if t.value][:: 3 if plan.year is None else 9][:12]
        tasks, chapters = self._tasks(aims)
        sort = "本规划" if plan.year is None else "本方案"
        words = [
            f"{issuer}关于印发《{title}》的通知", f"{GROUPS[plan.region.level][0]}，各有关单位：",
            f"《{title}》已经研究同意，现印发给你们，请认真抓好贯彻落实。", issuer, _spoken(date), title,
            f"为{self._purpose()}，根据{_titles(basis)}，结合{self._home()}实际，制定{sort}。",
            "一、总体要求", self._requirements(), "二、主要目标",
            f"到{plan.last}年，{self._targets(goals, 0)}。" if goals else "各项工作取得明显进展。",
            "三、重点任务", *chapters, "四、保障措施", *SAFEGUARDS,
        ]  # fmt: skip
        return Draft(
            name, "\n".join(words) + "\n", title, plan.region.code, (plan.year or 2021, plan.last), date,
            tuple(tasks), tuple(self._meant(goals)), tuple(basis),
        )  # fmt: skip

    def _tasks(self, aims: tuple[Aim, ...]) -> tuple[list[MeantTask], list[str]]:
        tasks: list[MeantTask] = []
        lines: list[str] = []
        fields = list(dict.fromkeys(aim.field for aim in aims))
        for i, chapter in enumerate(fields[n : n + 2] for n in range(0, len(fields), 2)):
            mine = [aim for aim in aims if aim.field in chapter]
            lines.append(f"（{_chinese(i + 1)}）{CHAPTERS[i % len(CHAPTERS)]}{wording()['field'][chapter[0]]['tasks'][0]}")
            # by chapters: a lone bracket at the end of a chapter's last item would speak for the whole chapter
            owned = self.plan.year is not None or self.chance.random() < 0.55
            for aim in mine:
                number = str(len(tasks) + 1)
                text, task = self._task(aim, number, owned=owned)
                tasks.append(task)
                lines.append(f"{number}.{text}")
        return tasks, lines

    def _task(self, aim: Aim, number: str, *, owned: bool) -> tuple[str, MeantTask]:
        sentences = [aim.title, "，".join(aim.actions[:3])]
        if self.plan.region.level == "prefecture" and self.chance.random() < 0.5:
            sentences.append(f"以{self._county()}为重点，{'，'.join(aim.actions[3:]) or '及时总结经验'}，推动工作落到实处")
        elif aim.actions[3:]:
            sentences.append("，".join(aim.actions[3:]))
        sentences += self.chance.sample(wording()["general"], self.chance.randint(1, 4))
        cited: tuple[str, ...] = ()
        if self.chance.random() < 0.16:
            cited = (self.chance.choice(self.parents),)
            sentences.append(f"严格落实《{cited[0]}》要求，细化年度安排")
        if aim.targets:
            year = f"到{self.plan.last}年，" if self.chance.random() < 0.4 else ""
            sentences.append(year + self._targets(aim.targets, self.chance.randrange(3)))
        bracket, units = self._assigned(aim) if owned else ("", [])
        return "。".join(sentences) + "。" + bracket, MeantTask(
            number, aim.title, tuple(units), tuple(self._meant(aim.targets)), cited
        )

    def _assigned(self, aim: Aim) -> tuple[str, list[MeantUnit]]:
        """Return the bracket at a task's end and whom it names."""
        code = self.plan.region.code
        if aim.gap == "vague":
            words = "国务院有关部门" if code == COUNTRY else f"{self.mark}有关部门"
            key = f"{code}/generic/relevant-departments"
            return f"（责任单位：{words}）", [MeantUnit(key, "responsible"), *self._inherited()]
        functions = [function for function in (aim.lead, *aim.support) if self._exists(function)]
        if aim.gap == "unowned" or not functions:
            return "", []
        if self.style == "single":
            functions = functions[: 1 if self.chance.random() < 0.7 else 2]
        keys = [f"{code}/{function}" for function in functions]
        names = [self._body(function) for function in functions]
        if self.style in ("responsible", "single") or aim.gap == "diffuse":
            units = [MeantUnit(key, "responsible") for key in keys] + self._inherited()
            return f"（责任单位：{'、'.join(names)}{self._lasting(units)}）", units
        units = [MeantUnit(key, "support" if i else "lead") for i, key in enumerate(keys)] + self._inherited()
        if not names[1:]:
            return f"（牵头单位：{names[0]}）", units
        if self.style == "spoken":
            return f"（{names[0]}牵头，{'、'.join(names[1:])}配合）", units
        return f"（牵头单位：{names[0]}；配合单位：{'、'.join(names[1:])}）", units

    def _lasting(self, units: list[MeantUnit]) -> str:
        """Return what the first bracket says for all that follow, and add it to its bodies."""
        if self.lasting or self.style != "responsible":
            return ""
        self.lasting = True
        words, key = GROUPS[self.plan.region.level]
        units.append(MeantUnit(f"{self.plan.region.code}/generic/{key}", "responsible"))
        return f"，{words}，下同"

    def _inherited(self) -> list[MeantUnit]:
        key = f"{self.plan.region.code}/generic/{GROUPS[self.plan.region.level][1]}"
        return [MeantUnit(key, "responsible", inherited=True)] if self.lasting else []

    def _exists(self, function: str) -> bool:
        """Say whether the plan's government has such a body: the centre has no bureau of approvals."""
        return self.plan.region.code != COUNTRY or "national" in registry().functions[function].official

    def _body(self, function: str) -> str:
        """Return a body's name as this government writes it."""
        region = self.plan.region
        official = registry().functions[function].official
        if region.code == COUNTRY:
            return official["national"]
        short: list[str] | None = wording()["short"].get(function)
        place = short_name(region.name)
        if region.level == "prefecture" and short:
            name = short[-1] if len(short) > 1 and self.chance.random() < 0.2 else short[0]
        else:
            levels = {"province": ("province", "prefecture"), "county": ("county", "prefecture", "province")}
            order = levels.get(region.level, ("prefecture", "province"))
            name = next((official[level] for level in order if level in official), official.get("national", ""))  # type: ignore[index]
            if "{" in name and short:
                name = short[0]
        if "{mark}" in name:
            return name.format(mark=self.mark)
        return name.format(place=place, short=place) if "{" in name else f"{self.mark}{name}"

    def _targets(self, targets: list[Target] | tuple[Target, ...], form: int) -> str:
        return "，".join(_say(target, form) for target in targets)

    def _meant(self, targets: list[Target] | tuple[Target, ...]) -> list[MeantIndicator]:
        return [_mean(target, self.plan.last) for target in targets]

    def _date(self) -> str:
        year = self.plan.year or 2021
        month = self.chance.randint(2, 5) if self.plan.year else self.chance.randint(9, 12)
        return f"{year}-{month:02d}-{self.chance.randint(1, 28):02d}"

    def _issuer(self) -> str:
        region = self.plan.region
        return (
            "国务院办公厅"
            if region.code == COUNTRY
            else f"{region.name}人民政府办公{'厅' if region.level == 'province' else '室'}"
        )

    def _home(self) -> str:
        return "我国" if self.plan.region.code == COUNTRY else f"我{self.mark}"

    def _purpose(self) -> str:
        return f"扎实推进{wording()['theme'][self.plan.theme]['name']}各项工作"

    def _requirements(self) -> str:
        level = LEVEL_WORDS[self.plan.region.level]
        return f"坚持问题导向、系统观念，统筹{level}各方力量，聚焦群众关心的事项，把工作做细做实，为{level}发展提供有力支撑。"

    def _county(self) -> str:
        below = [region.name for region in registry().regions.values() if region.parent == self.plan.region.code]
        return "、".join(self.chance.sample(below, min(2, len(below)))) or "中心城区"


SAFEGUARDS = (
    "（一）加强组织领导。各地各部门要提高认识，明确分工，密切协作，形成合力。",
    "（二）强化跟踪问效。定期调度进展，及时研究解决工作中的困难和问题。",
    "（三）注重宣传引导。总结推广好经验好做法，营造良好氛围。",
)
CHAPTERS = ("全面推进", "着力加强", "持续深化", "统筹做好", "大力推进", "切实抓好")


def _say(target: Target, form: int) -> str:
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


def _mean(target: Target, year: int) -> MeantIndicator:
    if target.kind != "quantitative":
        return MeantIndicator(target.metric, target.kind, None, None, year)
    better = is_better_high(target.metric)
    return MeantIndicator(target.metric, "quantitative", ">=" if better else "<=", target.value, year)


def _titles(titles: list[str]) -> str:
    return "".join(f"《{title}》" for title in titles)


def _spoken(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _chinese(number: int) -> str:
    return "一二三四五六七八九十"[number - 1] if number <= 10 else "十" + "一二三四五六七八九"[number - 11]
