"""Rows O1 to O7 by programs that are not ours: cvxopt's interior point, SciPy's HiGHS, linkage and spanning tree, NumPy.

Usage: optimisers.py FOLDER ROW    prints "row assets peer objective milliseconds" a line; milliseconds of CPU on one core, median.
"""
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
from cvxopt import matrix, solvers, sparse, spdiag, spmatrix
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.optimize import linprog
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import squareform

solvers.options.update(show_progress=False, abstol=1e-12, reltol=1e-11, feastol=1e-11)
FOLDER, WANTED = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""


def table(name, labelled=False):
    return np.genfromtxt(os.path.join(FOLDER, name), delimiter=",", skip_header=1)[:, 1 if labelled else 0:]


def column(name):
    return np.genfromtxt(os.path.join(FOLDER, name), delimiter=",", skip_header=1)[:, 1]


def quadratic(P, q, G, h, A, b):
    dense = lambda x: matrix(x) if isinstance(x, np.ndarray) else x
    return np.array(solvers.qp(dense(P), dense(q), G, dense(h), dense(A), dense(b))["x"]).ravel()


def least_variance(n, cap=None):
    S, one = table(f"S{n}.csv.gz"), np.ones((1, n))
    G = sparse(matrix(np.vstack([-np.eye(n)] + ([np.eye(n)] if cap else []))))
    h = np.concatenate([np.zeros(n)] + ([np.full(n, cap)] if cap else []))

    def run():
        w = quadratic(S, np.zeros(n), G, h, one, np.ones(1))
        return w @ S @ w / 2
    return run


def with_costs(n, gamma=5, cost=0.001, turnover=0.3):
    """Weights w and sales s; purchases are w - w0 + s."""
    S, mu, w0, eye, zero = table(f"S{n}.csv.gz"), column(f"mu{n}.csv"), column(f"w0_{n}.csv"), np.eye(n), np.zeros((n, n))
    P, q = spdiag([matrix(gamma * S), spmatrix([], [], [], (n, n))]), np.concatenate([-mu + cost, np.full(n, 2 * cost)])
    G = sparse(matrix(np.vstack([np.hstack(x) for x in ((-eye, zero), (eye, zero), (-eye, -eye), (zero, -eye), (np.ones((1, n)), 2 * np.ones((1, n))))])))
    h = np.concatenate([np.zeros(n), np.full(n, 4 / n), -w0, np.zeros(n), [turnover + w0.sum()]])
    A = np.concatenate([np.ones(n), np.zeros(n)])[None, :]

    def run():
        w = quadratic(P, q, G, h, A, np.ones(1))[:n]
        return gamma * w @ S @ w / 2 - mu @ w + cost * np.abs(w - w0).sum()
    return run


def equal_risk(n):
    """Newton's method on Spinu's programme, over correlations."""
    S = table(f"S{n}.csv.gz")

    def run():
        s = np.sqrt(np.diag(S))
        R = S / np.outer(s, s)
        y = np.full(n, 1 / np.sqrt(R.sum()))
        for _ in range(100):
            g = R @ y - 1 / (n * y)
            step = np.linalg.solve(R + np.diag(1 / (n * y * y)), g)
            # Its size in the usual norm, where self-concordance promises convergence.
            size = np.sqrt(n * (g @ step))
            y = y - step / (1 if size < 0.25 else 1 + size)
            if np.abs(g).max() < 1e-12:
                break
        w = y / s / (y / s).sum()
        return np.sqrt(w @ S @ w)
    return run


def distances(S):
    s = np.sqrt(np.diag(S))
    d = np.sqrt((1 - np.clip(S / np.outer(s, s), -1, 1)) / 2)
    np.fill_diagonal(d, 0)
    return d


