"""Which document a text itself is: its title and whose it is, which tell it from another body's document of the same title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.extract.citations.levels import level_of_issuer, level_of_words
from kg.extract.citations.numbers import level_of_number, normalize_number
from kg.model import Level, Profile

_PLACE = re.compile(r"(?:中共)?(?P<place>[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|州|盟|县|区|旗))(?=[\u4e00-\u9fff])")
_MUNICIPALITY = re.compile(r"(?:中共)?(?:北京|上海|天津|重庆)市")
_REPORT = re.compile(r"(?P<whose>国务院|全国|省|自治区|市|州|区|县|旗)(?:人民)?(?:政府)?[《〈“]?政府工作报告")


@dataclass(frozen=True)
class Own:
    """What a document says of itself that tells it from others."""

    title: str | None = None
    issuer: str | None = None
    number: str | None = None

    @classmethod
    def of(cls, profile: Profile) -> Own:
        """Return what a profile says."""
        return cls(profile.title, profile.issuer, profile.number)

    @cached_property
    def level(self) -> Level:
        """Whose document it is, by its issuer, its title or its number."""
        found = [level_of_issuer(self.issuer or ""), level_of_words(self.title or "")]
        if self.number:
            found.append(level_of_number(normalize_number(self.number)))
        return next((level for level in found if level != "unknown"), "unknown")

    @cached_property
    def report(self) -> Level:
        """Whose 政府工作报告 it speaks of where nothing else is said; 省《政府工作报告》涉及我市任务 is about the province's."""
        named = _REPORT.search(self.title or "")
        if named is None:
            return self.level
        if named["whose"] in ("国务院", "全国"):
            return "national"
        level = level_of_words(f"{named['whose']}委") if named["whose"] != "旗" else "county"
        return "province" if level == "prefecture" and self.in_municipality else level

    @cached_property
    def in_municipality(self) -> bool:
        """Whether 市委、市政府 are a province's: in 北京, 上海, 天津, 重庆."""
        return any(words and _MUNICIPALITY.match(words) for words in (self.issuer, self.title))

    def differs_from(self, issuer: str | None, number: str | None = None) -> bool:
        """Say whether a document of that issuer or number is another body's, whatever its title.

        >>> Own("某方案", "济南市钢城区人民政府").differs_from("济南市人民政府办公厅")
        True
        >>> Own("某方案", "济南市人民政府").differs_from("济南市人民政府办公厅")
        False
        """
        level = level_of_issuer(issuer) if issuer else "unknown"
        if level == "unknown" and number:
            level = level_of_number(normalize_number(number))
        if "unknown" not in (level, self.level) and level != self.level:
            return not (self.in_municipality and {level, self.level} == {"province", "prefecture"})
        theirs = _PLACE.match(issuer or "")
        ours = _PLACE.match(self.issuer or "") or _PLACE.match(self.title or "")
        if theirs is None or ours is None:
            return False
        return theirs["place"] not in f"{self.issuer}{self.title}" and ours["place"] not in (issuer or "")


NOBODY = Own()
