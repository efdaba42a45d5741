"""How the time from source to HLO grows with the program, beside JAX: python3 benchmarks/growth.py

A chain of 1,000 to 100,000 operations, from text to HLO: `girih show --stage hlo` less that of an empty program (start-up), and
`jax.jit(f).lower(x)` of the same chain, traced in a warm process. Samples go to benchmarks/results/growth.json.
"""
import os
import subprocess
import sys
import tempfile
import time

import results

ROOT = results.ROOT
JAX = """
import sys, time, jax, jax.numpy as jnp
sys.setrecursionlimit(10**6)
x = jnp.arange(8, dtype=jnp.float32)
def chain(n):
    def f(x):
        for _ in range(n):
            x = jnp.sin(x)
        return x
    return f
jax.jit(chain(10)).lower(x).as_text()
for n in map(int, sys.argv[1:]):
    for _ in range(3):
        f = jax.jit(chain(n))
        before = time.perf_counter()
        f.lower(x).as_text()
        print(n, time.perf_counter() - before)
"""


def seconds(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "chain.girih")
        with open(path, "w") as f:
            f.write(text)
        samples = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([os.path.join(ROOT, "girih"), "show", "--stage", "hlo", path], check=True, stdout=subprocess.DEVNULL)
            samples.append(time.perf_counter() - start)
        return samples


sizes = [1000, 10000, 20000, 50000, 100000]
empty = min(seconds("print(arange(8))\n"))
out = subprocess.run([sys.executable, "-c", JAX, *map(str, sizes)], capture_output=True, text=True, check=True).stdout
theirs = {}
for line in out.splitlines():
    n, took = line.split()
    theirs.setdefault(int(n), []).append(float(took))
print(f"{'operations':>10} {'girih s':>8} {'µs each':>8} {'jax s':>8} {'ratio':>6}   (start-up {empty:.2f} s taken off)")
rows = {}
for n in sizes:
    body = "".join(f"let x{i + 1} = sin(x{i})\n" for i in range(n))
    ours = [s - empty for s in seconds("let x0 = f32(arange(8))\n" + body + f"print(x{n})\n")]
    rows[f"girih {n}"], rows[f"jax {n}"] = ours, theirs[n]
    print(f"{n:10} {min(ours):8.2f} {min(ours) / n * 1e6:8.1f} {min(theirs[n]):8.2f} {min(ours) / min(theirs[n]):6.2f}")
import jax

results.write("growth", "s", rows, {"jax": jax.__version__})
