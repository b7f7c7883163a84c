"""The micro laboratory: from customs declarations to quality, price dispersion and overseas information exchange."""
