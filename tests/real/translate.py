"""
Microsoft's published maps as policies: `python -m tests.real.translate`.

`dual-write.json` has 36 maps between Finance and Operations and Dataverse, `business-central.json`
the 18 default maps between Business Central and Dataverse; `make_facts.py` wrote them down. From
each this makes one file of policies beside it, which is committed, so that one can read it.

A translation says what the table says, and where the table is silent it says so:

- `=` and `><` are `<->`, `>` and `>>` are `->`, `<` and `<<` are `<-`. With the doubled signs goes
  a transformation. The tables do not print most of them; a rule has `values not_published` then, a
  map that changes nothing and says that one is there.
- Whether a map is also run over what exists is asked anew at each start of a map, and is no part of
  it. So the rules are about live changes: `on create or update`. Who wins where both sides were
  changed is not said either: `ask`. A constant goes with whatever else of the record is written, so
  its rule is for all events.
- How records find each other is told by keys in the product, not in the tables. Where a row is
  plainly that key, the mapping has it as `match` and the filters of the table as conditions of its
  `create` lines: the forward filter says what makes a record in Dataverse, the reverse filter what
  makes one in the other system. Elsewhere nothing is said of either.
- A path through a lookup (`msdyn_vendorid.msdyn_vendoraccountnumber`) is one property with that
  name: the schema says nothing of it.
- An option that a table calls by its name is written as the schema's value for it.
- Business Central syncs only records that are coupled, and its filters bind both: they are the
  scope. A row that depends on a setting of the product (`conditional`) is translated as if it held.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from syncdsl import schema
from syncdsl.convert import Value, text
from syncdsl.semantics.test_block import spelled
from tests.harness import formatted

HERE = Path(__file__).parent
Facts: TypeAlias = dict[str, Any]

ARROWS = {"=": "<->", "><": "<->", ">": "->", ">>": "->", "<": "<-", "<<": "<-"}
DIRECTIONS = {"both": "<->", "bc_to_dataverse": "->", "dataverse_to_bc": "<-"}

# Sets of entities of which a schema comes along, by the name of their object.
OBJECTS = {"contacts": "contact", "transactioncurrencies": "transactioncurrency"}
BC_OBJECTS = {
    "Contact": "contact",
    "Customer": "customer",
    "Sales Header": "sales_header",
    "Sales Invoice Header": "sales_invoice_header",
    "Salesperson/Purchaser": "salesperson_purchaser",
}

# Rows that are plainly the key by which the product pairs the records of a map with filters.
KEYS = {
    "CDSContactsV2-contacts": ("CONTACTPERSONID", "msdyn_contactpersonid"),
    "Currencies-transactioncurrencies": ("CURRENCYCODE", "isocurrencycode"),
    "CustomersV3-contacts": ("CUSTOMERACCOUNT", "msdyn_contactpersonid"),
    "SalesOrderHeaderCDSEntity-salesorder": ("SALESORDERNUMBER", "msdyn_salesordernumber"),
}

ALWAYS = "on create or initial or update or reactivation"

# How the filters of the tables write the fields that the rows write in capitals.
FIELDS = {"AssociatedContactType": "ASSOCIATEDCONTACTTYPE", "PartyType": "PARTYTYPE"}

_COMPARISON = re.compile(
    r"\(*\s*(?P<field>\w+)\s*(?P<sign>==|=|!=|eq|ne)\s*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|\w+)\s*\)*(?:\s+and\s+|\s*$)"
)


def dual_write() -> str:
    """The 36 maps of dual-write."""
    head = """\
# Microsoft's dual-write maps, as their documentation publishes them. Made by translate.py, which
# says how, from dual-write.json; NOTICE tells where the facts are from.

system fo { kind dynamics365-finance }
system dataverse { kind dynamics365 }

## A transformation that the published table does not print.
values not_published {
  otherwise copy
}

values direct_mail {
  no <-> false
  yes <-> true
}
"""
    maps = read("dual-write.json")
    return formatted(head + "".join("\n" + "\n".join(_dual_write(each)) + "\n" for each in maps))


def business_central() -> str:
    """The 18 default maps of Business Central."""
    head = """\
# The default maps between Business Central and Dataverse, as the product sets them up. Made by
# translate.py, which says how, from business-central.json; NOTICE tells where the facts are from.

