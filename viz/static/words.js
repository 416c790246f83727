// The page's own words in both languages. What the documents say is never translated.
"use strict";
var atlas = {};

atlas.WORDS = {
  zh: {
    title: "政策责任图谱", back: "‹ 其他页面", skip: "跳到详情", search: "查找部门、任务、指标、政策（按 / 键）", hits: "查找结果", views: "视图", filters: "筛选", legend: "图例与类别筛选", roles: "按角色筛选",
    graph: "关系图。方向键移到邻近的节点，回车打开邻域，Esc 返回", panel: "详情", zoom: "缩放", trail: "走过", pins: "已固定", pin: "固定", unpin: "取消固定", "pin.note": "固定（P 键）：换到别的视图仍留在上方，邻域中排在前面", "zoom.in": "放大", "zoom.out": "缩小", "zoom.fit": "适应窗口",
    "view.over": "总览", "view.ego": "邻域", "view.all": "全图", depth: "范围", "depth.1": "1 步", "depth.2": "2 步", table: "表格", home: "说明与缺口", print: "打印", language: "English",
    region: "地区", document: "文件", everything: "全部", clear: "清除筛选",
    "kind.region": "地区", "kind.document": "文件", "kind.section": "章节", "kind.task": "任务", "kind.department": "部门", "kind.indicator": "指标", "kind.policy": "引用政策",
    "role.lead": "牵头", "role.responsible": "责任", "role.support": "配合", "role.inherited": "沿用", "letter.lead": "牵", "letter.responsible": "责", "letter.support": "配", "letter.inherited": "同上",
    "form.generic": "泛指主体", "form.collaboration": "议事协调机构", "form.unmatched": "尚未判定为某一机构", "form.organization": "单位", "form.parent": "上位政策", bodies: "责任主体",
    "fact.issuer": "发文机关", "fact.number_of_issue": "发文字号", "fact.date": "发文日期", "fact.period": "规划期", "fact.form": "文种", "fact.file": "源文件", "fact.encoding": "编码", "fact.sha256": "源文件校验值",
    "fact.number": "编号", "fact.path": "所在章节", "fact.document": "文件", "fact.deadline": "时限", "fact.joint": "牵头方式", "fact.measure": "性质", "fact.function": "职能", "fact.level": "层级", "fact.region": "地区", "fact.policy": "文件", "fact.title": "标题", "fact.stated_by": "编者",
    "fact.measure_kind": "类型", "fact.target": "目标值", "fact.year": "年份", "fact.baseline": "基期值", "fact.binding": "约束性", "fact.metric": "同类指标名", "fact.names": "文中写作", "fact.reason": "理由", "fact.documents": "文件", "fact.tasks": "任务", "fact.departments": "责任主体",
    "joint.joint": "各单位按职责牵头", "measure.measure": "保障措施", "binding.binding": "约束性", "binding.expected": "预期性",
    "measure_kind.quantitative": "定量", "measure_kind.zero": "清零或全覆盖", "measure_kind.placeholder": "数值在原文中隐去", "measure_kind.delegated": "按上级下达", "measure_kind.trend": "趋势", "measure_kind.milestone": "节点",
    "level.national": "国家", "level.province": "省级", "level.prefecture": "市级", "level.county": "县级", "level.unknown": "原文未说明",
    "op.+=": "增加", "op.-=": "下降", "op.~": "约", "value.none": "原文未给出数值",
    corrected: "人工更正", "fact.mention": "原文", "fact.before": "更正前", "fact.verdict": "更正为", "fact.by": "何人", "fact.when": "何时", "fact.why": "为何", "fact.state": "状态",
    stated: "编者注明", "stated.note": "以下不是从原文读出的：", "region.none": "地区未说明", "region.read": "原文所载", "region.stated": "编者注明，非原文所载",
    quote: "原文", bracket: "责任括号", offsets: "第 {0}–{1} 字", citing: "引用原句", copied: "链接已复制", copy: "复制链接", "open.ego": "查看邻域", "open.all": "在全图中定位", "open.over": "在总览中查看", "open.region": "查看该地区", "page.task": "任务页", "page.department": "部门页", "page.document": "原文",
    load: "负担", "load.tasks": "承担任务", indicators: "相关指标", total: "合计", letters: "牵＝牵头　责＝责任　配＝配合　同上＝下同沿用",
    "group.up": "所在章节", "group.parts": "章节", "group.tasks": "任务", "group.indicator": "指标", "group.owner": "所属任务或文件", "group.basis": "依据的上位政策", "group.creates": "拟制定的文件", "group.reference": "提及的文件",
    "group.from.basis": "以此为依据", "group.from.creates": "要求制定此文件", "group.from.reference": "提及此文件", "group.inherited": "沿用（下同）", "group.same": "同一指标在别处", "group.peers": "共同承担任务最多的部门", "group.step2": "第 2 步",
    help: "怎么看这张图", "help.over": "总览：蓝色卡片是文件，圆点是部门，圆越大承担的任务越多（圆中数字）。空心圆是“各县（市、区）政府”这类泛指主体，双圈是领导小组。", "help.use": "单击看详情和原文，双击（或回车）看邻域。按 / 查找，方向键移动，Esc 返回，T 切换表格。",
    "survey.note": "这份图谱有 {0} 个以上的节点，一页放不下。这里只放地区、文件和部门，任务以数字计。要看任务和原文，用 zeren serve 打开，或者写出其中一部分：", "survey.refused": "全图有 {0} 个以上的节点，画出来无法辨读，也放不进一个文件。请写出其中一部分：zeren graph --region 地区名。", "part.title": "责任图谱：{0}", "part.only": "这一页只有“{0}”周围的内容，此处的数字不是全部。", "part.note": "任务和原文不在这一页。写出这一部分：",
    "help.tiles": "每个紫色卡片是一个地区。单击看它的文件和部门，双击（或回车）打开。",
    "help.lines": "线越粗任务越多；实线为牵头或责任，虚线为配合，点线为“下同”沿用。", "help.quote": "引文为转换成简体、去掉断行后的原文；字数位置指源文件本身。",
    contents: "图中共有", gaps: "需要留意的缺口", "gap.unowned": "没有责任单位的任务", "gap.vague": "只有泛指单位的任务", "gap.leaderless": "多个单位、无牵头的任务", "gap.unmeasured": "没有指标的任务", "gap.undecided": "尚未判定的名称", "gap.unlisted": "未收录的指标", none: "无",
    "subject.region": "地区", "subject.unit": "责任单位", "subject.period": "时期", "subject.policy": "引用文件",
    "gap.note": "共 {0} 项任务（不含保障措施 {1} 项）",
    shown: "显示 {0} / {1}", more: "显示其余 {0} 项", "rest.show": "显示全部 {0} 个责任主体", "rest.hide": "只显示负担最重的", "rest.ego": "显示全部 {0} 个",
    "status.over": "{0} 份文件 · {1} 个部门", "status.tiles": "{0} 个地区 · {1} 份文件 · {2} 项任务", "status.nodes": "{0} 个节点 · {1} 条关系", "status.rest": "其余在右侧列表或表格中", "status.many": "超过 {0} 个，难以辨读：请用图例或角色筛选，或放大", "status.around": "邻域：{0}",
    "panel.tasks": "{0} 项任务", "panel.deps": "{0} 个责任主体", "panel.docs": "{0} 份文件", "no.departments": "未写责任单位",
    unknown: "链接里的对象“{0}”不在这份数据中，已回到总览。", many: "滚轮放大后可读；点选一个节点显示它的连线", toomany: "节点超过 10000 个，图形已无法辨读，请先按地区或文件筛选，或使用查找。",
    empty: "没有符合筛选条件的内容。", "empty.data": "图中没有内容：台账里没有文件。", hidden: "所选对象已被筛选隐藏。", "search.none": "没有找到。可换用简称或原文写法。", "search.some": "{0} 条结果", "search.cut": "{1} 条结果，显示前 {0} 条",
    "table.caption": "本视图的内容", "table.kind": "类别", "table.name": "名称", "table.tasks": "任务", "table.place": "地区", "table.relation": "关系", year: "{0}年",
  },
  en: {
    title: "Policy responsibility graph", back: "‹ Other pages", skip: "Skip to details", search: "Find a body, task, indicator … ( / )", hits: "Results", views: "View", filters: "Filters", legend: "Legend and filter by kind", roles: "Filter by role",
    graph: "Graph. Arrow keys move to a near node, Enter opens its neighbourhood, Esc goes back", panel: "Details", zoom: "Zoom", trail: "Visited", pins: "Pinned", pin: "Pin", unpin: "Unpin", "pin.note": "Pin (P): it stays above whatever is shown, and comes first in a neighbourhood", "zoom.in": "Zoom in", "zoom.out": "Zoom out", "zoom.fit": "Fit",
    "view.over": "Overview", "view.ego": "Neighbourhood", "view.all": "Whole", depth: "Reach", "depth.1": "1 step", "depth.2": "2 steps", table: "Table", home: "Help and gaps", print: "Print", language: "中文",
    region: "Region", document: "Document", everything: "All", clear: "Clear filters",
    "kind.region": "Region", "kind.document": "Document", "kind.section": "Section", "kind.task": "Task", "kind.department": "Body", "kind.indicator": "Indicator", "kind.policy": "Cited policy",
    "role.lead": "Lead", "role.responsible": "Responsible", "role.support": "Support", "role.inherited": "Carried over", "letter.lead": "L", "letter.responsible": "R", "letter.support": "S", "letter.inherited": "C",
    "form.generic": "group of bodies", "form.collaboration": "leading group", "form.unmatched": "not yet matched to an organization", "form.organization": "organization", "form.parent": "parent policy", bodies: "Bodies",
    "fact.issuer": "Issuer", "fact.number_of_issue": "Number", "fact.date": "Date", "fact.period": "Period", "fact.form": "Form", "fact.file": "Source file", "fact.encoding": "Encoding", "fact.sha256": "SHA-256",
    "fact.number": "Number", "fact.path": "Section", "fact.document": "Document", "fact.deadline": "Due", "fact.joint": "Lead", "fact.measure": "Nature", "fact.function": "Function", "fact.level": "Level", "fact.region": "Region", "fact.policy": "Document", "fact.title": "Title", "fact.stated_by": "By",
    "fact.measure_kind": "Type", "fact.target": "Target", "fact.year": "Year", "fact.baseline": "Baseline", "fact.binding": "Binding", "fact.metric": "Metric", "fact.names": "As written", "fact.reason": "Reason", "fact.documents": "Documents", "fact.tasks": "Tasks", "fact.departments": "Bodies",
    "joint.joint": "each leads in its own field", "measure.measure": "safeguard", "binding.binding": "binding", "binding.expected": "expected",
    "measure_kind.quantitative": "quantitative", "measure_kind.zero": "none left, or full coverage", "measure_kind.placeholder": "value redacted in the source", "measure_kind.delegated": "set by a higher level", "measure_kind.trend": "trend", "measure_kind.milestone": "milestone",
    "level.national": "national", "level.province": "province", "level.prefecture": "prefecture", "level.county": "county", "level.unknown": "not stated",
    "op.+=": "increase by", "op.-=": "decrease by", "op.~": "about", "value.none": "no figure in the source",
    corrected: "Corrected by people", "fact.mention": "Words", "fact.before": "Before", "fact.verdict": "Now", "fact.by": "By", "fact.when": "When", "fact.why": "Why", "fact.state": "State",
    stated: "Stated by the curator", "stated.note": "Not read from the text:", "region.none": "region not stated", "region.read": "read from the text", "region.stated": "stated by the curator, not in the text",
    quote: "Source", bracket: "Responsibility bracket", offsets: "characters {0}–{1}", citing: "Citing sentence", copied: "Link copied", copy: "Copy link", "open.ego": "Neighbourhood", "open.all": "Find on whole map", "open.over": "See in overview", "open.region": "Open this region", "page.task": "Task page", "page.department": "Its page", "page.document": "Source",
    load: "Load", "load.tasks": "Tasks", indicators: "Indicators", total: "Total", letters: "L lead · R responsible · S support · C carried over",
    "group.up": "In section", "group.parts": "Sections", "group.tasks": "Tasks", "group.indicator": "Indicators", "group.owner": "Belongs to", "group.basis": "Based on", "group.creates": "To be drawn up", "group.reference": "Mentions",
    "group.from.basis": "Based on this", "group.from.creates": "Call for this", "group.from.reference": "Mention this", "group.inherited": "Carried over (下同)", "group.same": "Same metric elsewhere", "group.peers": "Shares most tasks with", "group.step2": "Step 2",
    help: "How to read this", "help.over": "Overview: blue cards are documents, dots are bodies; the larger the dot, the more tasks (the figure inside). Hollow dots name a group such as 各县（市、区）政府; a double ring is a leading group.", "help.use": "Click for details and the source, double click (or Enter) for the neighbourhood. / searches, arrows move, Esc goes back, T shows a table.",
    "survey.note": "This graph has more than {0} nodes, too many for one page. Here are regions, documents and bodies, their tasks as numbers. For tasks and their words open it with zeren serve, or write a part of it:", "survey.refused": "The whole has more than {0} nodes: nobody could read the picture, and no file would hold it. Write a part of it: zeren graph --region NAME.", "part.title": "Responsibility graph: {0}", "part.only": "This page holds only what is around “{0}”; the numbers here are not all there is.", "part.note": "Tasks and their words are not on this page. To write this part:",
    "help.tiles": "Each violet card is a region. Click for its documents and bodies, double click (or Enter) to open it.",
    "help.lines": "Thicker lines mean more tasks; solid is lead or responsible, dashed is support, dotted is carried over.", "help.quote": "Quotations are the source in Simplified characters without line breaks; offsets refer to the source file itself.",
    contents: "In this graph", gaps: "Gaps to look at", "gap.unowned": "Tasks that nobody owns", "gap.vague": "Tasks with only unnamed bodies", "gap.leaderless": "Tasks with several bodies and no lead", "gap.unmeasured": "Tasks without an indicator", "gap.undecided": "Names not yet decided", "gap.unlisted": "Metrics that no catalogue has", none: "none",
    "subject.region": "Regions", "subject.unit": "Responsible bodies", "subject.period": "Periods", "subject.policy": "Cited documents",
    "gap.note": "{0} tasks in all ({1} safeguards not counted)",
    shown: "{0} / {1} shown", more: "Show {0} more", "rest.show": "Show all {0} bodies", "rest.hide": "Only the most loaded", "rest.ego": "Show all {0}",
    "status.over": "Documents: {0} · bodies: {1}", "status.tiles": "Regions: {0} · documents: {1} · tasks: {2}", "status.nodes": "Nodes: {0} · relations: {1}", "status.rest": "the rest is in the list or the table", "status.many": "more than {0} are hard to read: filter by kind or role, or zoom in", "status.around": "Around it: {0}",
    "panel.tasks": "tasks: {0}", "panel.deps": "bodies: {0}", "panel.docs": "documents: {0}", "no.departments": "names no bodies",
    unknown: "“{0}” from the link is not in this data; this is the overview.", many: "zoom in to read; select a node to see its lines", toomany: "More than 10,000 nodes cannot be read as a picture; filter by region or document first, or search.",
    empty: "Nothing passes the filters.", "empty.data": "Nothing to show: the ledger holds no documents.", hidden: "The selected node is hidden by the filters.", "search.none": "Nothing found. Try a short name or the source's wording.", "search.some": "{0} results", "search.cut": "{1} results, first {0} shown",
    "table.caption": "Contents of this view", "table.kind": "Kind", "table.name": "Name", "table.tasks": "Tasks", "table.place": "Region", "table.relation": "Relation", year: "{0}",
  },
};

atlas.language = "zh";

// The word for a key, with {0}, {1} filled in; the fallback where there is none.
atlas.say = function (key, ...parts) {
  const words = atlas.WORDS[atlas.language];
  const text = Object.prototype.hasOwnProperty.call(words, key) ? words[key] : key;
  return text.replace(/\{(\d)\}/g, (_, index) => String(parts[+index]));
};

atlas.knows = (key) => Object.prototype.hasOwnProperty.call(atlas.WORDS[atlas.language], key);
