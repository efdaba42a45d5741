"""How far samplers are from JAX's: units in the last place over 100,000 draws each (docs/random.md).

`python3 benchmarks/random_ulps.py` (pip install jax numpy) runs ./girih once for each sampler and dtype.
"""
import os
import subprocess
import tempfile

os.environ["JAX_ENABLE_X64"] = "1"
import jax.numpy as jnp
import numpy as np
from jax import random

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
N = 100_000
FLOATS = {"f16": jnp.float16, "bf16": jnp.bfloat16, "f32": jnp.float32, "f64": jnp.float64}
WIDE = {"f32": jnp.float32, "f64": jnp.float64}
SAMPLERS = [
    ("uniform", "random.uniform(k, (N,), -3.0, 7.5, D)", lambda k, t: random.uniform(k, (N,), t, -3.0, 7.5), FLOATS),
    ("normal", "random.normal(k, (N,), D)", lambda k, t: random.normal(k, (N,), t), FLOATS),
    ("truncated_normal, ±2", "random.truncated_normal(k, -2, 2, (N,), D)", lambda k, t: random.truncated_normal(k, -2, 2, (N,), t), FLOATS),
    ("truncated_normal, -1.5 to 2", "random.truncated_normal(k, -1.5, 2.0, (N,), D)",
     lambda k, t: random.truncated_normal(k, -1.5, 2.0, (N,), t), FLOATS),
    ("gumbel", "random.gumbel(k, (N,), D)", lambda k, t: random.gumbel(k, (N,), t), FLOATS),
    ("exponential", "random.exponential(k, (N,), D)", lambda k, t: random.exponential(k, (N,), t), FLOATS),
    ("gamma, 2.5", "random.gamma(k, D(2.5), (N,), D)", lambda k, t: random.gamma(k, t(2.5), (N,), t), WIDE),
    ("gamma, 0.3", "random.gamma(k, D(0.3), (N,), D)", lambda k, t: random.gamma(k, t(0.3), (N,), t), WIDE),
]


def order(a):
    """Floats as integers in the same order: neighbours differ by one."""
    bits = a.view({2: np.int16, 4: np.int32, 8: np.int64}[a.dtype.itemsize])
    return np.where(bits >= 0, bits, np.iinfo(bits.dtype).min - bits)


with tempfile.TemporaryDirectory() as folder:
    for name, girih, jax_form, dtypes in SAMPLERS:
        for d, t in dtypes.items():
            text = girih.replace("N", str(N)).replace("D", d)
            wide = "f32(x)" if d == "bf16" else "x"
            with open(os.path.join(folder, "s.girih"), "w") as f:
                f.write(f'let k = random.key(3)\nlet x = {text}\nsave("x.npy", {wide})\n')
            subprocess.run([os.path.join(ROOT, "girih"), "run", os.path.join(folder, "s.girih")], check=True)
            got = np.load(os.path.join(folder, "x.npy")).astype(t)
            due = np.asarray(jax_form(random.key(3), t))
            apart = np.abs(order(got).astype(object) - order(due).astype(object)) if d == "f64" else np.abs(
                order(got).astype(np.int64) - order(due).astype(np.int64))
            far = np.max(np.abs(got.astype(np.float64) - due.astype(np.float64)))
            print(f"{name} | {d} | {int(apart.max())} | {int((apart > 1).sum())} | {far:.1e}", flush=True)
