"""Writes testdata/run/debug_print.expected: the lines that jax.debug.print writes for the program
testdata/run/debug_print.girih, which is this one. Run it from the root; it needs jax."""

import contextlib
import io
import pathlib

import jax
import jax.numpy as jnp
from jax import lax
from jax.debug import print as show

import manifest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def f(x):
    show("f: x = {x:.3f}", x=x, ordered=False)
    return x * x


def g(xs):
    def step(s, x):
        show("g: {x} onto {s}", x=x, s=s)
        return s + x * x, None

    s, _ = lax.scan(step, jnp.float32(0), xs)
    show("g: {s} of {xs}", s=s, xs=xs)
    return s


def w(x):
    # A loop of at most five steps that can be differentiated.
    def step(x, _):
        def go(x):
            show("w: {x}", x=x)
            return x * 2

        return lax.cond(x < 10, go, lambda x: x, x), None

    return lax.scan(step, x, None, length=5)[0]


def two(x, n):
    show("two: {x:.2f}, {n}, ({x}, {n})", x=x, n=n)
    return x + jnp.float32(n)


def step(c, x):
    show("scan: {c} {x}", c=c, x=x)
    return c + x, c


def h(x):
    show("h: {x}", x=x)
    return jnp.sum(x**3)


V = jnp.array([1.0, 2.0, 3.0])
CALLS = [
    lambda: f(jnp.float32(2)),
    lambda: g(V),
    lambda: jax.grad(g)(V),
    lambda: jax.value_and_grad(f)(jnp.float32(3)),
    lambda: jax.vmap(f)(V),
    lambda: jax.vmap(jax.vmap(f))(jnp.array([[1.0, 2.0], [3.0, 4.0]])),
    lambda: jax.vmap(two, in_axes=(0, None))(jnp.array([1.0, 2.0]), jnp.int32(7)),
    lambda: w(jnp.float32(1.5)),
    lambda: jax.grad(w)(jnp.float32(1.5)),
    lambda: lax.scan(step, jnp.float32(0), jnp.array([1.0, 2.0])),
    lambda: jax.jvp(f, (jnp.float32(3),), (jnp.float32(1),)),
    lambda: jax.hessian(h)(jnp.array([1.0, 2.0])),
]

lines = []
for call in CALLS:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        jax.block_until_ready(jax.jit(call)())
        jax.effects_barrier()
    lines += out.getvalue().splitlines()
path = ROOT / "testdata/run/debug_print.expected"
path.write_text("\n".join(lines) + "\n")
manifest.record("testdata/scripts/prints.py", f"jax {jax.__version__}", ["testdata/run/debug_print.expected"])
