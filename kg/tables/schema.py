"""The seven tables: each column with its type, whether it can be empty, and its meaning in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``made`` ones are worked out over all documents; the others come from one record and are kept with it."""

    name: str
    type: str  # of DuckDB
    zh: str
    en: str
    empty: bool = False  # may be NULL
    made: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, in the order of its rows."""

    name: str
    zh: str
    en: str
    order: tuple[str, ...]  # columns that the rows are sorted by
    columns: tuple[Column, ...]

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that come from one record alone."""
        return tuple(column for column in self.columns if not column.made)


SUPERVISORS = (
    "STRUCT(name VARCHAR, quote VARCHAR, quote_start INTEGER, quote_end INTEGER, rule VARCHAR, page INTEGER, file VARCHAR)[]"
)

JUSTIFIED = "STRUCT(kind VARCHAR, correction VARCHAR, corrected_by VARCHAR, corrected_at TIMESTAMP, reason VARCHAR)[]"


def _id(name: str, zh: str, en: str, *, empty: bool = False) -> Column:
    return Column(name, "INTEGER", zh, en, empty, made=True)


def _text(name: str, zh: str, en: str, *, empty: bool = False, made: bool = False) -> Column:
    return Column(name, "VARCHAR", zh, en, empty, made)


def _maybe(name: str, zh: str, en: str, type: str = "VARCHAR", *, made: bool = False) -> Column:
    return Column(name, type, zh, en, True, made)


def _flag(name: str, zh: str, en: str) -> Column:
    return Column(name, "BOOLEAN", zh, en)


def _evidence(*, empty: bool = False) -> tuple[Column, ...]:
    return (
        _text("quote", "原文引文", "the words in the source", empty=empty),
        Column("quote_start", "INTEGER", "引文起点（字符）", "where they begin in the pinned text, in code points", empty),
        Column("quote_end", "INTEGER", "引文终点（不含）", "where they end, exclusive", empty),
        _text("rule", "抽取规则", "the rule that read them", empty=empty),
        _maybe("page", "页码", "page, where the source has pages", "INTEGER"),
        _text("file", "源文件名", "name of the source file"),
    )


_DOCUMENT_ID = _id("document_id", "文件编号", "the document, in `documents`")
_DOCUMENT = _text("document", "文件 IRI", "IRI of the document's policy")
_TASK = (
    _id("task_id", "任务编号；任务之外为空", "the task, in `tasks`; empty outside the tasks", empty=True),
    _maybe("task", "任务 IRI", "IRI of the task"),
)
_PLACES = (
    _maybe("region_code", "行政区划代码", "GB/T 2260 code of the region"),
    _maybe("region_name", "行政区名称", "name of the region", made=True),
    _maybe("region_path", "由全国到本级的代码", "codes from the country down to the region", "VARCHAR[]", made=True),
    _maybe("region_level", "行政区层级", "level of the region", made=True),
)
_RULING = (
    _maybe("correction", "人工更正 IRI", "IRI of the person's correction"),
    _maybe("corrected_by", "更正人", "who corrected it"),
    _maybe("corrected_at", "更正时间（UTC）", "when, in UTC", "TIMESTAMP"),
    _maybe("correction_reason", "更正理由", "why"),
    _maybe("correction_before", "更正前", "what the program had"),
)
_DECISION = _maybe("decision", "判定 IRI", "IRI of the decision, in `decisions`")
_JUSTIFIED = Column("justified", JUSTIFIED, "已说明理由的缺口", "gaps that a person gave the reason for, with who and when")

