"""Operations and memory of derivatives, beside JAX: python3 benchmarks/gradients.py [NAME…]

Each program of benchmarks/gradients/ and the same one in JAX are lowered to HLO protos. Both are compiled by the same plugin, and its own
cost and memory analysis is read (`girih exec --cost`; a loop counts as one trip of it on both sides). The numbers are compared first.
Then the time from source to HLO of the gradient of a perceptron with 200 to 2,000 layers, beside JAX's trace and lowering in a warm process.
All goes to benchmarks/results/gradients.json.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import jax
import jax.numpy as jnp
import numpy as np
from jaxlib import _hlo

import results

GIRIH = os.path.join(results.ROOT, "girih")
HERE = os.path.join(results.ROOT, "benchmarks", "gradients")
rng = np.random.default_rng(0)


def normal(*shape):
    return (rng.standard_normal(shape) * 0.1).astype(np.float32)


def dense(n, m):
    return (normal(n, m), normal(m))


def predict(params, h):
    for w, b in params:
        outputs = h @ w + b
        h = jnp.tanh(outputs)
    return outputs


def loss(params, batch):
    inputs, targets = batch
    return jnp.sum((predict(params, inputs) - targets) ** 2)


def mlp(params, inputs, targets):
    return jax.grad(loss)(params, (inputs, targets))


def per_example(params, inputs, targets):
    return jax.vmap(jax.grad(loss), in_axes=(None, 0))(params, (inputs, targets))


def hessian_vector(params, v, inputs, targets):
    return jax.jvp(jax.grad(lambda p: loss(p, (inputs, targets))), (params,), (v,))[1]


def statistics_layer(h, p, s):
    x = h @ p["w"] + p["b"]
    m = jnp.mean(x, axis=0)
    v = jnp.mean(x * x, axis=0) - m * m
    return (x - m) / jnp.sqrt(v + 1e-5) * p["scale"] + p["bias"], {"mean": 0.9 * s["mean"] + 0.1 * m, "var": 0.9 * s["var"] + 0.1 * v}


def batch_statistics(params, stats, x, labels):
    def loss(params):
        h, s1 = statistics_layer(x, params[0], stats[0])
        h, s2 = statistics_layer(jnp.maximum(h, 0), params[1], stats[1])
        logits, s3 = statistics_layer(jnp.maximum(h, 0), params[2], stats[2])
        return jnp.mean(jax.nn.logsumexp(logits, axis=1) - jnp.sum(logits * jax.nn.one_hot(labels, 10), axis=1)), (s1, s2, s3)

    return jax.value_and_grad(loss, has_aux=True)(params)


def rnn(params, xs, targets):
    def loss(p):
        def step(h, x):
            h = jnp.tanh(x @ p["wx"] + h @ p["wh"] + p["b"])
            return h, h @ p["wo"]

        return jnp.mean((jax.lax.scan(step, jnp.zeros((16, 128)), xs)[1] - targets) ** 2)

    return jax.value_and_grad(loss)(params)


def layer_norm(x, scale):
    m = jnp.mean(x, axis=-1, keepdims=True)
    v = jnp.mean((x - m) ** 2, axis=-1, keepdims=True)
    return (x - m) / jnp.sqrt(v + 1e-6) * scale


def attention(x, qkv, out):
    b, t, d = x.shape
    q, k, v = jnp.moveaxis((x @ qkv).reshape(b, t, 3, 4, d // 4), (2, 3), (0, 2))
    scores = q @ jnp.swapaxes(k, -1, -2) / np.float32(np.sqrt(d // 4))
    masked = jnp.where(jnp.tril(jnp.ones((t, t), bool)), scores, -jnp.inf)
    return jnp.moveaxis(jax.nn.softmax(masked, axis=-1) @ v, 1, 2).reshape(b, t, d) @ out


def gelu(x):
    return 0.5 * x * (1 + jnp.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))


def transformer(params, tokens):
    def loss(params):
        h = params["embed"][tokens[:, :-1]]
        for p in params["blocks"]:
            h = h + attention(layer_norm(h, p["ln1"]), p["qkv"], p["out"])
            h = h + gelu(layer_norm(h, p["ln2"]) @ p["up"]) @ p["down"]
        logits = layer_norm(h, params["ln"]) @ params["embed"].T
        return jnp.mean(jax.nn.logsumexp(logits, axis=-1) - jnp.sum(logits * jax.nn.one_hot(tokens[:, 1:], 256), axis=-1))

    return jax.value_and_grad(loss)(params)


def acceleration(x, mass):
    d = x[None, :, :] - x[:, None, :]
    r2 = jnp.sum(d * d, axis=2) + 0.01
    return jnp.sum(mass[None, :, None] * d / (r2 * jnp.sqrt(r2))[:, :, None], axis=1)


def energy(x, v, mass):
    d = x[None, :, :] - x[:, None, :]
    r = jnp.sqrt(jnp.sum(d * d, axis=2) + 0.01)
    return jnp.sum(mass * jnp.sum(v * v, axis=1)) / 2 - jnp.sum(mass[:, None] * mass[None, :] / r) / 2


def nbody(state, mass):
    def final(state):
        def step(s, _):
            half = s["v"] + 0.005 * acceleration(s["x"], mass)
            x = s["x"] + 0.01 * half
            return {"x": x, "v": half + 0.005 * acceleration(x, mass)}, None

        end, _ = jax.lax.scan(step, state, length=100)
        return energy(end["x"], end["v"], mass)

    return jax.grad(final)(state)


def normalised(n, m):
    return {"w": normal(n, m), "b": normal(m), "scale": 1 + normal(m), "bias": normal(m)}


def stats(m):
    return {"mean": normal(m), "var": 1 + normal(m)}


def block():
    return {"ln1": 1 + normal(128), "qkv": normal(128, 384), "out": normal(128, 128), "ln2": 1 + normal(128),
            "up": normal(128, 512), "down": normal(512, 128)}


layers = (dense(784, 512), dense(512, 512), dense(512, 10))
batch = {"inputs": normal(128, 784), "targets": normal(128, 10)}
PROGRAMS = {
    "mlp": (mlp, "mlp", "gradient", {"params": layers, **batch}),
    "per_example": (per_example, "mlp", "per_example", {"params": layers, **batch}),
    "hessian_vector": (hessian_vector, "mlp", "hessian_vector",
                       {"params": layers, "v": (dense(784, 512), dense(512, 512), dense(512, 10)), **batch}),
    "batch_statistics": (batch_statistics, "batch_statistics", "gradient",
                         {"params": (normalised(784, 256), normalised(256, 256), normalised(256, 10)),
                          "stats": (stats(256), stats(256), stats(10)), "x": normal(128, 784),
                          "labels": rng.integers(0, 10, 128).astype(np.int32)}),
    "rnn": (rnn, "rnn", "gradient", {"params": {"wx": normal(32, 128), "wh": normal(128, 128), "b": normal(128), "wo": normal(128, 8)},
                                     "xs": normal(200, 16, 32), "targets": normal(200, 16, 8)}),
    "transformer": (transformer, "transformer", "gradient",
                    {"params": {"embed": normal(256, 128), "blocks": tuple(block() for _ in range(12)), "ln": 1 + normal(128)},
                     "tokens": rng.integers(0, 256, (8, 65)).astype(np.int32)}),
    "nbody": (nbody, "nbody", "gradient", {"state": {"x": 10 * normal(64, 3), "v": normal(64, 3)}, "mass": 1 + normal(64)}),
}


def named(tree, at=""):
    """Leaves by path, as Girih names them in .npz."""
    if isinstance(tree, dict):
        return {k: v for name in sorted(tree) for k, v in named(tree[name], f"{at}.{name}").items()}
    if isinstance(tree, tuple):
        return {k: v for i, each in enumerate(tree) for k, v in named(each, f"{at}.{i}").items()}
    return {at[1:]: np.asarray(tree)}


def flags_of(name, arguments, folder):
    """Options that hand the arguments to Girih, by files."""
    flags = []
    for argument, value in arguments.items():
        leaves, path = named(value), os.path.join(folder, f"{name}.{argument}.npz")
        if list(leaves) == [""]:
            path = path[:-1] + "y"
            np.save(path, value)
        else:
            np.savez(path, **leaves)
        flags += ["--arg", f"{argument}=@{path}"]
    return flags


def row_major(text):
    """JAX's module with the layouts that its compile call asks for: row-major at the entry."""
    head, rest = text.split("\n", 1)
    head = re.sub(r"\{((?:\d+,)*\d+)\}", lambda m: "{%s}" % ",".join(map(str, range(m[1].count(","), -1, -1))), head)
    return _hlo.hlo_module_from_text(head + "\n" + rest).as_serialized_hlo_module_proto()


