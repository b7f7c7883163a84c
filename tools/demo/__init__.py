"""How the embedded data set is made: one module per family of tables (run through ``tools/build_demo.py``)."""
