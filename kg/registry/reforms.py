"""Which body a reform put in the place of another."""

from __future__ import annotations

from kg.model import Organization
from kg.registry import Registry, short_name


def find_heir(body: Organization, registry: Registry) -> tuple[Organization, int] | None:
    """Return the body that took over and the year of the reform; ``None`` where none did.

    >>> from kg.registry import load_registry
    >>> body = Organization("130100/tourism", "石家庄市旅游局", (), "organization", "tourism", "130100")
    >>> heir, year = find_heir(body, load_registry())
    >>> heir.label, year
    ('石家庄市文化广电和旅游局', 2018)
    """
    function = registry.functions.get(body.function or "")
    region = registry.regions.get(body.region or "")
    if function is None or region is None or function.until is None or function.successor is None:
        return None
    if body.key != f"{region.code}/{function.key}":  # a body of an open kind goes its own way
        return None
    heir = registry.functions[function.successor]
    place = "" if region.level == "national" else region.name
    form = next(iter(heir.forms(region.level)), f"{heir.zh}机构")
    label = form.replace("{place}", place).replace("{short}", short_name(place)) if "{" in form else place + form
    return Organization(f"{region.code}/{heir.key}", label, (), "organization", heir.key, region.code), function.until
