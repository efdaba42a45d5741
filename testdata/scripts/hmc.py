"""What examples/hmc.girih must print, by JAX: python3 testdata/scripts/hmc.py

Writes examples/expected/hmc.out. The same keys give the same trajectories.
"""
import os

import jax
import jax.numpy as jnp
import manifest
import numpy as np
from jax import lax, random

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
data = np.load(os.path.join(root, "examples", "data", "digits.npz"))
chosen = np.isin(data["labels"], (3, 8))
order = np.argsort(~chosen, kind="stable")[:357]
pixels = jnp.asarray(data["images"][order].reshape(357, 64), jnp.float32) / 16 - 0.5
eights = jnp.asarray(data["labels"][order] == 8, jnp.float32)
x, y = pixels[:257], eights[:257]


def log_density(w):
    logits = x @ w[:-1] + w[-1]
    return jnp.sum(y * logits - jax.nn.softplus(logits)) - 0.5 * jnp.sum(w ** 2)


force = jax.grad(log_density)


def leapfrog(position, momentum, size):
    def body(_, state):
        q, p = state
        q = q + size * p
        return q, p + size * force(q)

    q, p = lax.fori_loop(0, 20, body, (position, momentum + 0.5 * size * force(position)))
    return q, p - 0.5 * size * force(q)


def transition(position, key):
    momentum_key, accept_key = random.split(key)
    momentum = random.normal(momentum_key, position.shape)
    q, p = leapfrog(position, momentum, 0.07)
    gain = log_density(q) - log_density(position) + 0.5 * (jnp.sum(momentum ** 2) - jnp.sum(p ** 2))
    accepted = jnp.log(random.uniform(accept_key)) < gain
    return jnp.where(accepted, q, position), accepted


def chain(key):
    start_key, run_key = random.split(key)

    def step(q, k):
        q, moved = transition(q, k)
        return q, (q, moved)

    _, (draws, accepted) = lax.scan(step, random.normal(start_key, (65,)), random.split(run_key, 400))
    return draws[100:], jnp.mean(accepted.astype(jnp.float32))


draws, rate = jax.jit(jax.vmap(chain))(random.split(random.key(8), 4))
within = draws.var(axis=1).mean(axis=0)
between = draws.mean(axis=1).var(axis=0)
agreement = jnp.sqrt((within + between) / within)
w = draws.reshape(1200, 65)
chances = jnp.mean(jax.nn.sigmoid(pixels[257:] @ w[:, :-1].T + w[:, -1]), axis=1)
right = int(((chances > 0.5) == (eights[257:] > 0.5)).sum())
with open(os.path.join(root, "examples", "expected", "hmc.out"), "w") as f:
    f.write(f"accepted {float(rate.mean()):.2f}, chains agree within {float(agreement.max()):.2f}\n")
    f.write(f"{right} of 100 right\n")
manifest.record("testdata/scripts/hmc.py", f"jax {jax.__version__}, numpy {np.__version__}", ["examples/expected/hmc.out"])
