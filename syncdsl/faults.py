"""
The pages of the codes that are no checks: what cannot be read, looked up or made sense of.

They have the form of a check's docstring: the first sentence is the summary, `Bad` has the fault,
`Good` has not. One text a code, in the order in which a run comes across them: a list is one idea,
however long it gets.
"""

from __future__ import annotations


def summary(code: str) -> str:
    """The first sentence of a page."""
    return " ".join(PAGES[code].strip().partition("\n\n")[0].split())


# Warnings about a policy that is understood all the same: only these can be ignored.
CAN_BE_IGNORED = frozenset(
    {
        "hidden-character",
        "confusable-name",
        "unused-allow",
        "allow-without-reason",
        "allow-expired",
        "setting-without-effect",
        "missing-library",
    }
)

PAGES = {
    "configuration": """
The configuration says something that syncdsl does not know.

Settings stand in `syncdsl.toml`, or under `[tool.syncdsl]` in `pyproject.toml`: the folder that is
meant where none is named (`policies`), what is told (`select`, `extend-select`, `ignore`) and how
severe it is (`severity`), what no policy may allow (`not-suppressible`), and what holds for some
files only (`paths`). A setting that is not known is not passed over, because a misspelt one would
then do nothing, silently.

Bad:

    [tool.syncdsl]
    ingore = ["undeclared-system"]

Good:

    [tool.syncdsl]
    ignore = ["undeclared-system"]
""",
    "missing-file": """
A file that is needed is not there, or cannot be read.

The path of a `use` or of a `schema` is relative to the file in which it stands. What the missing
file would have said is unknown; the rest of the policy is read all the same.

Bad:

    system hubspot { kind hubspot, schema "schemas/hubspt.json" }

Good:

    system hubspot { kind hubspot, schema "schemas/hubspot.json" }
""",
    "use-outside": """
A path leads out of the repository.

Policies bring in files of their own repository only. So a policy means the same on every machine,
and a policy that came from elsewhere cannot show what else is on this one. The repository is the
nearest folder upward that has a `.git` or a configuration; if there is none, the common folder of
what was named on the command line. Links count as what they lead to, and an absolute path is
outside wherever it leads.

Bad:

    use "../../elsewhere/values.sync"

Good:

    use "shared/values.sync"
""",
    "use-cycle": """
Files bring in each other in a circle.

Which of them comes first cannot be said any more, neither by syncdsl nor by the next reader. Put
what they share into a third file, which brings in neither.

Bad:

    use "policy.sync"

Good:

    use "shared/values.sync"
""",
    "not-text": """
The file is not a text in UTF-8.

A policy or schema file is a text in UTF-8, with or without a byte order mark. Spreadsheets and old
editors often save in another encoding (Windows-1252, UTF-16); save the file as UTF-8 there. A
binary file was probably named by mistake.
""",
    "syntax": """
A line is not in the form of the language.

The message says what would have been accepted at that place. The line is left out and all others
are read, so that each mistake is told in one run.

Bad:

    source: hubspot => dynamics

Good:

    source: hubspot -> dynamics on create only
""",
    "hidden-character": """
There is a character in the text that nobody can see.

Controls that turn the direction of a text, and characters of no width, make a line look like
another one than is read: in a review, a rule that overwrites can pass for one that does not. They
sometimes come along when text is copied from a web page. Take them out.

Bad:

    source: hubspot.`sou\u200brce` -> dynamics.source on create only

Good:

    source: hubspot.source -> dynamics.source on create only
""",
    "confusable-name": """
A name mixes letters of two alphabets that look alike.

A Cyrillic `\u0430` looks like a Latin `a`, but a property whose name is written with it is another
property, and the rule then goes to one that does not exist. Write the name anew.

Bad:

    source: hubspot.le\u0430d -> dynamics.lead on create only

Good:

    source: hubspot.lead -> dynamics.lead on create only
""",
    "schema-file": """
A schema file does not have the form of one.

A schema is JSON of version 1: objects, their properties, and what is known about each. What cannot
be understood is left out, so that nothing is known about it.

Bad:

    {"version": 1, "objects": {"contact": {"properties": {"source": {"type": "string"}}}}}

Good:

    {"version": 1, "objects": {"contact": {"properties": {"source": {"type": "text"}}}}}
""",
    "import-file": """
A file that is to be imported is not what its kind says.

It may be of another kind, which the message then names; a web page, because a sign-in was missing;
damaged, or cut off. Nothing is written, because half a schema would say of the other half that it
does not exist.

Bad:

    {"status": "error", "category": "INVALID_AUTHENTICATION"}

Good:

    {"results": [{"name": "email", "label": "Email", "type": "string", "fieldType": "text"}]}
""",
    "import-left-out": """
A part of a file that is imported is left out.

It has no name, or one that no policy can write, or it stands there twice and the two differ; or the
file is one page of several, and no other one was given. All else is in the schema.

Bad:

    {"results": [{"name": "phone", "label": "Phone", "type": "string", "fieldType": "text"},
                 {"label": "Email", "type": "string", "fieldType": "text"}]}

Good:

    {"results": [{"name": "phone", "label": "Phone", "type": "string", "fieldType": "text"},
                 {"name": "email", "label": "Email", "type": "string", "fieldType": "text"}]}
""",
    "import-unknown": """
A file that is imported does not tell something that checks ask for.

The schema then says nothing about it, and the checks keep silent. Where another file tells more,
the message names it.

Bad:

    {"results": [{"name": "email", "type": "scent", "fieldType": "text"}]}

Good:

    {"results": [{"name": "email", "type": "string", "fieldType": "text"}]}
""",
    "unknown-name": """
A name stands for nothing that is declared.

It may be a system, an object, a mapping, a value map, an order, an event or a rule. Most of the
time it is misspelt; the message has the nearest name that there is.

Bad:

    source: hubspot -> dynamics on craete only

Good:

    source: hubspot -> dynamics on create only
""",
    "declared-twice": """
Something is declared a second time.

Two declarations of one name, two lines of a kind of which a mapping has one, or two rules with one
label: only the first would count, and it cannot be told whether it is the one that was meant.

Bad:

    source: hubspot.source -> dynamics.source on create only
    source: hubspot.origin -> dynamics.origin on create only

Good:

    source: hubspot.source -> dynamics.source on create only
    origin: hubspot.origin -> dynamics.origin on create only
""",
    "contradicting-systems": """
Two declarations of a system contradict each other.

One name of a system is one system in the whole project. Two accounts of one product are two systems
and need two names. A declaration that all files share stands best in one file that they `use`.

Bad:

    system crm { kind hubspot }
    system crm { kind dynamics365 }

Good:

    system marketing { kind hubspot }
    system sales     { kind dynamics365 }
""",
    "wrong-end": """
An end of a rule or of a mapping cannot stand where it stands.

A mapping goes between objects of two systems; a rule goes between properties of these two objects,
or from a constant to one of them.

Bad:

    phone: hubspot.phone -> hubspot.mobilephone

Good:

    phone: hubspot.phone -> dynamics.mobilephone if blank
""",
    "against-mapping": """
A rule goes against the arrow of its mapping.

A mapping that goes one way promises that nothing in it writes the other way. Turn the rule round,
or write `<->` in the mapping if it is meant to go both ways.

Bad:

    mapping contacts: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone <- dynamics.telephone1 if blank
    }

Good:

    mapping contacts: hubspot.contacts <-> dynamics.contact {
      phone: hubspot.phone <- dynamics.telephone1 if blank
    }
""",
    "clauses-contradict": """
Two clauses of a rule, or a clause and its arrow, exclude each other.

A rule has at most one clause of each kind, and some kinds leave nothing for others to say. The
message tells which of them to drop.

Bad:

    source: hubspot -> dynamics if blank, once

Good:

    source: hubspot -> dynamics once
""",
    "unfit-step": """
A step of a conversion does not exist, or does not take what it is given.

The steps of `as` are `trim`, `lower`, `upper`, `text(n)`, `number`, `date("zone")`,
`datetime("zone")`, `bool`, `e164("region")`, `split(";")`, `join(";")` and `negate`.

Bad:

    email: hubspot.email -> dynamics.email as lowercase, on create only

Good:

    email: hubspot.email -> dynamics.email as lower, on create only
""",
    "unfit-value": """
A constant cannot be where it stands.

It is blank, the rule's own conversion refuses it, it is not in the rule's order, or a number of a
promise is out of its range. So it would never be written, or never hold.

Bad:

    stage: hubspot.stage -> dynamics.stage, forward only in lifecycle, default customr
    order lifecycle { lead < opportunity < customer }

Good:

    stage: hubspot.stage -> dynamics.stage, forward only in lifecycle, default customer
    order lifecycle { lead < opportunity < customer }
""",
    "value-mapped-twice": """
A value map names one value twice on the same side.

Only the first of the two lines is ever read.

Bad:

    origin: hubspot.origin -> dynamics.origin values origins, on create only
    values origins {
      web -> 1
      web -> 2
      otherwise reject
    }

Good:

    origin: hubspot.origin -> dynamics.origin values origins, on create only
    values origins {
      web  -> 1
      shop -> 2
      otherwise reject
    }
""",
    "unclear-test": """
A test does not say what it is about.

A test needs an event, both records (or `none` for the one that does not exist yet, on `create`),
something to expect, and a mapping between the systems that it names. Where several mappings fit,
`in MAPPING` after its text says which one.

Bad:

    source: hubspot -> dynamics on create only
    test "an existing source stays" {
      given  hubspot  { source: web }
      given  dynamics { source: fair }
      expect dynamics { source: fair }
    }

Good:

    source: hubspot -> dynamics on create only
    test "an existing source stays" {
      on     reactivation
      given  hubspot  { source: web }
      given  dynamics { source: fair }
      expect dynamics { source: fair }
    }
""",
    "unused-allow": """
An `# allow` accepts a finding that is not there.

The finding may be gone because the rule is better now; then the comment accepts what somebody may
write there one day, without anybody asking again. Take it out. An `# allow` stands on the line that
it is about, or directly above it.

Bad:

    # allow overwrite-on-reactivation: marketing owns this property
    source: hubspot -> dynamics on create only

Good:

    source: hubspot -> dynamics on create only
""",
    "setting-without-effect": """
A part of the configuration is about no file.

A `glob` of `[[paths]]` matches no policy in the repository: the files were moved, or the glob is
misspelt. What it says holds for nothing then, and nobody would notice. A glob goes from the folder
in which the configuration stands; `*` is anything in one name, `**` any folders, and a folder means
all that is in it.

Bad:

    [[paths]]
    glob = "polices/legacy"
    ignore = ["overwrite"]

Good:

    [[paths]]
    glob = "policies/legacy"
    ignore = ["overwrite"]
""",
    "missing-library": """
A library is not installed that a step needs, so its rules were examined less.

`e164` knows the numbering plans of all countries by a library, and dates know the time zones by the
data of the machine. Without them the rest of the policy is examined as always; what becomes of the
values of these rules is not, so less is found. `pip install "syncdsl[phone]"` brings the one,
`pip install tzdata` the other. It is an information, told once for each of them.

Bad:

    phone: hubspot -> dynamics as e164("DE"), on create only

Good:

    phone: hubspot -> dynamics on create only
""",
    "allow-without-reason": """
An `# allow` does not say why.

Who reads the policy a year later has to know why the risk was taken, and the documentation prints
it. Without a reason nothing is accepted.

Bad:

    # allow overwrite-on-reactivation
    source: hubspot -> dynamics

Good:

    # allow overwrite-on-reactivation: marketing owns this property
    source: hubspot -> dynamics
""",
    "allow-misspelt": """
An `# allow` says something that has no meaning.

It covers a line or the rule below it; with `in this block` the block that it stands in or above,
with `in this file` the file. Its last day is written as `until 2027-01-31`.

Bad:

    # allow overwrite-on-reactivation until the relaunch: marketing owns this property
    source: hubspot -> dynamics

Good:

    # allow overwrite-on-reactivation until 2027-01-31: marketing owns this property
    source: hubspot -> dynamics
""",
    "allow-expired": """
An `# allow` is over: the day until which it said that a finding is accepted has passed.

The finding counts again. Mend it now, or say anew how long it is accepted, and why.

Bad:

    # allow overwrite-on-reactivation until 2020-01-31: the import is rewritten this month
    source: hubspot -> dynamics

Good:

    source: hubspot -> dynamics on create only
""",
    "allow-refused": """
An `# allow` accepts what the project lets nobody accept.

The configuration has `not-suppressible`: codes of findings that no policy may allow, because they
are not for its author to decide.

Bad:

    # allow promise-broken: only this once
    never overwrite dynamics.source

Good:

    source: hubspot -> dynamics on create only

    never overwrite dynamics.source
""",
}
