"""
What names stand for, and the telling of what is wrong with them.

`Names` is the state of one run of `resolve`: what was declared, and the diagnostics so far. Every
lookup answers with a value; what could not be found is told once, and answered with a value that
says so, so that later phases keep silent about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syncdsl import policy, schema
from syncdsl.convert import Step
from syncdsl.diagnostic import Diagnostic, Fix, Label, Severity
from syncdsl.situation import Side
from syncdsl.source import Span
from syncdsl.suggest import did_you_mean, hint, one_of
from syncdsl.syntax import tree
from syncdsl.wiring import Conversion


class Names:
    """The declarations of all files, and what is visible where."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.told: set[tuple[str, Span]] = set()
        self.mistakes = 0  # with those that were told already
        self.systems: dict[str, policy.System] = {}
        self.unreadable: set[str] = set()  # systems whose schema could not be had
        self.unread: frozenset[str] = frozenset()  # what is declared on lines that were told
        self.values: dict[str, dict[str, policy.ValueMap]] = {}  # by the path of the file
        self.orders: dict[str, dict[str, policy.Order]] = {}
        self.mappings: dict[str, policy.Mapping] = {}
        self.properties: dict[tuple[str, str | None, str, str], policy.Property] = {}
        self.conversions: dict[
            tuple[tuple[Step, ...], Span | None, policy.Arrow], tuple[Conversion, Conversion]
        ] = {}

    def tell(
        self,
        code: str,
        message: str,
        span: Span,
        *,
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        """One mistake is told once: a `usual` clause is resolved for every rule."""
        self.mistakes += 1
        if (code, span) in self.told:
            return
        self.told.add((code, span))
        self.diagnostics.append(
            Diagnostic(code, Severity.ERROR, message, span, labels, notes, fixes=fixes)
        )

    def unknown(self, kind: str, name: tree.Name, known: Sequence[str]) -> None:
        if name.text in self.unread:
            self.mistakes += 1
            return
        near = hint(name.text, known, kind)
        self.tell("unknown-name", f"there is no {kind} `{name.text}`; {near}", name.span)

    def system(self, name: tree.Name) -> policy.System:
        """A system; one that nobody declared is taken as it is, unless it looks misspelt."""
        found = self.systems.get(name.text)
        if found is None:
            known = [system.name for system in self.systems.values() if system.declared]
            near = did_you_mean(name.text, known)
            if near is not None and name.text not in self.unread:
                self.tell(
                    "unknown-name",
                    f"there is no system `{name.text}`; did you mean `{near}`?",
                    name.span,
                )
            declared = name.text in self.unread
            found = policy.System(name.text, None, None, name.span, declared=declared)
            self.systems[name.text] = found
        return found

    def one_of_systems(
        self, name: tree.Name, systems: tuple[str, str], what: str, *others: str
    ) -> Side | None:
        """The side of a system, of two; anything else is told, with what else could stand there."""
        if name.text in systems:
            return Side.LEFT if name.text == systems[0] else Side.RIGHT
        accepted = one_of((*systems, *others))
        self.tell("unknown-name", f"{what} is `{name.text}`; here it can be {accepted}", name.span)
        return None

    def property(
        self, system: str, object_name: str | None, name: str, home: str
    ) -> policy.Property:
        key = (system, object_name, name, home if object_name is None else "")
        found = self.properties.get(key)
        if found is None:
            there = self.object(system, object_name)
            facts = there.properties.get(name) if there is not None else None
            found = policy.Property(system, object_name, name, facts, key[3])
            self.properties[key] = found
        return found

    def object(self, system: str, name: str | None) -> schema.Object | None:
        known = self.systems.get(system)
        if known is None or known.schema is None or name is None:
            return None
        return known.schema.objects.get(name)

    def value_map(self, name: tree.Name, path: str) -> policy.ValueMap | None:
        found = self.values[path].get(name.text)
        if found is None:
            self.unknown("value map", name, list(self.values[path]))
        return found

    def order(self, name: tree.Name, path: str) -> policy.Order | None:
        found = self.orders[path].get(name.text)
        if found is None:
            self.unknown("order", name, list(self.orders[path]))
        return found

    def mapping(self, name: tree.Name) -> policy.Mapping | None:
        found = self.mappings.get(name.text)
        if found is None:
            self.unknown("mapping", name, list(self.mappings))
        return found


def type_name(found: policy.Property | None) -> str | None:
    """The schema's type of a property, by its name."""
    if found is None or found.facts is None or found.facts.type is None:
        return None
    return found.facts.type.value


def visible(declared: Mapping[str, Sequence[str]], path: str) -> list[str]:
    """A file and all that it brings in, itself first; `declared` is what each file uses."""
    seen = [path]
    for each in seen:
        seen.extend(other for other in declared.get(each, ()) if other not in seen)
    return seen