def cost(path):
    return json.loads(subprocess.run([GIRIH, "exec", "--cost", path], check=True, stdout=subprocess.PIPE, text=True).stdout)


def both(name, folder):
    theirs, program, entry, arguments = PROGRAMS[name]
    lowered = jax.jit(theirs).lower(*arguments.values())
    jax_path = os.path.join(folder, name + ".jax.pb")
    with open(jax_path, "wb") as f:
        f.write(row_major(lowered.as_text("hlo")))
    expected = named(lowered.compile()(*arguments.values()))
    flags = flags_of(name, arguments, folder)
    source = os.path.join(HERE, program + ".girih")
    out = os.path.join(folder, name + ".out.npz")
    subprocess.run([GIRIH, "run", source, "--entry", entry, *flags, "--output", "npz", "-o", out], check=True)
    with np.load(out) as ours:
        assert sorted(ours) == sorted(expected), (sorted(ours), sorted(expected))
        largest = max(float(np.max(np.abs(v))) for v in expected.values())
        worst = max(float(np.max(np.abs(ours[k] - v))) for k, v in expected.items()) / largest
    assert worst < 1e-3, (name, worst)
    subprocess.run([GIRIH, "build", source, "--entry", entry, "-o", os.path.join(folder, name)], check=True)
    return cost(os.path.join(folder, name, entry + ".hlo.pb")), cost(jax_path), worst


