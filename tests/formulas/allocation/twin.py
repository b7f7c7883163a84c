"""Dispersion, exchange and companions in plain Python, written from the methods page alone; shares no code with the package."""

from math import log


def nearest(firms, own, k):
    """firms: code → (price, quality). Mean price of the k nearest in quality; of equals the first by code."""
    others = sorted((abs(q - firms[own][1]), code) for code, (_, q) in firms.items() if code != own)[:k]
    return sum(firms[code][0] for _, code in others) / len(others) if others else None


def rmd(firms, k, power=2):
    if len(firms) < 2:
        return None
    parts = [
        abs((price - nearest(firms, code, k)) / nearest(firms, code, k)) ** power for code, (price, _) in firms.items()
    ]
    return sum(parts) / len(parts)


def rmd2(firms):
    if len(firms) < 2:
        return None
    y = [price / quality for price, quality in firms.values()]
    mean = sum(y) / len(y)
    return sum(abs(x / mean - 1) for x in y) / len(y)


def overlap(one, other):
    """one, other: destination → number of firms, in one product and year."""
    a, b = sum(one.values()), sum(other.values())
    return sum(min(one.get(c, 0) / a, other.get(c, 0) / b) for c in set(one) | set(other))


def ico(regions, own, include_self=True):
    """regions: region → (destination → firms)."""
    met = [overlap(regions[own], there) for p, there in regions.items() if include_self or p != own]
    return sum(met) / len(met) if met else None


def iv_ico(regions, own, by_nearness, include_self=True):
    mate = next((p for p in by_nearness if p in regions), None)
    if mate is None:
        return None
    left = [p for p in regions if p != own and (include_self or p != mate)]
    return sum(overlap(regions[mate], regions[p]) for p in left) / len(left) if left else None


def quality(rows, sigma, sweeps=4000):
    """rows: (firm, product, destination, year, value, quantity). Residuals by alternating means, as slow as they look."""
    y = [log(q) + sigma * log(v / q) for *_, v, q in rows]
    first, second = [(c, t) for _, _, c, t, *_ in rows], [j for _, j, *_ in rows]
    rest = y
    for _ in range(sweeps):
        for keys in (first, second):
            sums, counts = {}, {}
            for key, x in zip(keys, rest, strict=True):
                sums[key] = sums.get(key, 0.0) + x
                counts[key] = counts.get(key, 0) + 1
            rest = [x - sums[key] / counts[key] for key, x in zip(keys, rest, strict=True)]
    return rest
