"""From sources to a published version: checks, derived tables, publication."""
