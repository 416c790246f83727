"""What a table is made of, and the records of what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from kg.explorer.records import Cut, Quote

Form = Literal["text", "words", "number", "decimal", "date", "code", "codes", "things"]
NOT_SAID = "-"  # the value of a facet where the text says nothing


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that is named in a cell; its key is that of its page, if it has one."""

    name: str
    key: str | None
    short: str  # as people of the row's region say it


Value = str | int | float | Decimal | date | tuple[str, ...] | tuple[Thing, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its values stand in the prepared table, how they are sorted, what they lead to."""

    key: str  # in the address, and of its words
    form: Form = "text"
    value: str = ""  # SQL; the column of the same name unless said
    sort: str = ""  # SQL; by the value unless said
    shown: bool = True  # where nobody chose columns
    page: str = ""  # which page a cell leads to: "task", "document", …
    page_key: str = ""  # SQL: the key of that page
    codes: str = ""  # which words the codes of a cell have

    @property
    def sql(self) -> str:
        """The value as SQL."""
        return self.value or self.key

    @property
    def order(self) -> str:
        """What it is sorted by as SQL: names by their sound, as a Chinese reader looks for them."""
        if self.form == "things":
            return f"list_aggregate(list_transform({self.sql}, lambda one: one.name), 'string_agg', ' ') COLLATE zh"
        if self.form == "codes":
            return f"array_to_string({self.sql}, ' ')"
        return self.sort or (f"({self.sql}) COLLATE zh" if self.form in ("text", "words") else self.sql)


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that rows are chosen by: one value of several, each with the number of rows that it leaves."""

    key: str  # in the address, and of its words
    value: str  # SQL: text, or a list of texts where a row has several
    many: bool = False  # a list
    every: bool = False  # a row shall have all chosen values, not any
    single: bool = False  # one value at a time; the rows without one are shown if none is chosen
    names: str = ""  # SQL: code and name of each value; else its words are found by the code
    codes: tuple[str, ...] = ()  # the order of the values; else by number of rows
    by_value: bool = False  # ordered by the values themselves
    once: str = ""  # offered only once this facet has a choice
    within: tuple[str, str] | None = None  # the SQL for it while another facet has a choice
    pairs: str = ""  # the same for all values of the other facet, as SQL: a list of texts "ITS VALUE VALUE"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with what can be asked of it."""

    name: str  # of the table in the address, and of queries/tables/NAME.sql
    columns: tuple[Column, ...]
    facets: tuple[Facet, ...]
    order: str  # SQL: the order of rows that nothing else sets apart
    part: str  # the facet by which a large table is cut into files
    parts: Mapping[str, str] = field(default_factory=dict)  # measures that the query builds on, by their place in it
    parameters: Mapping[str, object] = field(default_factory=dict)  # of these

    @property
    def table(self) -> str:
        """The prepared table's name."""
        return f"listed_{self.name}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, and how many rows it leaves."""

    value: str
    name: str | None  # None: known by its code
    rows: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its most frequent values, and with those chosen."""

    key: str
    single: bool
    every: bool
    choices: tuple[Choice, ...]
    cut: Cut

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """What is chosen."""
        return tuple(choice for choice in self.choices if choice.chosen)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column, shown or not."""

    key: str
    form: Form
    codes: str
    shown: bool
    usual: bool  # shown where nobody chose


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and the page that it leads to: its kind and key."""

    value: Value
    page: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its cells by column, the words it comes from, and its values for filters, by facet."""

    cells: Mapping[str, Cell]
    quote: Quote | None
    values: Mapping[str, tuple[str, ...]]  # where all rows are asked for
    words: str  # that a search looks in; the same


@dataclass(frozen=True, slots=True)
class TableView:
    """A page of a table."""

    name: str
    part: Choice | None  # the part that the path names
    parts: tuple[Choice, ...]  # those that the table has, where it has more rows than one page of files holds
    columns: tuple[ColumnView, ...]  # all
    facets: tuple[FacetView, ...]
    rows: tuple[TableRow, ...]
    q: str
    sort: str  # key of a column; empty: reading order
    descending: bool
    page: int
    pages: int
    size: int  # rows of a page
    fitting: int  # rows that fit, on all pages
    whole: int  # rows of the table

    @property
    def shown(self) -> tuple[ColumnView, ...]:
        """The columns that are shown."""
        return tuple(column for column in self.columns if column.shown)

    @property
    def main(self) -> str:
        """The column that says what a row is, else the first one: it leads to the row's words."""
        shown = [column.key for column in self.shown]
        return next((key for key in ("task", "department", "indicator", "policy") if key in shown), shown[0])

    @property
    def usual(self) -> tuple[str, ...]:
        """The columns that are shown where nobody chose."""
        return tuple(column.key for column in self.columns if column.usual)