def bisected(S, order):
    """The squares of the weights: bisection at inverse variances (Lopez de Prado 2016)."""
    w, lists = np.ones(len(S)), [list(order)]

    def variance(members):
        v = 1 / np.diag(S)[members]
        v /= v.sum()
        return v @ S[np.ix_(members, members)] @ v
    while lists:
        lists = [half for x in lists if len(x) > 1 for half in (x[:len(x) // 2], x[len(x) // 2:])]
        for left, right in zip(lists[::2], lists[1::2]):
            a, b = variance(left), variance(right)
            w[left] *= b / (a + b)
            w[right] *= a / (a + b)
    return w @ w


def tree_by_linkage(n):
    """PyPortfolioOpt's rule: SciPy's single linkage on the condensed distances, its order of leaves, bisection."""
    S = table(f"S{n}.csv.gz")
    return lambda: bisected(S, leaves_list(linkage(squareform(distances(S), checks=False), "single")))


def tree_by_spanning(n):
    """The same order from another program: the spanning tree's edges, shortest first, joining lists with the older on the left."""
    S = table(f"S{n}.csv.gz")

    def run():
        edges = minimum_spanning_tree(distances(S)).tocoo()
        lists = {i: (i, [i]) for i in range(n)}
        for k, (_, i, j) in enumerate(sorted(zip(edges.data, edges.row, edges.col))):
            (a, left), (b, right) = sorted((lists[i], lists[j]), key=lambda x: x[0])
            for point in left + right:
                lists[point] = (n + k, left + right)
        return bisected(S, lists[0][1])
    return run


def least_shortfall(beta=0.95):
    X = table("R50.csv.gz", labelled=True)
    t, n = X.shape
    c = np.concatenate([np.zeros(n), [1], np.full(t, 1 / (t * (1 - beta)))])
    G = np.hstack([-X, -np.ones((t, 1)), -np.eye(t)])
    A = np.concatenate([np.ones(n), np.zeros(t + 1)])[None, :]
    bounds = [(0, None)] * n + [(None, None)] + [(0, None)] * t
    return lambda: linprog(c, G, np.zeros(t), A, np.ones(1), bounds, method="highs-ds").fun


def many_assets(n=5000, k=20):
    """Factors as variables: min sum d w^2 + sum f y^2 over (w, y) with y = B'w, no matrix of n by n."""
    i, j = np.arange(1, n + 1), np.arange(1, k + 1)
    B, f = np.cos(0.7 * np.outer(i, j)), 0.04 / j
    P = spdiag(matrix(np.concatenate([0.02 * (1.2 + np.sin(i)), f])))
    q = np.concatenate([-0.01 * np.sin(3.0 * i), np.zeros(k)])
    G = sparse([[spdiag([-1.0] * n), spdiag([1.0] * n)], [spmatrix([], [], [], (n, k)), spmatrix([], [], [], (n, k))]])
    h = np.concatenate([np.zeros(n), np.full(n, 0.01)])
    A = sparse(matrix(np.vstack([np.hstack([B.T, -np.eye(k)]), np.concatenate([np.ones(n), np.zeros(k)])])))
    b = np.concatenate([np.zeros(k), [1]])

    def run():
        x = quadratic(P, q, G, h, A, b)
        return np.array(P * matrix(x)).ravel() @ x / 2 + q @ x
    return run


def median(run):
    samples, result = [], None
    while len(samples) < 3 and sum(samples) < 2 or (sum(samples) < 0.5 and len(samples) < 15):
        before = time.process_time()
        result = run()
        samples.append(time.process_time() - before)
    return result, 1e3 * sorted(samples)[len(samples) // 2]


ROWS = [(f"O1", n, "cvxopt", lambda n=n: least_variance(n)) for n in (20, 100, 500)]
ROWS += [("O1d", n, "cvxopt", lambda n=n: least_variance(n, 2 / n)) for n in (20, 100, 500)]
ROWS += [("O2", n, "cvxopt", lambda n=n: with_costs(n)) for n in (20, 100, 500)]
ROWS += [("O3", n, "numpy", lambda n=n: equal_risk(n)) for n in (100, 500)]
ROWS += [("O4", 500, "scipy", lambda: tree_by_linkage(500)), ("O4", 500, "spanning", lambda: tree_by_spanning(500))]
ROWS += [("O6", 50, "highs", least_shortfall), ("O7", 5000, "cvxopt", many_assets)]

for name, assets, peer, make in ROWS:
    if WANTED.upper() in name.upper():
        found, milliseconds = median(make())
        print(name, assets, peer, repr(float(found)), f"{milliseconds:.4f}", flush=True)
