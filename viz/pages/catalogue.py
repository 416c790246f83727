"""The named queries as JSON: ``/api/queries``, with titles, questions and parameters in both languages."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg import ask
from viz.pages.links import Language
from viz.pages.words import words_of

LANGUAGES: tuple[Language, Language] = ("zh", "en")


async def list_catalogue(_: Request) -> Response:
    """Answer with all named queries, in the order of the page."""
    return JSONResponse(
        {"queries": [describe_query(query) for query in ask.list_queries()]}, headers={"Cache-Control": "no-cache"}
    )


def describe_query(query: ask.NamedQuery) -> dict[str, Any]:
    """Return what a program has to know to ask a named query."""
    return {
        "name": query.name,
        "title": {"zh": query.title, "en": query.title_en or query.title},
        "question": {"zh": query.question, "en": query.question_en or query.question},
        "group": {"key": query.group, **dict(zip(LANGUAGES, ask.GROUPS.get(query.group, (query.group,) * 2), strict=True))},
        "tags": list(query.tags),
        "params": [_describe_param(param) for param in query.params],
        "limit": query.limit,
        "text": query.text,
        "page": f"/sparql?name={query.name}",
    }


def name_param(param: ask.Param, lang: Language) -> str:
    """Return what people call a parameter: by its name, else by its type."""
    words = words_of("pages", lang)
    return words.get(f"param_{param.name}") or words.get(f"param_{param.type}") or param.name


def _describe_param(param: ask.Param) -> dict[str, Any]:
    label = {lang: name_param(param, lang) for lang in LANGUAGES}
    return {"name": param.name, "label": label, "type": param.type, "optional": param.optional, "example": param.example}
