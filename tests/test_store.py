from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from kg import store, vocab
from kg.errors import OutputError, SourceError, StoreError
from kg.model import Resolved
from kg.rdf import build_document_quads, build_ontology_quads, build_registry_quads, merge_shared
from kg.store.generation import file_name
from kg.vocab import DCTERMS, ZR
from tests.records import TEXT, another_toy, resolved_toy, toy_registry

LATER = resolved_toy(TEXT + "（完）\n")  # the same plan, the file has a line more


def build(out: Path, records: Sequence[Resolved], knowledge: str = "1", **options: str) -> store.Generation:
    with store.prepare(out, knowledge=knowledge, **options) as draft:
        for resolved in records:
            document = resolved.reading.document
            if draft.keep(document.path, document.sha256) is None:
                put(draft, resolved)
        return draft.commit()


def put(draft: store.Draft, resolved: Resolved) -> None:
    document = resolved.reading.document
    source = store.Source(resolved.policy.key, document.path, document.sha256)
    draft.put(source, build_document_quads(resolved, draft.base), build_registry_quads(resolved, toy_registry(), draft.base))


def expected(records: Sequence[Resolved], base: str = vocab.BASE) -> set[Quad]:
    shared = [(resolved.policy.key, build_registry_quads(resolved, toy_registry(), base)) for resolved in records]
    stated = [quad for resolved in records for quad in build_document_quads(resolved, base)]
    return {*build_ontology_quads(base), *merge_shared(shared, base), *stated}


def generations(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "generations").iterdir())


SEQUENCES: list[list[list[Resolved]]] = [
    [[resolved_toy()]],
    [[resolved_toy(), another_toy()]],
    [[resolved_toy()], [resolved_toy(), another_toy()]],
    [[resolved_toy(), another_toy()], [another_toy()]],  # one is gone, with what only it shared
    [[resolved_toy(), another_toy()], [LATER, another_toy()]],  # one is new
    [[resolved_toy()], [LATER], [resolved_toy()]],
    [[resolved_toy()], []],
]


@pytest.mark.parametrize("builds", SEQUENCES, ids=range(len(SEQUENCES)))
def test_the_store_holds_what_the_last_build_stated(tmp_path: Path, builds: list[list[Resolved]]) -> None:
    for records in builds:
        generation = build(tmp_path, records)
    assert set(store.open_current(tmp_path)) == expected(builds[-1])
    assert set(store.load_memory(generation)) == expected(builds[-1])


def test_unchanged_documents_are_kept(tmp_path: Path) -> None:
    first = build(tmp_path, [resolved_toy(), another_toy()])
    with store.prepare(tmp_path, knowledge="1") as draft:
        document = resolved_toy().reading.document
        assert draft.keep(document.path, document.sha256) == first.manifest.documents[0]
        assert draft.keep(document.path, "another digest") is None
        assert draft.keep("elsewhere.txt", document.sha256) is None


OTHER = [{"knowledge": "2"}, {"program": "9.9"}, {"base": "https://example.org/"}]


@pytest.mark.parametrize("change", OTHER, ids=lambda change: next(iter(change)))
def test_nothing_is_kept_when_something_else_made_it(tmp_path: Path, change: dict[str, str]) -> None:
    build(tmp_path, [resolved_toy()])
    options = {"knowledge": "1"} | change
    with store.prepare(tmp_path, **options) as draft:
        document = resolved_toy().reading.document
        assert draft.keep(document.path, document.sha256) is None
        put(draft, resolved_toy())
        draft.commit()
    assert set(store.open_current(tmp_path)) == expected([resolved_toy()], options.get("base", vocab.BASE))


def test_another_engine_loads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, [resolved_toy(), another_toy()])
    monkeypatch.setattr("kg.store.draft.ENGINE", "pyoxigraph 99")
    build(tmp_path, [resolved_toy(), another_toy()])
    assert set(store.open_current(tmp_path)) == expected([resolved_toy(), another_toy()])


def test_a_generation_knows_what_it_was_built_from(tmp_path: Path) -> None:
    generation = build(tmp_path, [resolved_toy()])
    manifest = generation.manifest
    assert store.current(tmp_path) == generation
    assert generation.is_whole()
    assert (manifest.counts["Task"], manifest.counts["Organization"], manifest.counts["documents"]) == (2, 5, 1)
    assert manifest.counts["quads"] == len(expected([resolved_toy()]))


def test_same_input_same_files(tmp_path: Path) -> None:
    first, second = (build(tmp_path / name, [resolved_toy()]) for name in "ab")
    contents = [[path.read_bytes() for path in generation.quad_files()] for generation in (first, second)]
    assert contents[0] == contents[1]
    assert first.manifest.documents == second.manifest.documents


