"""A call of a tiny compiled function, `x + 1` of f32[8]: the C API called from C++, Girih's runtime from Java, and JAX.

python3 benchmarks/dispatch.py [ROUNDS]: processes alternate; each warms up for a few rounds. Needs `pip install jax`, g++ and a
built ./girih. The three must give the same numbers. Samples go to benchmarks/results/dispatch.json.
"""
import os
import subprocess
import sys
import tempfile

import results

ROOT = results.ROOT
CALLS, WARM = 20000, 5
JAX = """
import sys, time, jax, jax.numpy as jnp
rounds, calls = int(sys.argv[1]), int(sys.argv[2])
f = jax.jit(lambda x: x + 1)
x = jnp.arange(8, dtype=jnp.float32)
for _ in range(rounds):
    before = time.perf_counter_ns()
    for _ in range(calls):
        f(x).block_until_ready()
    print((time.perf_counter_ns() - before) / calls)
for v in f(x):
    print("=", int(v))
"""


def varint(n):
    out = b""
    n &= (1 << 64) - 1
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def options():
    """A CompileOptionsProto: one replica, one partition, device 0 (runtime's CompileOptions)."""
    field = lambda number, value: varint(number << 3) + varint(value)
    nested = lambda number, bytes_: varint(number << 3 | 2) + varint(len(bytes_)) + bytes_
    assignment = field(1, 1) + field(2, 1) + nested(3, field(1, 0))
    return nested(3, field(1, -1) + field(4, 1) + field(5, 1) + nested(9, assignment))


def run(command):
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    answer = [float(line[1:]) for line in text if line.startswith("=")]
    assert answer == list(range(1, 9)), text
    return [float(line) / 1000 for line in text if not line.startswith("=")][WARM:]


rounds = str(WARM + (int(sys.argv[1]) if len(sys.argv) > 1 else 10))
cache = os.path.join(os.environ.get("GIRIH_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "girih"))
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "f.girih"), "w") as f:
        f.write("def f(x: f32[8]) = x + 1\n")
    subprocess.run([os.path.join(ROOT, "girih"), "build", os.path.join(folder, "f.girih"), "--entry", "f", "-o", folder], check=True)
    library = results.plugin()
    include = results.header()
    module, binary = os.path.join(folder, "f.hlo.pb"), os.path.join(folder, "dispatch")
    with open(os.path.join(folder, "options"), "wb") as f:
        f.write(options())
    here = os.path.join(ROOT, "benchmarks")
    subprocess.run(["g++", "-O2", "-std=c++17", "-I", include, os.path.join(here, "dispatch.cpp"), "-o", binary, "-ldl"], check=True)
    rows = {"c++": [], "girih": [], "jax": []}
    for _ in range(3):
        rows["c++"] += run([binary, library, module, os.path.join(folder, "options"), rounds, str(CALLS)])
        rows["girih"] += run([
            os.path.join(results.jdk(), "bin", "java"), "--enable-native-access=ALL-UNNAMED",
            "-Dorg.bytedeco.javacpp.cachedir=" + os.path.join(cache, "native"),
            "-cp", os.path.join(ROOT, "cli", "target", "girih", "lib", "*"),
            os.path.join(here, "Dispatch.java"), library, module, rounds, str(CALLS)])
        rows["jax"] += run([sys.executable, "-c", JAX, rounds, str(CALLS)])
import jax

results.write("dispatch", "µs a call", rows, {"jax": jax.__version__, "plugin": os.path.basename(library)})
