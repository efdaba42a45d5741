"""Training steps on 1, 2 and 4 virtual devices of this CPU, Girih beside JAX: python3 benchmarks/devices.py [SAMPLES]

The perceptron 784-512-512-10, a batch of 512 split over the devices by one axis, the same program and the same placement on
both sides, all steps in one loop on the devices. A step is what the time of a process grows by for each one more (10 and 60
steps; no compile cache); beside it the time of processors, which tells more where others compute too. Losses are compared first:
a row where one differs by over 1e-4, relative, is void. The runs alternate. A third side is JAX on Girih's plugin, which is another
version of XLA than JAX's own: it tells our part from the plugin's. Samples go to benchmarks/results/devices.json. GIRIH_PJRT_PLUGIN
chooses Girih's plugin.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import results

SHORT, LONG = 10, 60
PLUGIN = os.environ.get("GIRIH_PJRT_PLUGIN") or results.plugin()
SAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] != "twin" else 3

GIRIH = """mesh (data = {devices})

def predict(params, x) {{
  let (out, _) = loop (out = x, h = x) for (w, b) in params {{
    let out = h @ w + b
    (out, tanh(out))
  }}
  out
}}

def loss(params, x, y) = mean(sum((predict(params, x) - y) ** 2, 1))

let (k1, k2, k3, kx) = random.split(random.key(0), 4)
let params = ((random.normal(k1, (784, 512)) / 28, zeros(512)), (random.normal(k2, (512, 512)) / 23, zeros(512)),
              (random.normal(k3, (512, 10)) / 23, zeros(10)))
let x = random.normal(kx, (512, 784)) as [_ @ data, _]
let y = sin(x[:, :10])

let (_, losses) = scan((p, _) -> {{
  let (value, g) = value_and_grad(loss)(p, x, y)
  (tree.map((w, d) -> w - 0.01 * d, p, g), value)
}}, params, arange({steps}))
print(losses[-5:])
"""


def twin(devices, steps, plugin=None):
    if plugin:
        os.environ["JAX_PLATFORMS"] = "girih"
        from jax._src import xla_bridge
        xla_bridge.register_plugin("girih", library_path=plugin, options={"cpu_device_count": devices})
    else:
        os.environ["XLA_FLAGS"] = f"--xla_force_host_platform_device_count={devices}"
    import jax
    import jax.numpy as jnp
    from jax import lax, random
    from jax.sharding import NamedSharding, PartitionSpec as P

    mesh = jax.make_mesh((devices,), ("data",), axis_types=(jax.sharding.AxisType.Auto,))

    def predict(params, x):
        for w, b in params:
            out = x @ w + b
            x = jnp.tanh(out)
        return out

    def loss(params, x, y):
        return jnp.mean(jnp.sum((predict(params, x) - y) ** 2, 1))

    @jax.jit
    def train():
        k1, k2, k3, kx = random.split(random.key(0), 4)
        params = ((random.normal(k1, (784, 512)) / 28, jnp.zeros(512)), (random.normal(k2, (512, 512)) / 23, jnp.zeros(512)),
                  (random.normal(k3, (512, 10)) / 23, jnp.zeros(10)))
        x = lax.with_sharding_constraint(random.normal(kx, (512, 784)), NamedSharding(mesh, P("data", None)))
        y = jnp.sin(x[:, :10])

        def step(p, _):
            value, g = jax.value_and_grad(loss)(p, x, y)
            return jax.tree.map(lambda w, d: w - 0.01 * d, p, g), value

        return lax.scan(step, params, jnp.arange(steps))[1]

    print(train()[-5:])


def run(command):
    """Losses, seconds, and seconds of processors."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "GIRIH_COMPILE_CACHE": "off"}).stdout
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [float(w) for w in out.replace("[", " ").replace("]", " ").split()], seconds, busy


def main():
    import jax

    rows, table = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for devices in (1, 2, 4):
            commands = {}
            for steps in (SHORT, LONG):
                file = os.path.join(folder, f"d{devices}s{steps}.girih")
                with open(file, "w") as f:
                    f.write(GIRIH.format(devices=devices, steps=steps))
                commands["girih", steps] = [os.path.join(results.ROOT, "girih"), "run", file]
                commands["jax", steps] = [sys.executable, os.path.abspath(__file__), "twin", str(devices), str(steps)]
                commands["plugin", steps] = commands["jax", steps] + [PLUGIN]
            for command in commands.values():  # files and archives are read into memory
                run(command)
            times, busy, last = {}, {}, {}
            for _ in range(SAMPLES):
                for which, command in commands.items():
                    losses, seconds, processors = run(command)
                    times.setdefault(which, []).append(seconds)
                    busy.setdefault(which, []).append(processors)
                    last[which] = losses
            worst = max(abs(a - b) / abs(b) for s in (SHORT, LONG) for a, b in zip(last["girih", s], last["jax", s]))
            step, work = ({who: (statistics.median(t[who, LONG]) - statistics.median(t[who, SHORT])) / (LONG - SHORT) * 1e3
                           for who in ("girih", "jax", "plugin")} for t in (times, busy))
            rows[str(devices)] = {"step ms": step, "processor ms": work, "worst difference": worst, "void": worst > 1e-4,
                                  "seconds": {f"{who} {steps}": t for (who, steps), t in times.items()},
                                  "processor seconds": {f"{who} {steps}": t for (who, steps), t in busy.items()}}
            table.append(f"{devices:>8}" + "".join(f"{f['girih']:>10.1f}{f['jax']:>9.1f}{f['girih'] / f['jax']:>7.2f}{f['plugin']:>11.1f}{f['girih'] / f['plugin']:>7.2f}" for f in (step, work))
                         + f"{worst:>10.1e}" + ("  VOID" if worst > 1e-4 else ""))
    results.save("devices", "milliseconds a step", rows, {"jax": jax.__version__, "plugin": os.environ.get("GIRIH_PJRT_PLUGIN", "default")})
    print(f"{'':8}{'a step, ms':^44}{'of processors, ms':^44}")
    print(f"{'devices':>8}" + f"{'Girih':>10}{'JAX':>9}{'ratio':>7}{'on plugin':>11}{'ratio':>7}" * 2 + f"{'apart':>10}")
    print("\n".join(table))


if __name__ == "__main__":
    if sys.argv[1:2] == ["twin"]:
        twin(int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
    else:
        main()