def deep(n):
    """Source to HLO proto of the gradient of n layers: ours less the start-up, then JAX's."""
    source = f"""
type Params = ({", ".join(["(f32[32, 32], f32[32])"] * n)})
def loss(params, x) {{
  let h = loop h = x for (w, b) in params {{ tanh(h @ w + b) }}
  sum(h * h)
}}
def gradient(params: Params, x: f32[16, 32]) = grad(loss)(params, x)
"""
    empty = "def gradient(x: f32) = x\n"
    with tempfile.TemporaryDirectory() as folder:
        def seconds(text):
            path = os.path.join(folder, "deep.girih")
            with open(path, "w") as f:
                f.write(text)
            start = time.perf_counter()
            subprocess.run([GIRIH, "build", path, "--entry", "gradient", "-o", folder], check=True)
            return time.perf_counter() - start

        start_up = min(seconds(empty) for _ in range(3))
        ours = [seconds(source) - start_up for _ in range(3)]
    def f(params, x):
        for w, b in params:
            x = jnp.tanh(x @ w + b)
        return jnp.sum(x * x)

    params, x = [(jnp.ones((32, 32)), jnp.ones(32))] * n, jnp.ones((16, 32))
    theirs = []
    for _ in range(3):
        before = time.perf_counter()
        jax.jit(lambda p, x: jax.grad(f)(p, x)).lower(params, x).compiler_ir("hlo").as_serialized_hlo_module_proto()
        theirs.append(time.perf_counter() - before)
    return ours, theirs


def main(names):
    rows = {}
    print(f"{'':17} {'flops':>9} {'ratio':>6} {'transc.':>9} {'ratio':>6} {'temp. bytes':>11} {'ratio':>6} {'instr.':>6} {'ratio':>6} {'apart':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name in names or PROGRAMS:
            ours, theirs, apart = both(name, folder)
            rows[name] = {"girih": ours, "jax": theirs, "apart": apart}
            cells = []
            for what, width in (("flops", 9), ("transcendentals", 9), ("temporary_bytes", 11), ("instructions", 6)):
                mine, other = ours[what], theirs[what]
                cells.append(f"{mine:{width}.4g} {mine / other if other else float(mine == 0):6.2f}")
            print(f"{name:17} {' '.join(cells)} {apart:8.1e}", flush=True)
    if not names:
        for n in (200, 500, 1000, 2000):
            ours, theirs = deep(n)
            rows[f"deep {n}"] = {"girih": ours, "jax": theirs}
            print(f"source to HLO, gradient of {n:4} layers: {min(ours):.2f} s, JAX {min(theirs):.2f} s, ratio {min(ours) / min(theirs):.2f}")
        results.save("gradients", "operations and bytes by the plugin's analysis; s", rows, {"jax": jax.__version__})


if __name__ == "__main__":
    main(sys.argv[1:])
