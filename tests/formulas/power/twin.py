"""Trade power of one product in plain Python, written from the methods page alone."""

from math import isnan

NAN = float("nan")


def power(sellers, buyers, sigma):
    """sellers, buyers: economy → (value of what has a quantity, quantity). Returns economy → columns."""
    R, Q = (sum(x[k] for x in sellers.values()) for k in (0, 1))
    M, N = (sum(x[k] for x in buyers.values()) for k in (0, 1))
    exporting = [i for i, (r, _) in sellers.items() if r > 0]
    found = {}
    for i in sorted(set(sellers) | set(buyers)):
        r, q = sellers.get(i, (0.0, 0.0))
        m, n = buyers.get(i, (0.0, 0.0))
        row = {}
        row["tlc_export"] = r / R if R else NAN
        row["price_factor_export"] = (r / q) / (R / Q) if r else NAN
        row["tpi_export"] = row["tlc_export"] * row["price_factor_export"] if r else (0.0 if R else NAN)
        row["tlc_import"] = m / M if M else NAN
        row["price_factor_import"] = (M / N) / (m / n) if m else NAN
        row["tpi_import"] = row["tlc_import"] * row["price_factor_import"] if m else (0.0 if M else NAN)
        for what in ("tlc", "tpi"):
            sides = [(w, row[f"{what}_{s}"]) for w, s in ((R, "export"), (M, "import")) if w]
            row[what] = sum(w * x for w, x in sides) / (R + M) if R + M else NAN
        s = row["tlc_export"]
        fit = not isnan(sigma) and sigma > 1 and r > 0
        faced = sigma - (sigma - 1) * s if fit else NAN
        row["market_power"] = (sigma - (sigma - 1) / len(exporting)) / faced if fit else NAN
        row["markup"] = 1 / ((sigma - 1) * (1 - s)) if fit and s < 1 else NAN
        row["marginal_cost"] = (r / q) / (1 + row["markup"]) if fit and s < 1 else NAN
        row["quality"] = row["price_factor_export"] * s ** (1 / (sigma - 1)) if fit else NAN
        row["value_for_money"] = s ** (1 / (sigma - 1)) if fit else NAN
        found[i] = row
    return found
