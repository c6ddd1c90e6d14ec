"""
The users' own files: finding and reading them, what they bring in, and what was found in them.

`files` finds and reads, `settings` reads the configuration, `load` follows `use` and `schema`,
`examine` goes from there to the findings, and `cache` keeps these for the next run. Nothing is
imported here, because what a run does not need it should not wait for.
"""
