"""Process start to printed result of `arange(8) ** 2`, Girih beside JAX, alternating: python3 benchmarks/hello.py

Prints minimum, median and maximum of each in seconds and the ratio of the medians. Needs `pip install jax` and a built ./girih.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
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
for name, row in rows.items():
    print(f"{name:6} {min(row):.3f} {statistics.median(row):.3f} {max(row):.3f}")
print(f"ratio  {statistics.median(rows['girih']) / statistics.median(rows['jax']):.2f}")
