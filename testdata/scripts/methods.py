"""What the examples of methods print, computed by JAX, SciPy's functions in it and Optax: python3 testdata/scripts/methods.py

Writes examples/expected/NAME.out, as examples.py does.
"""
import os
import re

import jax
import jax.numpy as jnp
import jax.scipy as jsp
import numpy as np
import optax
from flax import linen as nn
from jax import lax, random

from manifest import record

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DIGITS = np.load(os.path.join(root, "examples", "data", "digits.npz"))
NAMES = []


def write(name, *lines):
    """A line that ends with ± has that tolerance behind each of its fractions."""
    NAMES.append(name)
    with open(os.path.join(root, "examples", "expected", name + ".out"), "w") as f:
        for line in lines:
            text, _, within = str(line).partition(" ± ")
            f.write((re.sub(r"-?[0-9]+\.[0-9]*(e[-+][0-9]+)?", rf"\g<0>±{within}", text) if within else text) + "\n")


def gaussian_process():
    x = jnp.linspace(0.0, 6.0, 24)
    y = jnp.sin(2 * x) + 0.3 * jnp.cos(11 * x)
    at = jnp.linspace(0.0, 6.0, 5)

    def kernel(h, a, b):
        return jnp.exp(h["a"]) * jnp.exp(-0.5 * ((a[:, None] - b) / jnp.exp(h["l"])) ** 2)

    def factor(h):
        return jnp.linalg.cholesky(kernel(h, x, x) + (jnp.exp(h["n"]) + 1e-4) * jnp.eye(24))

    def likelihood(h):
        l = factor(h)
        white = jsp.linalg.solve_triangular(l, y, lower=True)
        return -0.5 * jnp.sum(white ** 2) - jnp.sum(jnp.log(jnp.diagonal(l))) - 12 * jnp.log(2 * jnp.pi)

    start = h = {"a": 0.0, "l": 0.0, "n": -2.0}
    optimizer = optax.adam(0.1)
    state = optimizer.init(h)
    for _ in range(60):
        updates, state = optimizer.update(jax.grad(lambda h: -likelihood(h))(h), state)
        h = optax.apply_updates(h, updates)
    l = factor(h)
    between = kernel(h, x, at)
    seen = jsp.linalg.solve_triangular(l, between, lower=True)
    write("gaussian_process", f"log likelihood {likelihood(start)} before and {likelihood(h)} after ± 1e-3",
          f"mean {between.T @ jsp.linalg.cho_solve((l, True), y)} ± 1e-3",
          f"deviation {jnp.sqrt(jnp.exp(h['a']) - jnp.sum(seen ** 2, 0))} ± 1e-3")


def kalman():
    dt = 0.1
    move = jnp.array([[1.0, dt], [0, 1]])
    drift = 0.5 * jnp.array([[dt ** 3 / 3, dt ** 2 / 2], [dt ** 2 / 2, dt]])
    seen, noise = jnp.array([[1.0, 0]]), jnp.array([[0.04]])
    truth = jnp.sin(dt * jnp.arange(60))
    measured = truth + 0.2 * random.normal(random.key(3), (60,))
    m, p, score, after, before = jnp.zeros(2), jnp.eye(2), 0.0, [], []
    for z in measured:
        m, p = move @ m, move @ p @ move.T + drift
        before.append((m, p))
        s = seen @ p @ seen.T + noise
        gain = p @ seen.T @ jnp.linalg.inv(s)
        surprise = z - (seen @ m)[0]
        m, p = m + gain[:, 0] * surprise, p - gain @ s @ gain.T
        after.append((m, p))
        score += -0.5 * (surprise ** 2 / s[0, 0] + jnp.log(2 * jnp.pi * s[0, 0]))
    back = [after[-1]]
    for (m, p), (next_m, next_p) in zip(after[-2::-1], before[:0:-1]):
        gain = p @ move.T @ jnp.linalg.inv(next_p)
        back.append((m + gain @ (back[-1][0] - next_m), p + gain @ (back[-1][1] - next_p) @ gain.T))
    back = jnp.stack([m for m, _ in back[:0:-1]])

    def wrong(estimate):
        return jnp.sqrt(jnp.mean((estimate - truth[:len(estimate)]) ** 2))
    write("kalman", f"log likelihood {score} ± 1e-4",
          f"off by {wrong(measured)} as measured, {wrong(jnp.stack([m[0] for m, _ in after]))} filtered, {wrong(back[:, 0])} smoothed ± 1e-4",
          f"the last velocities {back[-4:, 1]} ± 1e-4")