def test_the_previous_generation_stays_for_its_readers(tmp_path: Path) -> None:
    build(tmp_path, [resolved_toy()])
    reader = store.open_current(tmp_path)
    build(tmp_path, [LATER])
    assert set(reader) == expected([resolved_toy()])
    assert generations(tmp_path) == ["000001", "000002"]
    build(tmp_path, [another_toy()])
    assert generations(tmp_path) == ["000002", "000003"]


def test_what_follows_goes_into_the_derived_graph(tmp_path: Path) -> None:
    def derive(graph: Store) -> Iterator[Quad]:
        rows = graph.query("SELECT ?p WHERE { ?p a <https://w3id.org/zeren/ns#Policy> }", use_default_graph_as_union=True)
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            policy = row["p"]
            assert isinstance(policy, NamedNode)
            yield Quad(policy, ZR.ancestorPolicy, vocab.policy("top"), vocab.derived_graph())

    for records in ([resolved_toy()], [another_toy(), resolved_toy()]):  # the second time replaces the first
        with store.prepare(tmp_path) as draft:
            for resolved in records:
                put(draft, resolved)
            generation = draft.commit(derive, {"note": "何人何事"})
        derived = list(parse(path=generation.quads / "derived.nq", format=RdfFormat.N_QUADS))
        assert len(derived) == 2 + len(records)
        assert set(store.open_current(tmp_path)) == expected(records) | set(derived)
        assert store.current(tmp_path).manifest.extra == {"note": "何人何事"}


def test_a_build_that_fails_leaves_the_old_graph_and_no_rubbish(tmp_path: Path) -> None:
    build(tmp_path, [resolved_toy()])
    with store.prepare(tmp_path, knowledge="1") as draft:
        put(draft, another_toy())
    assert generations(tmp_path) == ["000001"]
    assert set(store.open_current(tmp_path)) == expected([resolved_toy()])
    build(tmp_path, [another_toy()])  # and the lock is free again


def test_an_interrupt_after_the_switch_keeps_the_new_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: Path, content: bytes) -> None:
        store.replace_durably(path, content)
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.store.draft.replace_durably", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, [resolved_toy()])
    assert set(store.open_current(tmp_path)) == expected([resolved_toy()])


def test_two_documents_that_state_one_policy(tmp_path: Path) -> None:
    with store.prepare(tmp_path) as draft:
        put(draft, resolved_toy())
        with pytest.raises(SourceError, match=r"docs/b\.txt: states the same policy as docs/示范市\.txt"):
            put(draft, resolved_toy(TEXT + "\n", "docs/b.txt"))


def test_two_builds_at_once(tmp_path: Path) -> None:
    with store.prepare(tmp_path), pytest.raises(OutputError, match="another build is running"):
        store.prepare(tmp_path)


