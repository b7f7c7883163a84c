"""One module per provider's official format: each recognises its files by itself and reads them into canonical tables."""
