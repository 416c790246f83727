"""Rows of task tables as text: 任务分解表, 责任清单, 重点任务分工, with lines, without them, and run together."""

from __future__ import annotations

import pytest

from kg import toy
from kg.extract import read_policy
from tests.extract.told import TITLE, read, told

TABLES = [
    # Markdown; an empty cell of a spanning column says what stands above
    (
        "| 序号 | 重点任务 | 具体措施 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|---|---|---|---|\n"
        "| 1 | 治水 | 整治河道，清理垃圾 | 市水利局 | 市城管局、市财政局 | 2024年6月底前 |\n| 2 | | 建设湿地公园 | 市林业局 | | 全年 |\n",
        [
            ("1", ("治水",), "整治河道", [("市水利局", "lead"), ("市城管局", "support"), ("市财政局", "support")]),
            ("2", ("治水",), "建设湿地公园", [("市林业局", "lead")]),
        ],
    ),
    # flattened to one cell a line; groups stand before their first row only
    (
        "工作任务\n|\n具体要求\n|\n责任科室\n|\n时限要求\n|\n政策解读\n|\n1\n|\n丰富解读形式\n|\n办公室\n|\n年底前\n|\n2\n|\n回应社会关切\n|\n各科室\n|\n持续推进\n|\n加强宣传\n|\n3\n|\n报送优秀稿件\n|\n办公室\n|\n全年\n|\n",
        [
            ("1", ("政策解读",), "丰富解读形式", [("办公室", "responsible")]),
            ("2", ("政策解读",), "回应社会关切", [("各科室", "responsible")]),
            ("3", ("加强宣传",), "报送优秀稿件", [("办公室", "responsible")]),
        ],
    ),
    # without the outer signs; a task with details of its own is named by its name; blanks within and between words
    (
        "序号 | 任 务 名 称 | 指标要求 | 牵 头 部 门 | 配合部门 | 目标类型\n1 | 地区生产总值 | 增长5% | 区发改局 | 区财政局 区统计局 | A类\n2 | 服务业增加值 | 增长6% | 区发改局 | 各街道 | B类\n",
        [
            ("1", (), "地区生产总值", [("区发改局", "lead"), ("区财政局", "support"), ("区统计局", "support")]),
            ("2", (), "服务业增加值", [("区发改局", "lead"), ("各街道", "support")]),
        ],
    ),
    # HTML within a text: a cell that spans rows holds for each of them, an empty one says nothing
    (
        "<table><tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr><tr><td>1</td><td>治理河道</td><td rowspan=2>市水利局 市城管局</td></tr><tr><td>2</td><td>建设公园</td></tr><tr><td>3</td><td>修建步道</td><td></td></tr></table>\n",
        [
            ("1", (), "治理河道", [("市水利局", "responsible"), ("市城管局", "responsible")]),
            ("2", (), "建设公园", [("市水利局", "responsible"), ("市城管局", "responsible")]),
            ("3", (), "修建步道", []),
        ],
    ),
    # one cell a line without signs; numbers leap, chapters stand between, a cell has two paragraphs
    (
        "序号\n重点工作任务\n主要责任单位\n协同配合单位\n一、主要目标\n3\n投资增长7%。\n区发改委\n区工信局，各乡镇政府。\n二、惠民生\n68\n推进学前教育。\n新建幼儿园。\n区教育局\n区住建局\n",
        [
            ("3", ("一、主要目标",), "投资增长7%", [("区发改委", "lead"), ("区工信局", "support"), ("各乡镇政府", "support")]),
            ("68", ("二、惠民生",), "推进学前教育", [("区教育局", "lead"), ("区住建局", "support")]),
        ],
    ),
    # as above
    (
        "| 序号 | 工作任务 | 牵头单位 |\n|---|---|---|\n| 1 | 整治河道垃圾 | 市水利局、市城管局 |\n| 2 | 整治湖泊岸线 | 同上 |\n| 3 | 建设湿地公园 | 〃 |\n",
        [
            (number, (), title, [("市水利局", "lead"), ("市城管局", "lead")])
            for number, title in (("1", "整治河道垃圾"), ("2", "整治湖泊岸线"), ("3", "建设湿地公园"))
        ],
    ),
    # a column 单位 that holds bodies; one of amounts assigns nothing
    (
        "| 序号 | 任务 | 单位 | 时限 |\n|---|---|---|---|\n| 1 | 优化审批流程 | 市行政审批局 | 6月底 |\n| 2 | 优化用电报装 | 市供电公司、市发改委 | 全年 |\n",
        [
            ("1", (), "优化审批流程", [("市行政审批局", "responsible")]),
            ("2", (), "优化用电报装", [("市供电公司", "responsible"), ("市发改委", "responsible")]),
        ],
    ),
    ("| 序号 | 指标任务 | 单位 | 2024年 |\n|---|---|---|---|\n| 1 | 粮食产量 | 万吨 | 20 |\n| 2 | 造林面积 | 公顷 | 300 |\n", []),
    # the heading of a chapter above that of the table; a row that ends early with a sign |
    (
        "| 一、产业发展 |\n| 序号 | 任务 | 牵头单位 | 配合单位 |\n1|新增规上企业5家|县工信局|县统计局\n2|建设产业园2个|县发改局|\n| 二、民生事业 |\n3|新建学校2所|县教育局|县住建局\n",
        [
            ("1", ("一、产业发展",), "新增规上企业5家", [("县工信局", "lead"), ("县统计局", "support")]),
            ("2", ("一、产业发展",), "建设产业园2个", [("县发改局", "lead")]),
            ("3", ("二、民生事业",), "新建学校2所", [("县教育局", "lead"), ("县住建局", "support")]),
        ],
    ),
    # notes in the place of a body
    ("| 任务名称 | 责任单位 |\n|---|---|\n| 科学技术奖励办法 | （修订） |\n", [(None, (), "科学技术奖励办法", [])]),
    # an indicator table assigns nothing
    ("| 指标 | 2020年 | 2025年 |\n|---|---|---|\n| 森林覆盖率(%) | 34.1 | 36.5 |\n", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_rows_of_task_tables(text: str, expected: list[object]) -> None:
    assert told(read(text).tasks) == expected


FLAT = [
    # a list of duties, one cell a line: persons, chapters, a cell of two paragraphs, dates
    (
        "序号\n目标任务\n具体措施\n牵头领导\n牵头单位\n配合单位\n完成时限\n一、经济发展\n1\n稳定工业增长\n培育规上企业10家。\n推进技改20个。\n甲某某\n区工信局\n区发改局、区财政局\n2024年11月\n"
        "2\n扩大有效投资\n实施项目50个。\n乙某某\n区发改局\n各镇（街道）\n6月底前\n二、民生改善\n3\n办好民生实事\n新建幼儿园3所。\n甲某某\n区教育局\n区住建局\n全年\n",
        [
            ("1", ("一、经济发展",), "稳定工业增长", ["区工信局", "区发改局", "区财政局"], "2024-11-30", ["甲某某"]),
            ("2", ("一、经济发展",), "扩大有效投资", ["区发改局", "各镇（街道）"], "2024-06-30", ["乙某某"]),
            ("3", ("二、民生改善",), "办好民生实事", ["区教育局", "区住建局"], "2024-12-31", ["甲某某"]),
        ],
    ),
    # nothing is counted; two bodies on two lines
    (
        "重点任务\n责任单位\n完成时限\n治理农村污水，完成20个村。\n市生态环境局\n2024年6月底前\n清理河湖四乱。\n市水利局\n长期坚持\n建设美丽河湖2条。\n市水利局\n市林业局\n9月底前\n",
        [
            (None, (), "治理农村污水", ["市生态环境局"], "2024-06-30", []),
            (None, (), "清理河湖四乱", ["市水利局"], None, []),
            (None, (), "建设美丽河湖2条", ["市水利局", "市林业局"], "2024-09-30", []),
        ],
    ),
    # a heading of two words on two lines: 工作 / 任务, 目标 / 任务, 时间 / 要求
    (
        "工作\n任务\n具体内容\n责任单位\n一、建设阵地\n新建城市书房五座，年内对外开放。\n市文化局\n改造农家书屋三十个，更新图书。\n各县区政府\n二、开展活动\n举办读书节，评选书香家庭。\n市教育局\n",
        [
            (None, ("一、建设阵地",), "新建城市书房五座", ["市文化局"], None, []),
            (None, ("一、建设阵地",), "改造农家书屋三十个", ["各县区政府"], None, []),
            (None, ("二、开展活动",), "举办读书节", ["市教育局"], None, []),
        ],
    ),
    (
        "序号\n目标\n任务\n责任单位\n1\n治理裸露土地，覆盖防尘网。\n区住建局\n2\n更新老旧电梯四十部。\n区市场监管局\n3\n新增停车泊位三百个。\n区城管局\n",
        [
            ("1", (), "治理裸露土地", ["区住建局"], None, []),
            ("2", (), "更新老旧电梯四十部", ["区市场监管局"], None, []),
            ("3", (), "新增停车泊位三百个", ["区城管局"], None, []),
        ],
    ),
    (
        "重点\n任务\n牵头\n单位\n完成\n时限\n建成粮食储备库两座。\n县发改局\n6月底前\n改造供水管网三十公里。\n县水利局\n9月底前\n开通公交线路五条。\n县交通局\n10月底前\n",
        [
            (None, (), "建成粮食储备库两座", ["县发改局"], "2024-06-30", []),
            (None, (), "改造供水管网三十公里", ["县水利局"], "2024-09-30", []),
            (None, (), "开通公交线路五条", ["县交通局"], "2024-10-31", []),
        ],
    ),
    # 任务 and 措施 are two columns where each row says something in both
    (
        "序号\n任务\n措施\n责任单位\n1\n排查燃气隐患\n逐户检查，建立台账\n区住建局\n2\n整治消防通道\n清理占道车辆，划设标线\n区消防局\n3\n加强安全培训\n组织企业负责人轮训\n区应急局\n",
        [
            ("1", (), "排查燃气隐患", ["区住建局"], None, []),
            ("2", (), "整治消防通道", ["区消防局"], None, []),
            ("3", (), "加强安全培训", ["区应急局"], None, []),
        ],
    ),
    (
        "项目\n内容\n责任单位\n农村公路\n硬化通组公路六十公里。\n县交通局\n安全饮水\n新建集中供水点十个。\n县水利局\n危房改造\n改造危房二百户。\n县住建局\n",
        [
            (None, (), "农村公路", ["县交通局"], None, []),
            (None, (), "安全饮水", ["县水利局"], None, []),
            (None, (), "危房改造", ["县住建局"], None, []),
        ],
    ),
    # groups set upright, one sign a line; the count restarts in each
    (
        "序号\n项目名称\n责任单位\n正\n式\n项\n目\n1\n某市奖励办法（修订）\n市科技局\n2\n某市储备粮管理办法\n市粮食局\n预\n备\n1\n某市电梯管理办法\n市市场监管局\n2\n某市烈士保护办法\n市退役军人局\n",
        [
            ("1", ("正式项目",), "某市奖励办法（修订）", ["市科技局"], None, []),
            ("2", ("正式项目",), "某市储备粮管理办法", ["市粮食局"], None, []),
            ("1", ("预备",), "某市电梯管理办法", ["市市场监管局"], None, []),
            ("2", ("预备",), "某市烈士保护办法", ["市退役军人局"], None, []),
        ],
    ),
    # the heading on every page
    (
        "序号\n工作任务\n责任单位\n1\n整治河道清理垃圾\n市水利局\n序号\n工作任务\n责任单位\n2\n建设公园种植树木\n市园林局\n3\n修建步道连接公园\n市住建局\n",
        [
            ("1", (), "整治河道清理垃圾", ["市水利局"], None, []),
            ("2", (), "建设公园种植树木", ["市园林局"], None, []),
            ("3", (), "修建步道连接公园", ["市住建局"], None, []),
        ],
    ),
    # signs between the cells show which are empty; a column that says nothing of tasks
    (
        "序号\n|\n改革举措\n|\n主要内容\n|\n指导部门\n|\n推广范围\n|\n一、科技方面（共2项）\n|\n1\n|\n共享仪器设备\n|\n开放仪器，统一预约。\n|\n科技部、财政部\n|\n全国\n|\n2\n|\n改革职称评审\n|\n下放评审权限。\n|\n教育部\n|\n8个地区\n|\n",
        [
            ("1", ("一、科技方面（共2项）",), "共享仪器设备", ["科技部", "财政部"], None, []),
            ("2", ("一、科技方面（共2项）",), "改革职称评审", ["教育部"], None, []),
        ],
    ),
    # blanks between the columns, as out of a PDF; tabs, as out of a spreadsheet
    (
        "序号  重点任务  牵头单位  配合单位  完成时限\n一、治理\n1  整治河道清理垃圾  市水利局  市城管局  6月底前\n2  建设公园种植树木  市园林局  市住建局  9月底前\n第 1 页\n",
        [
            ("1", ("一、治理",), "整治河道清理垃圾", ["市水利局", "市城管局"], "2024-06-30", []),
            ("2", ("一、治理",), "建设公园种植树木", ["市园林局", "市住建局"], "2024-09-30", []),
        ],
    ),
    # rows that lack a field, and blanks within the words and among the bodies
    (
        "序号 工作任务 责任领导 牵头单位 配合单位\n1 推进城市更新，改造小区10个。 王某某 区住建局 区城管局、各街道\n2 建设口袋公园5个。 王某某 区园林局\n3 新增 公办幼儿园2所。 李某 区教育局 区财政局\n",
        [
            ("1", (), "推进城市更新", ["区住建局", "区城管局", "各街道"], None, ["王某某"]),
            ("2", (), "建设口袋公园5个", ["区园林局"], None, ["王某某"]),
            ("3", (), "新增公办幼儿园2所", ["区教育局", "区财政局"], None, ["李某"]),
        ],
    ),
    (
        "序号\t重点任务\t牵头单位\t责任人\n1\t整治河道\t市水利局\t甲某\n2\t建设公园\t市园林局\t乙某\n",
        [("1", (), "整治河道", ["市水利局"], None, ["甲某"]), ("2", (), "建设公园", ["市园林局"], None, ["乙某"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FLAT)
def test_tables_that_lost_their_lines(text: str, expected: list[object]) -> None:
    found = read(text).tasks
    assert [
        (
            task.number,
            task.path,
            task.title,
            [unit.name for unit in task.units],
            task.deadline.due if task.deadline else None,
            [person.name for person in task.supervisors],
        )
        for task in found
    ] == expected


SPANNED = [
    # flattened, with merged cells: rows of a number and words only, bodies one a line or glued, headings on two lines
    (
        "序号\n类别\n工作任务\n完成时限\n责任领导\n牵头\n单位\n责任股室\n（单位）\n备注\n1\n公共服务\n“两馆”开放人次增长15%。\n12月底前\n张某某\n办公室\n文化股\n文化馆\n图书馆\n2\n组织惠民演出50场。\n"
        "文化股文化馆\n3\n开展文艺培训。\n4\n文物保护\n完成古塔修缮，编制保护规划。\n9月底前\n李某\n文物股\n博物馆\n5\n推进考古发掘。\n",
        [
            ("1", ("公共服务",), "“两馆”开放人次增长15%", ["办公室", "文化股", "文化馆", "图书馆"], "2024-12-31", ["张某某"]),
            ("2", ("公共服务",), "组织惠民演出50场", ["文化股", "文化馆"], "2024-12-31", ["张某某"]),
            ("3", ("公共服务",), "开展文艺培训", ["文化股", "文化馆"], "2024-12-31", ["张某某"]),
            ("4", ("文物保护",), "完成古塔修缮", ["文物股", "博物馆"], "2024-09-30", ["李某"]),
            ("5", ("文物保护",), "推进考古发掘", ["文物股", "博物馆"], "2024-09-30", ["李某"]),
        ],
    ),
    # a topic without bodies is no person, words are no body
    (
        "序号\n领域\n重点任务\n分管领导\n责任单位\n1\n农业\n建设高标准农田\n王某\n县农业农村局\n2\n林业管护\n营造防护林\n3\n水利\n加固水库，疏浚河道\n4\n交通运输\n修建农村公路\n赵某\n县交通局\n县公路局\n",
        [
            ("1", ("农业",), "建设高标准农田", ["县农业农村局"], None, ["王某"]),
            ("2", ("林业管护",), "营造防护林", ["县农业农村局"], None, ["王某"]),
            ("3", ("水利",), "加固水库", ["县农业农村局"], None, ["王某"]),
            ("4", ("交通运输",), "修建农村公路", ["县交通局", "县公路局"], None, ["赵某"]),
        ],
    ),
    # numbers in cells are no rows
    (
        "序号\n重点任务\n责任单位\n1\n发展年产值3亿元的产业\n县发改局\n2\n（一）清理垃圾\n县城管局\n县水利局\n3\n修建步道\n同上\n",
        [
            ("1", (), "发展年产值3亿元的产业", ["县发改局"], None, []),
            ("2", (), "清理垃圾", ["县城管局", "县水利局"], None, []),
            ("3", (), "修建步道", ["县城管局", "县水利局"], None, []),
        ],
    ),
    # numbers that leap behind a run
    (
        "序号\n重点任务\n责任单位\n1\n整治河道\n县水利局\n2\n种植树木\n县林业局\n3\n修建步道\n县住建局\n21\n建设公园\n县林业局\n22\n新建学校\n县教育局\n",
        [
            (number, (), title, [body], None, [])
            for number, title, body in (
                ("1", "整治河道", "县水利局"),
                ("2", "种植树木", "县林业局"),
                ("3", "修建步道", "县住建局"),
                ("21", "建设公园", "县林业局"),
                ("22", "新建学校", "县教育局"),
            )
        ],
    ),
    # lines with signs |: the first cell spans rows, an empty one was put behind the last; fields of the page below
    (
        "类别 | 实事名称 | 年度目标 | 责任单位 | 分管领导 | 完成时限 |\n一、教育 | 1.新建学校 | 新建小学2所，扩建中学1所。 | 县教育局、县住建局 | 张某某 | 年底前 |\n2.培训教师 | 培训教师500人次。 | 县教育局 | 张某某 | 10月底前 | |\n"
        "3.改善伙食 | 建设食堂12个。 | 县教育局 | 李某 | 年底前 |\n二、交通 | 4.修建道路 | 修路10公里。 | 县交通局 | 王某 | 年底前 |\n发布日期： | 2024-03-01 | 索引号： | 123/2024 | 来源 | 本站 |\n",
        [
            ("1", ("一、教育",), "新建学校", ["县教育局", "县住建局"], "2024-12-31", ["张某某"]),
            ("2", ("一、教育",), "培训教师", ["县教育局"], "2024-10-31", ["张某某"]),
            ("3", ("一、教育",), "改善伙食", ["县教育局"], "2024-12-31", ["李某"]),
            ("4", ("二、交通",), "修建道路", ["县交通局"], "2024-12-31", ["王某"]),
        ],
    ),
    # rows that end early
    (
        "| 序号 | 重点任务 | 牵头单位 | 完成时限 |\n|---|---|---|---|\n| 7 | 建设湿地公园 | 县林业局 | 6月底前 |\n| 8 | 修建环湖步道 |\n| 9 | 整治入湖河流 | 县水利局 |\n",
        [
            ("7", (), "建设湿地公园", ["县林业局"], "2024-06-30", []),
            ("8", (), "修建环湖步道", ["县林业局"], "2024-06-30", []),
            ("9", (), "整治入湖河流", ["县水利局"], "2024-06-30", []),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPANNED)
def test_rows_that_have_lost_cells(text: str, expected: list[object]) -> None:
    test_tables_that_lost_their_lines(text, expected)


GLUED = [
    # no sign between the cells: headings by their words, rows by their numbers, their ends by persons and bodies
    (
        "序号项目名称目标任务分管领导责任单位配合单位1新增学前学位新建幼儿园5所，其中公办3所。张伟教育局各街道城投公司2改善供水条件完成管网改造20公里。王某某水利局住建局各镇3提升就医水平建成社区医院3家；配备设备12台。李芳卫健局各街道\n",
        [
            ("1", (), "新增学前学位", ["教育局", "各街道", "城投公司"], None, ["张伟"]),
            ("2", (), "改善供水条件", ["水利局", "住建局", "各镇"], None, ["王某某"]),
            ("3", (), "提升就医水平", ["卫健局", "各街道"], None, ["李芳"]),
        ],
    ),
    # dates at the ends of rows; figures are no numbers of rows; what stands below
    (
        "序号重点工作责任单位完成时限1整治排污口15个，清理2条河道。县水利局县生态环境局6月底前2建设湿地公园3处，种植树木3万株。县林业局9月底前3项目建设提速，开工项目20个。县发改局年底前\n附件\n",
        [
            ("1", (), "整治排污口15个", ["县水利局", "县生态环境局"], "2024-06-30", []),
            ("2", (), "建设湿地公园3处", ["县林业局"], "2024-09-30", []),
            ("3", (), "项目建设提速", ["县发改局"], "2024-12-31", []),
        ],
    ),
    # two parts of a row; the numbers of pages; an end that nobody can tell apart says nobody
    (
        "1、序号项目名称主要内容分管领导牵头单位配合单位1老城复兴完成故居修缮。何某某文旅局城投公司推进街巷整治。张某住建局五里街道（开\n2、发区）2优化养老服务为老年人送餐。李某民政局各街道3美化环境完成绿化工程和有关方面\n",
        [
            ("1", (), "老城复兴", ["文旅局", "城投公司"], None, ["何某某"]),
            ("1", (), "推进街巷整治", ["住建局", "五里街道（开发区）"], None, ["张某"]),
            ("2", (), "优化养老服务", ["民政局", "各街道"], None, ["李某"]),
            ("3", (), "美化环境", [], None, []),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), GLUED)
def test_tables_that_run_on(text: str, expected: list[object]) -> None:
    test_tables_that_lost_their_lines(text, expected)
    places = [unit.evidence for task in read(text).tasks for unit in task.units]
    assert all(place and place.span.of(TITLE + text) == place.quote for place in places)


def test_offices_of_a_body_are_not_cut_off() -> None:
    rows = "| 治理河道垃圾 | 市政府、办公室 |\n| 建设湿地公园 | 市政府办公室 |\n| 修建环湖步道 | 市教育局、教育科 |\n| 整治入湖河流 | 市教育局教育科 |\n"
    tasks = read("| 任务 | 责任单位 |\n|---|---|\n" + rows).tasks
    assert [unit.name for task in tasks for unit in task.units] == [
        "市政府", "办公室", "市政府办公室", "市教育局", "教育科", "市教育局教育科",
    ]  # fmt: skip


def test_rows_stand_under_the_headings_above_their_table() -> None:
    text = (
        "一、工作安排\n（一）治水。具体任务见下表：\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 3 | 治理河道垃圾 | 市水利局 |\n| 7 | 建设湿地公园 | 市林业局 |\n"
        "（二）督查。定期督查。\n附件\n任务表\n| 任务 | 责任单位 |\n|---|---|\n| 督查河道整治 | 市水利局 |\n"
    )
    assert [(task.key, task.path, task.title) for task in read(text).tasks] == [
        ("2", ("一、工作安排",), "督查"),
        ("t3", ("一、工作安排", "（一）治水"), "治理河道垃圾"),
        ("t7", ("一、工作安排", "（一）治水"), "建设湿地公园"),
        ("t2.1", (), "督查河道整治"),
    ]


def test_a_date_without_a_year_keeps_its_words() -> None:
    rows = "| 任务 | 责任单位 | 完成时限 |\n|---|---|---|\n| 治理河道垃圾 | 市水利局 | 12月底前 |\n| 建设湿地公园 | 市林业局 | 待定 |\n"
    found = [task.deadline for task in read_policy(toy.document("某市任务分工表\n" + rows)).tasks]
    assert [one and (one.due, one.evidence.words) for one in found] == [(None, "12月底前"), None]


NO_TABLES = [
    # the words of a heading in prose are no table
    "序号和重点任务\n牵头单位要加强领导。\n配合单位要密切协作。\n1\n2\n3\n",
    # nor is prose that speaks of columns
    "序号、重点任务和牵头单位1要填写完整。\n表中序号项目名称责任单位1格不得空白，2格以上须合并。\n",
    # persons and places, but nothing to be done
    "序号\n姓名\n单位\n职务\n1\n甲某\n市水利局\n科长\n2\n乙某\n市林业局\n科长\n",
    "| 序号 | 单位名称 | 联系电话 |\n|---|---|---|\n| 1 | 市水利局 | 123 |\n| 2 | 市林业局 | 456 |\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_is_no_table_of_tasks(text: str) -> None:
    assert read(text).tasks == ()


def test_plan_and_annexes_have_tasks_with_keys_of_their_own() -> None:
    text = (
        "一、重点任务\n（一）整治河道。清理垃圾。\n（二）建设公园。种植树木。\n某市人民政府\n2024年3月1日\n附件1\n任务分工表\n"
        "| 序号 | 工作任务 | 责任单位 |\n|---|---|---|\n| 1 | 清理河道垃圾 | 市水利局 |\n| 2 | 种植公园树木 | 市园林局 |\n附件2\n督查表\n"
        "| 序号 | 督查内容 | 牵头单位 |\n|---|---|---|\n| 1 | 督查河道整治 | 市水利局 |\n"
    )
    tasks = read(text).tasks
    assert [(task.key, task.title) for task in tasks] == [
        ("1", "整治河道"), ("2", "建设公园"), ("t1", "清理河道垃圾"), ("t2", "种植公园树木"), ("t2.1", "督查河道整治"),
    ]  # fmt: skip
    assert tasks[1].text == "（二）建设公园。种植树木。"


def test_a_table_that_goes_on_without_its_heading() -> None:
    first = "| 序号 | 工作任务 | 责任单位 |\n|---|---|---|\n| 1 | 清理河道垃圾 | 市水利局 |\n"
    second = "（续表）\n| 2 | 种植公园树木 | 市园林局 |\n"
    assert [task.title for task in read(first + second).tasks] == ["清理河道垃圾", "种植公园树木"]