DOCUMENTS = Table(
    "documents",
    "文件：每份入库文件一行",
    "a row per document that was read",
    ("key",),
    (
        _DOCUMENT_ID,
        _text("iri", "政策 IRI", "IRI of the policy that it states"),
        _text("key", "键", "key that the IRI is made of"),
        _text("title", "标题", "title"),
        _maybe("number", "发文字号", "document number"),
        _maybe("issuer_written", "发文机关（原文）", "issuer as written"),
        _id("issuer_id", "发文机关编号", "the issuer, in `organizations`", empty=True),
        _maybe("issuer", "发文机关 IRI", "IRI of the issuer"),
        _maybe("date", "成文日期", "date of the document", "DATE"),
        _maybe("kind", "文种", "kind of document: code in schemes.ttl"),
        *_PLACES,
        _maybe("period_start", "时期起", "first day of the period", "DATE"),
        _maybe("period_end", "时期止", "last day of the period", "DATE"),
        _maybe("year", "时期末年", "last year of the period", "INTEGER"),
        _maybe("notice", "印发通知 IRI", "IRI of the notice that issues the plan"),
        _maybe("notice_title", "印发通知标题", "title of the notice", made=True),
        _maybe("notice_number", "印发通知字号", "number of the notice"),
        _maybe("notice_date", "印发通知日期", "date of the notice", "DATE"),
        _maybe("issues", "所印发文件 IRI", "IRI of the plan that it issues, where the document is but the notice"),
        _text("path", "源文件路径", "path of the source, as it was built"),
        _text("file", "源文件名", "name of the source file"),
        _text("sha256", "源文件摘要", "SHA-256 of the source's bytes"),
        _text("encoding", "编码", "encoding or format it was read by"),
        Column("characters", "INTEGER", "字符数", "characters of the pinned text"),
    ),
)
TASKS = Table(
    "tasks",
    "任务：每项任务一行",
    "a row per task",
    ("document_id", "position"),
    (
        _id("task_id", "任务编号", "the task"),
        _DOCUMENT_ID,
        _text("iri", "任务 IRI", "IRI of the task"),
        _DOCUMENT,
        _text("key", "键", "key within the document"),
        Column("position", "INTEGER", "顺序", "place in the document, from 1"),
        _maybe("number", "序号（原文）", "the item's own number, as written"),
        _text("title", "标题", "title"),
        _text("text", "全文", "the whole item as read"),
        _maybe("section", "章节 IRI", "IRI of the section above"),
        Column("path", "VARCHAR[]", "上级标题", "headings above it, outermost first"),
        _flag("measure", "保障措施", "a safeguard without bodies"),
        _flag("joint", "按职责分工", "bodies answer by their duties"),
        _maybe("due_text", "时限（原文）", "by when, as written"),
        _maybe("due_kind", "时限类别", "dated, recurring or continuous"),
        _maybe("due_every", "周期", "how often it comes back"),
        _maybe("due_date", "到期日", "last day", "DATE"),
        _maybe("due_precision", "时限精度", "how exactly the text gives it"),
        _maybe("due_quote", "时限引文", "the words of the time limit in the source"),
        _maybe("due_start", "时限引文起点", "where they begin", "INTEGER"),
        _maybe("due_end", "时限引文终点", "where they end, exclusive", "INTEGER"),
        _maybe("due_rule", "时限规则", "the rule that read them"),
        _maybe("due_page", "时限页码", "their page", "INTEGER"),
        Column("supervisors", SUPERVISORS, "分管领导、责任人", "persons who answer for it, each with the words"),
        _JUSTIFIED,
        *_evidence(),
    ),
)
ASSIGNMENTS = Table(
    "assignments",
    "责任分工：每项任务的每个责任单位一行",
    "a row per body named on a task",
    ("task_id", "position"),
    (
        _id("assignment_id", "分工编号", "the assignment"),
        _DOCUMENT_ID,
        _id("task_id", "任务编号", "the task, in `tasks`"),
        _id("organization_id", "机构编号；未识别为空", "the body, in `organizations`; empty if not identified", empty=True),
        _text("iri", "分工 IRI", "IRI of the assignment"),
        _DOCUMENT,
        _text("task", "任务 IRI", "IRI of the task"),
        Column("position", "INTEGER", "顺序", "place on the task, from 1"),
        _text("role", "角色", "lead, responsible or support"),
        _text("unit_written", "责任单位（原文）", "the body as written"),
        _maybe("organization", "机构 IRI", "IRI of the body"),
        _flag("inherited", "沿用（下同）", "said once for all later tasks"),
        _flag("collective", "一类单位", "a group: all county governments"),
        _flag("vague", "泛指", "names nobody: departments concerned"),
        _DECISION,
        *_RULING,
        *_evidence(empty=True),
    ),
)
INDICATORS = Table(
    "indicators",
    "指标：每个指标一行",
    "a row per target",
    ("document_id", "task_id", "position"),
    (
        _id("indicator_id", "指标编号", "the indicator"),
        _DOCUMENT_ID,
        *_TASK,
        _text("iri", "指标 IRI", "IRI of the indicator"),
        _DOCUMENT,
        Column("position", "INTEGER", "顺序", "place on the task, or in the document outside its tasks, from 1"),
        _text("name", "指标名（原文）", "what is measured, as written"),
        _maybe("metric", "统一指标 IRI", "IRI of the metric"),
        _maybe("metric_name", "统一指标名", "name of the metric, the same across documents", made=True),
        _maybe("metric_direction", "方向", "which is better, higher or lower", made=True),
        _text("kind", "指标类型", "kind of indicator: code in schemes.ttl"),
        _maybe("comparator", "比较方式", "comparator: code in schemes.ttl"),
        _maybe("value", "数值", "number as written; empty where the text leaves it out", "DECIMAL(38,10)"),
        _maybe("value_text", "数值（原样）", "the number's digits"),
        _maybe("unit_written", "单位（原文）", "unit as written"),
        _maybe("unit", "单位 IRI", "IRI of the unit"),
        _maybe("normalized_value", "换算值", "number in the unit's base", "DECIMAL(38,10)"),
        _maybe("normalized_unit", "基准单位 IRI", "IRI of the base unit"),
        _maybe("year", "目标年", "target year", "INTEGER"),
        _maybe("year_stated", "写明年份", "the text says the year; else it is the document's last", "BOOLEAN"),
        _maybe("due_date", "到期日", "last day of the target year", "DATE"),
        _maybe("baseline_year", "基期年", "year of the baseline", "INTEGER"),
        _maybe("baseline_value", "基期值", "value of the baseline, in the unit as written", "DECIMAL(38,10)"),
        _maybe("binding", "约束性", "binding or expected"),
        _flag("in_table", "在表中", "stands in a table"),
        _text("as_written", "原文表述", "the words as read"),
        _DECISION,
        *_RULING,
        _JUSTIFIED,
        *_evidence(),
    ),
)
CITATIONS = Table(
    "citations",
    "引用：每处引用一行",
    "a row per place where another policy is named",
    ("document_id", "position"),
    (
        _id("citation_id", "引用编号", "the citation"),
        _DOCUMENT_ID,
        *_TASK,
        _text("iri", "引用 IRI", "IRI of the citation"),
        _DOCUMENT,
        Column("position", "INTEGER", "顺序", "place in the document, from 1"),
        _text("title_written", "标题（原文）", "title as written"),
        _maybe("number_written", "发文字号（原文）", "document number as written"),
        _maybe("issuer_written", "发文机关（原文）", "issuer as written"),
        _text("relation", "关系", "basis, creates, reference or self"),
        _maybe("place", "位置", "preamble, goals or measures; empty inside a task"),
        _text("level", "层级（原文）", "level that the words tell"),
        _flag("marked", "有书名号", "stands in 《》"),
        _maybe("policy", "所引政策 IRI", "IRI of the policy"),
        _maybe("policy_title", "所引政策标题", "title of the policy", made=True),
        _maybe("policy_number", "所引政策字号", "number of the policy", made=True),
        _maybe("policy_level", "所引政策层级", "level of the policy", made=True),
        _maybe("policy_region_code", "所引政策行政区", "region of the policy", made=True),
        _id(
            "cited_document_id",
            "所引文件编号；未入库为空",
            "its document, in `documents`; empty if its text is not here",
            empty=True,
        ),
        _DECISION,
        *_evidence(),
    ),
)
ORGANIZATIONS = Table(
    "organizations",
    "机构：每个机构一行，各文件合并",
    "a row per body, merged over all documents",
    ("key",),
    (
        _id("organization_id", "机构编号", "the body"),
        _text("iri", "机构 IRI", "IRI of the body"),
        _text("key", "键", "key that the IRI is made of"),
        _maybe("name", "规范名称", "official name"),
        Column("other_names", "VARCHAR[]", "其他名称", "other names, in the documents and in use"),
        _text("kind", "主体类别", "organization, collaboration or generic"),
        _maybe("function", "主要职能", "key of the main function, the same nationwide"),
        _maybe("function_name", "主要职能名称", "name of the main function", made=True),
        Column("functions", "VARCHAR[]", "全部职能", "keys of all functions"),
        *_PLACES,
        _id("successor_id", "承接机构编号", "the body that took over, in this table", empty=True),
        _maybe("successor", "承接机构 IRI", "IRI of the body that took over in a reform"),
        _maybe("succeeded", "改革年份", "year of the reform"),
    ),
)
DECISIONS = Table(
    "decisions",
    "判定：每个提法如何判定，一行",
    "a row per mention that was decided",
    ("document_id", "subject", "position"),
    (
        _id("decision_id", "判定编号", "the decision"),
        _DOCUMENT_ID,
        _text("iri", "判定 IRI", "IRI of the decision"),
        _DOCUMENT,
        _text("subject", "对象类别", "unit, policy, region, period or metric"),
        Column("position", "INTEGER", "顺序", "place among those on the same subject, from 1"),
        _text("mention", "提法（原文）", "the words"),
        _text("verdict", "结论", "matched, ambiguous, unknown, stated or overruled"),
        _maybe("target", "判定为（IRI）", "IRI of what it was resolved to"),
        _maybe("target_text", "判定为（值）", "the value, of a period"),
        Column("candidates", "VARCHAR[]", "其他候选", "IRIs of what would also fit"),
        _text("reason", "理由", "why"),
        Column("count", "INTEGER", "次数", "how often the mention stands in the document"),
        *_RULING,
        _text("file", "源文件名", "name of the source file"),
    ),
)

TABLES: Sequence[Table] = (DOCUMENTS, TASKS, ASSIGNMENTS, INDICATORS, CITATIONS, ORGANIZATIONS, DECISIONS)
