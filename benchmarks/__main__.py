"""`make bench`: every benchmark, or those named on the command line."""

import sys

from benchmarks import (
    browser,
    coverage,
    files,
    fresh,
    hotspots,
    jobs,
    labels,
    phone,
    planner,
    reports,
    serving,
    sheets,
    siting,
    statements,
)
from benchmarks.harness import save, table

GROUPS = {
    "files": files.rows,
    "fresh": fresh.rows,
    "jobs": jobs.rows,
    "serving": serving.rows,
    "browser": browser.rows,
    "phone": phone.rows,
    "coverage": coverage.rows,
    "planner": planner.rows,
    "siting": siting.rows,
    "hotspots": hotspots.rows,
    "labels": labels.rows,
    "sheets": sheets.rows,
    "reports": reports.rows,
    "statements": statements.rows,
}


def main(names: list[str]) -> int:
    wanted = names or list(GROUPS)
    rows = [row for name in wanted for row in GROUPS[name]()]
    print(table(rows))
    if not names:
        print(save(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
