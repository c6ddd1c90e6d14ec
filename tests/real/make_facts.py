"""
Writes down the published maps that the tests translate: `python tests/real/make_facts.py FOLDER`.

FOLDER holds what was gathered from public sources (see NOTICE): `dualwrite/maps.json`, Microsoft's
tables of dual-write maps, and `bc_dataverse/maps.json`, the default maps of Business Central to
Dataverse. Only facts are kept: names of tables and fields, symbols, filters, defaults. The same
FOLDER always gives the same bytes.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

HERE = Path(__file__).parent
Facts: TypeAlias = dict[str, Any]

# The only value map of these tables that is known here: how the published row maps its two words.
VALUES = {("CDSContactsV2-contacts", "donotemail"): [["no", False], ["yes", True]]}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: make_facts.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    write("dual-write.json", map(dual_write, read(folder / "dualwrite" / "maps.json")))
    write("business-central.json", map(coupling, read(folder / "bc_dataverse" / "maps.json")))
    return 0


def dual_write(given: Facts) -> Facts:
    name = given["file"].removesuffix(".md")
    rows = []
    for field in given["fields"]:
        row = {
            "left": field["source_field"],
            "symbol": field["map_type"],
            "right": field["dest_field"],
            "constant": field["default_value"],
            "values": VALUES.get((name, field["dest_field"])),
        }
        rows.append(known(row))
    return known(
        {
            "map": name,
            "left": given["source_entity"],
            "right": given["dest_entity"],
            "left_filter": given["source_filter"] or None,
            "right_filter": given["reversed_source_filter"] or None,
            "rows": rows,
        }
    )


def coupling(given: Facts) -> Facts:
    rows = []
    for field in given["fields"]:
        row = {
            "left": field["bc_field"],
            "direction": field["direction"],
            "right": field["dataverse_field"],
            "constant": field["constant_value"],
            "conditional": field["conditional"] or None,
        }
        rows.append(known(row))
    filters = [
        [each["table"], each["field"], each["op"], each["values"]]
        for each in given["table_filters"]
    ]
    return known(
        {
            "map": given["procedure"].removeprefix("Reset").removesuffix("Mapping"),
            "left": given["bc_table"],
            "right": given["dataverse_table"],
            "filters": filters or None,
            "rows": rows,
        }
    )


def known(facts: Facts) -> Facts:
    return {key: value for key, value in facts.items() if value is not None}


def read(path: Path) -> list[Facts]:
    found: list[Facts] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write(name: str, maps: Iterable[Facts]) -> None:
    """A map, and in it a row, on a line of its own."""
    parts = []
    for each in maps:
        rows = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in each.pop("rows"))
        head = json.dumps(each, ensure_ascii=False)[:-1]
        parts.append(f'  {head}, "rows": [\n    {rows}\n  ]}}')
    text = "[\n" + ",\n".join(parts) + "\n]\n"
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
