"""The questions people ask of trade data. Each takes a store snapshot and options, and returns a `Result`."""
