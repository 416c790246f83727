"""What is a task, what it is called, and what is carried from one to the next."""

from __future__ import annotations

import time

import pytest

from kg import toy
from kg.extract import read_policy
from kg.model import Evidence, Reading


def read(text: str) -> Reading:
    return read_policy(toy.document(text))


def tasks(text: str) -> list[tuple[str, str, list[str]]]:
    return [(task.key, task.title, [unit.name for unit in task.units]) for task in read(text).tasks]


HEAD = "一、重点任务\n"
TASKS: list[tuple[str, list[tuple[str, str, list[str]]]]] = [
    # the leading phrase is the title
    (HEAD + "1.整治河道。清理垃圾。（责任单位：市水利局）", [("1", "整治河道", ["市水利局"])]),
    # a whole statement: its first clause
    (HEAD + "1.加强执法,查处违法行为。(责任单位:市城管局)", [("1", "加强执法", ["市城管局"])]),
    # the heading stands alone, commas belong to it
    (HEAD + "（一）优化结构，提升质量\n推进改造。（市工信局）", [("1", "优化结构，提升质量", ["市工信局"])]),
    # a section's heading of two clauses, its text on the same line
    (
        HEAD + "（一）深化用水改革，健全节水制度。各镇要制定用水定额，开展水权交易，推进水价改革。（责任单位：县水利局）",
        [("1", "深化用水改革，健全节水制度", ["县水利局"])],
    ),
    (
        HEAD
        + "（一）壮大社工队伍,提升服务能力。支持高校开设社会工作课程,每年培训骨干二百人。\n（二）夯实基层基础,创新治理方式。推行网格管理,整合网格力量,建立事件流转清单。",
        [("1", "壮大社工队伍,提升服务能力", []), ("2", "夯实基层基础,创新治理方式", [])],
    ),
    # a whole statement is no heading: on what it rests, what it is for, who is to act
    (
        HEAD + "（一）按照省里部署，做好水资源论证。组织专家评审，形成论证报告，报市政府审定后实施。",
        [("1", "按照省里部署", [])],
    ),
    (
        HEAD + "（一）加强河道巡查，确保行洪安全畅通。组织专家评审，形成论证报告，报市政府审定后实施。",
        [("1", "加强河道巡查", [])],
    ),
    # a heading and the items （1）（2） on one line, each with its own bracket
    (
        HEAD + "1.优化用地审批。(1)推行多审合一。整合选址与预审。(市资源局牵头)(2)推行拿地即开工。提前审查设计。(市住建局牵头)",
        [("1.1", "推行多审合一", ["市资源局"]), ("1.2", "推行拿地即开工", ["市住建局"])],
    ),
    (
        HEAD
        + "（一）发展养老服务。（1）新建照料中心。选址建设。（民政局）（2）培训护理员。组织考核。（人社局）（3）改造住房。加装扶手。（住建局）",
        [("1.1", "新建照料中心", ["民政局"]), ("1.2", "培训护理员", ["人社局"]), ("1.3", "改造住房", ["住建局"])],
    ),
    # one bracket for the whole list: the heading is the title
    (
        HEAD + "1.优化用电服务。(1)压缩时限；(2)降低成本；(3)提高可靠性。(责任单位：市供电公司)",
        [("1", "优化用电服务", ["市供电公司"])],
    ),
    # why, and how one thinks, are no tasks
    (
        "各镇： 一、加强对普法工作的认识 普法事关法治。各镇要重视。 二、推进普法 （一）普法工作思路： 坚持面向基层。 （二）建设阵地。 建设普法公园。",
        [("2", "建设阵地", [])],
    ),
    # several paragraphs with a bracket of their own
    (
        HEAD + "2、健全制度。开展审计。(牵头单位:市审计局)\n实行追究制。(牵头单位:市纪委)\n3、公开信息。(牵头单位:市政府办)",
        [("2.1", "健全制度", ["市审计局"]), ("2.2", "实行追究制", ["市纪委"]), ("3", "公开信息", ["市政府办"])],
    ),
    # brackets at the ends of sentences
    (
        HEAD + "1.改善水质。整治排污口。（市生态环境局负责）建设湿地。（市林业局负责）",
        [("1.1", "改善水质", ["市生态环境局"]), ("1.2", "建设湿地", ["市林业局"])],
    ),
    # the bracket behind the last of a list is the whole item's
    (HEAD + "（一）防汛\n1.巡查。\n2.抢险。（责任单位：市水利局）", [("1", "防汛", ["市水利局"])]),
    # items with brackets of their own are tasks, whatever holds them
    (HEAD + "（一）防汛\n1.巡查。（市水利局）\n2.抢险。（市应急局）", [("1", "巡查", ["市水利局"]), ("2", "抢险", ["市应急局"])]),
    # numbers restart: the address tells them apart
    (
        HEAD + "（一）水\n1.河。清淤。\n（二）气\n1.尘。洒水。",
        [("1.1.1", "河", []), ("1.2.1", "尘", [])],
    ),
    # a section without items is itself a task
    (HEAD + "（一）水\n1.河。清淤。\n（二）加强尾矿管控。严格准入。", [("1.1.1", "河", []), ("1.2", "加强尾矿管控", [])]),
    # general parts, reviews and goals are none
    ("一、总体要求\n（一）指导思想。以……为指导。\n（二）主要目标。到2025年改善。\n二、任务\n1.河。清淤。", [("1", "河", [])]),
    # headings without words are contents
    ("第一章 农业\n第一节 粮食\n第二节 蔬菜\n第二章 乡村\n第一节 道路", []),
    # articles of a regulation assign nothing
    ("第一章 总则\n第一条 为了加强管理，制定本条例。\n第二条 本条例适用于本市。", []),
    # nor do the lists within them
    (
        "第一章 专家\n第一条 为加强管理，制定本办法。第二条 专家应当：\n（一）拥护宪法；\n（二）廉洁自律。\n第三条 专家由市科委选聘。",
        [],
    ),
    # what is to be done in an emergency is no plan of work
    ("某市突发事件应急预案\n一、特别重大事件\n1.死亡30人以上。\n2.疏散5万人以上。", []),
    # aims that someone answers for are tasks, aims that nobody does are none
    ("一、主要目标\n1.经济增长6%。\n牵头单位：区发改局\n2.更加宜居。", [("1", "经济增长6%", ["区发改局"])]),
    # a notice counts what it asks for; the plan begins where its title stands again
    (
        "关于印发《2022年分工方案》的通知\n现将《2022年分工方案》印发给你们。\n一、高度重视。认真研究。\n二、加强督导。督查。\n某市政府\n2022年3月1日\n"
        "2022年分工方案\n1.治水。清淤。（市水利局）\n2.治气。（市环保局）",
        [("1", "治水", ["市水利局"]), ("2", "治气", ["市环保局"])],
    ),
    # a template under each task: its items are parts of one
    (
        HEAD
        + "（一）治水\n1.工作目标。水清。\n2.工作措施。清淤。\n3.责任单位：市水利局\n（二）治气\n1.工作目标。天蓝。\n2.工作措施。降尘。",
        [("1", "治水", ["市水利局"]), ("2", "治气", [])],
    ),
    # a chapter closed by lines on who answers for all its measures
    (
        "一、培育主体\n工作措施：\n1.设立基金。\n2.建孵化器。\n牵头单位：市工信局\n配合单位：市财政局\n完成时限：2025年12月",
        [("1", "培育主体", ["市工信局", "市财政局"])],
    ),
    # bullets, and persons and dates between two lines on bodies
    (
        HEAD
        + "1.建园。\n- 牵头单位：教育局\n- 责任领导：某某\n- 完成时限：9月底前\n- 配合单位：住建局\n2.建校。\n- 牵头单位：教育局",
        [("1", "建园", ["教育局", "住建局"]), ("2", "建校", ["教育局"])],
    ),
    # nothing is counted: the paragraphs that someone answers for
    (
        "某市2012年十件实事\n新增学位2万个。\n主管领导：某某\n责任单位：市教育局\n进度安排：6月底前完成。\n修路10公里。\n责任单位：市交通局",
        [("1", "新增学位2万个", ["市教育局"]), ("2", "修路10公里", ["市交通局"])],
    ),
    # the same below chapters, and with lines that no stop ends: the last body's name ends with its line
    (
        "一、省长牵头的工作\n推进数字改革。全面推进一网通办。\n责任单位：省政府办公厅、省人力资源社会保障厅、省国资委\n规范执法行为，健全制度。\n推进公开。\n责任单位：省司法厅、省审计厅\n"
        "二、副省长牵头的工作\n深化综合执法改革。\n责任单位：省编办、省财政厅、省人力资源社会保障厅、省信访局\n建设交通枢纽\n责任单位：省交通运输厅",
        [
            ("1.1", "推进数字改革", ["省政府办公厅", "省人力资源社会保障厅", "省国资委"]),
            ("1.2", "规范执法行为", ["省司法厅", "省审计厅"]),
            ("2.1", "深化综合执法改革", ["省编办", "省财政厅", "省人力资源社会保障厅", "省信访局"]),
            ("2.2", "建设交通枢纽", ["省交通运输厅"]),
        ],
    ),
    # blocks with headings of their own; a heading of a part is no task
    (
        "某县2024年十件实事\n新增学位\n新建学校2所。\n责任单位：县教育局、县住建局\n完成时限：8月底前\n修建道路\n修路10公里。\n责任单位：县交通局",
        [("1", "新增学位", ["县教育局", "县住建局"]), ("2", "修建道路", ["县交通局"])],
    ),
    (
        "某市重点工作分工\n市长牵头的工作\n推进项目建设。\n责任单位：市发改委\n优化营商环境。\n责任单位：市行政审批局\n副市长牵头的工作\n建设湿地公园。\n责任单位：市林业局",
        [("1", "推进项目建设", ["市发改委"]), ("2", "优化营商环境", ["市行政审批局"]), ("3", "建设湿地公园", ["市林业局"])],
    ),
    # a list that a line's end broke
    (
        HEAD
        + "1.就业。\n责任单位：省教育厅、省财政厅、省\n农业农村厅、省退役军人厅\n2.养老。\n责任单位：省民政厅、省卫生健康委\n、省医保局",
        [
            ("1", "就业", ["省教育厅", "省财政厅", "省农业农村厅", "省退役军人厅"]),
            ("2", "养老", ["省民政厅", "省卫生健康委", "省医保局"]),
        ],
    ),
    # what a field is called is no part of a title
    (
        HEAD + "1.项目名称：新建小学\n建设内容：3万平方米。\n牵头单位：区教育局\n2.任务内容：改造。\n牵头单位：区教育局",
        [("1", "新建小学", ["区教育局"]), ("2", "改造", ["区教育局"])],
    ),
    (
        "某县整改清单\n1、问题表现：河道脏乱。\n整改措施：清河。\n责任单位：县水利局\n2、存在问题：扬尘较重。\n责任单位：县住建局",
        [("1", "河道脏乱", ["县水利局"]), ("2", "扬尘较重", ["县住建局"])],
    ),
    # bullets are no part of a title; nor are 第一件 and 实事1
    (
        "某市工作分工\n➢建设平台。（市数据局）\n●优化服务。（市发改委）",
        [("1", "建设平台", ["市数据局"]), ("2", "优化服务", ["市发改委"])],
    ),
    (
        "某市十件实事\n第一件：新建学校2所。责任单位：市教育局\n第二件：修建道路3条。责任单位：市交通局",
        [("1", "新建学校2所", ["市教育局"]), ("2", "修建道路3条", ["市交通局"])],
    ),
    # what a chapter lists is closed by a line on who does all of it
    (
        "一. 深化改革\n1) 推进审批改革；\n2) 推进监管改革；\n责任单位：市行政审批局\n二. 扩大开放\n1) 举办展会；（市商务局）\n2) 招引外资。（市投促局）",
        [("1", "深化改革", ["市行政审批局"]), ("2.1", "举办展会", ["市商务局"]), ("2.2", "招引外资", ["市投促局"])],
    ),
    # a list at the end of a line ends with it
    (
        "某市工作分工\n推进审批改革，压缩时限，减少材料。责任单位：市行政审批局\n建设数据平台，汇聚数据，共享数据。责任单位：市数据局",
        [("1", "推进审批改革", ["市行政审批局"]), ("2", "建设数据平台", ["市数据局"])],
    ),
    # 一是 counts sentences and is no part of a title
    (
        HEAD + "1.创新。一是建平台。（市科技局）二是引人才。（市人社局）",
        [("1.1", "创新", ["市科技局"]), ("1.2", "引人才", ["市人社局"])],
    ),
    # a page that holds its text twice
    (HEAD + "1.整治入河排污口，清理河道垃圾。\n" * 2, [("1", "整治入河排污口", [])]),
    # a box within a plan lists projects
    (
        HEAD + "（一）建设工程。推进建设。\n专栏1 重点工程\n1.甲工程。建甲。\n2.乙工程。建乙。\n（二）治理行动。推进治理。",
        [("1", "建设工程", []), ("2", "治理行动", [])],
    ),
    # a section that names who answers for it is a task beside the measures in it that name their own
    (
        HEAD
        + "（一）治水（牵头单位：市水利局）\n具体措施：\n1．整治排污口。（市生态环境局）\n2．清理垃圾。（市城管局）\n（二）治气（牵头单位：市环保局）\n具体措施：1．控尘。2．减排。",
        [
            ("1.1", "治水", ["市水利局"]),
            ("1.1.1", "整治排污口", ["市生态环境局"]),
            ("1.1.2", "清理垃圾", ["市城管局"]),
            ("1.2", "治气", ["市环保局"]),
        ],
    ),
    # ① within an item: its contents, or tasks where each has its own bodies
    (
        HEAD + "（一）治水。①清河。②清湖。（市水利局）\n（二）治气。①洒水。（市住建局）②减排。（市环保局）",
        [("1", "治水", ["市水利局"]), ("2.1", "治气", ["市住建局"]), ("2.2", "减排", ["市环保局"])],
    ),
    # decimal numbers
    (
        HEAD + "1.1 治水\n清淤。（市水利局）\n1.2 治气\n洒水。（市住建局）",
        [("1.1.1", "治水", ["市水利局"]), ("1.1.2", "治气", ["市住建局"])],
    ),
    # sentences that are counted and share one bracket are one task
    (
        HEAD + "1.改革。一是建平台，汇数据。二是引人才。（责任单位：市科技局）\n2.服务。一是减材料；二是减时间。",
        [("1", "改革", ["市科技局"]), ("2", "服务", [])],
    ),
    # the same heading twice, a line torn by its page, a list of what many bureaus' offices do
    (
        "一、任务\n（一）宣传。设栏。（市委宣传部）\n二、保障\n（一）宣传。发文。（市司法局）",
        [("1.1", "宣传", ["市委宣传部"]), ("2.1", "宣传", ["市司法局"])],
    ),
    (
        HEAD + "1.推进河道整治，清理沿河垃圾，完善截污\n管网，确保水质\n达标。（责任单位：市\n水利局）",
        [("1", "推进河道整治", ["市水利局"])],
    ),
    (
        "一、公开\n1.公开规划。及时发布。（责任科室：规划科；配合科室：办公室）\n2.公开预算。（责任处室：财务处）\n二、解读\n3.解读政策。（法规科、各科室）",
        [("1", "公开规划", ["规划科", "办公室"]), ("2", "公开预算", ["财务处"]), ("3", "解读政策", ["法规科", "各科室"])],
    ),
    # forms, one field a line; numbers within a field are no tasks
    (
        HEAD
        + "任务一：提升供水能力\n目标任务：新建水厂2座。\n工作措施：1.争取资金。\n2.加快审批。\n责任单位：县水利局、县住建局\n完成时限：10月底前\n任务二：优化公交线路\n工作措施：优化站点。\n责任单位：县交通局",
        [("1", "提升供水能力", ["县水利局", "县住建局"]), ("2", "优化公交线路", ["县交通局"])],
    ),
    (
        "（一）党建\n问题1：学习不够深入。\n整改措施：（1）制定计划。（2）开展交流。\n牵头单位：县纪委监委\n问题2：监督不力\n整改目标：监督有力。\n整改措施：\n（1）自查。\n（2）抽查。\n责任单位：县委组织部",
        [("1", "学习不够深入", ["县纪委监委"]), ("2", "监督不力", ["县委组织部"])],
    ),
    (
        "第一项：河道清洁行动\n清理垃圾。\n牵头单位：市水利局\n第二项：城市绿化行动\n建设公园。\n牵头单位：市园林局",
        [("1", "河道清洁行动", ["市水利局"]), ("2", "城市绿化行动", ["市园林局"])],
    ),
    # items with bodies of their own are tasks though a field comes before them
    (
        HEAD + "（一）治水\n工作目标：水清。\n工作措施：\n1.清河。（市水利局）\n2.截污。（市住建局）",
        [("1", "清河", ["市水利局"]), ("2", "截污", ["市住建局"])],
    ),
    # a number is no part of a title, whatever stands behind it
    (
        HEAD + "1﹒修路。三月开工。（县交通局）\n2·建桥。五月开工。（县住建局）",
        [("1", "修路", ["县交通局"]), ("2", "建桥", ["县住建局"])],
    ),
    (
        HEAD + "1 推进项目。开工20个。\n责任单位：市发改委\n2 优化环境。压缩时间。\n责任单位：市行政审批局",
        [("1", "推进项目", ["市发改委"]), ("2", "优化环境", ["市行政审批局"])],
    ),
    # as above: all bodies, those of the label's role, or in another role
    (
        HEAD + "1.河。（责任单位：市水利局、市城管局）\n2.湖。（责任单位：同上）\n3.塘。清淤。\n责任单位：同上\n4.渠。（同上）",
        [(n, title, ["市水利局", "市城管局"]) for n, title in (("1", "河"), ("2", "湖"), ("3", "塘"), ("4", "渠"))],
    ),
    (
        HEAD + "1.河。（牵头单位：市水利局；配合单位：市城管局）\n2.湖。（牵头单位：市林业局；配合单位：同上）",
        [("1", "河", ["市水利局", "市城管局"]), ("2", "湖", ["市林业局", "市城管局"])],
    ),
    # not of bodies
    (HEAD + "1.河。（市水利局）\n2.湖。措施同上。完成时限：同上", [("1", "河", ["市水利局"]), ("2", "湖", [])]),
    # prose with brackets and nothing else
    (
        "某县2024年工作要点\n推进河道整治，清理垃圾。（责任单位：县水利局）\n提升办学水平。（县教育局牵头，县财政局配合）",
        [("1", "推进河道整治", ["县水利局"]), ("2", "提升办学水平", ["县教育局", "县财政局"])],
    ),
    # the duties of a report, shared out; who comes first leads where no line says who does
    (
        "某区政府关于印发《2024年政府工作报告》任务分解的通知\n一、高度重视。带头研究。\n二、列第一位的责任单位为牵头单位。\n某区政府\n2024年3月1日\n附件\n《2024年政府工作报告》任务分解\n一、经济\n1.生产总值增长6%。\n牵头单位：区发改局\n责任单位：开发区，各街道\n2.工业增长5%左右。\n责任单位：区工信局、区统计局",
        [("1", "生产总值增长6%", ["区发改局", "开发区", "各街道"]), ("2", "工业增长5%左右", ["区工信局", "区统计局"])],
    ),
    # lines of their own under an item
    (
        HEAD + "1.修路。\n责任部门：城建局 配合部门：各街道\n2.建校。\n责任部门：教育局",
        [("1", "修路", ["城建局", "各街道"]), ("2", "建校", ["教育局"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TASKS)
def test_tasks_with_their_titles_and_bodies(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert tasks(text) == expected


def test_the_heading_of_a_list_on_the_same_line_is_above_its_items() -> None:
    text = HEAD + "1.优化用地审批。(1)推行多审合一。整合。(市资源局牵头)(2)推行拿地即开工。审查。(市住建局牵头)"
    assert {task.path for task in read(text).tasks} == {("一、重点任务", "1.优化用地审批")}


def test_safeguards_are_measures_unless_someone_answers_for_them() -> None:
    reading = read(HEAD + "1.河。清淤。（市水利局）\n二、保障措施\n（一）加强领导。高度重视。\n（二）保障资金。（市财政局）")
    assert [(task.title, task.measure) for task in reading.tasks] == [("河", False), ("加强领导", True), ("保障资金", False)]


def test_safeguards_that_are_counted_with_the_tasks_are_tasks() -> None:
    reading = read("二、任务\n（一）河。清淤。\n（二）湖。清淤。\n三、保障措施\n（三）加强领导。高度重视。")
    assert [(task.key, task.measure) for task in reading.tasks] == [("1", False), ("2", False), ("3", False)]


def test_general_bodies_hold_for_all_later_tasks_that_are_assigned() -> None:
    reading = read(
        HEAD
        + "1.河。（责任单位：市水利局，各县（市、区）政府，下同）\n2.湖。（责任单位：市林业局）\n3.塘。清淤。\n4.渠。（责任单位：各县（市、区）政府）"
    )
    assert [[(unit.name, unit.inherited) for unit in task.units] for task in reading.tasks] == [
        [("市水利局", False), ("各县（市、区）政府", False)],
        [("市林业局", False), ("各县（市、区）政府", True)],
        [],
        [("各县（市、区）政府", False)],
    ]


def test_the_first_body_leads_where_the_text_says_so_once() -> None:
    reading = read(
        HEAD
        + "1.河。（水利部、林草局负责。列第一位者为牵头单位，下同）\n2.湖。（林草局、水利部负责）\n3.塘。（水利部负责）\n4.渠。（有关部门、水利部负责）"
    )
    assert [[unit.role for unit in task.units] for task in reading.tasks] == [
        ["lead", "responsible"],
        ["lead", "responsible"],
        ["responsible"],
        ["responsible", "responsible"],
    ]


SUPERVISORS = [
    # lines of their own; two persons with a blank between; an office behind a name
    (
        "1.修路。\n牵头负责领导：甲某某（副县长）\n牵头单位：县交通局\n2.建校。\n责任领导：乙某某 丙 某\n责任单位：县教育局 责任人：丁某某 联系电话：12345",
        [(["甲某某（副县长）"], ["县交通局"]), (["乙某某", "丙某", "丁某某"], ["县教育局"])],
    ),
    # in the bracket with the bodies
    ("1.就业。（分管领导：甲某；责任单位：县人社局）", [(["甲某"], ["县人社局"])]),
    # two names set apart with the blank between them lost; several offices; an office in a bracket of its own
    ("1.修路。\n责任领导：陆 某俞 某\n责任单位：县交通局", [(["陆某", "俞某"], ["县交通局"])]),
    (
        "1.修路。\n责任领导：何某某（县委常委、副县长）、王 某\n责任单位：县交通局",
        [(["何某某（县委常委、副县长）", "王某"], ["县交通局"])],
    ),
    ("1.修路。（责任领导：张某某（副县长）；责任单位：县交通局）", [(["张某某（副县长）"], ["县交通局"])]),
    # a body in the place of a person is no person
    ("1.就业。\n责任人：县人社局\n责任单位：县人社局", [([], ["县人社局"])]),
]


@pytest.mark.parametrize(("text", "expected"), SUPERVISORS)
def test_persons_are_supervisors_and_never_bodies(text: str, expected: list[tuple[list[str], list[str]]]) -> None:
    reading = read(HEAD + text)
    assert [([one.name for one in task.supervisors], [unit.name for unit in task.units]) for task in reading.tasks] == expected
    for person in (one for task in reading.tasks for one in task.supervisors):
        assert person.evidence.span.of(reading.document.text) == person.evidence.quote


def test_who_comes_first_leads_only_where_no_line_says_who_leads() -> None:
    reading = read(
        "列首位的为牵头单位。\n" + HEAD + "1.水。清淤。\n牵头单位：甲局\n责任单位：乙局、丙局\n2.气。洒水。\n责任单位：乙局、丙局"
    )
    assert [[unit.role for unit in task.units] for task in reading.tasks] == [
        ["lead", "responsible", "responsible"],
        ["lead", "responsible"],
    ]


def test_stages_and_offices_are_no_tasks() -> None:
    reading = read(HEAD + "1.河。清淤。\n二、实施步骤\n（一）动员部署阶段。制定方案。\n三、组织机构\n成立领导小组。")
    assert [(task.title, task.measure) for task in reading.tasks] == [("河", False), ("动员部署阶段", True), ("组织机构", True)]


LEAD_RULES = [
    # those with a star lead, wherever they stand
    (
        "1.河。（林草局、★水利部负责。标★的为牵头单位，下同）\n2.湖。（★林草局、水利部负责）",
        [["responsible", "lead"], ["lead", "responsible"]],
    ),
    # the rule in a bracket of its own
    ("1.河。（水利部、林草局负责）（排在第一位的为牵头部门，下同）", [["lead", "responsible"]]),
    # a note below holds for all
    ("1.河。（水利部、林草局负责）\n注：列首位的为牵头单位", [["lead", "responsible"]]),
]


@pytest.mark.parametrize(("text", "expected"), LEAD_RULES)
def test_who_leads_by_a_rule_of_the_text(text: str, expected: list[list[str]]) -> None:
    assert [[unit.role for unit in task.units] for task in read(HEAD + text).tasks] == expected


LONG = [
    "推进" * 50_000,
    "（" * 10_000,
    "（责任单位：市水利局" * 5_000,
    "牵头" * 40_000,
    "《某市规划》" * 8_000,
    HEAD + "1.整治。（责任单位：" + "、".join(["市水利局"] * 10_000) + "）",
    HEAD + "\n".join(["（一）整治河道\n责任单位：市水利局\n责任人：某某"] * 3_000),
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_long_lines_take_no_long_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 4  # a slow machine's second or two; the quadratic forms took twenty


def test_every_fact_of_the_toy_stands_where_it_says() -> None:
    reading = read_policy(toy.document())
    evidence: list[Evidence | None] = [section.evidence for section in reading.sections]
    evidence += [indicator.evidence for indicator in reading.indicators]
    evidence += [citation.evidence for citation in reading.citations]
    for task in reading.tasks:
        evidence += [
            task.evidence,
            *(unit.evidence for unit in task.units),
            *(indicator.evidence for indicator in task.indicators),
        ]
        evidence += [citation.evidence for citation in task.citations]
        evidence += [task.deadline.evidence] if task.deadline else []
    assert len(evidence) > 20
    assert all(one and one.span.of(reading.document.text) == one.quote for one in evidence)
    assert [(task.key, task.deadline.due if task.deadline else None) for task in reading.tasks] == [
        ("1", "2024-12-31"), ("2", "2024-09-30"), ("3", None), ("4", None), ("3.1", None),
    ]  # fmt: skip