# A build in a process of its own that ends the hard way at a given point.
CHILD = """
import os, signal, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from kg.store import draft, files
from tests.test_store import LATER, another_toy, build

def kill(*_args, **_options):
    os.kill(os.getpid(), signal.SIGKILL)

def kill_after(call):
    def both(*args, **options):
        call(*args, **options)
        kill()
    return both

point = sys.argv[3]
if point == "while putting": draft.write_lines = kill
elif point == "half a file": draft.write_lines = lambda lines, path: (path.write_bytes(b"<http"), kill())
elif point == "store begun": draft._count_things = kill
elif point == "store filled": draft.store_files = kill
elif point == "no manifest": draft.write_durably = kill
elif point == "half a manifest": draft.write_durably = lambda path, content: (path.write_bytes(content[:40]), kill())
elif point == "before the switch": draft.replace_durably = kill
elif point == "half a pointer": files.sync_folder = draft.sync_folder = lambda path: None; files.Path.replace = kill
elif point == "after the switch": draft.replace_durably = kill_after(draft.replace_durably)
elif point == "while clearing away": draft.shutil.rmtree = kill
build(Path(sys.argv[2]), [LATER, another_toy()])
"""
POINTS = [
    ("while putting", False),
    ("half a file", False),
    ("store begun", False),
    ("store filled", False),
    ("no manifest", False),
    ("half a manifest", False),
    ("before the switch", False),
    ("half a pointer", False),
    ("after the switch", True),
    ("while clearing away", True),
]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(("point", "switched"), POINTS, ids=[point for point, _ in POINTS])
def test_killed_at_any_moment_a_whole_graph_stands(tmp_path: Path, point: str, switched: bool) -> None:
    build(tmp_path, [another_toy()])
    build(tmp_path, [resolved_toy(), another_toy()])
    root = str(Path(__file__).parent.parent)
    child = subprocess.run([sys.executable, "-c", CHILD, root, str(tmp_path), point], capture_output=True, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    stands = [LATER, another_toy()] if switched else [resolved_toy(), another_toy()]
    assert store.current(tmp_path).is_whole()
    assert set(store.open_current(tmp_path)) == expected(stands)
    # the next build finds the lock free, clears what was left, and goes on
    build(tmp_path, [another_toy()])
    assert set(store.open_current(tmp_path)) == expected([another_toy()])
    assert len(generations(tmp_path)) == 2


def damage(*names: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        for path in [found for name in names for found in folder.glob(name)]:
            content = bytearray(path.read_bytes())
            for i in range(len(content) // 4, len(content) * 3 // 4):
                content[i] ^= 0x5A
            path.write_bytes(content)

    return spoil


def remove(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        for path in folder.glob(name):
            path.unlink()

    return spoil


def write(name: str, content: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        for path in folder.glob(name):
            path.write_bytes(content)

    return spoil


def put_in_manifest(name: str, value: object) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "generations/000001/manifest.json"
        raw = place = json.loads(path.read_text("utf-8"))
        *way, last = name.split("/")
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        place[last] = value
        path.write_text(json.dumps(raw), "utf-8")

    return spoil


ILL_TYPED: list[tuple[str, object]] = [
    ("files", []),
    ("files", {"CURRENT": "16"}),
    ("digests", None),
    ("digests", {"store/CURRENT": 1}),
    ("counts", {"quads": True}),
    ("base", 7),
    ("previous", 7),
    ("extra", []),
    ("documents", {}),
    ("documents", [7]),
    ("documents/0/quads", "many"),
    ("documents/0/name", "../../elsewhere"),
    ("documents/0/source", "docs/a.txt"),
    ("documents/0/source/key", None),
    ("more", 1),
]
DAMAGES = [
    ("pointer empty", write("current", b""), "current: damaged, names no generation"),
    ("pointer binary", write("current", b"\xff\xfe"), "current: not readable"),
    ("pointer leads outside", write("current", b"../../etc"), "names no generation"),
    ("pointer to nothing", write("current", b"000099\n"), "manifest damaged"),
    ("manifest gone", remove("generations/*/manifest.json"), "manifest damaged"),
    ("manifest cut", write("generations/*/manifest.json", b'{"format": 1'), "manifest damaged"),
    ("manifest of another shape", write("generations/*/manifest.json", b"[]"), "manifest damaged"),
    ("manifest of another format", write("generations/*/manifest.json", b'{"format": 99}'), "format 99 is not 5"),
    ("manifest nested too deeply", write("generations/*/manifest.json", b"[" * 100_000), "manifest damaged"),
    *((f"manifest's {name} {value!r}", put_in_manifest(name, value), "manifest damaged") for name, value in ILL_TYPED),
    ("tables gone", remove("generations/*/store/*.sst"), r"store: damaged \(.*\.sst: missing\)"),
    ("tables cut", write("generations/*/store/*.sst", b""), "0 bytes instead of"),
    ("tables overwritten", damage("generations/*/store/*.sst"), "store: damaged"),
    ("engine's manifest overwritten", damage("generations/*/store/MANIFEST-*"), "store: damaged"),
    ("engine's pointer gone", remove("generations/*/store/CURRENT"), "CURRENT: missing"),
    ("store gone", lambda out: shutil.rmtree(out / "generations/000001/store"), "missing"),
]


@pytest.mark.parametrize(("spoil", "message"), [row[1:] for row in DAMAGES], ids=[row[0] for row in DAMAGES])
def test_damage_is_told_and_mended_by_another_build(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], spoil: Callable[[Path], None], message: str
) -> None:
    build(tmp_path, [resolved_toy(), another_toy()])
    spoil(tmp_path)
    with pytest.raises(StoreError, match=message) as caught:
        store.open_current(tmp_path)
    assert f"run `zeren build SOURCES --out {tmp_path}` again" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""  # the engine keeps quiet
    build(tmp_path, [resolved_toy(), another_toy()])
    assert set(store.open_current(tmp_path)) == expected([resolved_toy(), another_toy()])


def test_damage_found_in_the_middle_of_a_query(tmp_path: Path) -> None:
    generation = build(tmp_path, [resolved_toy()])
    with pytest.raises(StoreError, match=r"^here: damaged \(half read\); run"), store.guarded(Path("here"), generation.out):
        raise OSError("half read\nand more")


def test_a_panic_becomes_an_error() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(StoreError, match="index out of bounds"), store.guarded(Path("store"), Path("out")):
        raise panic("index out of bounds")
    with pytest.raises(KeyboardInterrupt), store.guarded(Path("store"), Path("out")):
        raise KeyboardInterrupt


def test_damaged_quads_are_read_again(tmp_path: Path) -> None:
    first = build(tmp_path, [resolved_toy(), another_toy()])
    first.document_file(first.manifest.documents[0]).write_text("broken", "utf-8")
    with pytest.raises(StoreError, match=r"\.nq: damaged"):
        store.load_memory(first)
    build(tmp_path, [resolved_toy(), another_toy()])
    assert set(store.open_current(tmp_path)) == expected([resolved_toy(), another_toy()])


def test_nothing_built_yet(tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "nowhere"):
        assert store.find_current(out) is None
        with pytest.raises(StoreError, match=re.escape(f"{out}: no graph here yet; run `zeren build SOURCES --out {out}` first")):
            store.open_current(out)


def test_the_output_is_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        store.prepare(out)
    with pytest.raises(StoreError, match="no graph here yet"):
        store.current(out)
    assert out.read_text("utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_the_output_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        store.prepare(tmp_path / "out")


def test_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device", "quads.nq")

    build(tmp_path, [resolved_toy()])
    monkeypatch.setattr("kg.store.draft.write_nquads", full)
    with pytest.raises(OutputError, match=r"quads\.nq: cannot be written \(No space left on device\); free space"):
        build(tmp_path, [another_toy()])
    assert set(store.open_current(tmp_path)) == expected([resolved_toy()])
    assert generations(tmp_path) == ["000001"]


def test_the_disk_is_full_while_the_store_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("IO error: No space left on device: While appending to file: 000012.sst")

    build(tmp_path, [resolved_toy()])
    monkeypatch.setattr("kg.store.draft._count_things", full)
    with pytest.raises(OutputError, match=r"store: cannot be written \(IO error: No space left .*free space"):
        build(tmp_path, [another_toy()])
    assert set(store.open_current(tmp_path)) == expected([resolved_toy()])


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    for name in ("current", "lock"):
        (tmp_path / name / name).mkdir(parents=True)
        with pytest.raises(OutputError, match=f"{name}: is a folder, where the build keeps a file; move it away"):
            store.prepare(tmp_path / name)
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "generations").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="generations: is a file, where the build keeps a folder; move it away"):
        store.prepare(tmp_path / "third")


def test_a_large_store_is_compared_in_full_only_by_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generation = build(tmp_path, [resolved_toy()])
    largest = max(generation.store.glob("*.sst"), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    assert not generation.is_whole()
    with pytest.raises(StoreError, match="changed since the build"):
        store.open_store(generation)
    monkeypatch.setattr("kg.store.engine.SMALL", 0)
    store.open_store(generation)


def test_the_current_store_cannot_be_changed_by_a_reader(tmp_path: Path) -> None:
    build(tmp_path, [resolved_toy()])
    reader = store.open_current(tmp_path)
    with pytest.raises(RuntimeError):
        reader.add(Quad(ZR.Task, DCTERMS.title, ZR.Task))


def test_a_folder_in_chinese_with_blanks(tmp_path: Path) -> None:
    out = tmp_path / "输出 目录"
    build(out, [resolved_toy()])
    assert len(store.open_current(out)) == len(expected([resolved_toy()]))


def test_fingerprint(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    (seeds / "documents").mkdir(parents=True)
    (seeds / "a.toml").write_text("a", "utf-8")
    before = store.fingerprint(seeds)
    (seeds / "documents" / "plan.txt").write_text("a document is no knowledge", "utf-8")
    assert store.fingerprint(seeds) == before
    (seeds / "a.toml").rename(seeds / "b.toml")
    assert store.fingerprint(seeds) != before


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_file_names_fit_every_system(key: str, other: str) -> None:
    name = file_name(key)
    assert re.fullmatch(r"[a-z0-9_.-]{1,80}", name)
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)
    assert not name.endswith(".")
    assert (file_name(other) == name) is (other == key)


@pytest.mark.parametrize("key", ["con", "nul.2023", "../../etc/passwd", "A", "a.", "关于", "k" * 300])
def test_hard_keys(tmp_path: Path, key: str) -> None:
    quad = Quad(ZR.Task, DCTERMS.title, ZR.Task, vocab.document_graph(key))
    with store.prepare(tmp_path / "out") as draft:
        part = draft.put(store.Source(key, "a.txt", "0"), [quad], [])
        generation = draft.commit()
    assert generation.document_file(part).parent == generation.quads / "documents"
    assert quad in store.open_current(tmp_path / "out")
