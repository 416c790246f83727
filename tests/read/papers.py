"""PDFs drawn by hand: words at their places, ruled lines, a font that every reader has."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>"
)
NAMELESS = FONT.replace("UniGB-UCS2-H", "Identity-H").replace("GB1", "Identity").replace("/Supplement 2", "/Supplement 0")


@dataclass
class Sheet:
    """A page in the making; heights count from the top."""

    drawn: list[str] = field(default_factory=list)
    turn: int = 0
    font: str = FONT

    def text(self, left: float, top: float, words: str, size: float = 12) -> Sheet:
        code = words.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F {size} Tf {left} {HEIGHT - top - size:.1f} Td <{code}> Tj ET")
        return self

    def up(self, left: float, top: float, words: str) -> Sheet:
        self.drawn.append(f"BT /F 12 Tf 0 1 -1 0 {left} {HEIGHT - top} Tm <{words.encode('utf-16-be').hex()}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.drawn.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float], rows: list[list[str]], *, without: str = "") -> Sheet:
        """Draw a table; ``without`` names walls to leave out: v10 is the upright line 1 in row 0, h10 level line 1 in column 0."""
        for i, x in enumerate(xs):
            for row in range(len(ys) - 1):
                if f"v{i}{row}" not in without.split():
                    self.line(x, ys[row], x, ys[row + 1])
        for i, y in enumerate(ys):
            for column in range(len(xs) - 1):
                if f"h{i}{column}" not in without.split():
                    self.line(xs[column], y, xs[column + 1], y)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                for i, part in enumerate(words.split("\n")):
                    self.text(xs[column] + 3, ys[row] + 3 + 14 * i, part)
        return self


def pdf(*sheets: Sheet, picture: bool = False) -> bytes:
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for sheet in sheets:
        content = "\n".join(sheet.drawn + (["q 500 0 0 700 40 40 cm /I Do Q"] if picture else []))
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {sheet.turn}/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F {sheet.font}>>/XObject<</I {len(objects) + 2} 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
        objects.append(
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream"
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()
