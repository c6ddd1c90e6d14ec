"""
What could stand at a place, in words: the grammar's terminals as a reader knows them.
"""

from __future__ import annotations

from syncdsl.suggest import one_of

ARROWS = frozenset({"->", "<-", "<->"})
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "starts", "contains"})
UNFINISHED = ARROWS | COMPARISONS | {":", ".", "|", "and", "or", "not", "when", "as"}
# The words that begin something.
ITEMS = frozenset({"use", "system", "mapping", "values", "order", "never", "always", "at", "test"})
DECLARATIONS = frozenset({"system", "mapping", "values", "order"})
ENTRIES = frozenset({"via", "match", "create", "delete", "scope", "usual"})
TEST_LINES = frozenset({"on", "given", "before", "newer", "written", "unlinked", "expect"})
CLAUSES = frozenset({
    "on", "not", "if", "once", "append", "union", "forward", "sticky", "skip", "clear", "most",
    "ask", "when", "as", "values", "default", "owned",
})  # fmt: skip

# What people write who come from another tool: a line of a mapping, and a clause.
ENTRIES_CALLED = {
    **dict.fromkeys(("condition", "filter", "where"), "scope"),
    **dict.fromkeys(("identify", "join", "key"), "match"),
    **dict.fromkeys(("insert", "new"), "create"),
    **dict.fromkeys(("engine", "tool"), "via"),
    **dict.fromkeys(("defaults",), "usual"),
}
CLAUSES_CALLED = {
    **dict.fromkeys(("last", "latest", "newer", "newest", "recent"), "most recent wins"),
    **dict.fromkeys(("never", "no", "preserve", "protect"), "if blank"),
    **dict.fromkeys(("only", "oncreate"), "on create only"),
    **dict.fromkeys(("filter", "where"), "when"),
    **dict.fromkeys(("lookup", "map"), "values"),
    **dict.fromkeys(("cast", "convert", "transform"), "as"),
    **dict.fromkeys(("else", "fallback"), "default"),
}

_CONSTANTS = frozenset({"STRING", "NUMBER", "true", "false"})
# What is said for a whole set of terminals, the larger sets first. Where an item may begin, every
# word of an item may be a label.
_GROUPS: tuple[tuple[frozenset[str], str], ...] = (
    (CLAUSES | {"NAME"}, "a clause (such as `on create only`, `if blank`, `hubspot wins`)"),
    (
        ITEMS | ENTRIES | {"NAME"},
        f"a rule (`label: end -> end`) or one of {one_of(sorted(ITEMS))}",
    ),
    (ENTRIES | {"NAME"}, f"a rule (`label: end -> end`) or one of {one_of(sorted(ENTRIES))}"),
    (TEST_LINES, f"one of {one_of(sorted(TEST_LINES))}"),
    (ARROWS, "an arrow (`->`, `<-` or `<->`)"),
    (COMPARISONS, "a comparison (such as `=`, `<`, `in`, `is blank`, `starts with`)"),
    (_CONSTANTS | {"NAME", "otherwise"}, "a value or `otherwise`"),
    (_CONSTANTS | {"NAME"}, "a value"),
    (_CONSTANTS, "a constant"),
)
_CONDITION = frozenset({"NAME", "not", "("})

# What a name is, after which terminal.
_NAMED = {
    ".": "the name of a property",
    "on": "an event",
    "as": "a conversion step (such as `trim`)",
    "|": "a conversion step (such as `trim`)",
    "by": "the name of a system",
    "via": "the name of an engine",
    "kind": "the kind of the system",
    "values": "the name of a value map",
    "mapping": "a name for the mapping",
    "system": "a name for the system",
    "order": "a name for the order",
    "match": "the name of a property",
    "converge": "the name of a mapping",
    "send": "a property (`system.property`)",
    "overwrite": "a property (`system.property`)",
    "written": "the label of a rule",
    "conflict": "the label of a rule",
    "reject": "the label of a rule",
} | dict.fromkeys(("given", "before", "newer", "expect", "to"), "the name of a system")
_OTHERS = {
    "NAME": "a name",
    "STRING": "a text in double quotes",
    "NUMBER": "a number",
    "NEWLINE": "the end of the line",
    "END": "the end of the file",
    "in": "`in`",
}


def expectations(terminals: frozenset[str], before: str = "") -> str:
    """What would have been accepted behind a terminal."""
    left = set(terminals) - {"BROKEN", "BROKEN_HEAD"}
    if len(left) > 1:
        left -= {"END"}
    if left >= ARROWS:
        left -= {"."}
    if before in CLAUSES:
        left -= {"wins"}  # every one of these words may also be the name of a system
    words: list[str] = []
    if before == ":" or before in ARROWS:
        if left >= _CONSTANTS and "otherwise" not in terminals:
            left -= _CONSTANTS | {"NAME"}
            words.append("a system (`system.property`) or a constant")
    if left >= _CONDITION and not left & ENTRIES and "ask" not in left:
        left -= _CONDITION
        words.append("a condition (`system.property = value`)")
    for group, name in _GROUPS:
        if group <= left:
            words.append(name)
            left -= group
            if group is COMPARISONS:
                left -= {"in", "is"}
    signs = sorted(name for name in left if name not in _OTHERS or name == "in")
    words += [f"`{sign}`" for sign in signs]
    if "NAME" in left:
        words.append(_NAMED.get(before, "a name"))
    words += [_OTHERS[name] for name in ("STRING", "NUMBER", "NEWLINE", "END") if name in left]
    return one_of(words, quote="")
