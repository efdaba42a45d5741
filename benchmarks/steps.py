"""Warm steps of compiled programs, their compile time and memory, beside JAX: python3 benchmarks/steps.py [ROUNDS [NAME…]]

Each program is compiled once and run again and again, from arguments on the device to results there: by `girih bench`, by JAX on its own
XLA, by JAX on Girih's plugin, and Girih's HLO on JAX's XLA. The first and the second say what a user has; the third tells the plugin's version from
our part, and so does the fourth. Processes alternate. Numbers are compared first; a row that differs by over 1e-3 of the largest is void.
`source to HLO` is of a step of a transformer of 12 blocks with AdamW: whole processes, and again and again in a warm one.
All goes to benchmarks/results/steps.json. `python3 benchmarks/steps.py --plugin PATH` compares Girih on another plugin with JAX.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import results

GIRIH = os.path.join(results.ROOT, "girih")
HERE = os.path.join(results.ROOT, "benchmarks")
SECONDS = 1.5
OURS = "our HLO on JAX's XLA"


def programs():
    import gradients as g
    import jax
    import jax.numpy as jnp
    import numpy as np

    def adamw(params, mu, nu, count, tokens):
        value, grads = g.transformer(params, tokens)
        mu = jax.tree.map(lambda m, d: 0.9 * m + 0.1 * d, mu, grads)
        nu = jax.tree.map(lambda v, d: 0.999 * v + 0.001 * d * d, nu, grads)
        moved = lambda p, m, v: p - 1e-3 * (m / (1 - 0.9 ** count) / (jnp.sqrt(v / (1 - 0.999 ** count)) + 1e-8) + 1e-4 * p)
        return jax.tree.map(moved, params, mu, nu), mu, nu, count + 1, value

    def cdf(x):
        return 0.5 * jax.lax.erfc(-x / np.float32(np.sqrt(2)))

    def price(s, strike, t):
        d = (jnp.log(s / strike) + (0.02 + 0.3 * 0.3 / 2) * t) / (0.3 * jnp.sqrt(t))
        return s * cdf(d) - strike * jnp.exp(-0.02 * t) * cdf(d - 0.3 * jnp.sqrt(t))

    def prices(s, strike, t):
        return jax.vmap(jax.value_and_grad(price))(s, strike, t)

    def rounds(re, im):
        def step(carry, _):
            x, y, count = carry
            inside = x * x + y * y < 4
            return (jnp.where(inside, x * x - y * y + re, x), jnp.where(inside, 2 * x * y + im, y), count + inside.astype(jnp.int32)), None

        return jax.lax.scan(step, (re, im, jnp.zeros(re.shape, jnp.int32)), length=50)[0][2]

    rows = {name: (f, os.path.join("gradients", file), entry, arguments)
            for name, (f, file, entry, arguments) in g.PROGRAMS.items() if name != "transformer"}
    given = g.PROGRAMS["transformer"][3]
    zeros = jax.tree.map(np.zeros_like, given["params"])
    rows["transformer"] = (adamw, "gradients/transformer", "step",
                           {"params": given["params"], "mu": zeros, "nu": zeros, "count": np.float32(1), "tokens": given["tokens"]})
    rng = np.random.default_rng(1)
    uniform = lambda low, high: rng.uniform(low, high, 1000000).astype(np.float32)
    rows["black_scholes"] = (prices, "steps/black_scholes", "prices",
                             {"s": uniform(10, 100), "strike": uniform(10, 100), "t": uniform(0.1, 2)})
    re, im = np.meshgrid(np.linspace(-2, 1, 600, dtype=np.float32), np.linspace(-1.25, 1.25, 500, dtype=np.float32))
    rows["mandelbrot"] = (rounds, "steps/mandelbrot", "rounds", {"re": re, "im": im})
    return rows


def timed(run):
    """Seconds of each run, for some time, after a warm-up."""
    import jax

    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        jax.block_until_ready(run())
    taken, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(taken) < 10:
        start = time.perf_counter()
        jax.block_until_ready(run())
        taken.append(time.perf_counter() - start)
    return taken


def worker(name, hlo, out):
    """Runs a program under JAX: its own, or what a file holds."""
    import jax
    import numpy as np

    from gradients import named

    f, _, _, arguments = programs()[name]
    arguments = [jax.device_put(a) for a in arguments.values()]
    if hlo:
        from jax._src.lib import _jax, xla_client

        with open(hlo, "rb") as file:
            module = _jax.mlir.hlo_to_stablehlo(file.read())
        client = jax.devices()[0].client
        devices = xla_client.DeviceList((jax.devices()[0],))
        start = time.perf_counter()
        executable = client.compile_and_load(module, devices, xla_client.CompileOptions())
        compiled = time.perf_counter() - start
        flat = jax.tree.leaves(arguments)
        runs = timed(lambda: executable.execute(flat))
    else:
        lowered = jax.jit(f).lower(*arguments)
        start = time.perf_counter()
        executable = lowered.compile()
        compiled = time.perf_counter() - start
        if out:
            np.savez(out, **(lambda leaves: leaves if list(leaves) != [""] else {"value": leaves[""]})(named(executable(*arguments))))
        runs = timed(lambda: executable(*arguments))
    print(json.dumps({"runs": runs, "compile": compiled}))


def jax_process(name, hlo="", out="", **variables):
    command = [sys.executable, os.path.abspath(__file__), "--worker", name, hlo, out]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                     env={**os.environ, **variables}).stdout.splitlines()[-1])


def girih(name, folder, source, entry, flags):
    saved = os.path.join(folder, name + ".json")
    subprocess.run([GIRIH, "bench", source, "--entry", entry, *flags, "--seconds", str(SECONDS), "--warmup", "0.3", "--save", saved],
                   check=True, stdout=subprocess.DEVNULL)
    with open(saved) as f:
        runs = [ns / 1e9 for ns in json.load(f)["benches"][0]["runs_ns"]]
    table = subprocess.run([GIRIH, "run", source, "--entry", entry, *flags, "--output", "npz", "-o", os.path.join(folder, name + ".ours.npz"), "--profile"],
                           check=True, stderr=subprocess.PIPE, text=True, env={**os.environ, "GIRIH_COMPILE_CACHE": "off"}).stderr
    compiled = sum(float(line.split()[0]) for line in table.splitlines() if line.endswith("XLA compiles")) / 1e3
    return {"runs": runs, "compile": compiled}


def compare(ours, theirs):
    import numpy as np

    with np.load(ours) as a, np.load(theirs) as b:
        left, right = (sorted(x) for x in (a, b))
        assert len(left) == len(right), (left, right)
        largest = max(float(np.max(np.abs(b[k]))) for k in right)
        return max(float(np.max(np.abs(a[x].astype(np.float64) - b[y]))) for x, y in zip(left, right)) / largest


def lowering(folder):
    """Source to HLO of the transformer's step: cold processes, then the same in warm ones."""
    source = os.path.join(HERE, "gradients", "transformer.girih")
    cold = {"girih": [], "jax": []}
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([GIRIH, "build", source, "--entry", "step", "-o", folder], check=True)
        cold["girih"].append(time.perf_counter() - start)
        start = time.perf_counter()
        subprocess.run([sys.executable, os.path.abspath(__file__), "--lower", "1"], check=True, stdout=subprocess.DEVNULL)
        cold["jax"].append(time.perf_counter() - start)
    warm = {"girih": [float(x) for x in subprocess.run(
                [os.path.join(results.jdk(), "bin", "java"), "-cp", os.path.join(results.ROOT, "cli", "target", "girih", "lib", "*"), os.path.join(HERE, "Lowering.java"), source, "step", "30"],
                check=True, stdout=subprocess.PIPE, text=True).stdout.split()],
            "jax": [float(x) for x in subprocess.run([sys.executable, os.path.abspath(__file__), "--lower", "8"], check=True,
                                                     stdout=subprocess.PIPE, text=True).stdout.split()]}
    return cold, {who: row[len(row) // 2:] for who, row in warm.items()}


def lower(times):
    """Prints the seconds that JAX takes from the function to its HLO proto."""
    import jax

    f, _, _, arguments = programs()["transformer"]
    for _ in range(times):
        start = time.perf_counter()
        jax.jit(lambda *a: f(*a)).lower(*arguments.values()).compiler_ir("hlo").as_serialized_hlo_module_proto()
        print(time.perf_counter() - start, flush=True)


def main(rounds, names):
    from gradients import flags_of

    rows, apart = {}, {}
    print(f"{'a step, ms':17} {'Girih':>8} {'JAX':>8} {'ratio':>6} {'on plugin':>9} {'ratio':>6} {'our HLO':>8} {'ratio':>6} | compile, s  ratio  our HLO ratio |   apart")
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, file, entry, arguments) in programs().items():
            if names and name not in names:
                continue
            source, flags = os.path.join(HERE, file + ".girih"), flags_of(name, arguments, folder)
            subprocess.run([GIRIH, "build", source, "--entry", entry, "-o", folder], check=True)
            hlo, out = os.path.join(folder, entry + ".hlo.pb"), os.path.join(folder, name + ".npz")
            row = {who: {"runs": [], "compile": []} for who in ("girih", "jax", "jax on plugin", OURS)}
            for _ in range(rounds):
                for who, made in (("girih", girih(name, folder, source, entry, flags)), ("jax", jax_process(name, out=out)),
                                  ("jax on plugin", jax_process(name, PJRT_NAMES_AND_LIBRARY_PATHS="girih:" + results.plugin(), JAX_PLATFORMS="girih")),
                                  (OURS, jax_process(name, hlo=hlo))):
                    row[who]["runs"] += made["runs"]
                    row[who]["compile"].append(made["compile"])
            ours = os.path.join(folder, name + ".ours.npz")
            apart[name] = compare(ours, out)
            assert apart[name] < 1e-3, (name, apart)
            rows[name] = row
            ms = {who: 1e3 * statistics.median(r["runs"]) for who, r in row.items()}
            compiled = {who: statistics.median(r["compile"]) for who, r in row.items()}
            mine, theirs, plugin, hlo_ms = ms.values()
            print(f"{name:17} {mine:8.3f} {theirs:8.3f} {mine / theirs:6.2f} {plugin:9.3f} {mine / plugin:6.2f} {hlo_ms:8.3f} {hlo_ms / theirs:6.2f} |"
                  f" {compiled['girih']:5.2f} {compiled['jax']:5.2f} {compiled['girih'] / compiled['jax']:5.2f} {compiled[OURS] / compiled['jax']:8.2f} | {apart[name]:8.1e}", flush=True)
        ratios = {which: statistics.geometric_mean(statistics.median(r[a]["runs"]) / statistics.median(r[b]["runs"]) for r in rows.values())
                  for which, a, b in (("Girih / JAX", "girih", "jax"), ("Girih / JAX on Girih's plugin", "girih", "jax on plugin"),
                                      ("Girih's HLO / JAX's, on JAX's XLA", OURS, "jax"))}
        print("geometric means: " + ", ".join(f"{k} {v:.2f}" for k, v in ratios.items()))
        extra = {}
        if not names:
            cold, warm = lowering(folder)
            extra = {"source to HLO, cold": cold, "source to HLO, warm": warm}
            for what, both in (("cold process", cold), ("warm process", warm)):
                a, b = (statistics.median(both[w]) for w in ("girih", "jax"))
                print(f"source to HLO, transformer's step with AdamW, {what}: {a:.3f} s, JAX {b:.3f} s, ratio {a / b:.2f}")
            import jax
            results.save("steps", "s", {**rows, **extra, "apart": apart}, {"jax": jax.__version__})


def other(plugin, rounds=2):
    """Girih on another plugin beside JAX; to results/steps-newer.json."""
    from gradients import flags_of

    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, file, entry, arguments) in programs().items():
            flags = flags_of(name, arguments, folder)
            row = rows[name] = {"girih": {"runs": [], "compile": []}, "jax": {"runs": [], "compile": []}}
            out = os.path.join(folder, name + ".npz")
            for _ in range(rounds):
                for who, made in (("girih", girih(name, folder, os.path.join(HERE, file + ".girih"), entry, flags + ["--plugin", plugin])),
                                  ("jax", jax_process(name, out=out))):
                    row[who]["runs"] += made["runs"]
                    row[who]["compile"].append(made["compile"])
            apart = compare(os.path.join(folder, name + ".ours.npz"), out)
            assert apart < 1e-3, (name, apart)
            a, b = (1e3 * statistics.median(row[w]["runs"]) for w in ("girih", "jax"))
            print(f"{name:17} {a:8.3f} {b:8.3f} {a / b:6.2f} {apart:8.1e}", flush=True)
    mean = statistics.geometric_mean(statistics.median(r["girih"]["runs"]) / statistics.median(r["jax"]["runs"]) for r in rows.values())
    print(f"geometric mean {mean:.2f}")
    import jax
    results.save("steps-newer", "s", rows, {"jax": jax.__version__, "plugin": os.path.basename(os.path.dirname(plugin))})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(*sys.argv[2:])
    elif sys.argv[1:2] == ["--plugin"]:
        other(sys.argv[2])
    elif sys.argv[1:2] == ["--lower"]:
        lower(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2:])
