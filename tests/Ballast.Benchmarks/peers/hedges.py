"""Row P4 by HiGHS, through SciPy: hedges in a folder, one file each, relaxed and in whole lots.

A file has a line a Greek (now, low, high, then one number a lot of each instrument), a line of costs and a line of caps.
Prints: row, file, kind, cost, CPU milliseconds (the median of three).
"""
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def solve(path, whole):
    lines = [np.array(line.split(), dtype=float) for line in path.read_text().splitlines()]
    greeks, costs, caps = lines[:-2], lines[-2], lines[-1]
    rows = np.array([g[3:] for g in greeks])
    limits = LinearConstraint(np.hstack([rows, -rows]), [g[1] - g[0] for g in greeks], [g[2] - g[0] for g in greeks])
    times = []
    for _ in range(3):
        start = time.process_time()
        found = milp(np.tile(costs, 2), constraints=limits, bounds=Bounds(0, np.tile(caps, 2)),
                     integrality=np.full(2 * len(costs), int(whole)), options={"mip_rel_gap": 1e-6, "time_limit": 60})
        times.append(1e3 * (time.process_time() - start))
    return found.fun, sorted(times)[1]


for path in sorted(Path(sys.argv[1]).glob("hedge*.txt")):
    for kind in ("relaxed", "whole"):
        cost, ms = solve(path, kind == "whole")
        print(f"P4 {path.stem[5:]} {kind} {cost!r} {ms:.4f}")
