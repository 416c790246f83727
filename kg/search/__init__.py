"""Finding things by what people type: a name, a short form, the first letters of its pinyin.

From the tables ``gather`` takes what has a name, ``index`` lays the names out in columns, the same for a browser, and ``find``
takes words and gives entries, by means of ``strings`` (many texts looked through at once). In ``fold`` width, case, Traditional
characters, spaces and punctuation make no difference; in ``pinyin`` 重庆 is ChongQing and 银行 YinHang.
"""

from kg.search.entry import KINDS, Entry, Found, Kind, Named
from kg.search.find import Finder, split_words
from kg.search.fold import fold
from kg.search.gather import gather_index
from kg.search.index import Index, make_index
from kg.search.pinyin import initials, spell

__all__ = [
    "KINDS",
    "Entry",
    "Finder",
    "Found",
    "Index",
    "Kind",
    "Named",
    "fold",
    "gather_index",
    "initials",
    "make_index",
    "spell",
    "split_words",
]
