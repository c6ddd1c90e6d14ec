"""
What was found, laid out: for people, and for machines.

A format is a function from (findings, number of files, number of rules) to a text; all of them
leave out what the policy itself allows. Nothing else in the program lays findings out.
"""
