"""How the IRI of each thing is made from its natural key: the same key gives the same IRI, today and when its text arrives."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.vocab.keys import escape, escape_step
from kg.vocab.namespace import BASE


def scheme(name: str) -> NamedNode:
    """Return a concept scheme; schemes belong to the vocabulary and keep its base.

    >>> scheme("role").value
    'https://w3id.org/zeren/scheme/role'
    """
    return NamedNode(f"{BASE}scheme/{escape_step(name)}")


def concept(scheme_name: str, code: str) -> NamedNode:
    """Return an entry of a concept scheme.

    >>> concept("role", "lead").value
    'https://w3id.org/zeren/scheme/role/lead'
    """
    return NamedNode(f"{BASE}scheme/{escape_step(scheme_name)}/{escape_step(code)}")


def policy(key: str, base: str = BASE) -> NamedNode:
    """Return a policy, whether or not its document is here."""
    return NamedNode(f"{base}id/policy/{escape(key)}")


def source(sha256: str, base: str = BASE) -> NamedNode:
    """Return the pinned text of a source file."""
    return NamedNode(f"{base}id/source/{escape_step(sha256)}")


def section(policy_key: str, key: str, base: str = BASE) -> NamedNode:
    """Return a section of a document."""
    return NamedNode(f"{base}id/section/{escape(policy_key)}/{escape_step(key)}")


def task(policy_key: str, key: str, base: str = BASE) -> NamedNode:
    """Return a task of a document.

    >>> task("130100/2023-gongzuo-yaodian", "2.3").value
    'https://w3id.org/zeren/id/task/130100/2023-gongzuo-yaodian/2.3'
    """
    return NamedNode(f"{base}id/task/{escape(policy_key)}/{escape_step(key)}")


def assignment(policy_key: str, task_key: str, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th assignment of a task, counted from 1."""
    return NamedNode(f"{base}id/assignment/{escape(policy_key)}/{escape_step(task_key)}/{order}")


