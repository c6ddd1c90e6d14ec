"""The mapping documentation: what policies do, in words for people who do not read policies."""
