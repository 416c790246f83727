"""The text of a made-up plan, together with what it means: so that a reader can be held to it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.corpus.aims import Aim, aims_of, style_of
from benchmarks.corpus.meant import Draft, MeantIndicator, MeantTask, MeantUnit
from benchmarks.corpus.names import GROUPS, LEVEL_WORDS, find_mark, has_body, name_body, names_below, parents_of, title_of
from benchmarks.corpus.plans import Plan
from benchmarks.corpus.sentences import CHAPTERS, SAFEGUARDS, mean_target, say_target
from benchmarks.corpus.targets import Target
from benchmarks.corpus.wording import wording
from kg.registry import COUNTRY


def draft(plan: Plan, number: int, seed: int) -> Draft:
    """Return the document of a plan; ``number`` tells files apart."""
    return _Writer(plan, seed).write(f"{number:05d}-{plan.region.code}-{plan.theme}-{plan.year or 'plan'}.txt")


class _Writer:
    """Writes one plan."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan, self.seed = plan, seed
        self.chance = Random(f"{seed}/words/{plan.region.code}/{plan.theme}/{plan.year}")
        self.style = style_of(plan, seed)
        self.mark = find_mark(plan.region)
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
            mine = _spread([aim for aim in aims if aim.field in chapter])
            lines.append(f"（{_chinese(i + 1)}）{CHAPTERS[i % len(CHAPTERS)]}{wording()['field'][chapter[0]]['tasks'][0]}")
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
        functions = [function for function in (aim.lead, *aim.support) if has_body(self.plan.region, function)]
        if aim.gap == "unowned" or not functions:
            return "", []
        if self.style == "single":
            functions = functions[: 1 if self.chance.random() < 0.7 else 2]
        keys = [f"{code}/{function}" for function in functions]
        names = [name_body(self.plan.region, function, self.chance) for function in functions]
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

    def _targets(self, targets: list[Target] | tuple[Target, ...], form: int) -> str:
        return "，".join(say_target(target, form) for target in targets)

    def _meant(self, targets: list[Target] | tuple[Target, ...]) -> list[MeantIndicator]:
        return [mean_target(target, self.plan.last) for target in targets]

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
        below = names_below(self.plan.region.code)
        return "、".join(self.chance.sample(below, min(2, len(below)))) or "中心城区"


def _spread(aims: list[Aim]) -> list[Aim]:
    """Return a chapter's tasks, not with the last one alone naming bodies: its bracket would speak for the whole chapter."""
    if len(aims) > 1 and aims[-1].gap != "unowned" and all(aim.gap == "unowned" for aim in aims[:-1]):
        return [replace(aims[0], gap=None), *aims[1:]]
    return aims


def _titles(titles: list[str]) -> str:
    return "".join(f"《{title}》" for title in titles)


def _spoken(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _chinese(number: int) -> str:
    return "一二三四五六七八九十"[number - 1] if number <= 10 else "十" + "一二三四五六七八九"[number - 11]
