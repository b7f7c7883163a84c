"""What every layer may use: words in two languages, errors, reasons for a missing value, the Indicator entry. No I/O."""
