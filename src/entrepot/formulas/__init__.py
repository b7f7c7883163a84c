"""Pure functions on arrays and blocks, one module per family; beneath each function stands its Indicator entry.

A function's parameters are other columns by their ids, or inputs of the analysis by name, so that `compute.resolve` can
find its way: a new indicator is one function, its entry and its golden test.
"""