def indicator(policy_key: str, task_key: str | None, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th indicator of a task, or of the document outside its tasks, counted from 1."""
    return NamedNode(f"{base}id/indicator/{escape(policy_key)}/{escape_step(task_key or 'document')}/{order}")


def citation(policy_key: str, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th citation of a document in reading order, counted from 1."""
    return NamedNode(f"{base}id/citation/{escape(policy_key)}/{order}")


def evidence(policy_key: str, start: int, end: int, rule: str, base: str = BASE) -> NamedNode:
    """Return a piece of evidence: the same words read by two rules are two pieces."""
    return NamedNode(f"{base}id/evidence/{escape(policy_key)}/{start}-{end}/{escape_step(rule)}")


def decision(policy_key: str, subject: str, order: int, base: str = BASE) -> NamedNode:
    """Return the n-th decision on a kind of mention in a document, counted from 1."""
    return NamedNode(f"{base}id/decision/{escape(policy_key)}/{escape_step(subject)}-{order}")


def target_comparison(child: str, parent: str, base: str = BASE) -> NamedNode:
    """Return the comparison of two targets, each given by its IRI.

    >>> target_comparison("https://w3id.org/zeren/id/indicator/a/1/1", "https://w3id.org/zeren/id/indicator/b/document/2").value
    'https://w3id.org/zeren/id/target-comparison/a/1/1+b/document/2'
    """
    below, above = (iri.removeprefix(f"{base}id/indicator/") for iri in (child, parent))
    return NamedNode(f"{base}id/target-comparison/{below}+{above}")


def continuation(earlier: str, later: str, base: str = BASE) -> NamedNode:
    """Return the continuation of a task in another one, each given by its IRI.

    >>> continuation("https://w3id.org/zeren/id/task/a/1", "https://w3id.org/zeren/id/task/b/2").value
    'https://w3id.org/zeren/id/continuation/a/1+b/2'
    """
    return NamedNode(f"{base}id/continuation/{_pair(earlier, later, f'{base}id/task/')}")


def target_change(earlier: str, later: str, base: str = BASE) -> NamedNode:
    """Return the change of a target from a plan to the next, each given by its IRI."""
    return NamedNode(f"{base}id/target-change/{_pair(earlier, later, f'{base}id/indicator/')}")


def body_change(earlier: str, later: str, assignment: str, base: str = BASE) -> NamedNode:
    """Return the change of a body on a task that goes on in another one: the tasks and the assignment that tells, by IRI."""
    own = assignment.removeprefix(f"{base}id/assignment/")
    return NamedNode(f"{base}id/body-change/{_pair(earlier, later, f'{base}id/task/')}+{own}")


def _pair(one: str, other: str, start: str) -> str:
    return f"{one.removeprefix(start)}+{other.removeprefix(start)}"


def organization(key: str, base: str = BASE) -> NamedNode:
    """Return a body.

    >>> organization("130100/ecology-environment").value
    'https://w3id.org/zeren/id/org/130100/ecology-environment'
    """
    return NamedNode(f"{base}id/org/{escape(key)}")


def change(key: str, year: int, base: str = BASE) -> NamedNode:
    """Return the reform by which a body, given by its key, became part of another.

    >>> change("130100/tourism", 2018).value
    'https://w3id.org/zeren/id/change/130100/tourism/2018'
    """
    return NamedNode(f"{base}id/change/{escape(key)}/{year}")


def function(key: str, base: str = BASE) -> NamedNode:
    """Return a function of government, the same nationwide."""
    return NamedNode(f"{base}id/function/{escape(key)}")


def region(code: str, base: str = BASE) -> NamedNode:
    """Return a place by its GB/T 2260 code."""
    return NamedNode(f"{base}id/region/{escape_step(code)}")


def metric(key: str, base: str = BASE) -> NamedNode:
    """Return what an indicator measures."""
    return NamedNode(f"{base}id/metric/{escape(key)}")


def gap(of: str, kind: str, base: str = BASE) -> NamedNode:
    """Return what a task or an indicator, given by its IRI, leaves open.

    >>> gap("https://w3id.org/zeren/id/task/130100/plan/2", "no-lead").value
    'https://w3id.org/zeren/id/gap/task/130100/plan/2/no-lead'
    """
    return NamedNode(f"{base}id/gap/{of.removeprefix(f'{base}id/')}/{escape_step(kind)}")


def correction(key: str, base: str = BASE) -> NamedNode:
    """Return a person's correction.

    >>> correction("c-3f2a9b41d0").value
    'https://w3id.org/zeren/id/correction/c-3f2a9b41d0'
    """
    return NamedNode(f"{base}id/correction/{escape_step(key)}")


def person(name: str, base: str = BASE) -> NamedNode:
    """Return who decided something: by name, or as the IRI that stands for them elsewhere."""
    if re.match(r"(?:https?://|urn:|mailto:)[!-~]+$", name) and not re.search(r'[<>"{}|\\^`]', name):
        return NamedNode(name)
    return NamedNode(f"{base}id/person/{escape_step(name)}")


def load(key: str, period: tuple[int, int] | None, base: str = BASE) -> NamedNode:
    """Return the load of a body, given by its key: in the documents of a period, or in all of them.

    >>> load("130100/water", (2021, 2025)).value
    'https://w3id.org/zeren/id/load/130100/water/2021-2025'
    """
    return NamedNode(f"{base}id/load/{escape(key)}/{_years(period)}")


def region_load(code: str, period: tuple[int, int] | None, base: str = BASE) -> NamedNode:
    """Return how the load lies in a region: in the documents of a period, or in all of them."""
    return NamedNode(f"{base}id/region-load/{escape_step(code)}/{_years(period)}")


def derivation(base: str = BASE) -> NamedNode:
    """Return the making of the derived graph."""
    return NamedNode(f"{base}id/activity/derivation")


def program(version: str, base: str = BASE) -> NamedNode:
    """Return this program in one version."""
    return NamedNode(f"{base}id/program/zeren-{escape_step(version)}")


def parameter(name: str, base: str = BASE) -> NamedNode:
    """Return a parameter of the measures."""
    return NamedNode(f"{base}id/parameter/{escape_step(name)}")


def shared_responsibility(a: str, b: str, base: str = BASE) -> NamedNode:
    """Return what two bodies share, given by their keys, the smaller IRI first.

    >>> shared_responsibility("130100/ecology-environment", "130100/water").value
    'https://w3id.org/zeren/id/shared/130100/ecology-environment+130100/water'
    """
    return NamedNode(f"{base}id/shared/{escape(a)}+{escape(b)}")


def collaboration_network(key: str, base: str = BASE) -> NamedNode:
    """Return the network of bodies tied by shared tasks, given by the key of the first of them."""
    return NamedNode(f"{base}id/network/{escape(key)}")


def community(key: str, base: str = BASE) -> NamedNode:
    """Return a community, given by the key of its core."""
    return NamedNode(f"{base}id/community/{escape(key)}")


def _years(period: tuple[int, int] | None) -> str:
    return "all" if period is None else f"{period[0]}-{period[1]}"
