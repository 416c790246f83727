"""What a page or a file puts around a title: a column's name before it, the site's or the file's name behind."""

from __future__ import annotations

from kg.cues import load_cues, pattern

LONGEST = 200  # characters of a line that could be a title with its frame


def plain_title(line: str, *, opening: bool = False) -> str:
    """Return a line without what frames it, where a title is left; ``opening``: it is the document's first.

    >>> plain_title("【政府文件】某市2023年工作要点_某市人民政府"), plain_title("某市2023年任务清单.docx")
    ('某市2023年工作要点', '某市2023年任务清单')
    >>> plain_title("【标题】某事_某市人民政府")
    '【标题】某事_某市人民政府'
    """
    if len(line) > LONGEST:
        return line
    text = line
    for _ in range(4):
        for cue in load_cues()["title_frame"]:
            if opening or cue.id != "annex":  # further down an annex is only listed
                text = cue.pattern.sub("", text)
    return text if text != line and pattern("profile", "title_end").search(text) else line