def pca():
    x = jnp.reshape(jnp.float32(DIGITS["images"]), (-1, 64)) / 16
    centred = x - x.mean(0)
    u, s, vt = jnp.linalg.svd(centred, full_matrices=False)
    share = s ** 2 / jnp.sum(s ** 2)
    white = u[:, :16] * jnp.sqrt(jnp.float32(len(x) - 1))
    write("pca", f"share of the first components {share[:5]} ± 1e-5",
          f"components for nine tenths of it: {(jnp.cumsum(share) < 0.9).sum() + 1}",
          *(f"root mean square error with {k} components: {jnp.sqrt(jnp.mean((u[:, :k] * s[:k] @ vt[:k] - centred) ** 2))} ± 1e-5"
            for k in (2, 8, 32)),
          "covariances of the white components differ from the unit matrix by less than 1e-3: "
          f"{jnp.abs(jnp.cov(white, rowvar=False) - jnp.eye(16)).max() < 1e-3}")


def kernel_ridge():
    x = jnp.linspace(-3.0, 3.0, 400)
    y = x * jnp.sin(3 * x)

    def kernel(a, b):
        return jnp.exp(-8 * (a[:, None] - b) ** 2)
    gram = kernel(x, x)
    weights, _ = jsp.sparse.linalg.cg(lambda v: gram @ v + 0.05 * v, y, tol=1e-6, maxiter=300)
    residual = gram @ weights + 0.05 * weights - y
    at = jnp.array([-2.5, -1.0, 0.1, 1.7, 2.9])
    write("kernel_ridge", f"residual below 1e-4 of y: {jnp.linalg.norm(residual) < 1e-4 * jnp.linalg.norm(y)}",
          f"fitted {kernel(at, x) @ weights} ± 1e-3", f"exact {at * jnp.sin(3 * at)}")


def logistic():
    x = jnp.reshape(jnp.float32(DIGITS["images"]), (-1, 64)) / 16
    y = jnp.array(DIGITS["labels"])

    def loss(p):
        logits = x[:600] @ p["w"] + p["b"]
        return optax.softmax_cross_entropy_with_integer_labels(logits, y[:600]).mean() + 1e-3 * jnp.sum(p["w"] ** 2)
    start = p = {"w": jnp.zeros((64, 10)), "b": jnp.zeros(10)}
    optimizer = optax.lbfgs()
    state = optimizer.init(p)

    @jax.jit
    def step(p, state):
        value, gradient = jax.value_and_grad(loss)(p)
        updates, state = optimizer.update(gradient, state, p, value=value, grad=gradient, value_fn=loss)
        return optax.apply_updates(p, updates), state
    for _ in range(25):
        p, state = step(p, state)
    right = (jnp.argmax(x[600:900] @ p["w"] + p["b"], 1) == y[600:900]).sum()
    write("logistic", f"loss {loss(start)} before and {loss(p)} after ± 2e-3", f"right {right}±4 of 300 others")


