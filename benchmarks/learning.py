"""Whole processes that train, Girih beside JAX, Flax and Optax, alternating: python3 benchmarks/learning.py [SAMPLES]

Neither side has a compile cache on disk. The losses are compared first: a row whose losses differ by over 1e-4,
relative, is void. Peak memory is that of the process. Samples go to benchmarks/results/learning.json.
"""
import os
import resource
import statistics
import subprocess
import sys
import time

import results

FOLDER = os.path.join(results.ROOT, "benchmarks", "learning")


def run(command):
    """Losses, seconds, peak MiB."""
    start = time.perf_counter()
    child = subprocess.Popen(["/usr/bin/env", *command], stdout=subprocess.PIPE, text=True)
    out = child.stdout.read().split()
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, command
    return [float(w) for w in out], time.perf_counter() - start, usage.ru_maxrss / 1024


rows, table = {}, []
for name in ("mlp", "cnn", "vae", "transformer"):
    ours, theirs = [], []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        ours.append(run([os.path.join(results.ROOT, "girih"), "run", os.path.join(FOLDER, name + ".girih")]))
        theirs.append(run([sys.executable, os.path.join(FOLDER, "twins.py"), name]))
    worst = max(abs(a - b) / abs(b) for a, b in zip(ours[0][0], theirs[0][0]))
    void = worst > 1e-4 or len(ours[0][0]) != len(theirs[0][0])
    rows[name] = {"girih s": [r[1] for r in ours], "jax s": [r[1] for r in theirs], "girih MiB": [r[2] for r in ours],
                  "jax MiB": [r[2] for r in theirs], "losses": ours[0][0], "worst difference": worst, "void": void}
    s, t = statistics.median(rows[name]["girih s"]), statistics.median(rows[name]["jax s"])
    m, n = statistics.median(rows[name]["girih MiB"]), statistics.median(rows[name]["jax MiB"])
    table.append(f"{name:12} {s:7.2f} s {t:7.2f} s {s / t:6.2f}   {m:6.0f} MiB {n:6.0f} MiB {m / n:6.2f}   "
                 + ("VOID: " if void else "") + f"losses {worst:.1e} apart")
import flax
import jax
import optax

results.save("learning", "seconds and MiB a process", rows,
             {"jax": jax.__version__, "flax": flax.__version__, "optax": optax.__version__})
print(f"{'':12} {'Girih':>9} {'JAX':>9} {'ratio':>6}   {'Girih':>10} {'JAX':>10} {'ratio':>6}")
print("\n".join(table))
