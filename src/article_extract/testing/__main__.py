"""
Check, show or accept fixtures.

    python -m article_extract.testing check DIR     exit 1 when a fact of [must] or an expectation does not hold
    python -m article_extract.testing accept DIR    record today's results; prints what changes
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from article_extract.testing.fixtures import check_fixture, check_must, list_fixtures


def main() -> int:
    """Run the tool; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m article_extract.testing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("check", "accept"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="fixtures whose name holds this")
    arguments = parser.parse_args()
    failed = count = 0
    for fixture in list_fixtures(arguments.folder):
        if arguments.only not in fixture.name:
            continue
        count += 1
        article = fixture.extract()
        broken = [f"must: {m}" for m in check_must(fixture, article)]
        changed = check_fixture(fixture, article)
        if broken or changed:
            failed += 1
            print(fixture.name)
            for message in (*broken, *changed):
                print(f"    {message}")
        if arguments.command == "accept":
            fixture.accept(article)
    print(f"{count} fixtures, {failed} with differences")
    return 1 if failed and arguments.command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
