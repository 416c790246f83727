"""Bodies that a text gives a part in all its tasks, in a sentence of its own."""

from __future__ import annotations

import pytest

from kg.extract import read_policy
from kg.model import Document

TITLE = "某县2024年重点工作任务分解\n"
ITEMS = "一、重点任务\n1.治水。（县水利局）\n2.种树。（责任单位：县林业局）\n3.宣传政策。\n"
TABLE = "|序号|工作任务|责任单位|\n|---|---|---|\n|1|开展河道清淤|县水利局|\n|2|开展植树造林|县林业局|\n"
# the whole text; the inherited bodies of every task that names somebody
STANDING = [
    (TITLE + "除特别注明的外，各乡镇（街道）和县直有关单位都是配合单位。\n" + ITEMS, "各乡镇（街道）/s 县直有关单位/s"),
    (TITLE + "按照要求，制定本表。以下各项工作均需各镇人民政府配合。\n" + ITEMS, "各镇人民政府/s"),
    (TITLE + ITEMS + "二、有关要求\n注：各镇街为所有任务的责任单位。\n", "各镇街/r"),
    (TITLE + "说明：以下任务均需各乡镇落实，不再一一列出。\n" + ITEMS, "各乡镇/r"),
    (TITLE + "各乡镇为所有任务的责任单位。\n" + TABLE, "各乡镇/r"),
    # what somebody has to do in general; what one task says of itself
    (TITLE + "各乡镇均要高度重视，各部门都要配合。\n" + ITEMS, ""),
    (TITLE + "县水利局为此项工作的责任单位。\n" + ITEMS, ""),
]


@pytest.mark.parametrize(("text", "expected"), STANDING)
def test_bodies_of_all_tasks(text: str, expected: str) -> None:
    tasks = read_policy(Document("t.txt", "0" * 64, "utf-8", text)).tasks
    said = [" ".join(f"{unit.name}/{unit.role[0]}" for unit in task.units if unit.inherited) for task in tasks if task.units]
    assert said == [expected] * 2
