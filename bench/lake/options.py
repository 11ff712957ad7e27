"""The options of `python -m bench.lake`, which it and each of its parts read."""

import argparse
from pathlib import Path

DEFAULT = ["comparable", "additive", "library", "dirty", "extract", "rivals"]
GROWING = ["making", "comparable", "additive", "library", "dirty"]
ON_DEMAND = ["spark", "cockpit", "assessment"]


def chosen_options(words: str | None, given: list[str] | None = None) -> argparse.Namespace:
    """Return the options of the command line, or of the words given."""
    parser = argparse.ArgumentParser(
        prog="bench.lake", description=words, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encounters", type=_sizes, default=[1_000_000], help="how many, e.g. 1e6 or 1e6,1e7")
    parser.add_argument("--months", type=int, default=12, help="of the 36 how many, the last ones, are counted")
    parser.add_argument("--only", type=lambda said: said.split(","), help=", ".join([*DEFAULT, *ON_DEMAND]))
    parser.add_argument("--rounds", type=int, default=2, help="how often; the cheapest counts, the first warms up")
    parser.add_argument("--folder", type=Path, default=Path("var/bench/lake"), help="where lakes are kept")
    parser.add_argument("--fresh", action="store_true", help="make the lakes anew")
    parser.add_argument("--output", type=Path, help="write the JSON into this file as well")
    parser.add_argument("--spark", default="", help="address of a Spark Connect server; without it one is started")
    parser.add_argument("--city", type=int, default=10_000, help="referrals of the city for cockpit and assessment")
    parser.add_argument("--city-home", type=Path, default=Path("var/bench"), help="where such cities are kept")
    parser.add_argument("--consortia", type=int, default=100, help="how many are assessed")
    return parser.parse_args(given)


def _sizes(said: str) -> list[int]:
    return [int(float(size)) for size in said.split(",")]
