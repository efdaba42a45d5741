"""Process start to printed result of `arange(8) ** 2`, Girih beside JAX, alternating: python3 benchmarks/hello.py

Samples go to benchmarks/results/hello.json. Needs `pip install jax` and a built ./girih.
"""
import os
import subprocess
import sys
import tempfile
import time

import results

ROOT = results.ROOT
JAX = "import jax.numpy as jnp; print(jnp.arange(8) ** 2)"


def timed(command):
    start = time.perf_counter()
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    seconds = time.perf_counter() - start
    assert "".join(out).strip("[]").endswith("49"), out
    return seconds


with tempfile.TemporaryDirectory() as folder:
    hello = os.path.join(folder, "hello.girih")
    with open(hello, "w") as f:
        f.write("print(arange(8) ** 2)\n")
    rows = {"girih": [], "jax": []}
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        rows["girih"].append(timed([os.path.join(ROOT, "girih"), "run", hello]))
        rows["jax"].append(timed([sys.executable, "-c", JAX]))
import jax

results.write("hello", "s a process", rows, {"jax": jax.__version__})
