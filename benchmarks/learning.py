"""Whole processes that train, Girih beside JAX, Flax and Optax, alternating: python3 benchmarks/learning.py [SAMPLES]

Two columns: neither side has a compile cache on disk, and both have a warm one. A step is what the time of a process
grows by for each one more, both caches warm. The losses are compared first, each of the first 50 steps or of five epochs:
a row where one differs by over 1e-4, relative, is void. Peak memory is that of the process, cache off. JAX also runs once on
Girih's plugin, which is another version of XLA than JAX's own: how far its losses then are from its own is what the version
makes. Samples go to benchmarks/results/learning.json.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import results

FOLDER = os.path.join(results.ROOT, "benchmarks", "learning")
SAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 else 5
# Rounds of the program as it stands, of a longer run, the steps of a round, and what says the number in the source.
PROGRAMS = {"mlp": (100, 500, 1, "(100, 128", "({}, 128"), "cnn": (5, 15, 21, "0..5", "0..{}"),
            "vae": (5, 205, 28, "0..5", "0..{}"), "transformer": (50, 150, 1, "(50, 16, 65)", "({}, 16, 65)")}
temporary = tempfile.TemporaryDirectory()
CACHE = {"JAX_COMPILATION_CACHE_DIR": temporary.name, "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
         "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1", "GIRIH_COMPILE_CACHE": "1024"}
NONE = {"GIRIH_COMPILE_CACHE": "off"}
ON_PLUGIN = {"PJRT_NAMES_AND_LIBRARY_PATHS": "girih:" + results.plugin(), "JAX_PLATFORMS": "girih"}


def run(command, variables):
    """Losses, seconds, peak MiB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables})
    out = child.stdout.read().split()
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, command
    return [float(w) for w in out], time.perf_counter() - start, usage.ru_maxrss / 1024


def commands(name, rounds):
    """Of Girih and of JAX."""
    standard, _, _, text, form = PROGRAMS[name]
    source = open(os.path.join(FOLDER, name + ".girih")).read().replace(text, form.format(rounds))
    source = source.replace("../../examples", os.path.join(os.path.abspath(results.ROOT), "examples"))
    file = os.path.join(temporary.name, f"{name}{rounds}.girih")
    with open(file, "w") as f:
        f.write(source)
    return ([os.path.join(results.ROOT, "girih"), "run", file],
            [sys.executable, os.path.join(FOLDER, "twins.py"), name, str(rounds)])


def samples(name, rounds, variables):
    """Alternating runs of both."""
    ours, theirs = commands(name, rounds)
    pairs = [(run(ours, variables), run(theirs, variables)) for _ in range(SAMPLES)]
    return [p[0] for p in pairs], [p[1] for p in pairs]


def median(runs):
    return statistics.median(r[1] for r in runs)


rows, table = {}, []
for name, (standard, longer, steps, _, _) in PROGRAMS.items():
    cold = samples(name, standard, NONE)
    for rounds in (standard, longer):  # fills the caches
        for command in commands(name, rounds):
            run(command, CACHE)
    warm, long = samples(name, standard, CACHE), samples(name, longer, CACHE)
    worst = max(abs(a - b) / abs(b) for a, b in zip(cold[0][0][0], cold[1][0][0]))
    void = worst > 1e-4 or len(cold[0][0][0]) != len(cold[1][0][0])
    step = [(median(long[i]) - median(warm[i])) / ((longer - standard) * steps) * 1e3 for i in (0, 1)]
    memory = [statistics.median(r[2] for r in cold[i]) for i in (0, 1)]
    same = run(commands(name, standard)[1], ON_PLUGIN)
    itself = max(abs(a - b) / abs(b) for a, b in zip(same[0], cold[1][0][0]))
    rows[name] = {"losses": cold[0][0][0], "worst difference": worst, "void": void, "step ms": step, "MiB": memory,
                  "jax on the plugin s": same[1], "jax on the plugin, worst difference from jax": itself}
    for what, runs in {"cold": cold, "warm": warm, "longer": long}.items():
        for who, side in zip(("girih", "jax"), runs):
            rows[name][f"{who} {what} s"] = [r[1] for r in side]
    cells = [(median(cold[0]), median(cold[1])), (median(warm[0]), median(warm[1])), step, memory]
    table.append(f"{name:12}" + "".join(f"{a:8.2f} {b:8.2f} {a / b:5.2f} |" for a, b in cells)
                 + (" VOID:" if void else "") + f" losses {worst:.1e} apart, JAX's on two plugins {itself:.1e}")
import flax
import jax
import optax

results.save("learning", "seconds and MiB a process, milliseconds a step", rows,
             {"jax": jax.__version__, "flax": flax.__version__, "optax": optax.__version__})
head = ("no cache, s", "warm cache, s", "step, ms", "peak MiB")
print(f"{'':12}" + "".join(f"{h:^23}|" for h in head))
print(f"{'':12}" + f"{'Girih':>8} {'JAX':>8} ratio |" * 4)
print("\n".join(table))
