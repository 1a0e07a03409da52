"""Every figure in one run: ``python -m tests.benchmarks [--json FILE] [NAME...]``.

Only ratios within one run are worth comparing; the milliseconds belong to one machine on one day.
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

NAMES = ("rules", "wizard", "packet", "icd10", "found", "impact", "figures", "worklist")
# What each figure may be at most.
TARGETS = {
    ("rules", "ratio"): 2.0,
    ("wizard", "ratio_median"): 2.0,
    ("wizard", "ratio_p95"): 2.5,
    ("wizard", "queries_most"): 8,
    ("packet", "ratio"): 1.15,
    ("packet", "ratio_to_chromium"): 1,
    ("icd10", "page_slowest_ms"): 50,
    ("found", "commercial_missed_%"): 0,
    ("found", "medicare_missed_%"): 0,
    ("found", "table_missed_%"): 1,
    ("found", "misspelt_missed_%"): 1,
    ("impact", "seconds"): 60,
    ("figures", "queries"): 16,
    ("worklist", "whole_table_reads"): 0,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks named, print a table, write JSON if asked. 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, help=", ".join(NAMES))
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")
    django.setup()
    figures = {name: _run(name) for name in options.names}
    for name, found in figures.items():
        _table(name, found)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return int(any(_is_missed(name, key, figures) for name, key in TARGETS))


def _run(name: str) -> dict[str, Any]:
    found: dict[str, Any] = importlib.import_module(f"tests.benchmarks.bench_{name}").run()
    return found


def _is_missed(name: str, key: str, figures: dict[str, dict[str, Any]]) -> bool:
    """A benchmark that was skipped has no figures."""
    return figures.get(name, {}).get(key, 0) > TARGETS[name, key]


def _table(name: str, found: dict[str, Any]) -> None:
    print(f"\n{name}")
    for key, figure in found.items():
        if isinstance(figure, dict):
            for step, cells in figure.items():
                words = "  ".join(f"{cell} {number:.2f}" for cell, number in cells.items())
                print(f"  {step:22}{words}")
            continue
        target = TARGETS.get((name, key))
        mark = "" if target is None else f"  at most {target}{' MISSED' * (figure > target)}"
        print(f"  {key:22}{figure:10.2f}{mark}")


if __name__ == "__main__":
    sys.exit(main())
