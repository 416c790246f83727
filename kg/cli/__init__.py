"""The command ``zeren``: finds the verb, runs it, and turns what went wrong into one line and an exit code."""

from __future__ import annotations

import sys

try:
    import argparse
    import contextlib
    import errno
    import logging
    import os
    import re
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import NoReturn

    from kg import __version__
    from kg.cli import (
        analyze,
        answers,
        compare,
        export,
        graphs,
        queries,
        query,
        remotes,
        report,
        reviews,
        serve,
        show,
        site,
        verbs,
    )
    from kg.cli.arguments import read_count
    from kg.errors import ZerenError
except KeyboardInterrupt:  # Ctrl-C before anything has begun
    sys.exit(130)

_NO_ROOM = {errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG}  # where the output should go
FINE, FINDINGS, WRONG_USE, INTERNAL, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141
TABLES = ("table", "json", "csv")

DESCRIPTION = """\
Zeren 责任图谱：读政府政策文件，建责任知识图谱，回答谁负责什么。
Chinese government policy documents in, a knowledge graph of responsibilities out."""
EPILOG = """\
example:
  zeren build documents/            read every document in a folder, build the graph into out/
  zeren queries                     see what can be asked
exit codes: 0 fine, 1 findings or some files failed, 2 wrong use, 3 internal error"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    debug = False
    try:
        show.prepare_streams()
        options = build_parser().parse_args(argv)
        debug = options.debug
        logging.basicConfig(format="zeren: %(message)s", level=logging.DEBUG if debug else logging.ERROR)
        code: int = options.run(options)
        sys.stdout.flush()
    except ZerenError as error:
        return _fail(error, WRONG_USE, debug)
    except KeyboardInterrupt:
        print("zeren: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        _print_no_more()
        return PIPE_CLOSED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
            _print_no_more()
            return _fail(f"the output cannot be written ({error.strerror}); write it elsewhere", WRONG_USE, debug)
        hint = "run it again with --debug and report what it prints"
        return _fail(f"internal error, {type(error).__name__}: {error}; {hint}", INTERNAL, debug)
    return code


def _print_no_more() -> None:
    """Send what is still to be printed nowhere, or Python complains at its end."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: object, code: int, debug: bool) -> int:
    if debug:
        logging.getLogger(__name__).debug("where it happened", exc_info=True)
    with contextlib.suppress(OSError):  # nobody to tell
        show.warn(str(error))
    return code


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        short = re.sub(r"(\S{80})\S+", r"\1…", message)
        self.exit(WRONG_USE, f"zeren: {short}; see {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(prog="zeren", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-V", "--version", action="version", version=f"zeren {__version__}")
    _debug(parser, default=False)
    commands = parser.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=_Parser)

    def verb(
        name: str, run: Callable[[argparse.Namespace], int], summary: str, *examples: str, out: bool = True
    ) -> argparse.ArgumentParser:
        epilog = "example:\n" + "\n".join(f"  {example}" for example in examples)
        made = commands.add_parser(
            name, help=summary, description=summary, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        made.set_defaults(run=run)
        if out:
            made.add_argument(
                "--out", type=Path, default=Path("out"), metavar="DIR", help="folder of the built graph (default: out)"
            )
        _debug(made, default=argparse.SUPPRESS)
        return made

    build = verb(
        "build",
        verbs.build,
        "读文件，建图谱 read documents and build the graph",
        "zeren build documents/",
        "zeren build plan-2023.txt plan-2024.txt --out shijiazhuang",
    )
    documents = "a document (.txt .md .html .mht .docx .xlsx .pdf), or a folder of them"
    build.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help=documents)
    jobs = "processes that read where there are many files (default: one a processor)"
    build.add_argument("--jobs", type=read_count, metavar="N", help=jobs)

    ledger = verb(
        "ledger",
        verbs.ledger,
        "责任清单 write out everything that was extracted",
        "zeren ledger --to 责任清单.xlsx",
        "zeren ledger --format json > ledger.json",
    )
    ledger.add_argument("--format", choices=("json", "csv", "xlsx", "md"), help="default: the ending of --to, else json")
    ledger.add_argument("--to", type=Path, metavar="FILE", help="write to this file, not to the terminal")
    ledger.add_argument("--bom", action="store_true", help="CSV that Excel opens as UTF-8 at a double click")

    listed = verb(
        "queries",
        queries.queries,
        "可问的问题 list and search the named queries, or show one",
        "zeren queries",
        "zeren queries 牵头 指标",
        "zeren queries department-tasks --text",
        out=False,
    )
    queries.add_arguments(listed)

    asked = verb(
        "query",
        query.query,
        "提问 ask a named query, a .rq file, or SPARQL from standard input",
        "zeren query department-load",
        "zeren query department-tasks --param unit=石家庄市生态环境局 --to 任务.xlsx",
        "zeren query most-shared-tasks --limit all --format csv",
        "zeren query department-load --endpoint http://127.0.0.1:7878/query",
        "zeren query - < question.rq",
    )
    query.add_arguments(asked)

    summary = "分析负荷、协作与缺口 load, overload, shared work, gaps; what if a body were gone"
    analyze.add_arguments(verb("analyze", analyze.analyze, summary, *analyze.EXAMPLES))

    summary = "对照 compare a region's successive plans, two documents, or regions side by side"
    compare.add_arguments(verb("compare", compare.compare, summary, *compare.EXAMPLES))

    trace = verb(
        "trace",
        answers.trace,
        "责任链 trace a task to who answers, what is measured, what it rests on, each with its sentence",
        "zeren trace 石家庄市2023年生态文明建设工作要点#8",
        "zeren trace 石家庄市水利局 --format md > 责任链.md",
    )
    trace.add_argument("what", metavar="WHAT", help="a task (title, document#number, IRI), a body or a document: all its tasks")
    trace.add_argument("--format", choices=("table", "json", "md"), default="table", help="text for people (default), json or md")
    graphs.add_endpoint(trace)

    review = verb(
        "review",
        reviews.review,
        "待核实的判定 list what waits for a person, and take people's verdicts",
        "zeren review",
        "zeren review --subject unit --limit 50",
        "zeren review --format csv > 待审.csv",
        "zeren review accept u-7f3a2c91b0 --as 130100/data --by 王某 --because 机构已更名",
    )
    reviews.add_arguments(review, _Parser)

    check = verb("check", verbs.check, "检查图谱 check the graph: shapes, ontology, evidence against the sources", "zeren check")
    check.add_argument(
        "--derived",
        action="store_true",
        help="按定义重算推导结果并核对 also work out by SPARQL what the build derived",
    )
    _format(check)
    graphs.add_endpoint(check)

    graph = verb(
        "graph",
        verbs.graph,
        "图谱页面 draw the graph, or a part of it, as one HTML file",
        "zeren graph --to 责任图谱.html",
        "zeren graph --region 石家庄市 --to 石家庄.html",
        "zeren graph --around 石家庄市水利局 --hops 2 --to 水利局.html",
    )
    graph.add_argument("--to", "--out-file", type=Path, metavar="FILE", help="default: graph.html in the --out folder")
    graph.add_argument("--region", metavar="NAME", help="只画一个地区的文件 only the documents of a region, by name or code")
    graph.add_argument("--around", metavar="WHAT", help="只画一个部门、任务、指标或政策的周围 only what is around one thing")
    graph.add_argument("--hops", type=int, choices=(1, 2), default=1, help="几步之内 how far from it (default: 1)")
    graph.add_argument("--document", metavar="NAME", help="只画一份文件 only one document, by title, key, number or file name")

    written = "分析报告 write the report: a page to read and print, and a workbook with all rows"
    report.add_arguments(verb("report", report.report, written, *report.EXAMPLES))

    summary = "离线页面 write the explorer's pages as a folder of files that opens without a server, from a USB stick"
    site.add_arguments(verb("site", site.site, summary, *site.EXAMPLES))

    summary = "导出 write the graph for other programs: RDF, networks, tables"
    export.add_arguments(verb("export", export.export, summary, *export.EXAMPLES))

    serve.add_arguments(
        verb(
            "serve",
            serve.serve,
            "SPARQL 服务 answer SPARQL over HTTP, read only",
            "zeren serve",
            "zeren serve --port 0 --timeout 10",
        )
    )

    remotes.add_push(
        verb(
            "push",
            remotes.push,
            "推送 send the graph to a SPARQL server, only what changed",
            "zeren push http://127.0.0.1:7878/query",
            "zeren push https://kg.example.org/sparql --credentials server.toml",
        )
    )
    fetch = "拉取 fetch what was pushed to a server, as one file that can be asked"
    pull = verb("pull", remotes.pull, fetch, "zeren pull http://127.0.0.1:7878/query --to 图谱.nq", out=False)
    remotes.add_pull(pull)
    return parser


def _debug(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument("--debug", action="store_true", default=default, help="say more, and show where an error happened")


def _format(parser: argparse.ArgumentParser, choices: Sequence[str] = TABLES) -> None:
    parser.add_argument(
        "--format",
        choices=choices,
        default="table",
        help="table for people, long text shortened (default); the others for programs, whole",
    )
