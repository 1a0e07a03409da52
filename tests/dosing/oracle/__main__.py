"""The oracle in the large: ``python -m tests.dosing.oracle [--examples N] [--parts] [KIND...]``.

Draws N requests for each kind of limit, prints what they came to, and ends with 1 if the judge and
the oracle differ on any.
"""

import argparse
import os
import sys
import time

import django


def main(arguments: list[str] | None = None) -> int:
    """Compare every kind, or those whose name contains a word given."""
    parser = argparse.ArgumentParser(prog="tests.dosing.oracle", description=__doc__)
    parser.add_argument("kinds", nargs="*", help="words of the kinds wanted; all if none")
    parser.add_argument("--examples", type=int, default=20_000, help="requests for each kind")
    parser.add_argument("--parts", action="store_true", help="requests of two parts")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")
    django.setup()
    from tests.dosing.oracle.kinds import rules_by_kind

    wanted = [
        kind
        for kind in rules_by_kind()
        if not options.kinds or any(word in kind for word in options.kinds)
    ]
    differing = sum(_differs(kind, options.examples, options.parts) for kind in wanted)
    return int(differing > 0)


def _differs(kind: str, examples: int, in_parts: bool) -> bool:
    from tests.dosing.oracle.compare import DisagreementError, compare

    began = time.monotonic()
    try:
        tally = compare(kind, examples, in_parts=in_parts)
    except DisagreementError as said:
        print(f"DIFFERS  {kind}\n{said}", flush=True)
        return True
    outcomes = ", ".join(f"{outcome} {count:,}" for outcome, count in tally.outcomes.most_common())
    seconds = time.monotonic() - began
    print(f"{tally.drawn:>7,} agree in {seconds:.0f} s  {kind}\n{'':9}{outcomes}", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main())
