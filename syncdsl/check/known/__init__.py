"""
What is known of properties, rules and records, and asked by several checks.

A check looks here before it works something out for itself: what can arrive at a property
(`arriving`) and whether it fits there (`fitting`), which values a policy names (`mentions`) and a
rule can put (`putting`), what a new record has (`creating`), what conditions can be (`conditions`),
what a name means to people (`meanings`), and what is peculiar to some systems (`states`, `zeros`).
Nothing here finds anything, or says how it is told.
"""
