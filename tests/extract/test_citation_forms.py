"""The forms in which documents name documents: one row a wording, with what is read from it."""

from __future__ import annotations

import pytest

from kg.extract.citations import find_citations
from kg.extract.citations.marked import find_marked
from kg.extract.citations.notices import find_notice
from kg.extract.citations.own import Own
from kg.model import Citation, Profile
from kg.text import map_text

OWN = "某市养老服务“十四五”规划"
Row = tuple[str, str, str, str | None]  # title, relation, level, number as written
FORMS: list[tuple[str, list[Row]]] = [
    # numbers: beside a title, inside its marks, alone; a number on a line of its own is the document's
    (
        "按照《国务院关于推进养老服务的意见》（国发〔2018〕39号）要求，完善设施。",
        [("国务院关于推进养老服务的意见", "basis", "national", "国发〔2018〕39号")],
    ),
    (
        "落实《关于支持民宿发展的意见》（冀政办字[2021]10号）。",
        [("关于支持民宿发展的意见", "basis", "province", "冀政办字[2021]10号")],
    ),
    ("依据《甲省节水办法》（省政府令第5号）开展检查。", [("甲省节水办法", "basis", "province", "省政府令第5号")]),
    (
        "依照《财政违法行为处罚处分条例》(国务院令第427号)处理。",
        [("财政违法行为处罚处分条例", "basis", "national", "国务院令第427号")],
    ),
    ("根据国发〔2018〕39号文件精神，制定本方案。", [("国发〔2018〕39号", "basis", "national", "国发〔2018〕39号")]),
    (
        "严格按照国办发〔2020〕5号、冀政发〔2021〕3号要求推进。",
        [
            ("国办发〔2020〕5号", "basis", "national", "国办发〔2020〕5号"),
            ("冀政发〔2021〕3号", "basis", "province", "冀政发〔2021〕3号"),
        ],
    ),
    ("甲政发〔2015〕8号文件同时废止。", [("甲政发〔2015〕8号", "reference", "unknown", "甲政发〔2015〕8号")]),
    ("新建工业园区执行GB 3095—2012二级标准。", [("GB 3095-2012", "basis", "national", "GB3095—2012")]),
    ("检测项目应符合《环境空气质量标准》（GB 3095-2012）。", [("环境空气质量标准", "reference", "national", "GB3095-2012")]),
    ("关于第2741号提案的答复。", []),
    ("甲政办发〔2023〕1号", []),
    ("各区县人民政府：现印发给你们。", []),
    ("甲市人民政府关于印发某方案的通知甲政发〔2023〕7号", []),
    ("落实《乙规划》国发〔2018〕22号。", [("乙规划", "basis", "national", "国发〔2018〕22号")]),
    ("根据《甲意见（国发〔2018〕22号）》精神。", [("甲意见", "basis", "national", "国发〔2018〕22号")]),
    (
        "按照省政府办公厅关于推进屋顶光伏的实施意见（甲政办〔2022〕12号）要求推进。",
        [("省政府办公厅关于推进屋顶光伏的实施意见", "basis", "province", "甲政办〔2022〕12号")],
    ),
    # short names, and 该条例; 本方案 in a 规划 is nobody
    (
        "依据《甲市养老服务发展规划》（以下简称《规划》），按《规划》明确的任务推进。",
        [("甲市养老服务发展规划", "basis", "prefecture", None)],
    ),
    (
        "落实《关于加强某事的指导意见》（国办发〔2020〕5号，以下简称《意见》），严格执行《意见》。",
        [("关于加强某事的指导意见", "basis", "national", "国办发〔2020〕5号")],
    ),
    (
        "按照国务院关于加强某事的意见（以下简称《意见》）部署，落实《意见》要求。",
        [("国务院关于加强某事的意见", "basis", "national", None)],
    ),
    (
        "住建部修订《某管理规定》（以下简称新《规定》），执行新《规定》。",
        [("某管理规定", "creates", "national", None), ("某管理规定", "basis", "unknown", None)],
    ),
    ("贯彻《甲条例》，该条例明确的职责由市民政局承担。", [("甲条例", "basis", "national", None)]),
    ("各地要按照本方案要求抓好落实。", []),
    ("制定本方案。", []),
    ("根据本地实际，编制实施方案。", []),
    # titles inside titles, lists that share a verb, half-width and torn marks, editions
    ("按照《关于印发〈甲方案〉的通知》执行。", [("关于印发〈甲方案〉的通知", "basis", "unknown", None)]),
    ("按照《关于印发《甲方案》的通知》执行。", [("关于印发《甲方案》的通知", "basis", "unknown", None)]),
    (
        "贯彻落实《水法》《防洪法》《水土保持法》。",
        [("水法", "basis", "national", None), ("防洪法", "basis", "national", None), ("水土保持法", "basis", "national", None)],
    ),
    (
        "依据《甲法》、《乙条例》和《丙办法》等法律法规开展执法。",
        [("甲法", "basis", "national", None), ("乙条例", "basis", "national", None), ("丙办法", "basis", "unknown", None)],
    ),
    (
        "编制《甲规划》《乙规划》和《丙规划》。",
        [
            ("甲规划", "creates", "prefecture", None),
            ("乙规划", "creates", "prefecture", None),
            ("丙规划", "creates", "prefecture", None),
        ],
    ),
    ("依据<<甲省养老条例>>推进。", [("甲省养老条例", "basis", "province", None)]),
    (
        "依据《甲省养老条例、《乙省养老条例》推进。",
        [("甲省养老条例", "basis", "province", None), ("乙省养老条例", "basis", "province", None)],
    ),
    ("认真执行《甲办法》（试行）。", [("甲办法（试行）", "basis", "unknown", None)]),
    ("落实《甲行动计划（2021—2025年）》。", [("甲行动计划（2021—2025年）", "basis", "unknown", None)]),
    ("落实《甲行动计划》（2021—2025年）。", [("甲行动计划（2021—2025年）", "basis", "unknown", None)]),
    ("加入《甲经济伙伴关系协定》（DEPA）。", [("甲经济伙伴关系协定", "reference", "unknown", None)]),
    # what a title is named for
    ("研究制定《甲管理办法》。", [("甲管理办法", "creates", "prefecture", None)]),
    ("抓紧修订《甲市城市总体规划》。", [("甲市城市总体规划", "creates", "prefecture", None)]),
    ("推动《甲条例》出台。", [("甲条例", "creates", "prefecture", None)]),
    ("做好《甲条例》修订工作。", [("甲条例", "creates", "prefecture", None)]),
    ("配合做好《甲法》的修改工作。", [("甲法", "creates", "national", None)]),
    ("完善《甲技术装备目录》动态调整机制。", [("甲技术装备目录", "reference", "unknown", None)]),
    ("更新《甲产品目录》。", [("甲产品目录", "creates", "prefecture", None)]),
    ("列入《甲名录》的物种。", [("甲名录", "reference", "unknown", None)]),
    ("将项目纳入《甲规划》。", [("甲规划", "reference", "unknown", None)]),
    ("产品应达到《甲排放标准》。", [("甲排放标准", "reference", "unknown", None)]),
    ("参照《甲办法》执行。", [("甲办法", "reference", "unknown", None)]),
    ("不再执行《甲规定》。", [("甲规定", "reference", "unknown", None)]),
    ("《甲办法》同时废止。", [("甲办法", "reference", "unknown", None)]),
    ("在《甲实施细则》基础上提高补贴标准。", [("甲实施细则", "reference", "unknown", None)]),
    ("结合《甲紧缺人才目录》引进人才。", [("甲紧缺人才目录", "reference", "unknown", None)]),
    ("以《甲规划纲要》为指导，推进建设。", [("甲规划纲要", "basis", "unknown", None)]),
    ("深入推进《甲行动计划》实施。", [("甲行动计划", "basis", "unknown", None)]),
    ("围绕《甲规划》目标任务，推进建设。", [("甲规划", "basis", "unknown", None)]),
    ("国务院颁布《甲条例》。", [("甲条例", "reference", "national", None)]),
    ("省政府近日印发了《甲意见》。", [("甲意见", "reference", "province", None)]),
    ("2020年2月正式印发《甲方案》。", [("甲方案", "reference", "unknown", None)]),
    ("2025年6月底前出台《甲方案》。", [("甲方案", "creates", "prefecture", None)]),
    ("根据省委办公厅印发的《甲方案》，明确分工。", [("甲方案", "basis", "province", None)]),
    ("根据《甲办法》，制定《乙细则》。", [("甲办法", "basis", "unknown", None), ("乙细则", "creates", "prefecture", None)]),
    ("对照《甲指标体系》开展自评。", [("甲指标体系", "basis", "unknown", None)]),
    ("符合条件的，按照《甲办法》给予补贴。", [("甲办法", "basis", "unknown", None)]),
    ("开展《民法典》宣传活动。", [("民法典", "reference", "national", None)]),
    ("学习宣传贯彻《民法典》。", [("民法典", "basis", "national", None)]),
    ("加大《优化营商环境条例》落实力度。", [("优化营商环境条例", "basis", "national", None)]),
    ("总结《甲规划》实施情况。", [("甲规划", "reference", "unknown", None)]),
    ("违反《甲条例》的，依法处理。", [("甲条例", "reference", "national", None)]),
    ("编制依据：《甲法》；《乙条例》。", [("甲法", "basis", "national", None), ("乙条例", "basis", "national", None)]),
    # whose it is: by issuer, number, title, kind
    ("按照交通运输部《关于实施甲事的通知》要求推进。", [("关于实施甲事的通知", "basis", "national", None)]),
    ("按照国家发展改革委等30部门印发的《关于甲事的指导意见》推进。", [("关于甲事的指导意见", "basis", "national", None)]),
    ("根据甲省委、省政府《关于甲事的决定》推进。", [("关于甲事的决定", "basis", "province", None)]),
    ("教育部、财政部《关于甲事的请示》。", [("关于甲事的请示", "reference", "national", None)]),
    ("落实《处方管理办法》。", [("处方管理办法", "basis", "unknown", None)]),
    ("落实《医疗废物管理条例》。", [("医疗废物管理条例", "basis", "national", None)]),
    ("落实《甲市医疗废物管理条例》。", [("甲市医疗废物管理条例", "basis", "prefecture", None)]),
    ("落实《新能源城市公交车补贴细则》。", [("新能源城市公交车补贴细则", "basis", "unknown", None)]),
    ("落实《农业机械补贴通知》（农办机〔2024〕4号）。", [("农业机械补贴通知", "basis", "national", "农办机〔2024〕4号")]),
    ("落实《甲补贴细则》（沪发改规范〔2024〕6号）。", [("甲补贴细则", "basis", "province", "沪发改规范〔2024〕6号")]),
    ("落实《全县养老规划》。", [("全县养老规划", "basis", "county", None)]),
    # papers, certificates, forms, contracts, books, films: no policies
    ("在《人民日报》《光明日报》等媒体宣传。", []),
    ("办理《营业执照》和《不动产权证书》。", []),
    ("核发《安全生产许可证》。", []),
    ("填写《项目申报表》，签订《目标责任书》。", []),
    ("签订《劳动合同》和《战略合作协议》。", []),
    ("编写《法治教育读本》。", []),
    ("创作话剧《甲乙丙》。", []),
    ("组织观看电影《甲乙丙》。", []),
    ("您《某地生态的转机和问题》一文收悉。", []),
    ("发布《甲市营商环境白皮书》。", []),
    ("编制《环境影响报告书》。", []),
    ("社会团体按照《章程》开展活动。", []),
    ("推出《小镇故事》专栏。", []),
    ("播出电视专题片《绿水青山》。", []),
    ("完善《办事指南》。", []),
    ("发表在《求是》杂志。", []),
    ("制作《明白卡》。", []),
    ("排演舞剧《红船》，打造《印象某某》演艺品牌。", []),
    # without marks
    (
        "贯彻落实国务院办公厅关于推进养老服务发展的意见精神，完善设施。",
        [("国务院办公厅关于推进养老服务发展的意见", "basis", "national", None)],
    ),
    (
        "按照市委、市政府关于优化营商环境的若干措施，推进改革。",
        [("市委、市政府关于优化营商环境的若干措施", "basis", "prefecture", None)],
    ),
    ("按照党中央关于乡村振兴的决策部署推进。", []),
    ("落实习近平总书记关于安全生产重要论述。", []),
    ("根据2023年市政府工作报告，分解任务。", [("2023年市政府工作报告", "basis", "prefecture", None)]),
    ("贯彻落实中央一号文件精神。", [("中央一号文件", "basis", "national", None)]),
    ("落实“十四五”规划纲要。", [("“十四五”规划纲要", "basis", "unknown", None)]),
    ("制定本市医疗联合体布局规划。", []),
    ("制定相关配套政策。", []),
    ("制订工作方案和具体管理办法。", []),
    ("落实责任清单制度。", []),
    ("按照有关规定执行。", []),
    ("按照“一户一宅”规定处理。", []),
    ("落实安全生产法。", [("安全生产法", "basis", "national", None)]),
    ("严格执行国家重点生态功能区产业准入负面清单。", [("国家重点生态功能区产业准入负面清单", "basis", "national", None)]),
    # the document itself, and what it hands on
    ("现将《某市养老服务“十四五”规划》印发给你们。", [("某市养老服务“十四五”规划", "self", "prefecture", None)]),
    (
        "《某市养老服务“十四五”规划》已经市政府同意，现印发给你们，请认真贯彻执行。",
        [("某市养老服务“十四五”规划", "self", "prefecture", None)],
    ),
    ("我局制定了《某市甲事管理办法》，现印发给你们。", [("某市甲事管理办法", "self", "prefecture", None)]),
    (
        "现将《财政部关于甲事的通知》（财税〔2007〕17号）转发给你们，请遵照执行。",
        [("财政部关于甲事的通知", "basis", "national", "财税〔2007〕17号")],
    ),
    ("某市人民政府关于印发《某市养老服务“十四五”规划》的通知", [("某市养老服务“十四五”规划", "self", "prefecture", None)]),
    # sentences of plans as provinces, cities and counties write them
    ("做好市〈政府工作报告〉确定的任务。", [("政府工作报告", "basis", "prefecture", None)]),
    (
        "贯彻《甲省办公厅印发<关于甲事的若干措施>的通知》（湘政办发〔2023〕4号）文件精神。",
        [("甲省办公厅印发<关于甲事的若干措施>的通知", "basis", "province", "湘政办发〔2023〕4号")],
    ),
    ("甲市人民政府关于贯彻落实《乙省促进就业若干政策措施》的实施意见", [("乙省促进就业若干政策措施", "basis", "province", None)]),
    (
        "根据国家发展改革委“十四五”现代流通体系建设规划，结合我省实际，制定本方案。",
        [("国家发展改革委“十四五”现代流通体系建设规划", "basis", "national", None)],
    ),
    ("推动《甲省若干措施》落地见效。", [("甲省若干措施", "basis", "province", None)]),
    (
        "全面实施《中华人民共和国反不正当竞争法》和《甲省反不正当竞争条例》。",
        [("中华人民共和国反不正当竞争法", "basis", "national", None), ("甲省反不正当竞争条例", "basis", "province", None)],
    ),
    ("认真落实市人民代表大会审议通过的《政府工作报告》有关要求。", [("政府工作报告", "basis", "prefecture", None)]),
    ("根据《甲市发展规划》相关要求，制定本实施方案。", [("甲市发展规划", "basis", "prefecture", None)]),
    ("严格落实国家和省《中长期教育规划纲要》。", [("中长期教育规划纲要", "basis", "unknown", None)]),
    (
        "出台《甲市人才条例》，修订《甲市科技进步条例》。",
        [("甲市人才条例", "creates", "prefecture", None), ("甲市科技进步条例", "creates", "prefecture", None)],
    ),
    ("制定出台支持民营经济发展的若干措施。", [("支持民营经济发展的若干措施", "creates", "prefecture", None)]),
    ("研究起草《甲市数据条例》，推动纳入立法计划。", [("甲市数据条例", "creates", "prefecture", None)]),
    ("对标《甲市营商环境评价指标》查找短板。", [("甲市营商环境评价指标", "basis", "prefecture", None)]),
    ("加快推进《甲市燃气管理条例》立法进程。", [("甲市燃气管理条例", "creates", "prefecture", None)]),
    ("按《甲办法》第十二条规定执行。", [("甲办法", "basis", "unknown", None)]),
    (
        "依据《甲法》第二十条、《乙条例》第三条，制定本办法。",
        [("甲法", "basis", "national", None), ("乙条例", "basis", "national", None)],
    ),
    ("健全《甲清单》管理制度。", [("甲清单", "reference", "unknown", None)]),
    ("组织学习《甲条例》。", [("甲条例", "reference", "national", None)]),
    ("做好《甲条例》贯彻实施工作。", [("甲条例", "basis", "national", None)]),
    (
        "启动《甲市国土空间总体规划（2021—2035年）》编制。",
        [("甲市国土空间总体规划（2021—2035年）", "creates", "prefecture", None)],
    ),
    ("配合省发展改革委编制《甲流域综合治理规划》。", [("甲流域综合治理规划", "creates", "province", None)]),
    ("全面落实《甲市生活垃圾管理条例》，开展垃圾分类。", [("甲市生活垃圾管理条例", "basis", "prefecture", None)]),
    ("编制完成《甲市“十四五”能源规划》并印发实施。", [("甲市“十四五”能源规划", "creates", "prefecture", None)]),
    ("印发实施《甲市碳达峰实施方案》。", [("甲市碳达峰实施方案", "creates", "prefecture", None)]),
    ("积极争取纳入国家《甲重大项目清单》。", [("甲重大项目清单", "reference", "national", None)]),
    ("在《甲日报》刊登公告。", []),
    ("发放《致家长的一封信》。", []),
    ("悬挂《食品安全公示栏》。", []),
    ("与企业签订《投资框架协议》。", []),
    ("推广使用《劳动合同示范文本》。", []),
    (
        "宣传《未成年人保护法》《预防未成年人犯罪法》。",
        [("未成年人保护法", "reference", "national", None), ("预防未成年人犯罪法", "reference", "national", None)],
    ),
    ("制作《走进某某》宣传片。", []),
    ("落实习近平总书记在《求是》杂志发表的重要文章精神。", []),
    ("《甲条例》实施五周年之际，开展宣传。", [("甲条例", "reference", "national", None)]),
    ("根据市委、市政府印发的《甲市三年行动计划》，细化分工。", [("甲市三年行动计划", "basis", "prefecture", None)]),
    ("参照国家《甲指南》，编制《乙手册》。", [("甲指南", "reference", "national", None)]),
    # what one government undertakes before another is carried out; a form that somebody signs, or files, is no policy
    ("依据《甲市大气污染防治目标责任书》，制定方案。", [("甲市大气污染防治目标责任书", "basis", "prefecture", None)]),
    ("按照《乙县2019年耕地保护目标责任书》要求，守住红线。", [("乙县2019年耕地保护目标责任书", "basis", "county", None)]),
    ("根据《丙市农民工工资支付责任状》，开展督查。", [("丙市农民工工资支付责任状", "basis", "prefecture", None)]),
    ("与企业签订《丁县安全生产责任书》。", []),
    ("按照《目标责任书》抓好落实。", []),
    # what a page calls the file that it offers
    ("《甲县植树方案.docx》由会员分享，《甲县植树方案.docx（12页珍藏版）》可在线阅读。", []),
    # a list that an office published is used; what it issued is carried out
    ("根据省卫生厅公布的《甲省基本药物目录》，配备药品。", [("甲省基本药物目录", "reference", "province", None)]),
    ("按照市科技局发布的《乙市孵化器名录》，安排奖补。", [("乙市孵化器名录", "reference", "prefecture", None)]),
    ("依据市财政局发布的《丙市集中采购目录》，组织采购。", [("丙市集中采购目录", "reference", "prefecture", None)]),
    ("根据省卫生厅印发的《甲省控烟方案》，开展检查。", [("甲省控烟方案", "basis", "province", None)]),
    # a list of one's own, named by the short name of the province's
    (
        "按照《甲省政务服务事项目录》（以下简称《目录》）要求，编制市级《目录》。",
        [("甲省政务服务事项目录", "basis", "province", None)],
    ),
    (
        "贯彻《乙省河长制方案》（以下简称《方案》），制定本县《方案》，出台区级《方案》。",
        [("乙省河长制方案", "basis", "province", None)],
    ),
    # a list that goes on without marks
    (
        "落实《国务院关于发展冷链的意见》（国发〔2020〕7号）、甲省冷链物流行动方案和关于支持冷链发展的若干措施，建设基地。",
        [
            ("国务院关于发展冷链的意见", "basis", "national", "国发〔2020〕7号"),
            ("甲省冷链物流行动方案", "basis", "province", None),
            ("关于支持冷链发展的若干措施", "basis", "unknown", None),
        ],
    ),
    (
        "按照《乙省种业规划》和丙市种业振兴实施方案要求，育种。",
        [("乙省种业规划", "basis", "province", None), ("丙市种业振兴实施方案", "basis", "prefecture", None)],
    ),
    (
        "贯彻《甲省普法规划》以及关于加强普法的意见精神，宣讲。",
        [("甲省普法规划", "basis", "province", None), ("关于加强普法的意见", "basis", "unknown", None)],
    ),
    ("落实《乙省种业规划》、丙市有关实施方案，育种。", [("乙省种业规划", "basis", "province", None)]),
    # a number with round brackets within round ones
    (
        "根据甲乙市人民政府关于印发节水实施细则的通知(甲政发(2020)30号)要求，节水。",
        [("甲乙市人民政府关于印发节水实施细则的通知", "basis", "prefecture", "甲政发(2020)30号")],
    ),
]


