"""The gap and its three advantages in plain Python: dictionaries and loops, written from the methods page alone.

An independent twin: it shares no code with the package and is as slow as it looks.
"""

from math import exp, isnan, log

NAN = float("nan")


def mean(numbers):
    known = [x for x in numbers if not isnan(x)]
    return sum(known) / len(known) if known else NAN


def weighted_mean(pairs):
    known = [(x, w) for x, w in pairs if not isnan(x)]
    weight = sum(w for _, w in known)
    return sum(x * w for x, w in known) / weight if weight > 0 else NAN


def lowest(x, y):
    return NAN if isnan(x) or isnan(y) else min(x, y)


def gravity(flows, km, duty, neighbours, *, basis="bilateral", missing="usual", average="simple"):
    """One product. flows: (i, j) → (value, priced value, quantity); km, duty: (i, j) → number. Returns (i, j) → columns."""
    exporters, importers = {i for i, _ in flows}, {j for _, j in flows}
    value = {pair: flow[0] for pair, flow in flows.items()}
    sold = {i: sum(v for (n, _), v in value.items() if n == i) for i in exporters}
    bought = {j: sum(v for (_, n), v in value.items() if n == j) for j in importers}

    def price(value, priced, quantity):
        return priced / quantity if quantity > 0 and priced >= 0.5 * value else NAN

    p = {pair: price(*flow) for pair, flow in flows.items()}

    def usual_price(side, who):
        own = [pair for pair in flows if pair[side] == who]
        if average == "simple":
            return mean(p[pair] for pair in own)
        return price(*(sum(flows[pair][k] for pair in own) for k in range(3)))

    def usual_distance(side, who):
        own = [pair for pair in flows if pair[side] == who]
        return weighted_mean((log(km[pair]) if not isnan(km[pair]) else NAN, value[pair]) for pair in own)

    pairs = [(i, j) for i in exporters for j in importers if i != j]
    columns = {}
    for i, j in pairs:
        away = log(km[i, j]) if not isnan(km[i, j]) else NAN
        edist, idist = (exp(-abs(usual_distance(side, (i, j)[side]) - away)) for side in (0, 1))
        cda = 1.0 if (i, j) in neighbours else lowest(edist, idist)
        own = p.get((i, j), NAN)
        ep = 1 + own / (usual_price(0, i) + own)
        of_market = usual_price(1, j)
        ip = 1 + of_market / (of_market + own)
        faced = mean(t for (n, _), t in duty.items() if n == i)
        levied = mean(t for (_, n), t in duty.items() if n == j)
        et, it = (1 + faced) / (1 + duty[i, j]), (1 + levied) / (1 + duty[i, j])
        columns[i, j] = {"cda": cda, "cpa": lowest(ep, ip), "cta": lowest(et, it)}
    mass = {pair: value.get(pair, 0.0) if basis == "bilateral" else sold[pair[0]] for pair in pairs}
    for i, j in pairs:
        d = 1.0
        for factor in ("cta", "cpa", "cda"):
            own = columns[i, j][factor]
            if isnan(own) and missing == "usual":
                own = weighted_mean((columns[n, j][factor], mass[n, j]) for n in exporters if n != j)
            d *= 1.0 if isnan(own) else own
        columns[i, j]["pull"] = mass[i, j] * d
    for i, j in pairs:
        whole = sum(columns[n, j]["pull"] for n in exporters if n != j)
        share = value.get((i, j), 0.0) / bought[j] if bought[j] else 0.0
        columns[i, j]["gravity_share"] = columns[i, j]["pull"] / whole if whole > 0 else 0.0
        columns[i, j]["share_in_market"] = share
        columns[i, j]["gap"] = columns[i, j]["gravity_share"] - share
    return columns
