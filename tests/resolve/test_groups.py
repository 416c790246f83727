"""Which group words for several bodies or for nobody mean: rows of (document's region, name, place, group, label)."""

from __future__ import annotations

import pytest

from kg.registry import Registry, load_registry
from kg.resolve.groups import mark_of_group
from kg.resolve.organizations import merge_names, resolve_name
from kg.resolve.regions import Scope


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def _scope(registry: Registry, code: str | None) -> Scope:
    if code is None:
        return Scope(None, "unknown", 2022, "doc-0123456789")
    return Scope(registry.regions[code], registry.regions[code].level, 2022, code)


# The label says no more than the text: what it does not name (镇, 县, 政府) is not in it.
GROUPS = [
    ("100000", "各省级人民政府", "100000", "provincial-governments", "各省级人民政府"),
    ("100000", "各省、自治区、直辖市人民政府", "100000", "provincial-governments", "各省、自治区、直辖市人民政府"),
    ("100000", "各省（区、市）", "100000", "provincial-governments", "各省（区、市）"),
    ("100000", "有关省（区、市）人民政府", "100000", "relevant-provincial-governments", "有关省（区、市）人民政府"),
    ("100000", "各地区", "100000", "localities-departments", "各地区"),
    ("100000", "各地区、各部门", "100000", "localities-departments", "各地区、各部门"),
    ("100000", "各地区各有关部门", "100000", "localities-departments", "各地区各有关部门"),
    ("100000", "地方各级人民政府", "100000", "localities-departments", "地方各级人民政府"),
    ("100000", "试点城市政府", "100000", "localities-departments", "试点城市政府"),
    ("100000", "国务院有关部门", "100000", "relevant-departments", "有关部门、单位"),
    ("100000", "中央和国家机关有关部门", "100000", "relevant-departments", "有关部门、单位"),
    ("100000", "国务院各部门", "100000", "departments", "各部门、各单位"),
    ("100000", "有关中央企业", "100000", "enterprises", "有关中央企业"),
    ("100000", "各高校", "100000", "enterprises", "各高校"),
    ("100000", "行业主管部门", "100000", "kinds-of-departments", "行业主管部门"),
    ("100000", "财政部门", "100000", "finance-offices", "财政部门"),
    ("330000", "省级有关单位", "330000", "relevant-departments", "有关部门、单位（浙江省）"),
    ("330000", "省直有关部门", "330000", "relevant-departments", "有关部门、单位（浙江省）"),
    ("330000", "省政府有关部门", "330000", "relevant-departments", "有关部门、单位（浙江省）"),
    ("340000", "省政府各部门", "340000", "departments", "各部门、各单位（安徽省）"),
    ("340000", "各直属机构", "340000", "named-departments", "各直属机构（安徽省）"),
    ("340000", "省属企业", "340000", "enterprises", "省属企业（安徽省）"),
    ("340000", "国务院有关部门", "100000", "relevant-departments", "有关部门、单位"),
    ("330000", "各市政府", "330000", "prefecture-governments", "各市政府（浙江省）"),
    ("330000", "市政府", "330000", "prefecture-governments", "各市政府（浙江省）"),
    ("370000", "各设区市人民政府", "370000", "prefecture-governments", "各设区市人民政府（山东省）"),
    ("440000", "各地级以上市人民政府", "440000", "prefecture-governments", "各地级以上市人民政府（广东省）"),
    ("510000", "各市（州）人民政府", "510000", "prefecture-governments", "各市（州）人民政府（四川省）"),
    ("530000", "各州（市）人民政府", "530000", "prefecture-governments", "各州（市）人民政府（云南省）"),
    ("150000", "各盟行政公署、市人民政府", "150000", "prefecture-governments", "各盟行政公署、市人民政府（内蒙古自治区）"),
    ("650000", "各地（州、市）人民政府", "650000", "prefecture-governments", "各地（州、市）人民政府（新疆维吾尔自治区）"),
    ("610000", "各市（区）政府", "610000", "prefecture-county-governments", "各市（区）政府（陕西省）"),
    ("330000", "各市、县（市、区）人民政府", "330000", "prefecture-county-governments", "各市、县（市、区）人民政府（浙江省）"),
    ("360000", "各设区市、县（市、区）人民政府", "360000", "prefecture-county-governments",
     "各设区市、县（市、区）人民政府（江西省）"),
    ("460000", "各市、县、自治县人民政府", "460000", "prefecture-county-governments", "各市、县、自治县人民政府（海南省）"),
    ("430000", "有关市州", "430000", "relevant-prefecture-governments", "有关市州（湖南省）"),
    ("420000", "各县（市、区）人民政府", "420000", "county-governments", "各县（市、区）人民政府（湖北省）"),
    ("321200", "各市（区）政府", "321200", "county-governments", "各市（区）政府（泰州市）"),
    ("320500", "各市、区人民政府", "320500", "county-governments", "各市、区人民政府（苏州市）"),
    ("371000", "各区市政府", "371000", "county-governments", "各区市政府（威海市）"),
    ("130100", "各县（市、区）政府", "130100", "county-governments", "各县（市、区）政府（石家庄市）"),
    ("130100", "各县区", "130100", "county-governments", "各县区（石家庄市）"),
    ("440100", "各区、县级市", "440100", "county-governments", "各区、县级市（广州市）"),
    ("500000", "各区县政府", "500000", "county-governments", "各区县政府（重庆市）"),
    ("150100", "各旗县区人民政府", "150100", "county-governments", "各旗县区人民政府（呼和浩特市）"),
    ("310000", "各区政府", "310000", "districts", "各区政府（上海市）"),
    ("130100", "区政府", "130100", "districts", "各区政府（石家庄市）"),
    ("130100", "各主城区政府", "130100", "districts", "各主城区政府（石家庄市）"),
    ("130100", "县政府", "130100", "counties", "各县政府（石家庄市）"),
    ("130100", "各县（市）人民政府", "130100", "counties", "各县（市）人民政府（石家庄市）"),
    ("440100", "各有关区、县级市", "440100", "relevant-county-governments", "各有关区、县级市（广州市）"),
    ("310000", "相关区", "310000", "relevant-county-governments", "相关区（上海市）"),
    ("130100", "属地县（市、区）政府", "130100", "relevant-county-governments", "属地县（市、区）政府（石家庄市）"),
    ("130100", "各区委、区政府", "130100", "county-party-committees", "各区委、区政府（石家庄市）"),
    ("130100", "区教育局", "130100", "county-education", "各区教育局（石家庄市）"),
    ("341300", "县卫健委", "341300", "county-health", "各县卫健委（宿州市）"),
    ("130100", "市有关部门", "130100", "relevant-departments", "有关部门、单位（石家庄市）"),
    ("130100", "有关市直部门", "130100", "relevant-departments", "有关部门、单位（石家庄市）"),
    ("140800", "市直各有关单位", "140800", "relevant-departments", "有关部门、单位（运城市）"),
    ("610400", "市级各有关部门", "610400", "relevant-departments", "有关部门、单位（咸阳市）"),
    ("130100", "市直各部门", "130100", "departments", "各部门、各单位（石家庄市）"),
    ("130100", "省直有关部门", "130000", "relevant-departments", "有关部门、单位（河北省）"),
    ("130100", "省有关部门", "130000", "relevant-departments", "有关部门、单位（河北省）"),
    ("130100", "各责任单位", "130100", "named-departments", "各责任单位（石家庄市）"),
    ("130100", "各成员单位", "130100", "named-departments", "各成员单位（石家庄市）"),
    ("370100", "市属国有企业", "370100", "enterprises", "市属国有企业（济南市）"),
    ("370100", "通信运营商", "370100", "enterprises", "通信运营商（济南市）"),
    ("370100", "各金融机构", "370100", "enterprises", "各金融机构（济南市）"),
    ("370100", "各开发区管委会", "370100", "zones", "各开发区管委会（济南市）"),
    ("370100", "有关园区", "370100", "zones", "有关园区（济南市）"),
    ("370100", "属地政府", "370100", "localities-departments", "属地政府（济南市）"),
    ("210304", "各相关单位", "210304", "relevant-departments", "有关部门、单位（立山区）"),
    ("210304", "区直各部门", "210304", "departments", "各部门、各单位（立山区）"),
    ("370117", "区政府有关部门", "370117", "relevant-departments", "有关部门、单位（钢城区）"),
    ("340223", "县各有关单位", "340223", "relevant-departments", "有关部门、单位（南陵县）"),
    ("210304", "各街道", "210304", "subdistricts", "各街道（立山区）"),
    ("341602", "街道办事处", "341602", "subdistricts", "街道办事处（谯城区）"),
    ("110107", "各街道党工委", "110107", "subdistricts", "各街道党工委（石景山区）"),
    ("341602", "各乡镇人民政府", "341602", "township-governments", "各乡镇人民政府（谯城区）"),
    ("341602", "乡人民政府", "341602", "township-governments", "各乡人民政府（谯城区）"),
    ("341602", "各镇", "341602", "township-governments", "各镇（谯城区）"),
    ("370117", "各街道（功能区）", "370117", "townships", "各街道（功能区）（钢城区）"),
    ("420114", "各街乡镇", "420114", "townships", "各街乡镇（蔡甸区）"),
    ("341525", "各乡镇（街道）", "341525", "townships", "各乡镇（街道）（霍山县）"),
    ("210211", "相关街道", "210211", "relevant-townships", "相关街道（甘井子区）"),
    ("341525", "各村（社区）", "341525", "villages", "各村（社区）（霍山县）"),
    ("341525", "各行政村", "341525", "villages", "各行政村（霍山县）"),
    (None, "各股室", "doc-0123456789", "named-departments", "各股室"),
    (None, "委属部门单位", "doc-0123456789", "named-departments", "委属部门单位"),
    (None, "有关科室", "doc-0123456789", "kinds-of-departments", "有关科室"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name", "place", "group", "label"), GROUPS)
def test_groups(registry: Registry, code: str | None, name: str, place: str, group: str, label: str) -> None:
    body = resolve_name(name, _scope(registry, code), registry).organization
    assert body.kind == "generic"
    found = body.key.split("/generic/")
    stem = found[1].rpartition("-")[0] if found[1][-10:].isalnum() and found[1] != group else found[1]
    assert (found[0], stem, body.label) == (place, group, label)


APART = [
    ("各乡镇人民政府", "街道办事处"),
    ("各区政府", "各县（市）政府"),
    ("各股室", "委属部门单位"),
    ("各科室", "局属各单位"),
    ("市属国有企业", "通信运营商"),
    ("各园区", "有关园区"),
    ("省有关部门", "市有关部门"),
    ("各部门", "有关部门"),
]
SAME = [
    ("各县（市、区）政府", "各县(市、区)人民政府"),
    ("各开发区", "各开发区管委会"),
    ("有关部门", "市直有关单位"),
    ("各区", "区政府"),
    ("各街道", "各街道办事处"),
]


@pytest.mark.parametrize(("one", "other", "same"), [*((*pair, True) for pair in SAME), *((*pair, False) for pair in APART)])
def test_pairs_of_groups(registry: Registry, one: str, other: str, same: bool) -> None:
    keys = {resolve_name(name, _scope(registry, "130100"), registry).organization.key for name in (one, other)}
    assert (len(keys) == 1) == same


def test_a_group_of_two_wordings_is_called_by_the_fuller_one(registry: Registry) -> None:
    found = [resolve_name(name, _scope(registry, "130100"), registry) for name in ("各县区", "各县（市、区）政府")]
    (body,) = merge_names(found).values()
    assert (body.label, body.names) == ("各县（市、区）政府（石家庄市）", ("各县区", "各县（市、区）政府"))


BODIES = ["市财政局", "营城子街道", "高新区管委会", "唐山港集团", "市机关事务管理局", "区域合作办公室", "市区两级联席会议"]


@pytest.mark.parametrize("name", BODIES)
def test_bodies_are_no_groups(registry: Registry, name: str) -> None:
    assert resolve_name(name, _scope(registry, "130200"), registry).organization.kind != "generic"


@pytest.mark.parametrize("name", ["各部门", "县级以上人民政府", "区域公司", "市场主体", "有关部门"])
def test_words_that_do_not_say_whose_group_it_is(name: str) -> None:
    assert mark_of_group(name) is None