def vortices():
    n, viscosity, dt = 32, 0.05, 0.01
    wave = jnp.float32(jnp.fft.fftfreq(n)) * n
    kx, ky = wave[:, None], wave[None, :]
    k2 = kx ** 2 + ky ** 2
    kept = (jnp.abs(kx) < n / 3) & (jnp.abs(ky) < n / 3)

    def field(s):
        return jnp.fft.ifft2(s).real

    def rate(w):
        stream = w / jnp.where(k2 == 0, 1, k2)
        u, v = field(1j * ky * stream), field(-1j * kx * stream)
        carried = u * field(1j * kx * w) + v * field(1j * ky * w)
        return jnp.where(kept, -jnp.fft.fft2(carried), 0) - viscosity * k2 * w

    def step(_, w):
        a = rate(w)
        b = rate(w + dt / 2 * a)
        c = rate(w + dt / 2 * b)
        d = rate(w + dt * c)
        return w + dt / 6 * (a + 2 * b + 2 * c + d)
    place = jnp.linspace(0, 2 * jnp.pi, n, endpoint=False)
    x, y = place[:, None], place[None, :]
    still = 2 * jnp.sin(x) * jnp.sin(y)

    def later(w):
        return field(lax.fori_loop(0, 200, step, jnp.fft.fft2(w)))
    worn = later(still)
    disturbed = still + 0.5 * jnp.cos(2 * x + y) * jnp.sin(x - 3 * y)
    after = later(disturbed)
    write("vortices", f"worn by {worn[8, 8] / still[8, 8]} and by the formula {jnp.exp(-2 * viscosity * 200 * dt)} ± 1e-5",
          f"enstrophy {0.5 * jnp.mean(disturbed ** 2)} then {0.5 * jnp.mean(after ** 2)} ± 1e-5",
          *(line + " ± 1e-5" for line in str(after[::8, ::8]).split("\n")))


class Coupling(nn.Module):
    first: int

    @nn.compact
    def __call__(self, x):
        f = self.first
        still = x[:, f:f + 1]
        h = jnp.tanh(nn.Dense(32)(jnp.tanh(nn.Dense(32)(still))))
        scale, shift = jnp.tanh(nn.Dense(1)(h)), nn.Dense(1)(h)
        moved = x[:, 1 - f:2 - f] * jnp.exp(scale) + shift
        return jnp.concatenate((still, moved) if f == 0 else (moved, still), 1), scale[:, 0]


class Flow(nn.Module):
    layers: int

    @nn.compact
    def __call__(self, z):
        stretch = jnp.zeros(len(z))
        for k in range(self.layers):
            z, s = Coupling(k % 2)(z)
            stretch += s
        return jsp.stats.norm.logpdf(z).sum(1) + stretch


def flow():
    a, b, c = random.split(random.key(1), 3)
    n = 256
    angle = jnp.pi * random.uniform(a, (n,))
    upper = random.bernoulli(b, 0.5, (n,))
    x = jnp.where(upper, jnp.cos(angle), 1 - jnp.cos(angle))
    y = jnp.where(upper, jnp.sin(angle), 0.5 - jnp.sin(angle))
    data = jnp.stack((x, y), 1) + 0.05 * random.normal(c, (n, 2))
    model = Flow(6)

    def loss(v):
        return -model.apply(v, data).mean()
    start = v = model.init(random.key(0), data)
    optimizer = optax.adam(5e-3)
    state = optimizer.init(v)

    @jax.jit
    def step(v, state):
        updates, state = optimizer.update(jax.grad(loss)(v), state)
        return optax.apply_updates(v, updates), state
    for _ in range(60):
        v, state = step(v, state)
    probes = model.apply(v, jnp.array([[0.0, 1], [1, -0.5], [0.5, 0.25], [2, 2]]))
    write("flow", f"bits a point {loss(start) / jnp.log(2.0)} before and {loss(v) / jnp.log(2.0)} after ± 2e-3",
          f"likelier on a moon than between: {(probes[:2] > probes[2:]).all()}")


for method in (gaussian_process, kalman, pca, kernel_ridge, logistic, vortices, flow):
    method()
record("testdata/scripts/methods.py", f"jax {jax.__version__}, optax {optax.__version__}",
       sorted(f"examples/expected/{name}.out" for name in NAMES))
