"""
Writes the review of what is found in Microsoft's published maps: `python -m tests.real.review`.

The figures are counted, the verdicts were written by people who looked at each finding. A code
without a verdict, or one that is not found any more, stops the page from being written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from syncdsl.check import CHECKS
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.examine import examine, understand
from syncdsl.project.files import Content, Reader
from tests.harness import ROOT
from tests.real import translate

PAGE = ROOT / "docs" / "explanation" / "microsoft-maps.md"
SYSTEMS = {"dual-write": "Finance and Operations", "business-central": "Business Central"}

# By code: is it true, and why. Numbers of findings are counted, so none stands here.
VERDICTS = {
    "consent-polarity-inverted": "True as published: `ISRECEIVINGDIRECTMAIL` (you may write) is "
    "mapped onto `donotemail` (do not write) with no onto False and yes onto True.",
    "consent-not-sticky": "True: the same row goes both ways, and an old value of either side can "
    "take an objection back.",
    "constant-overwrites": "True: a constant goes with every write of a row. That a map marks its "
    "own rows (`msdyn_sellable`, `owneridtype`) is meant, and a policy would say so. The state and "
    "status of a sales order, the rate 1 of a currency and the language `en-us` are not marks: "
    "whatever people set is set back.",
    "paired-properties-diverge": "True: of the delivery address the longitude is transformed and "
    "the latitude is not; a credit limit goes one way and its currency both.",
    "two-rules-write-one-property": "True, and a question to the records: both contact maps write "
    "the same columns, and so do two maps of price lists and of resources. They are safe only as "
    "far as no record belongs to both; the reverse filters of the contact maps exclude each other, "
    "the forward ones are over different tables.",
    "scope-not-closed": "True for the two filters that ask for what the map never sets: "
    "`msdyn_sellable` and `msdyn_ordertype`. For `ASSOCIATEDCONTACTTYPE` the table says `1` in its "
    "filter and `Vendor` in its row; a schema of Finance and Operations would know that both are "
    "one option, and without one it is told as an information.",
    "scope-exit-unsaid": "True, as an information: the tables print a filter, and nothing of what "
    "becomes of a pair that no longer fits it.",
    "spelled-two-ways": "True: `msdyn_primaryinkedinid` lacks a letter. Whether the table or the "
    "documentation has the slip cannot be known from here.",
    "match-key-written": "True as far as anybody can see: the key of a sales order goes through a "
    "transformation that the table does not print.",
    "edit-lost-silently": "True, and nothing that a reader wants to hear once for every row: these "
    "rows go one way, and what is edited on the receiving side is gone with the next edit of the "
    "giving one. A team says that once: `usual owned by fo`. The report tells the first three of a "
    "map in full and the rest in a line each.",
    "stale-value-wins": "An information about the same rows: an engine that does not remember what "
    "it wrote last writes even what nobody edited, and nothing is known of the engine.",
    "written-only-on-create": "True by the schema: the code of a currency, the number and the "
    "currency of an order or invoice are set when the record is made and ignored later.",
    "not-writable-on-create": "True by the schema: a state and totals that Dataverse computes are "
    "not taken when the record is made.",
    "read-only-target": "True by the schema: the currency of an order's line comes from the order.",
    "required-target-unfilled": "True: a sales order is to have a price list, and no row fills it. "
    "The platform takes the order all the same, its own form does not.",
    "required-target-can-be-blank": "A question to the records, told as an information.",
    "create-without-condition": "True, as an information: no filter bounds the first pass.",
    "closed-record-written": "A question to the records: closed orders and invoices are locked.",
    "text-cut-off": "A question to the records, true by both schemas: Business Central's columns "
    "are shorter than Dataverse's.",
    "incompatible-types": "True of the table: a code of Business Central is no option of "
    "Dataverse. The product pairs them in a table of its own, which is not among these rows.",
    "money-without-currency": "True: a resource's price is written, and its currency is not.",
    "unknown-object": "Nothing is known of these tables, which is one information each.",
    "unknown-property": "Columns that are not in the shipped schemas: one information an object.",
    "unknown-kind": "No schema of Finance and Operations is shipped.",
}


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    counts = {name: Counter(each.code for each in checked(f"{name}.sync")) for name in SYSTEMS}
    told = {code for found in counts.values() for code in found}
    assert told == set(VERDICTS), told ^ set(VERDICTS)
    rules = sum(len(each["rows"]) for name in SYSTEMS for each in translate.read(f"{name}.json"))
    heading = ("code", *SYSTEMS.values(), "is it true?")
    lines = [heading, tuple("---" for _ in heading), *_rows(counts)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    text = (translate.HERE / "review.md").read_text(encoding="utf-8")
    return text.replace("RULES", str(rules)).replace("TABLE", table)


def _rows(counts: dict[str, Counter[str]]) -> Iterator[tuple[str, ...]]:
    order = [each.code for each in CHECKS]
    for code in sorted(VERDICTS, key=order.index):
        link = f"[`{code}`](../reference/checks/{code}.md)"
        yield link, *(str(found[code]) for found in counts.values()), VERDICTS[code]


def checked(name: str) -> list[Diagnostic]:
    """All that is found in one of the translated files."""
    path = translate.HERE / name
    listed = Content(str(path), str(path), path.read_bytes())
    found = examine(understand([listed], Reader(str(ROOT)))).found
    assert not [each for each in found if each.severity is Severity.ERROR and _is_fault(each)]
    return list(found)


def _is_fault(found: Diagnostic) -> bool:
    return re.fullmatch("|".join(each.code for each in CHECKS), found.code) is None


if __name__ == "__main__":
    main()
