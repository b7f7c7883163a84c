"""Studies: a regression programme described in one file. The file is read strictly and nothing in it is ever executed."""