system bc { kind business-central }
system dataverse { kind dynamics365 }
"""
    maps = read("business-central.json")
    return formatted(head + "".join("\n" + "\n".join(_coupling(each)) + "\n" for each in maps))


FILES = {"dual-write.sync": dual_write, "business-central.sync": business_central}


def main() -> None:
    for name, make in FILES.items():
        (HERE / name).write_text(make(), encoding="utf-8", newline="\n")


def read(name: str) -> list[Facts]:
    found: list[Facts] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return found


# ── dual-write ───────────────────────────────────────────────────────────────────────────────────


def _dual_write(given: Facts) -> Iterator[str]:
    arrows = {ARROWS[row["symbol"]] for row in given["rows"]}
    right = OBJECTS.get(given["right"], str(given["right"]))
    ends = f"fo.{given['left']} {_joined(arrows)} dataverse.{right}"
    yield f"mapping {spelled(given['map'])}: {ends} {{"
    key = KEYS.get(given["map"])
    if key is not None:
        yield f"match {key[0]} = {key[1]}"
        if {"->", "<->"} & arrows:
            yield f"create in dataverse{_when('fo', given.get('left_filter'))}"
        if {"<-", "<->"} & arrows:
            yield f"create in fo{_when('dataverse', given.get('right_filter'))}"
    yield "usual on create or update, ask"
    labels: set[str] = set()
    for row in given["rows"]:
        label = _label(row.get("right") or row["left"].lower(), labels)
        yield f"{label}: {_rule('fo', row, ARROWS[row['symbol']], right)}{_transformed(row)}"
    yield "}"


def _transformed(row: Facts) -> str:
    if "values" in row:
        return " values direct_mail"
    return " values not_published" if len(row["symbol"]) == 2 and "constant" not in row else ""


def _when(system: str, given: str | None) -> str:
    """A filter of the tables as a condition."""
    if given is None:
        return ""
    found = list(_COMPARISON.finditer(given))
    assert "".join(each.group() for each in found) == given, given
    parts = []
    for each in found:
        field = f"{system}.{spelled(FIELDS.get(each['field'], each['field']))}"
        value = _constant(each["value"].strip("\"'"))
        if value == '""':
            parts.append(f"{field} is {'not ' if each['sign'] == 'ne' else ''}blank")
        else:
            parts.append(f"{field} {'!=' if each['sign'] in ('!=', 'ne') else '='} {value}")
    return f" when {' and '.join(parts)}"


# ── Business Central ─────────────────────────────────────────────────────────────────────────────


def _coupling(given: Facts) -> Iterator[str]:
    arrows = {DIRECTIONS[row["direction"]] for row in given["rows"]}
    left = spelled(BC_OBJECTS.get(given["left"], str(given["left"])))
    yield f"mapping {given['map']}: bc.{left} {_joined(arrows)} dataverse.{given['right']} {{"
    if "filters" in given:
        conditions = (_bound(given["left"], given["right"], *each) for each in given["filters"])
        yield f"scope {' and '.join(conditions)}"
    yield "usual on create or update, ask"
    labels: set[str] = set()
    for row in given["rows"]:
        arrow = DIRECTIONS[row["direction"]]
        if "constant" in row and arrow == "<->":
            arrow = "->"  # what a constant can do
        label = _label(row.get("right") or row["left"], labels)
        yield f"{label}: {_rule('bc', row, arrow, given['right'])}"
    yield "}"


def _bound(left: str, right: str, of: str, field: str, sign: str, values: list[str]) -> str:
    is_left = of == left
    end = f"bc.{spelled(field)}" if is_left else f"dataverse.{spelled(field.lower())}"
    if sign == "is not blank" or values == [""]:
        return f"{end} {sign if not values else 'is blank'}"
    of_right = ("", None) if is_left else (right, field.lower())
    named = [_constant(value, *of_right) for value in values if value != "blank"]
    condition = f"{end} = {named[0]}" if len(named) == 1 else f"{end} in [{', '.join(named)}]"
    return f"({condition} or {end} is blank)" if "blank" in values else condition


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def _joined(arrows: set[str]) -> str:
    """The arrow of a mapping with rules of these arrows."""
    return next(iter(arrows)) if len(arrows) == 1 else "<->"


def _rule(system: str, row: Facts, arrow: str, right: str) -> str:
    if "constant" not in row:
        return f"{system}.{spelled(row['left'])} {arrow} dataverse.{spelled(row['right'])}"
    value = _constant(row["constant"], right, row.get("right"))
    if "right" in row:
        return f"{value} -> dataverse.{spelled(row['right'])}, {ALWAYS}"
    return f"{system}.{spelled(row['left'])} <- {value}, {ALWAYS}"


def _label(name: str, taken: set[str]) -> str:
    label = re.sub(r"\W+", "_", name).strip("_")
    while label in taken:
        label += "_too"
    taken.add(label)
    return label


def _constant(value: str, table: str = "", field: str | None = None) -> str:
    """A value as the tables write it: a number, a truth, or a text; an option by its name."""
    plain = value.removeprefix("option:").removesuffix("Tok")
    option = _option(plain, table, field)
    if option is not None:
        return text(option)
    if re.fullmatch(r"-?(0|[1-9]\d*)", plain):
        return plain
    return plain.lower() if plain.lower() in ("true", "false") else json.dumps(plain)


def _option(label: str, table: str, field: str | None) -> Value:
    """The value of an option in Dataverse's schema, by what people call it."""
    known = schema.SHIPPED["dynamics365"].objects.get(table)
    if known is None or field is None or field not in known.properties:
        return None
    options = known.properties[field].options or ()
    return next((each.value for each in options if each.label == label), None)


if __name__ == "__main__":
    main()