def read(text: str, own: str | None = OWN, where: str | None = None) -> list[Citation]:
    copy = map_text(text)
    return list(find_citations(copy, 0, len(copy.text), where, Own(own)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_title_relation_level_and_number(text: str, expected: list[Row]) -> None:
    assert [(found.title, found.relation, found.level, found.number) for found in read(text)] == expected


@pytest.mark.parametrize("text", [text for text, _ in FORMS])
def test_the_quote_stands_where_it_says(text: str) -> None:
    for found in read(text):
        assert found.evidence.span.of(text) == found.evidence.quote
        assert "\n" not in found.title


ISSUERS = [
    ("按照交通运输部《关于甲事的通知》推进。", "交通运输部"),
    ("按照国家发展改革委等30部门印发的《关于甲事的意见》推进。", "国家发展改革委等30部门"),
    ("根据甲省委、省政府《关于甲事的决定》推进。", "甲省委、省政府"),
    ("近日，甲市经济和信息化局印发《甲意见》。", "甲市经济和信息化局"),  # 经 is part of the name
    ("根据国家经贸委《关于甲事的意见》推进。", "国家经贸委"),
    ("国务院办公厅转发了交通运输部、公安部等单位《关于甲事的意见》。", "交通运输部、公安部等单位"),
    ("根据《国务院办公厅关于甲事的意见》推进。", "国务院办公厅"),
    ("根据《关于甲事的意见》（冀政发〔2020〕3号）推进。", "河北省"),
    ("你局《关于甲事的请示》收悉。", None),  # whoever is written to
    ("加强部门协作，落实《关于甲事的意见》。", None),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_who_issued_it(text: str, issuer: str | None) -> None:
    assert [found.issuer for found in read(text)] == [issuer]


BACK = [
    # 本方案 is the document where that is a 方案
    ("各地要按照本方案要求抓好落实。", "某市甲工作方案", [("某市甲工作方案", "self")]),
    ("各地要按照本意见要求抓好落实。", "某市甲工作方案", []),
    ("为此，制定本方案。", "某市甲工作方案", []),
    # named already in the same place
    ("贯彻《关于甲事的指导意见》。严格执行该意见。", None, [("关于甲事的指导意见", "basis")]),
    ("应该规划建设停车场，按照上述原则推进。", None, []),
    # 《意见》 that was never explained is the last one of its sort, or the document itself
    ("依据《关于甲事的意见》推进。按照《意见》要求执行。", None, [("关于甲事的意见", "basis")]),
    ("按照《规划》要求执行。", OWN, [(OWN, "self")]),
    ("按照《意见》要求执行。", None, []),
]


@pytest.mark.parametrize(("text", "own", "expected"), BACK)
def test_back_references(text: str, own: str | None, expected: list[tuple[str, str]]) -> None:
    assert [(found.title, found.relation) for found in read(text, own)] == expected


LATER = [
    ("贯彻《关于甲事的指导意见》。", "严格执行该意见。", [("关于甲事的指导意见", "basis")]),
    ("印发《甲规划》（国发〔2018〕3号）。", "按照上述规划明确的任务推进。", [("甲规划", "basis")]),
    ("印发《甲规划》。", "严格执行该意见。", []),  # of another sort
    ("印发《甲规划》。" + "推进建设。" * 200, "按照上述规划推进。", []),  # too long ago
]


@pytest.mark.parametrize(("before", "text", "expected"), LATER)
def test_that_opinion_is_what_was_named_before(before: str, text: str, expected: list[tuple[str, str]]) -> None:
    copy = map_text(f"{before}\n{text}")
    found = find_citations(copy, copy.text.index("\n"), len(copy.text), None)
    assert [(citation.title, citation.relation) for citation in found] == expected


def test_one_short_name_may_stand_for_two_documents_one_after_the_other() -> None:
    text = "落实《甲意见书》（以下简称《意见》）。按《意见》执行。\n落实《关于乙事的意见》（以下简称《意见》）。按《意见》执行。"
    second = map_text(text).text.index("\n")
    copy = map_text(text)
    assert [found.title for found in find_citations(copy, second, len(copy.text), None)] == ["关于乙事的意见"]


def test_what_a_preamble_says_was_written_is_no_work_to_be_done() -> None:
    text = "近年来，我市制定出台《甲市养老条例》，成效明显。"
    assert [found.relation for found in read(text, where="preamble")] == ["reference"]
    assert [found.relation for found in read("有关部门应当编制《甲市养老规划》。", where="preamble")] == ["creates"]


def test_a_title_that_a_page_or_a_line_breaks_is_whole() -> None:
    assert [found.title for found in find_marked("关于印发《政府网站集约化\n试点工作方案》的通知")] == [
        "政府网站集约化试点工作方案"
    ]
    assert [found.title for found in read("按照《甲市养老服－ 3 －务规划》推进。")] == ["甲市养老服务规划"]


@pytest.mark.parametrize(
    "text", ["《", "》《》", "《《《", "〈〈甲", "《甲" * 40, "《" + "甲" * 400 + "》", "（" * 200 + "《甲法》" + "（" * 200]
)
def test_broken_marks_do_no_harm(text: str) -> None:
    assert all(found.title for found in read(text))


NOTICES = [
    (
        "某市人民政府关于印发《某市养老规划》的通知\n某政发〔2023〕1号",
        "某市养老规划",
        "某市人民政府关于印发《某市养老规划》的通知",
    ),
    ("某市人民政府\n关于印发某市养老规划的通知", "某市养老规划", "关于印发某市养老规划的通知"),
    ("某网站 首页。某市民政局印发《某市养老规划》的通知", "某市养老规划", "某市民政局印发《某市养老规划》的通知"),
    ("贯彻《国务院关于印发甲规划的通知》，制定某市养老规划。", "某市养老规划", None),
    ("某市人民政府关于印发某市养老规划的通知", "某市人民政府关于印发某市养老规划的通知", None),  # the document is the notice
]


@pytest.mark.parametrize(("text", "title", "notice"), NOTICES)
def test_the_notice_above_a_plan(text: str, title: str, notice: str | None) -> None:
    found = find_notice(map_text(text), Profile(title, None, "某政发〔2023〕1号", None, None, None))
    assert (found.title if found else None) == notice
    if found is not None:
        assert found.evidence.span.of(text) == found.evidence.quote
        assert found.number == "某政发〔2023〕1号"


def test_the_document_that_a_preamble_says_it_makes_is_itself() -> None:
    made = "为节约用水，结合我县实际，制定甲县实施办法。"
    assert read(made, "节水行动甲县实施办法", "preamble") == []
    assert [found.title for found in read(made, "乙市节水方案", "preamble")] == ["甲县实施办法"]


def test_the_headline_that_reports_a_document_names_it() -> None:
    headline = "《甲市政府印发甲市治水2018年方案》"
    assert [found.relation for found in read(headline, "甲市治水2018年方案")] == ["self"]
    assert [found.relation for found in read(headline, "甲市防汛2018年方案")] != ["self"]
