"""Makes testdata/exec: pairs of an expression of Girih and one of JAX or NumPy, with the latter's values.

Each NAME.girih is a def `main` that gives a record with one field a case; NAME.expected.json holds the values.
Run it as `python3 testdata/scripts/exec.py` (`… exec.py random layers` for these alone; pip install jax numpy scipy); the versions go to testdata/MANIFEST.
"""
import json
import os
import sys

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=4"  # for pmap and shard_map
import jax
import jax.numpy as jnp
import flax
import flax.linen as nn
import jax.scipy.special as jsp
import numpy as np
import optax
from jax import lax

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "exec")
f32, i32, u8, i8, u32, f16, bf16, f64, c64 = (
    jnp.float32, jnp.int32, jnp.uint8, jnp.int8, jnp.uint32, jnp.float16, jnp.bfloat16, jnp.float64, jnp.complex64)

INPUTS = """
  let x = reshape(arange(12, dtype = f32), (3, 4)) * 0.25 - 1.25
  let y = reshape(arange(12, dtype = f32), (3, 4)) * 0.5 - 2.0
  let p = reshape(arange(12, dtype = f32), (3, 4)) * 0.125 + 0.125
  let v = arange(4, dtype = f32) - 1.5
  let n = reshape(arange(12), (3, 4)) - 5
  let m = reshape(arange(12), (3, 4)) % 5 + 1
  let b = n > 0
  let q = reshape(arange(24, dtype = f32), (2, 3, 4))
  let bad = [nan, 1.0, -inf, inf, -0.0, 0.0]
  let z = complex(x, y)
  let i = [2, 0, -1]
  let k = n[1, 3]
  let Q = reshape((arange(160, dtype = f32) * 7) % 11, (2, 5, 4, 4)) * 0.25 - 1
"""
x = jnp.arange(12, dtype=f32).reshape(3, 4) * f32(0.25) - f32(1.25)
y = jnp.arange(12, dtype=f32).reshape(3, 4) * f32(0.5) - f32(2.0)
p = jnp.arange(12, dtype=f32).reshape(3, 4) * f32(0.125) + f32(0.125)
v = jnp.arange(4, dtype=f32) - f32(1.5)
n = jnp.arange(12, dtype=i32).reshape(3, 4) - i32(5)
m = jnp.arange(12, dtype=i32).reshape(3, 4) % i32(5) + i32(1)
b = n > 0
q = jnp.arange(24, dtype=f32).reshape(2, 3, 4)
bad = jnp.array([np.nan, 1.0, -np.inf, np.inf, -0.0, 0.0], f32)
z = lax.complex(x, y)
i = jnp.array([2, 0, -1], i32)
k = n[1, 3]
grad, vmap, random = jax.grad, jax.vmap, jax.random
K = random.key_data
W = jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1
RING = [(0, 1), (1, 0)]
P = jax.P


def S(f, in_specs, out_specs):
    return jax.jit(jax.shard_map(f, mesh=jax.make_mesh((2, 2), ("data", "model"), axis_types=(jax.sharding.AxisType.Auto,) * 2),
                                 in_specs=in_specs, out_specs=out_specs))


def narrow(f):
    """As without 64 bits, where `choice` draws 32-bit integers."""
    with jax.enable_x64(False):
        return f()


def looped():
    key, total = random.key(15), f32(0)
    for _ in range(10):
        key, sub = random.split(key)
        total = total + random.normal(sub, dtype=f32)
    return total


LOOPED = looped()
Q = (jnp.arange(160, dtype=f32).reshape(2, 5, 4, 4) * f32(7)) % f32(11) * f32(0.25) - f32(1)


def vector(tree):
    return jnp.concatenate([leaf.reshape(-1) for leaf in jax.tree.leaves(tree)])


def made(model, *arguments, **named):
    return model.init(random.key(7), *arguments, **named)


def twenty(optimizer, dtype=f32, w=None):
    f = lambda t: jnp.sum(t["w"] ** 2 * dtype(0.5)) + jnp.sum(jnp.sin(t["b"]) * t["b"])
    t = {"w": (x if w is None else w).astype(dtype), "b": v.astype(dtype)}
    state = optimizer.init(t)
    for _ in range(20):
        updates, state = optimizer.update(grad(f)(t), state, t)
        t = optax.apply_updates(t, updates)
    return vector(t)


def to_jax(arguments):
    return arguments.replace(" = ", "=").replace("newaxis", "None").replace("reshape(Q, (8, 20))", "Q.reshape(8, 20)")


class Attending(nn.Module):
    @nn.compact
    def __call__(self, indices, query):
        table = nn.Embed(5, 4, name="table")
        return jnp.sum(table(indices)) + table.attend(query)


def while_(c):
    while c < 100:
        c = c * 3 + 1
    return c

GROUPS = {
"arithmetic": [
  ("x + y", "x + y"), ("x - 1", "x - 1"), ("2 * x", "2 * x"), ("x / y", "x / y"), ("n / m", "(n / m).astype(f32)"),
  ("n // m", "n // m"), ("n % m", "n % m"), ("x // y", "x // y"), ("x % y", "x % y"), ("-x", "-x"), ("-n", "-n"),
  ("n // -3", "n // -3"), ("n % -3", "n % -3"), ("x // 0.75", "x // f32(0.75)"), ("x % -0.75", "x % f32(-0.75)"),
  ("x ** 2", "x ** 2"), ("x ** 3", "x ** 3"), ("p ** -2", "p ** -2"), ("p ** 0.5", "p ** f32(0.5)"), ("n ** 3", "n ** 3"),
  ("x ** 0", "x ** 0"), ("p ** x", "p ** x"), ("m ** abs(n)", "m ** jnp.abs(n)"), ("2.0 ** x", "f32(2.0) ** x"),
  ("x == y", "x == y"), ("n != m", "n != m"), ("x < y", "x < y"), ("n <= m", "n <= m"), ("x > 0", "x > 0"), ("n >= 2", "n >= 2"),
  ("b and x > 0.5", "b & (x > 0.5)"), ("b or x < 0", "b | (x < 0)"), ("not b", "~b"), ("n & m", "n & m"), ("n | m", "n | m"),
  ("n ^ m", "n ^ m"), ("~n", "~n"), ("n << 2", "n << 2"), ("n >> 1", "n >> 1"), ("b & b", "b & b"), ("b ^ (n > 2)", "b ^ (n > 2)"),
  ("u32(m) >> 1", "m.astype(u32) >> 1"), ("x + v", "x + v"), ("x * n[:, :1] * 0 + x if true then x else y", None),
  ("where(b, x, y)", "jnp.where(b, x, y)"), ("where(b, x, 0)", "jnp.where(b, x, f32(0))"), ("clip(x, -0.5, 0.5)", "jnp.clip(x, -0.5, 0.5)"),
  ("maximum(x, y)", "jnp.maximum(x, y)"), ("minimum(n, 2)", "jnp.minimum(n, 2)"), ("maximum(bad, 0)", "jnp.maximum(bad, f32(0))"),
  ("bad == bad", "bad == bad"), ("isnan(bad)", "jnp.isnan(bad)"), ("isinf(bad)", "jnp.isinf(bad)"), ("isfinite(bad)", "jnp.isfinite(bad)"),
  ("bad // 2", "bad // f32(2)"), ("i8(n) * i8(m) * 40", "n.astype(i8) * m.astype(i8) * i8(40)"), ("u8(m) - 3", "m.astype(u8) - u8(3)"),
  ("population_count(u32(m))", "lax.population_count(m.astype(u32))"), ("clz(u32(m))", "lax.clz(m.astype(u32))"), ("abs(n)", "jnp.abs(n)"),
],
"elementary": [
  (f"{g}({a})", f"{j}({a})") for g, j, a in [
  ("exp", "jnp.exp", "x"), ("expm1", "jnp.expm1", "x"), ("log", "jnp.log", "p"), ("log1p", "jnp.log1p", "p"), ("sqrt", "jnp.sqrt", "p"),
  ("rsqrt", "lax.rsqrt", "p"), ("cbrt", "jnp.cbrt", "x"), ("sin", "jnp.sin", "x"), ("cos", "jnp.cos", "x"), ("tan", "jnp.tan", "x"),
  ("arcsin", "jnp.arcsin", "x"), ("arccos", "jnp.arccos", "x"), ("arctan", "jnp.arctan", "x"), ("sinh", "jnp.sinh", "x"), ("cosh", "jnp.cosh", "x"),
  ("tanh", "jnp.tanh", "x"), ("arcsinh", "jnp.arcsinh", "x"), ("arccosh", "jnp.arccosh", "(p + 1)"), ("arctanh", "jnp.arctanh", "(x * 0.5)"),
  ("sigmoid", "jax.nn.sigmoid", "x"), ("erf", "jsp.erf", "x"), ("erfc", "jsp.erfc", "x"), ("erfc", "jsp.erfc", "(x * 3)"), ("erfinv", "jsp.erfinv", "(x * 0.5)"),
  ("lgamma", "jsp.gammaln", "p"), ("lgamma", "jsp.gammaln", "(x - 0.125)"), ("digamma", "jsp.digamma", "p"), ("digamma", "jsp.digamma", "(x - 0.125)"),
  ("floor", "jnp.floor", "x"), ("ceil", "jnp.ceil", "x"), ("round", "jnp.round", "y"), ("trunc", "jnp.trunc", "x"), ("sign", "jnp.sign", "x"),
  ("square", "jnp.square", "x"), ("exp2", "jnp.exp2", "x"), ("log2", "jnp.log2", "p"), ("log10", "jnp.log10", "p"), ("reciprocal", "jnp.reciprocal", "p"),
  ("abs", "jnp.abs", "x"), ("exp", "jnp.exp", "bad"), ("log", "jnp.log", "bad"), ("tanh", "jnp.tanh", "bad"), ("arcsinh", "jnp.arcsinh", "bad"),
  ("sinh", "jnp.sinh", "bad"), ("cosh", "jnp.cosh", "bad"), ("erfc", "jsp.erfc", "bad"), ("sign", "jnp.sign", "bad"), ("round", "jnp.round", "bad"), ("sqrt", "jnp.sqrt", "bad"),
  ]] + [
  ("arctan2(x, y)", "jnp.arctan2(x, y)"), ("hypot(x, y)", "jnp.hypot(x, y)"), ("logaddexp(x, y)", "jnp.logaddexp(x, y)"), ("deg2rad(x)", "jnp.deg2rad(x)"),
  ("erfinv([-1.0, 1.0, 0.0])", "jsp.erfinv(jnp.array([-1.0, 1.0, 0.0], f32))"), ("exp(f64(x))", "jnp.exp(x.astype(f64))"),
  ("erfc(f64(x))", "jsp.erfc(x.astype(f64))"), ("erfinv(f64(x) * 0.5)", "jsp.erfinv(x.astype(f64) * 0.5)"), ("lgamma(f64(p))", "jsp.gammaln(p.astype(f64))"),
  ("sinh(f64(x))", "jnp.sinh(x.astype(f64))"), ("arcsinh(f64(x))", "jnp.arcsinh(x.astype(f64))"), ("exp(f16(x))", "jnp.exp(x.astype(f16)).astype(f16)"),
  ("tanh(bf16(x))", "jnp.tanh(x.astype(bf16))"), ("sin(n)", "jnp.sin(n.astype(f32))"),
],
"complex": [
  ("real(z)", "jnp.real(z)"), ("imag(z)", "jnp.imag(z)"), ("conj(z)", "jnp.conj(z)"), ("abs(z)", "jnp.abs(z)"), ("angle(z)", "jnp.angle(z)"), ("z * z", "z * z"),
  ("z / (z + 1)", "z / (z + 1)"), ("exp(z)", "jnp.exp(z)"), ("sqrt(z)", "jnp.sqrt(z)"), ("z == z", "z == z"), ("sum(z)", "jnp.sum(z)"), ("z @ transpose(z)", "z @ z.T"),
  ("conj(x)", "x"), ("real(x)", "x"), ("imag(x)", "jnp.zeros((3, 4), f32)"), ("c64(x)", "x.astype(c64)"), ("-z", "-z"), ("z ** 2", "z ** 2"), ("log(z + 3)", "jnp.log(z + 3)"), ("sin(z)", "jnp.sin(z)"), ("tanh(z * 0.25)", "jnp.tanh(z * 0.25)"),
],
"reductions": [
  ("sum(x)", "jnp.sum(x)"), ("sum(x, 0)", "jnp.sum(x, 0)"), ("sum(q, (0, 2))", "jnp.sum(q, (0, 2))"), ("sum(x, -1, keepdims = true)", "jnp.sum(x, -1, keepdims=True)"),
  ("prod(p, 1)", "jnp.prod(p, 1)"), ("max(x, 0)", "jnp.max(x, 0)"), ("min(n)", "jnp.min(n)"), ("max(bad)", "jnp.max(bad)"), ("mean(x, 1)", "jnp.mean(x, 1)"), ("mean(n)", "jnp.mean(n.astype(f32))"),
  ("var(x)", "jnp.var(x)"), ("var(x, 0, ddof = 1)", "jnp.var(x, 0, ddof=1)"), ("std(q, 2)", "jnp.std(q, 2)"), ("var(z)", "jnp.var(z)"), ("all(b, 1)", "jnp.all(b, 1)"), ("any(b, 0)", "jnp.any(b, 0)"), ("all(x > -2)", "jnp.all(x > -2)"),
  ("argmax(x, 1)", "jnp.argmax(x, 1).astype(i32)"), ("argmin(n, 0)", "jnp.argmin(n, 0).astype(i32)"), ("argmax(q)", "jnp.argmax(q).astype(i32)"), ("argmax(bad)", "jnp.argmax(bad).astype(i32)"), ("argmin([3, 1, 1])", "i32(1)"),
  ("logsumexp(x, 1)", "jsp.logsumexp(x, 1)"), ("logsumexp(x * 100)", "jsp.logsumexp(x * 100)"), ("logsumexp([-inf, -inf])", "jsp.logsumexp(jnp.array([-jnp.inf, -jnp.inf], f32))"),
  ("cumsum(x, 1)", "jnp.cumsum(x, 1)"), ("cumsum(n)", "jnp.cumsum(n, dtype=i32)"), ("cumprod(p, 0)", "jnp.cumprod(p, 0)"), ("cummax(n % 4, 1)", "lax.cummax(n % 4, 1)"), ("cumsum(ones(100))", "jnp.cumsum(jnp.ones(100, f32))"),
  ("sort([3, 1, 2])", "jnp.sort(jnp.array([3, 1, 2], i32))"), ("sort(bad)", "jnp.sort(bad)"), ("sort(y * -1, 0)", "jnp.sort(y * -1, 0)"), ("sort(x, descending = true)", "jnp.sort(x, descending=True)"),
  ("argsort(n % 3, 1)", "jnp.argsort(n % 3, 1).astype(i32)"), ("top_k(x % 0.75, 2)[0]", "lax.top_k(x % f32(0.75), 2)[0]"), ("top_k(x % 0.75, 2)[1]", "lax.top_k(x % f32(0.75), 2)[1]"),
  ("sum(b)", "jnp.sum(b, dtype=i32)"), ("sum(i8(n))", "jnp.sum(n.astype(i8), dtype=i32)"), ("sum(bf16(x))", "jnp.sum(x.astype(bf16))"), ("sum(zeros((0, 3)), 0)", "jnp.zeros(3, f32)"), ("prod(zeros(0))", "f32(1)"), ("mean(f16(x))", "jnp.mean(x.astype(f16))"), ("softmax(x)", "jax.nn.softmax(x)"),
],
"products": [
  ("x @ transpose(y)", "x @ y.T"), ("x @ v", "x @ v"), ("v @ v", "v @ v"), ("v @ transpose(x)", "v @ x.T"), ("q @ transpose(x)", "q @ x.T"), ("x @ moveaxis(q, 1, 2)", "x @ jnp.moveaxis(q, 1, 2)"),
  ("q @ swapaxes(q, 1, 2)", "q @ jnp.swapaxes(q, 1, 2)"), ("v @ swapaxes(q, 1, 2)", "v @ jnp.swapaxes(q, 1, 2)"), ("q @ v", "q @ v"), ("n @ transpose(m)", "n @ m.T"), ("dot(x, v)", "jnp.dot(x, v)"), ("dot(q, transpose(x))", "jnp.dot(q, x.T)"), ("dot(x, swapaxes(q, 1, 2))", "jnp.dot(x, jnp.swapaxes(q, 1, 2))"), ("dot(x, 2)", "x * 2"),
  ("outer(v, v)", "jnp.outer(v, v)"), ("trace(x @ transpose(x))", "jnp.trace(x @ x.T)"), ("vdot(x, y)", "jnp.vdot(x, y)"),
] + [(f'einsum("{s}", {a})', f'jnp.einsum("{s}", {a})') for s, a in [
  ("ij,kj->ik", "x, y"), ("ij->ji", "x"), ("ij->", "x"), ("ij->j", "x"), ("ii->i", "(x @ x.T)"), ("ii", "(x @ x.T)"), ("ij,ij->ij", "x, y"), ("ij,ij", "x, y"), ("i,j->ij", "v, v"), ("bij,bkj->bik", "q, q"), ("...j,j->...", "q, v"), ("...ij,kj->...ik", "q, x"),
  ("ij,jk", "x, x.T"), ("ba", "x"), ("i,i,i->", "v, v, v"), ("ij,jk,kl->il", "x, y.T, x"), ("bij,ij->b", "q, x"), ("ijk,k->ji", "q, v"), ("...,...->...", "x, v")]],
"shapes": [
  ("reshape(x, (4, 3))", "x.reshape(4, 3)"), ("reshape(q, (-1, 4))", "q.reshape(-1, 4)"), ("reshape(q, (6, ...))", "q.reshape(6, 4)"), ("transpose(q)", "q.T"), ("transpose(q, (1, 2, 0))", "q.transpose(1, 2, 0)"), ("moveaxis(q, 0, -1)", "jnp.moveaxis(q, 0, -1)"), ("moveaxis(q, (0, 1), (2, 0))", "jnp.moveaxis(q, (0, 1), (2, 0))"),
  ("broadcast_to(v, (2, 3, 4))", "jnp.broadcast_to(v, (2, 3, 4))"), ("concatenate((x, y), 1)", "jnp.concatenate((x, y), 1)"), ("stack((v, v * 2), 1)", "jnp.stack((v, v * 2), 1)"), ("stack((1.0, 2, v[0]))", "jnp.stack((f32(1), f32(2), v[0]))"), ("split(x, 2, 1)[1]", "jnp.split(x, 2, 1)[1]"), ("split(v, (1, 3))[1]", "jnp.split(v, (1, 3))[1]"),
  ("tile(v, 2)", "jnp.tile(v, 2)"), ("tile(x, (2, 2))", "jnp.tile(x, (2, 2))"), ("tile(v, (2, 1, 2))", "jnp.tile(v, (2, 1, 2))"), ("flip(x)", "jnp.flip(x)"), ("flip(x, 0)", "jnp.flip(x, 0)"), ("roll(v, 1)", "jnp.roll(v, 1)"), ("roll(x, -1, 1)", "jnp.roll(x, -1, 1)"), ("roll(x, 5)", "jnp.roll(x, 5)"), ("roll(x, (1, 2), (0, 1))", "jnp.roll(x, (1, 2), (0, 1))"),
  ("pad(v, 2)", "jnp.pad(v, 2)"), ("pad(x, ((1, 0), (0, 2)), 9)", "jnp.pad(x, ((1, 0), (0, 2)), constant_values=9)"), ("expand_dims(v, 0)", "v[None]"), ("squeeze(expand_dims(v, (0, 2)))", "v"), ("ravel(q)", "q.ravel()"),
  ("arange(2, 11, 3)", "jnp.arange(2, 11, 3, dtype=i32)"), ("arange(0.0, 1.0, 0.25)", "jnp.arange(0.0, 1.0, 0.25, dtype=f32)"), ("linspace(-1, 1, 5)", "jnp.linspace(-1, 1, 5, dtype=f32)"), ("zeros((2, 3))", "jnp.zeros((2, 3), f32)"), ("ones(3, i32)", "jnp.ones(3, i32)"), ("full((2,), 7)", "jnp.full((2,), 7, i32)"), ("eye(3)", "jnp.eye(3, dtype=f32)"), ("eye(2, 4, 1)", "jnp.eye(2, 4, 1, dtype=f32)"), ("one_hot([1, 0, 3], 3)", "jax.nn.one_hot(jnp.array([1, 0, 3]), 3, dtype=f32)"), ("tril(x)", "jnp.tril(x)"), ("triu(x, 1)", "jnp.triu(x, 1)"), ("diagonal(x @ transpose(x))", "jnp.diagonal(x @ x.T)"), ("zeros((0, 3))", "jnp.zeros((0, 3), f32)"), ("arange(0)", "jnp.arange(0, dtype=i32)"),
  ("f32(n)", "n.astype(f32)"), ("i32(y)", "y.astype(i32)"), ("bool(n)", "n.astype(bool)"), ("i8(n * 100)", "(n * 100).astype(i8)"), ("u8(m)", "m.astype(u8)"), ("f16(x)", "x.astype(f16)"), ("bf16(x * 1.01)", "(x * f32(1.01)).astype(bf16)"), ("f64(x)", "x.astype(f64)"), ("i32(b)", "b.astype(i32)"), ("bitcast(x, i32)", "lax.bitcast_convert_type(x, i32)"),
  ("take(x, [2, 0], 0)", "jnp.take(x, jnp.array([2, 0]), 0)"), ("take(x, [3, 0], axis = 1)", "jnp.take(x, jnp.array([3, 0]), 1)"), ("[[1, 2], [3, 4]]", "jnp.array([[1, 2], [3, 4]], i32)"), ("[x[0, 0], 1]", "jnp.array([x[0, 0], 1], f32)"), ("swapaxes(q, 0, 2)", "jnp.swapaxes(q, 0, 2)"),
],
"indexing": [
  (g, j or g) for g, j in [
  ("x[0]", ""), ("x[-1]", ""), ("x[1, 2]", ""), ("x[:, 1:3]", ""), ("x[::2]", ""), ("x[::-1, 3:0:-2]", ""), ("x[..., 0]", ""), ("q[1, ..., 2]", ""), ("v[newaxis, :]", "v[None, :]"), ("x[:, newaxis, 1]", "x[:, None, 1]"), ("q[..., newaxis]", "q[..., None]"),
  ("x[i]", ""), ("x[:, i]", ""), ("x[i, i]", ""), ("q[:, i, 1]", ""), ("q[0, :, i]", ""), ("q[i[:2], :, i[:2]]", ""), ("q[1, i, i]", ""), ("x[[[0, 1], [2, 0]]]", "x[jnp.array([[0, 1], [2, 0]])]"), ("x[i[:, newaxis], i]", "x[i[:, None], i]"),
  ("x[k]", "x[jnp.clip(k, 0, 2)]"), ("x[k - 4]", "x[k - 4]"), ("v[k:k + 2]", "lax.dynamic_slice(v, (k,), (2,))"), ("x[1, k - 2]", "x[1, k - 2]"), ("q[:, k - 1, 1:]", "q[:, k - 1, 1:]"), ("v[1:100]", "v[1:100]"), ("v[-100:2]", "v[-100:2]"), ("v[2:1]", "v[2:1]"), ("x[(1, 2)]", ""), ("x[1:1]", ""),
  ("x with [0] = 9", "x.at[0].set(9)"), ("x with [:, 1] = 0", "x.at[:, 1].set(0)"), ("x with [1, 2] += 5", "x.at[1, 2].add(5)"), ("x with [::2] *= 2", "x.at[::2].multiply(2)"), ("x with [i] = v", "x.at[i].set(v)"), ("x with [:, i] += 1", "x.at[:, i].add(1)"), ("x with [[0, 0, 1]] += v", "x.at[jnp.array([0, 0, 1])].add(v)"), ("x with [k - 1] = v", "x.at[k - 1].set(v)"), ("x with [k + 9] = v", "x"), ("v with [[7, 1]] = 3", "v.at[1].set(3)"), ("v with [k:k + 2] = 0", "v.at[2:4].set(0)"), ("v with [k - 6] = 5", "v.at[0].set(5)"), ("x with [-1, -1] = 7", "x.at[-1, -1].set(7)"), ("x with [i, i] *= 3", "x.at[i, i].multiply(3)"), ("q with [:, 1, ::2] = 0", "q.at[:, 1, ::2].set(0)"), ("q with [1, i, 0] = [1.0, 2.0, 3.0]", "q.at[1, i, 0].set(jnp.array([1.0, 2.0, 3.0], f32))"), ("n with [0] = 5", "n.at[0].set(5)"),
  ]],
"control": [
  ("loop s = 0 for a in v { s + a }", "jnp.sum(v)"), ("loop s = 0.0 for j in 0..10 { s + f32(j) }", "f32(45)"), ("loop (a = 1, c = 1) for _ in 0..10 { (c, a + c) }[0]", None), ("(loop (a = 1, c = 1) for _ in 0..10 { (c, a + c) })[0]", "i32(89)"),
  ("loop a = 1.0 while a < 100 { a * 3 }", "f32(243)"), ("loop a = 1.0 while a < 100 max 3 { a * 3 }", "f32(27)"), ("loop a = 1.0 while a < 100 max 0 { a * 3 }", "f32(1)"), ("loop s = 0 for j in 0..k { s + j }", "i32(1)"), ("loop s = 0 for j in 3..3 { s + j }", "i32(0)"), ("loop s = 0 for j in k..k + 4 { s + j }", "i32(14)"),
  ("if k > 1 then x else y", "x"), ("if k > 5 then 1 else 2.5", "f32(2.5)"), ("(if b[0, 0] then (x, n) else (y, m))[1]", "m"), ("scan((c, a) -> (c + a, c * a), 0, v)[1]", "jnp.array([0.0, 0.75, -1.0, -2.25], f32)"), ("scan((c, a) -> (c + a, c), 0, v, reverse = true)[1]", "jnp.array([1.5, 2.0, 1.5, 0.0], f32)"), ("scan((c, (r, s)) -> (c + sum(r) * s, r * s), 0, (x, v[:3]))[1]", "x * v[:3, None]"),
  ("[a * 2 for a in v]", "v * 2"), ("[f32(c) * v[d] for c in 0..3, d in 0..4]", "jnp.arange(3, dtype=f32)[:, None] * v"), ("loop y = x for r in (v, v * 2) { y + r }", "x + v * 3"), ("(loop {a, c} = {a = 0.0, c = x[0]} for r in x { {a = a + sum(r * c), c = r} }).a", "jnp.sum(x[0] * x[0]) + jnp.sum(x[1] * x[0]) + jnp.sum(x[2] * x[1])"), ("scan((c, a) -> (c, a), 0, zeros((0, 2)))[1]", "jnp.zeros((0, 2), f32)"),
  ("{let f = (a, c = 0) -> a", None), ("(x -> x + 1)(2.5)", "f32(3.5)"), ("v |> sum", "jnp.sum(v)"), ("tree.map(a -> a * 2, (v, {w = x})) |> (t -> t[1].w)", "x * 2"),
],
# Keys are used once each, so each case makes its own.
"random": [
  ("random.key_data(random.key(0))", "K(random.key(0))"), ("random.key_data(random.key(0x1234))", "K(random.key(0x1234))"), ("random.key_data(random.key(n[0, 0] + 9))", "K(random.key(4))"), ("random.key_data(random.key(4294967303))", "K(random.key(4294967303))"),
  ("random.key_data(random.split(random.key(1)))", "K(random.split(random.key(1)))"), ("random.key_data(random.split(random.key(1), 5))", "K(random.split(random.key(1), 5))"), ("random.key_data(random.split(random.key(1), (2, 3)))", "K(random.split(random.key(1), (2, 3)))"), ("random.key_data(random.split(random.key(1), 0))", "K(random.split(random.key(1), 0))"),
  ("random.key_data(random.fold_in(random.key(1), 7))", "K(random.fold_in(random.key(1), 7))"), ("random.key_data(random.fold_in(random.key(1), n[2, 3]))", "K(random.fold_in(random.key(1), n[2, 3]))"), ("random.key_data(random.fold_in(random.key(1), 4026531840))", "K(random.fold_in(random.key(1), u32(4026531840)))"),
  ("random.bits(random.key(2))", "random.bits(random.key(2), (), u32)"), ("random.bits(random.key(2), (3, 4))", "random.bits(random.key(2), (3, 4), u32)"), ("random.bits(random.key(2), 5, u8)", "random.bits(random.key(2), (5,), u8)"), ("i32(random.bits(random.key(2), 5, u16))", "random.bits(random.key(2), (5,), jnp.uint16).astype(i32)"), ("i64(random.bits(random.key(2), 5, u64) >> 1)", "(random.bits(random.key(2), (5,), jnp.uint64) >> 1).astype(jnp.int64)"), ("random.bits(random.key(2), (0, 3))", "random.bits(random.key(2), (0, 3), u32)"),
  ("random.uniform(random.key(3))", "random.uniform(random.key(3), dtype=f32)"), ("random.uniform(random.key(3), (100,))", "random.uniform(random.key(3), (100,), f32)"), ("random.uniform(random.key(3), (4,), -2, 3.5)", "random.uniform(random.key(3), (4,), f32, -2, 3.5)"), ("random.uniform(random.key(3), (4,), v, v + 2)", "random.uniform(random.key(3), (4,), f32, v, v + 2)"), ("random.uniform(random.key(3), 9, dtype = f64)", "random.uniform(random.key(3), (9,), f64)"), ("random.uniform(random.key(3), 9, dtype = f16)", "random.uniform(random.key(3), (9,), f16)"), ("random.uniform(random.key(3), 9, dtype = bf16)", "random.uniform(random.key(3), (9,), bf16)"),
  ("random.normal(random.key(4), (50,))", "random.normal(random.key(4), (50,), f32)"), ("random.normal(random.key(4), (3, 2), f64)", "random.normal(random.key(4), (3, 2), f64)"), ("random.normal(random.key(4), 9, f16)", "random.normal(random.key(4), (9,), f16)"), ("random.normal(random.key(4), 9, bf16)", "random.normal(random.key(4), (9,), bf16)"), ("random.normal(random.key(4), 3, c64)", "random.normal(random.key(4), (3,), c64)"), ("random.normal(random.key(4))", "random.normal(random.key(4), (), f32)"),
  ("random.truncated_normal(random.key(5), -2, 2, (40,))", "random.truncated_normal(random.key(5), -2, 2, (40,), f32)"), ("random.truncated_normal(random.key(5), v, v + 1)", "random.truncated_normal(random.key(5), v, v + 1, dtype=f32)"), ("random.truncated_normal(random.key(5), 0, 1e-30, 4)", "random.truncated_normal(random.key(5), 0, 1e-30, (4,), f32)"), ("random.truncated_normal(random.key(5), -1, 1, 5, f64)", "random.truncated_normal(random.key(5), -1, 1, (5,), f64)"),
  ("random.randint(random.key(6), (30,), -5, 17)", "random.randint(random.key(6), (30,), -5, 17, i32)"), ("random.randint(random.key(6), 9, 3, 3)", "random.randint(random.key(6), (9,), 3, 3, i32)"), ("random.randint(random.key(6), 9, -2147483648, 2147483647)", "random.randint(random.key(6), (9,), -2147483648, 2147483647, i32)"), ("random.randint(random.key(6), 9, 0, 256, u8)", "random.randint(random.key(6), (9,), 0, 256, u8)"), ("random.randint(random.key(6), 9, -128, 100, i8)", "random.randint(random.key(6), (9,), -128, 100, i8)"), ("random.randint(random.key(6), 9, 0, 1000000000000, i64)", "random.randint(random.key(6), (9,), 0, 1000000000000, jnp.int64)"), ("random.randint(random.key(6), 9, 5, 4000000000, u32)", "random.randint(random.key(6), (9,), 5, u32(4000000000), u32)"), ("random.randint(random.key(6), (3, 4), n, n + m)", "random.randint(random.key(6), (3, 4), n, n + m, i32)"),
  ("random.bernoulli(random.key(7), shape = (40,))", "random.bernoulli(random.key(7), f32(0.5), (40,))"), ("random.bernoulli(random.key(7), p)", "random.bernoulli(random.key(7), p)"), ("random.bernoulli(random.key(7), 0.1, 20)", "random.bernoulli(random.key(7), f32(0.1), (20,))"), ("random.bernoulli(random.key(7), f32(0.25))", "random.bernoulli(random.key(7), f32(0.25))"),
  ("random.gumbel(random.key(8), (20,))", "random.gumbel(random.key(8), (20,), f32)"), ("random.gumbel(random.key(8), 4, f64)", "random.gumbel(random.key(8), (4,), f64)"), ("random.exponential(random.key(8), (20,))", "random.exponential(random.key(8), (20,), f32)"),
  ("random.categorical(random.key(9), x)", "random.categorical(random.key(9), x).astype(i32)"), ("random.categorical(random.key(9), x, axis = 0)", "random.categorical(random.key(9), x, axis=0).astype(i32)"), ("random.categorical(random.key(9), v, shape = (2, 10))", "random.categorical(random.key(9), v, shape=(2, 10)).astype(i32)"), ("random.categorical(random.key(9), x, shape = (5, 3))", "random.categorical(random.key(9), x, shape=(5, 3)).astype(i32)"), ("random.categorical(random.key(9), q, axis = 1, shape = (7, 2, 4))", "random.categorical(random.key(9), q, axis=1, shape=(7, 2, 4)).astype(i32)"),
  ("random.permutation(random.key(10), 12)", "random.permutation(random.key(10), 12).astype(i32)"), ("random.permutation(random.key(10), 1797)[:50]", "random.permutation(random.key(10), 1797)[:50].astype(i32)"), ("random.permutation(random.key(10), 1)", "random.permutation(random.key(10), 1).astype(i32)"), ("random.permutation(random.key(10), v)", "random.permutation(random.key(10), v)"), ("random.permutation(random.key(10), x)", "random.permutation(random.key(10), x)"), ("random.permutation(random.key(10), x, axis = 1)", "random.permutation(random.key(10), x, axis=1)"), ("random.permutation(random.key(10), x, 1, independent = true)", "random.permutation(random.key(10), x, axis=1, independent=True)"),
  ("random.choice(random.key(11), 10, (6,))", "narrow(lambda: random.choice(random.key(11), 10, (6,)).astype(i32))"), ("random.choice(random.key(11), v, 5)", "narrow(lambda: random.choice(random.key(11), v, (5,)))"), ("random.choice(random.key(11), 10, (3, 2), replace = false)", "random.choice(random.key(11), 10, (3, 2), False).astype(i32)"), ("random.choice(random.key(11), q, (2, 2), axis = 1)", "narrow(lambda: random.choice(random.key(11), q, (2, 2), axis=1))"), ("random.choice(random.key(11), 3, 20, p = [0.2, 0.5, 0.3])", "random.choice(random.key(11), 3, (20,), p=jnp.array([0.2, 0.5, 0.3], f32)).astype(i32)"), ("random.choice(random.key(11), v, 3, replace = false, p = [0.1, 0.2, 0.3, 0.4])", "random.choice(random.key(11), v, (3,), False, jnp.array([0.1, 0.2, 0.3, 0.4], f32))"), ("random.choice(random.key(11), v)", "narrow(lambda: random.choice(random.key(11), v))"),
  ("random.gamma(random.key(12), 2.5, (30,))", "random.gamma(random.key(12), 2.5, (30,), f32)"), ("random.gamma(random.key(12), 0.3, (30,))", "random.gamma(random.key(12), 0.3, (30,), f32)"), ("random.gamma(random.key(12), p)", "random.gamma(random.key(12), p, dtype=f32)"),
  ("random.categorical(random.key(13), [0.1, -1.0, 2.0, 0.5], shape = (3,), replace = false)", "random.categorical(random.key(13), jnp.array([0.1, -1.0, 2.0, 0.5], f32), shape=(3,), replace=False).astype(i32)"), ("random.categorical(random.key(13), x, axis = 0, shape = (2, 4), replace = false)", "random.categorical(random.key(13), x, axis=0, shape=(2, 4), replace=False).astype(i32)"), ("random.randint(random.key(8), (40,), -500, 500, i8)", "random.randint(random.key(8), (40,), -500, 500, i8)"), ("random.randint(random.key(8), (40,), -5, 100000, u16)", "random.randint(random.key(8), (40,), -5, 100000, jnp.uint16)"), ("random.randint(random.key(8), (40,), -40000, 7, i16)", "random.randint(random.key(8), (40,), -40000, 7, jnp.int16)"), ("random.truncated_normal(random.key(3), [-1.0, 0.0], [0.5, 3.0])", "random.truncated_normal(random.key(3), jnp.array([-1.0, 0.0], f32), jnp.array([0.5, 3.0], f32), dtype=f32)"),
  ("vmap(k -> random.normal(k, (3,)))(random.split(random.key(13), 4))", "vmap(lambda k: random.normal(k, (3,), f32))(random.split(random.key(13), 4))"), ("[random.uniform(k) for k in random.split(random.key(13), 4)]", "vmap(lambda k: random.uniform(k, (), f32))(random.split(random.key(13), 4))"), ("{ let (a, c, d) = random.split(random.key(14), 3) \n random.normal(a) + random.uniform(c) * random.normal(d) }", "(lambda a, c, d: random.normal(a, dtype=f32) + random.uniform(c, dtype=f32) * random.normal(d, dtype=f32))(*random.split(random.key(14), 3))"),
  ("(loop (k, s) = (random.key(15), 0.0) for _ in 0..10 { let (k, sub) = random.split(k) \n (k, s + random.normal(sub)) })[1]", "LOOPED"), ("(scan((k, _) -> { let (k, sub) = random.split(k) \n (k, random.uniform(sub, (2,))) }, random.key(15), zeros(5)))[1]", "lax.scan(lambda k, _: (random.split(k)[0], random.uniform(random.split(k)[1], (2,), f32)), random.key(15), jnp.zeros(5))[1]"), ("if b[2, 2] then random.normal(random.key(16)) else random.uniform(random.key(17))", "random.normal(random.key(16), dtype=f32)"),
  ("grad(s -> sum(s * random.normal(random.key(18), (5,))))(2.0)", "jnp.sum(random.normal(random.key(18), (5,), f32))"), ("random.uniform(random.split(random.key(19), 3)[1], (2,))", "random.uniform(random.split(random.key(19), 3)[1], (2,), f32)"), ("random.uniform(random.split(random.key(19), 3)[k - 1], (2,))", "random.uniform(random.split(random.key(19), 3)[1], (2,), f32)"),
],
# Flax's modules: what `init` gives, and the output with it.
"modules": [
  (girih_case, flax_case) for girih, flax_text, arguments in [
    ("nn.Dense(3)", "nn.Dense(3)", "x"), ("nn.Dense(3, use_bias = false)", "nn.Dense(3, use_bias=False)", "q"), ("nn.Dense(2, kernel_init = init.he_normal, bias_init = init.ones)", "nn.Dense(2, kernel_init=nn.initializers.he_normal(), bias_init=nn.initializers.ones)", "v"),
    ("nn.Embed(5, 3)", "nn.Embed(5, 3)", "m % 5"), ("nn.LayerNorm()", "nn.LayerNorm()", "q"), ("nn.LayerNorm(use_scale = false)", "nn.LayerNorm(use_scale=False)", "x"), ("nn.RMSNorm()", "nn.RMSNorm()", "q"),
    ("nn.BatchNorm()", "nn.BatchNorm(use_running_average=False)", "x"),
    ("nn.Conv(4, (3,))", "nn.Conv(4, (3,))", "q"), ("nn.Conv(4, (2, 3), strides = (2, 1), padding = \"VALID\")", "nn.Conv(4, (2, 3), strides=(2, 1), padding='VALID')", "Q"), ("nn.Conv(4, (2,), kernel_dilation = 2, padding = \"CAUSAL\")", "nn.Conv(4, (2,), kernel_dilation=2, padding='CAUSAL')", "q"), ("nn.Conv(4, (3,), padding = \"CIRCULAR\")", "nn.Conv(4, (3,), padding='CIRCULAR')", "q"), ("nn.Conv(4, (2, 2), feature_group_count = 2, padding = ((1, 0), (0, 2)))", "nn.Conv(4, (2, 2), feature_group_count=2, padding=((1, 0), (0, 2)))", "Q"), ("nn.Conv(2, (2,), input_dilation = 2, padding = 1)", "nn.Conv(2, (2,), input_dilation=2, padding=1)", "q"), ("nn.Conv(3, (2, 2), use_bias = false)", "nn.Conv(3, (2, 2), use_bias=False)", "q"),
    ("nn.ConvTranspose(3, (3,), strides = 2)", "nn.ConvTranspose(3, (3,), strides=2)", "q"), ("nn.ConvTranspose(3, (2, 3), strides = (2, 1), padding = \"VALID\")", "nn.ConvTranspose(3, (2, 3), strides=(2, 1), padding='VALID')", "Q"), ("nn.ConvTranspose(2, (3,), kernel_dilation = 2)", "nn.ConvTranspose(2, (3,), kernel_dilation=(2,))", "q"),
    ("nn.DenseGeneral((2, 3), (-2, -1))", "nn.DenseGeneral((2, 3), (-2, -1))", "q"), ("nn.MultiHeadDotProductAttention(2)", "nn.MultiHeadDotProductAttention(2)", "q"), ("nn.MultiHeadDotProductAttention(2, qkv_features = 6, out_features = 5)", "nn.MultiHeadDotProductAttention(2, qkv_features=6, out_features=5)", "q, q * 0.5"), ("nn.MultiHeadDotProductAttention(2)", "nn.MultiHeadDotProductAttention(2)", "q, mask = nn.make_causal_mask(q[:, :, 0])"),
    ("nn.RNN(nn.LSTMCell(3))", "nn.RNN(nn.LSTMCell(3))", "q"), ("nn.RNN(nn.GRUCell(5))", "nn.RNN(nn.GRUCell(5))", "q"), ("nn.RNN(nn.LSTMCell(3), reverse = true, keep_order = true)", "nn.RNN(nn.LSTMCell(3), reverse=True, keep_order=True)", "x"),
    ("nn.Sequential((nn.Dense(4), nn.relu, nn.Dense(2)))", "nn.Sequential((nn.Dense(4), nn.relu, nn.Dense(2)))", "x"),
  ] for girih_case, flax_case in [
    ("tree.ravel(init(%s, random.key(7), %s).params)[0]" % (girih, arguments), "vector(made(%s, %s)['params'])" % (flax_text, arguments.replace(" = ", "="))),
    ("{ let model = %s \n apply(model, init(model, random.key(7), %s), %s) }" % (girih, arguments, arguments), "%s.apply(made(%s, %s), %s%s)" % (flax_text, flax_text, arguments.replace(" = ", "="), arguments.replace(" = ", "="), ", mutable=['batch_stats'])[0].astype(f32" if "BatchNorm" in flax_text else "")),
  ]
] + [
  ("apply(nn.BatchNorm(), init(nn.BatchNorm(), random.key(0), x), x, update = true)[1].batch_stats.mean", "nn.BatchNorm(use_running_average=False).apply(made(nn.BatchNorm(use_running_average=False), x), x, mutable=['batch_stats'])[1]['batch_stats']['mean']"),
  ("apply(nn.BatchNorm(), init(nn.BatchNorm(), random.key(0), x), x, update = true)[1].batch_stats.var", "nn.BatchNorm(use_running_average=False).apply(made(nn.BatchNorm(use_running_average=False), x), x, mutable=['batch_stats'])[1]['batch_stats']['var']"),
  ("apply(nn.BatchNorm(use_running_average = true), init(nn.BatchNorm(), random.key(0), x), x)", "nn.BatchNorm(use_running_average=True).apply(made(nn.BatchNorm(use_running_average=True), x), x)"),
  ("apply(nn.Dropout(0.25), {}, q, random.key(3), deterministic = false)", "jnp.where(random.bernoulli(random.key(3), f32(0.75), q.shape), q / f32(0.75), 0)"), ("apply(nn.Dropout(0.25, deterministic = true), {}, q, random.key(3))", "q"),
  ("grad(k -> sum(apply(nn.Conv(4, (2, 2)), {params = {kernel = k, bias = zeros(4)}}, Q) ** 2))(ones((2, 2, 4, 4)) * 0.01)", "grad(lambda k: jnp.sum(nn.Conv(4, (2, 2)).apply({'params': {'kernel': k, 'bias': jnp.zeros(4, f32)}}, Q) ** 2))(jnp.ones((2, 2, 4, 4), f32) * f32(0.01))"),
  ("init.orthogonal(random.key(1), (5, 3))", "nn.initializers.orthogonal()(random.key(1), (5, 3), f32)"), ("init.orthogonal(random.key(1), (3, 5))", "nn.initializers.orthogonal()(random.key(1), (3, 5), f32)"), ("init.orthogonal(random.key(1), (2, 2, 4))", "nn.initializers.orthogonal()(random.key(1), (2, 2, 4), f32)"),
] + [("init.%s(random.key(1), (2, 3, 4))" % n, "nn.initializers.%s()(random.key(1), (2, 3, 4), f32)" % n) for n in ["lecun_normal", "lecun_uniform", "he_normal", "he_uniform", "xavier_normal", "xavier_uniform", "normal", "uniform"]]
+ [("nn.max_pool(Q, (2, 2), strides = (2, 2))", "nn.max_pool(Q, (2, 2), strides=(2, 2))"), ("nn.max_pool(Q, (2, 3), padding = \"SAME\")", "nn.max_pool(Q, (2, 3), padding='SAME')"), ("nn.max_pool(Q, (2, 2), padding = ((1, 0), (0, 1)))", "nn.max_pool(Q, (2, 2), padding=((1, 0), (0, 1)))"), ("nn.avg_pool(Q, (2, 2), strides = (1, 2))", "nn.avg_pool(Q, (2, 2), strides=(1, 2))"), ("nn.avg_pool(Q, (3, 2), padding = \"SAME\")", "nn.avg_pool(Q, (3, 2), padding='SAME')"), ("nn.avg_pool(Q, (3, 2), padding = \"SAME\", count_include_pad = false)", "narrow(lambda: nn.avg_pool(Q, (3, 2), padding='SAME', count_include_pad=False))"), ("nn.min_pool(Q, (2, 2))", "-nn.max_pool(-Q, (2, 2))"),
   ("grad(a -> sum(nn.max_pool(a, (2, 2), strides = (2, 2)) * 2))(Q % 3)", "grad(lambda a: jnp.sum(nn.max_pool(a, (2, 2), strides=(2, 2)) * 2))(Q % 3)"), ("grad(a -> sum(nn.max_pool(a, (2, 2)) ** 2))(zeros((1, 3, 3, 1)))", "grad(lambda a: jnp.sum(nn.max_pool(a, (2, 2)) ** 2))(jnp.zeros((1, 3, 3, 1), f32))"), ("grad(a -> sum(nn.max_pool(a, (2, 2))))(zeros((1, 3, 3, 1)))", "grad(lambda a: jnp.sum(nn.max_pool(a, (2, 2))))(jnp.zeros((1, 3, 3, 1), f32))"),
   ("conv(Q, ones((2, 2, 4, 1)), strides = (1, 2), padding = \"SAME\")", "lax.conv_general_dilated(Q, jnp.ones((2, 2, 4, 1), f32), (1, 2), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))")]
+ [("nn.%s(x)" % n, "jax.nn.%s(x)" % n) for n in ["relu", "relu6", "sigmoid", "softplus", "log_sigmoid", "silu", "gelu", "leaky_relu", "elu", "selu", "celu", "soft_sign", "hard_tanh", "hard_sigmoid", "hard_silu", "mish", "glu", "log_softmax", "softmax", "standardize"]]
+ [("grad(a -> sum(nn.%s(a)))([-1.5, 0.0, 2.0, 7.0])" % n, "grad(lambda a: jnp.sum(jax.nn.%s(a)))(jnp.array([-1.5, 0.0, 2.0, 7.0], f32))" % n) for n in ["relu", "softplus", "silu", "gelu", "elu", "selu", "mish"]] + [("nn.gelu(x, approximate = false)", "jax.nn.gelu(x, approximate=False)")],
# Optax's optimizers, 20 steps each, and its schedules and losses.
"optimizers": [
  ("{ let o = optim.%s \n let f = t -> sum(t.w ** 2 * 0.5) + sum(sin(t.b) * t.b) \n let first = {w = x, b = v} \n let (t, s) = loop (t, s) = (first, o.init(first)) for _ in 0..20 { let (u, s) = o.update(grad(f)(t), s, t) \n (optim.apply_updates(t, u), s) } \n tree.ravel(t)[0] }" % g, "narrow(lambda: twenty(optax.%s))" % p) for g, p in [
    ("sgd(0.1)", "sgd(0.1)"), ("sgd(0.1, momentum = 0.9)", "sgd(0.1, momentum=0.9)"), ("sgd(0.1, momentum = 0.9, nesterov = true)", "sgd(0.1, momentum=0.9, nesterov=True)"), ("adam(1e-1)", "adam(1e-1)"), ("adamw(1e-1, weight_decay = 0.1)", "adamw(1e-1, weight_decay=0.1)"), ("adagrad(0.5)", "adagrad(0.5)"), ("rmsprop(0.05)", "rmsprop(0.05)"), ("rmsprop(0.05, momentum = 0.9)", "rmsprop(0.05, momentum=0.9)"), ("lion(0.05)", "lion(0.05)"), ("lamb(0.1, weight_decay = 0.01)", "lamb(0.1, weight_decay=0.01)"), ("adafactor(0.1)", "adafactor(0.1)"), ("adafactor(0.1, min_dim_size_to_factor = 2)", "adafactor(0.1, min_dim_size_to_factor=2)"),
    ("chain(optim.clip(0.3), optim.sgd(0.1))", "chain(optax.clip(0.3), optax.sgd(0.1))"), ("chain(optim.clip_by_global_norm(1.0), optim.adam(0.1))", "chain(optax.clip_by_global_norm(1.0), optax.adam(0.1))"), ("chain(optim.ema(0.9), optim.sgd(0.1))", "chain(optax.ema(0.9), optax.sgd(0.1))"), ("adamw(1e-1, weight_decay = 0.5, mask = {w = true, b = false})", "adamw(1e-1, weight_decay=0.5, mask={'w': True, 'b': False})"), ("chain(optim.add_decayed_weights(0.1), optim.sgd(optim.cosine_decay_schedule(0.2, 15)))", "chain(optax.add_decayed_weights(0.1), optax.sgd(optax.cosine_decay_schedule(0.2, 15)))"), ("adam(optim.warmup_cosine_decay_schedule(0.0, 0.2, 5, 15, 0.01))", "adam(optax.warmup_cosine_decay_schedule(0.0, 0.2, 5, 15, 0.01))"), ("chain(optim.masked(optim.scale(3.0), {w = false, b = true}), optim.sgd(0.1))", "chain(optax.masked(optax.scale(3.0), {'w': False, 'b': True}), optax.sgd(0.1))"),
  ]
] + [("vmap(optim.%s)(arange(12))" % g, "vmap(optax.%s)(jnp.arange(12, dtype=i32)).astype(f32)" % p) for g, p in [
    ("constant_schedule(0.3)", "constant_schedule(0.3)") if False else ("linear_schedule(1.0, 0.1, 8, 2)", "linear_schedule(1.0, 0.1, 8, 2)"), ("polynomial_schedule(1.0, 0.1, 2, 8)", "polynomial_schedule(1.0, 0.1, 2, 8)"), ("cosine_decay_schedule(0.5, 9, 0.1)", "cosine_decay_schedule(0.5, 9, 0.1)"), ("warmup_cosine_decay_schedule(0.0, 1.0, 4, 10, 0.05)", "warmup_cosine_decay_schedule(0.0, 1.0, 4, 10, 0.05)"), ("exponential_decay(1.0, 4, 0.5)", "exponential_decay(1.0, 4, 0.5)"), ("exponential_decay(1.0, 4, 0.5, 2, true, 0.2)", "exponential_decay(1.0, 4, 0.5, 2, True, 0.2)"), ("piecewise_constant_schedule(1.0, ((3, 0.5), (7, 0.1)))", "piecewise_constant_schedule(1.0, {3: 0.5, 7: 0.1})"), ("join_schedules((optim.linear_schedule(0.0, 1.0, 4), optim.exponential_decay(1.0, 4, 0.5)), (4,))", "join_schedules((optax.linear_schedule(0.0, 1.0, 4), optax.exponential_decay(1.0, 4, 0.5)), (4,))")]]
+ [("optim.%s" % g, "optax.%s" % p) for g, p in [
    ("squared_error(x, y)", "squared_error(x, y)"), ("l2_loss(x, y)", "l2_loss(x, y)"), ("huber_loss(x, y * 3, 0.5)", "huber_loss(x, y * 3, delta=0.5)"), ("log_cosh(x, y)", "log_cosh(x, y)"), ("cosine_similarity(x, y)", "cosine_similarity(x, y)"), ("cosine_distance(x, y)", "cosine_distance(x, y)"), ("softmax_cross_entropy(x, softmax(y))", "softmax_cross_entropy(x, jax.nn.softmax(y))"), ("softmax_cross_entropy_with_integer_labels(x, [0, 3, 1])", "softmax_cross_entropy_with_integer_labels(x, jnp.array([0, 3, 1]))"), ("sigmoid_binary_cross_entropy(x, f32(b))", "sigmoid_binary_cross_entropy(x, b.astype(f32))"), ("hinge_loss(x, sign(y))", "hinge_loss(x, jnp.sign(y))"), ("kl_divergence(nn.log_softmax(x), softmax(y))", "kl_divergence(jax.nn.log_softmax(x), jax.nn.softmax(y))"), ("smooth_labels(one_hot([1, 0], 3), 0.1)", "smooth_labels(jax.nn.one_hot(jnp.array([1, 0]), 3, dtype=f32), 0.1)")]],
# Derivatives and lanes. Ported, with JAX's values, from the cases of jax/tests (api_test, lax_autodiff_test, lax_vmap_test,
# More of Flax's layers: what `init` gives, and the output with it.
"layers": [
  (girih_case, flax_case) for girih, flax_text, arguments in [
    ("nn.GroupNorm(2)", "nn.GroupNorm(2)", "q"), ("nn.GroupNorm(none, group_size = 2, epsilon = 1e-3)", "nn.GroupNorm(None, 2, 1e-3)", "Q"), ("nn.GroupNorm(4, use_scale = false)", "nn.GroupNorm(4, use_scale=False)", "x"), ("nn.GroupNorm(2, reduction_axes = (1, -1), use_fast_variance = false)", "nn.GroupNorm(2, reduction_axes=(1, -1), use_fast_variance=False)", "Q"),
    ("nn.InstanceNorm()", "nn.InstanceNorm()", "Q"), ("nn.LayerNorm(reduction_axes = (-2, -1), feature_axes = (1, 2))", "nn.LayerNorm(reduction_axes=(-2, -1), feature_axes=(1, 2))", "q"), ("nn.LayerNorm(use_fast_variance = false)", "nn.LayerNorm(use_fast_variance=False)", "q"), ("nn.RMSNorm(reduction_axes = (1, 2))", "nn.RMSNorm(reduction_axes=(1, 2))", "q"),
    ("nn.BatchNorm(axis = 1)", "nn.BatchNorm(False, axis=1)", "q"), ("nn.BatchNorm(axis = (0, -1))", "nn.BatchNorm(False, axis=(0, -1))", "q"), ("nn.BatchNorm(use_fast_variance = false, use_bias = false)", "nn.BatchNorm(False, use_fast_variance=False, use_bias=False)", "Q"),
    ("nn.Conv(3, (3, 2, 2), strides = (1, 2, 1))", "nn.Conv(3, (3, 2, 2), strides=(1, 2, 1))", "Q[..., newaxis]"), ("nn.Conv(4, (3, 2), kernel_dilation = (1, 2), feature_group_count = 4)", "nn.Conv(4, (3, 2), kernel_dilation=(1, 2), feature_group_count=4)", "Q"), ("nn.Conv(2, (3, 3), padding = 1)", "nn.Conv(2, (3, 3), padding=1)", "Q"), ("nn.Conv(2, (3, 3), padding = (0, 2))", "nn.Conv(2, (3, 3), padding=(0, 2))", "Q"), ("nn.Conv(2, (3, 2), padding = \"CIRCULAR\", strides = 2)", "nn.Conv(2, (3, 2), padding='CIRCULAR', strides=2)", "Q"), ("nn.Conv(2, (4, 3), padding = \"CIRCULAR\", kernel_dilation = (1, 2))", "nn.Conv(2, (4, 3), padding='CIRCULAR', kernel_dilation=(1, 2))", "Q"), ("nn.Conv(2, (3,), padding = \"CAUSAL\", strides = 2)", "nn.Conv(2, (3,), padding='CAUSAL', strides=2)", "q"), ("nn.Conv(2, (2,), mask = reshape([1.0, 0.0], (2, 1, 1)))", "nn.Conv(2, (2,), mask=jnp.array([1, 0], f32).reshape(2, 1, 1) * jnp.ones((2, 4, 2), f32))", "q"), ("nn.Conv(2, (3,))", "nn.Conv(2, (3,))", "x"),
    ("nn.ConvTranspose(3, (3, 3), strides = (2, 2), transpose_kernel = true)", "nn.ConvTranspose(3, (3, 3), strides=(2, 2), transpose_kernel=True)", "Q"), ("nn.ConvTranspose(3, (2, 3), strides = (2, 1), padding = \"CIRCULAR\")", "nn.ConvTranspose(3, (2, 3), strides=(2, 1), padding='CIRCULAR')", "Q"), ("nn.ConvTranspose(3, (4,), strides = 2, padding = \"CIRCULAR\", transpose_kernel = true)", "nn.ConvTranspose(3, (4,), strides=2, padding='CIRCULAR', transpose_kernel=True)", "q"), ("nn.ConvTranspose(3, (3, 2), strides = (2, 2), padding = ((1, 2), (0, 1)))", "nn.ConvTranspose(3, (3, 2), strides=(2, 2), padding=((1, 2), (0, 1)))", "Q"), ("nn.ConvTranspose(3, (2, 2), strides = (3, 3), padding = \"VALID\")", "nn.ConvTranspose(3, (2, 2), strides=(3, 3), padding='VALID')", "Q"), ("nn.ConvTranspose(3, (3,), padding = 1)", "nn.ConvTranspose(3, (3,), padding=1)", "q"), ("nn.ConvTranspose(2, (2, 2, 3), strides = (1, 2, 2))", "nn.ConvTranspose(2, (2, 2, 3), strides=(1, 2, 2))", "Q[..., newaxis]"),
    ("nn.MultiHeadAttention(2)", "nn.MultiHeadAttention(2)", "q"), ("nn.SelfAttention(2, normalize_qk = true)", "nn.SelfAttention(2, normalize_qk=True)", "q"), ("nn.MultiHeadDotProductAttention(2, out_kernel_init = init.he_uniform, out_bias_init = init.ones, use_bias = true)", "nn.MultiHeadDotProductAttention(2, out_kernel_init=nn.initializers.he_uniform(), out_bias_init=nn.initializers.ones, use_bias=True)", "q, q * 2, q - 1"), ("nn.MultiHeadDotProductAttention(2)", "nn.MultiHeadDotProductAttention(2)", "q, mask = nn.combine_masks(nn.make_causal_mask(q[:, :, 0]), nn.make_attention_mask(q[:, :, 0] > 2, q[:, :, 0] < 15))"),
    ("nn.RNN(nn.LSTMCell(3, gate_fn = nn.hard_sigmoid, activation_fn = nn.relu), reverse = true)", "nn.RNN(nn.LSTMCell(3, gate_fn=nn.hard_sigmoid, activation_fn=nn.relu), reverse=True)", "q"), ("nn.RNN(nn.OptimizedLSTMCell(3))", "nn.RNN(nn.OptimizedLSTMCell(3))", "q"), ("nn.RNN(nn.SimpleCell(3))", "nn.RNN(nn.SimpleCell(3))", "q"), ("nn.RNN(nn.SimpleCell(4, residual = true), true)", "nn.RNN(nn.SimpleCell(4, residual=True), True)", "q"), ("nn.RNN(nn.GRUCell(3, activation_fn = nn.relu), reverse = true, keep_order = true)", "nn.RNN(nn.GRUCell(3, activation_fn=nn.relu), reverse=True, keep_order=True)", "q"),
    ("nn.Dense(40, kernel_init = init.orthogonal)", "nn.Dense(40, kernel_init=nn.initializers.orthogonal())", "reshape(Q, (8, 20))"),
  ] for girih_case, flax_case in [
    ("tree.ravel(init(%s, random.key(7), %s).params)[0]" % (girih, arguments), "vector(made(%s, %s)['params'])" % (flax_text, to_jax(arguments))),
    ("{ let model = %s \n apply(model, init(model, random.key(7), %s), %s) }" % (girih, arguments, arguments), "%s.apply(made(%s, %s), %s%s)" % (flax_text, flax_text, to_jax(arguments), to_jax(arguments), ", mutable=['batch_stats'])[0].astype(f32" if "BatchNorm" in flax_text else "")),
  ]
] + [
  (case, value) for model, flax_model, arguments in [
    ("nn.RNN(nn.GRUCell(3), return_carry = true)", "nn.RNN(nn.GRUCell(3), return_carry=True)", "seq_lengths = [2, 3]"), ("nn.RNN(nn.LSTMCell(3), return_carry = true, reverse = true)", "nn.RNN(nn.LSTMCell(3), return_carry=True, reverse=True)", "seq_lengths = [2, 1]"),
    ("nn.RNN(nn.GRUCell(3), reverse = true, keep_order = true)", "nn.RNN(nn.GRUCell(3), reverse=True, keep_order=True)", "seq_lengths = [1, 3]"), ("nn.RNN(nn.SimpleCell(2), reverse = true)", "nn.RNN(nn.SimpleCell(2), reverse=True)", "reverse = false, return_carry = true"),
    ("nn.Bidirectional(nn.RNN(nn.GRUCell(3)), nn.RNN(nn.LSTMCell(2)))", "nn.Bidirectional(nn.RNN(nn.GRUCell(3)), nn.RNN(nn.LSTMCell(2)))", "return_carry = true"), ("nn.Bidirectional(nn.RNN(nn.GRUCell(3)), nn.RNN(nn.GRUCell(3)), merge_fn = (a, b) -> a * b)", "nn.Bidirectional(nn.RNN(nn.GRUCell(3)), nn.RNN(nn.GRUCell(3)), merge_fn=lambda a, b: a * b)", "seq_lengths = [3, 2]"),
  ] for case, value in [
    ("tree.ravel(init(%s, random.key(7), q).params)[0]" % model, "vector(made(%s, q)['params'])" % flax_model),
    ("{ let model = %s \n tree.ravel(apply(model, init(model, random.key(7), q), q, %s))[0] }" % (model, arguments), "vector(%s.apply(made(%s, q), q, %s))" % (flax_model, flax_model, arguments.replace("true", "True").replace("false", "False").replace("[", "jnp.array([").replace("]", "])"))),
  ]
] + [
  ("{ let model = %s \n %s(apply(model, init(model, random.key(7), %s), %s)) }" % (g, "f32" if "Norm" in g else "", x, x), "%s.apply(made(%s, %s), %s%s)%s" % (f, f, y, y, ", mutable=['batch_stats'])[0].squeeze(" if "BatchNorm" in f else "", ".astype(f32)" if "Norm" in g else "")) for g, f in [
    ("nn.%s%s)" % (name.replace("@", ""), g), "nn.%s%s)" % (name.replace("@false", "False"), f)) for name in ["Dense(3, ", "DenseGeneral((2, 3), ", "Conv(3, (3,), ", "ConvTranspose(3, (3,), ", "LayerNorm(", "RMSNorm(", "GroupNorm(2, ", "InstanceNorm(", "BatchNorm(@false, ", "MultiHeadDotProductAttention(2, "] for g, f in [("dtype = bf16", "dtype=jnp.bfloat16"), ("param_dtype = f64", "param_dtype=f64"), ("dtype = f32, param_dtype = bf16", "dtype=f32, param_dtype=jnp.bfloat16")] if "Norm" in name or "param_dtype = bf16" not in g
  ] + [("nn.RNN(nn.%s(3, dtype = bf16))" % n, "nn.RNN(nn.%s(3, dtype=jnp.bfloat16, carry_init=lambda k, s, d: jnp.zeros(s, jnp.bfloat16)))" % n) for n in ["LSTMCell", "GRUCell", "SimpleCell"]] for x, y in [("q", "q")]
] + [
  ("apply(nn.Dense(3), init(nn.Dense(3), random.key(7), bf16(q)), bf16(q))", "nn.Dense(3).apply(made(nn.Dense(3), q), q.astype(jnp.bfloat16))"), ("apply(nn.LayerNorm(), init(nn.LayerNorm(), random.key(7), f64(q)), f64(q))", "nn.LayerNorm().apply(made(nn.LayerNorm(), q), q.astype(f64))"), ("apply(nn.Embed(5, 4, dtype = f64), init(nn.Embed(5, 4), random.key(7), m % 5), m % 5)", "nn.Embed(5, 4, dtype=f64).apply(made(nn.Embed(5, 4), m % 5), m % 5)"),
] + [
  ("{ let e = nn.Embed(5, 4) \n apply(Attending(), init(Attending(), random.key(3), m % 5, x), m % 5, x) }", "Attending().apply(Attending().init(random.key(3), m % 5, x), m % 5, x)"),
  ("tree.ravel(init(nn.BatchNorm(), random.key(0), x).batch_stats)[0]", "jnp.array([0, 0, 0, 0, 1, 1, 1, 1], f32)"),
  ("vmap(a -> apply(nn.BatchNorm(axis_name = \"i\"), {params = {scale = ones(4), bias = zeros(4)}, batch_stats = {mean = zeros(4), var = ones(4)}}, a), axis_name = \"i\")(q)", "vmap(lambda a: nn.BatchNorm(False, axis_name='i').apply({'params': {'scale': jnp.ones(4, f32), 'bias': jnp.zeros(4, f32)}, 'batch_stats': {'mean': jnp.zeros(4, f32), 'var': jnp.ones(4, f32)}}, a, mutable=['batch_stats'])[0], axis_name='i')(q)"),
  ("apply(nn.Dropout(0.25, broadcast_dims = (1,)), {}, q, random.key(3), deterministic = false)", "jnp.where(jnp.broadcast_to(random.bernoulli(random.key(3), f32(0.75), (2, 1, 4)), q.shape), q / f32(0.75), 0)"),
  ("nn.dot_product_attention(q[:, :, newaxis], q[:, :, newaxis] * 0.1, q[:, :, newaxis], bias = ones((3, 3)), dropout_rng = random.key(4), dropout_rate = 0.5)", "narrow(lambda: nn.dot_product_attention(q[:, :, None], q[:, :, None] * f32(0.1), q[:, :, None], bias=jnp.ones((3, 3), f32), dropout_rng=random.key(4), dropout_rate=0.5))"),
  ("nn.dot_product_attention(q[:, :, newaxis], q[:, :, newaxis] * 0.1, q[:, :, newaxis], dropout_rng = random.key(4), dropout_rate = 0.5, broadcast_dropout = false)", "narrow(lambda: nn.dot_product_attention(q[:, :, None], q[:, :, None] * f32(0.1), q[:, :, None], dropout_rng=random.key(4), dropout_rate=0.5, broadcast_dropout=False))"),
  ("nn.make_causal_mask(x)", "nn.make_causal_mask(x)"), ("nn.make_causal_mask(x, 1)", "nn.make_causal_mask(x, 1)"), ("nn.make_attention_mask(x[:, :2], x)", "nn.make_attention_mask(x[:, :2], x)"), ("nn.combine_masks(x > 0, none, y)", "nn.combine_masks(x > 0, None, y)"),
  ("nn.squareplus(x)", "jax.nn.squareplus(x)"), ("nn.sparse_plus(x)", "jax.nn.sparse_plus(x)"), ("nn.sparse_sigmoid(x)", "jax.nn.sparse_sigmoid(x)"), ("nn.hard_swish(x)", "jax.nn.hard_swish(x)"), ("nn.identity(x)", "x"), ("nn.log1mexp(p)", "jax.nn.log1mexp(p)"), ("nn.logmeanexp(x, 1)", "jax.nn.logmeanexp(x, 1)"), ("nn.swish(x)", "jax.nn.swish(x)"), ("nn.tanh(x)", "jax.nn.tanh(x)"), ("nn.one_hot([0, 2], 3)", "jax.nn.one_hot(jnp.array([0, 2]), 3, dtype=f32)"), ("nn.logsumexp(x)", "jax.nn.logsumexp(x)"),
] + [
  ("grad(a -> sum(nn.%s(a)))([-1.5, 0.0, 2.0, 7.0])" % f, "grad(lambda a: jnp.sum(jax.nn.%s(a)))(jnp.array([-1.5, 0, 2, 7], f32))" % f) for f in "relu6 sigmoid log_sigmoid leaky_relu celu soft_sign hard_tanh hard_sigmoid hard_silu squareplus sparse_plus sparse_sigmoid".split()
] + [
  ("init.kaiming_normal(random.key(1), (2, 3, 4))", "jax.nn.initializers.kaiming_normal()(random.key(1), (2, 3, 4), f32)"), ("init.kaiming_uniform(random.key(1), (2, 3, 4))", "jax.nn.initializers.kaiming_uniform()(random.key(1), (2, 3, 4), f32)"), ("init.truncated_normal(random.key(1), (2, 3, 4))", "jax.nn.initializers.truncated_normal()(random.key(1), (2, 3, 4), f32)"), ("init.glorot_normal(random.key(1), (2, 3, 4))", "jax.nn.initializers.glorot_normal()(random.key(1), (2, 3, 4), f32)"), ("init.glorot_uniform(random.key(1), (2, 3, 4))", "jax.nn.initializers.glorot_uniform()(random.key(1), (2, 3, 4), f32)"), ("init.constant(2.5)(random.key(1), (2, 3), f32)", "jnp.full((2, 3), f32(2.5))"), ("init.variance_scaling(random.key(1), (2, 3, 4), f32, 3.0, \"fan_out\", \"uniform\")", "jax.nn.initializers.variance_scaling(3.0, 'fan_out', 'uniform')(random.key(1), (2, 3, 4), f32)"), ("init.variance_scaling(random.key(1), (2, 3, 4), f64, 3.0, \"fan_avg\", \"normal\", 0, 1)", "jax.nn.initializers.variance_scaling(3.0, 'fan_avg', 'normal', 0, 1)(random.key(1), (2, 3, 4), f64)"), ("init.delta_orthogonal(random.key(1), (3, 3, 4))", "jax.nn.initializers.delta_orthogonal()(random.key(1), (3, 3, 4), f32)"), ("init.delta_orthogonal(random.key(1), (2, 3, 2, 3), f64, 2.0)", "jax.nn.initializers.delta_orthogonal(2.0)(random.key(1), (2, 3, 2, 3), f64)"), ("init.delta_orthogonal(random.key(1), (1, 3, 4, 2, 2))", "jax.nn.initializers.delta_orthogonal()(random.key(1), (1, 3, 4, 2, 2), f32)"), ("init.orthogonal(random.key(1), (64, 48))", "jax.nn.initializers.orthogonal()(random.key(1), (64, 48), f32)"), ("init.orthogonal(random.key(1), (3, 8), f64, 2.0)", "jax.nn.initializers.orthogonal(2.0)(random.key(1), (3, 8), f64)"),
],
# More of Optax, over 20 steps, in f64: near a minimum Adam makes much of the last bits.
"steps": [
  ("{ let o = optim.%s \n let f = t -> sum(t.w ** 2 * 0.5) + sum(sin(t.b) * t.b) \n let first = {w = f64(x), b = f64(v)} \n let (t, s) = loop (t, s) = (first, o.init(first)) for _ in 0..20 { let (u, s) = o.update(grad(f)(t), s, t) \n (optim.apply_updates(t, u), s) } \n tree.ravel(t)[0] }" % g, "twenty(optax.%s, f64)" % o) for g, o in [
    ("adam(0.1, nesterov = true)", "adam(0.1, nesterov=True)"), ("adam(0.1, 0.8, 0.9, 1e-4, 1e-5)", "adam(0.1, 0.8, 0.9, 1e-4, 1e-5)"), ("adamw(0.1, weight_decay = 0.1, nesterov = true)", "adamw(0.1, weight_decay=0.1, nesterov=True)"), ("adamw(0.1, weight_decay = 0.5, mask = t -> tree.map(a -> ndim(a) > 1, t))", "adamw(0.1, weight_decay=0.5, mask=lambda t: jax.tree.map(lambda a: a.ndim > 1, t))"),
    ("rmsprop(0.05, centered = true)", "rmsprop(0.05, centered=True)"), ("rmsprop(0.05, 0.8, 1e-3, 0.5, false, true, 0.5, true, true)", "rmsprop(0.05, 0.8, 1e-3, 0.5, False, True, 0.5, True, True)"), ("rmsprop(0.05, bias_correction = true)", "rmsprop(0.05, bias_correction=True)"), ("rmsprop(0.05, momentum = 0.9, nesterov = true)", "rmsprop(0.05, momentum=0.9, nesterov=True)"), ("adagrad(0.5, 0.0, 1e-3)", "adagrad(0.5, 0.0, 1e-3)"),
    ("lion(0.05, 0.8, 0.95, 0.1, {w = false, b = true})", "lion(0.05, 0.8, 0.95, weight_decay=0.1, mask={'w': False, 'b': True})"), ("lamb(0.1, weight_decay = 0.1, mask = {w = true, b = false})", "lamb(0.1, weight_decay=0.1, mask={'w': True, 'b': False})"),
    ("adafactor()", "adafactor()"), ("adafactor(0.1, factored = false, clipping_threshold = none, weight_decay_rate = 0.1, weight_decay_mask = {w = true, b = false})", "adafactor(0.1, factored=False, clipping_threshold=None, weight_decay_rate=0.1, weight_decay_mask={'w': True, 'b': False})"),
    ("chain(optim.masked(optim.clip_by_global_norm(0.5), {w = true, b = false}), optim.sgd(0.2, 0.9, true))", "chain(optax.masked(optax.clip_by_global_norm(0.5), {'w': True, 'b': False}), optax.sgd(0.2, 0.9, True))"), ("chain(optim.masked(optim.adam(0.1), {w = false, b = true}), optim.masked(optim.sgd(0.2), {w = true, b = false}))", "chain(optax.masked(optax.adam(0.1), {'w': False, 'b': True}), optax.masked(optax.sgd(0.2), {'w': True, 'b': False}))"), ("chain(optim.masked(optim.adamw(0.1), t -> tree.map(a -> ndim(a) > 1, t)), optim.clip(0.05))", "chain(optax.masked(optax.adamw(0.1), lambda t: jax.tree.map(lambda a: a.ndim > 1, t)), optax.clip(0.05))"),
    ("chain(optim.ema(0.8, debias = false), optim.trace(0.5, true), optim.scale(-0.05))", "chain(optax.ema(0.8, debias=False), optax.trace(0.5, True), optax.scale(-0.05))"),
  ]
] + [
  # Schedules, and the decay of adafactor, are computed in f32.
  ("{ let o = optim.%s \n let f = t -> sum(t.w ** 2 * 0.5) + sum(sin(t.b) * t.b) \n let first = {w = x, b = v} \n let (t, s) = loop (t, s) = (first, o.init(first)) for _ in 0..20 { let (u, s) = o.update(grad(f)(t), s, t) \n (optim.apply_updates(t, u), s) } \n tree.ravel(t)[0] }" % g, "twenty(optax.%s)" % o) for g, o in [
    ("adafactor(0.1, 2, 0.7, 0, false, 0.5, 0.9, 0.01)", "adafactor(0.1, 2, 0.7, 0, False, 0.5, 0.9, weight_decay_rate=0.01)"),
    ("adafactor(optim.linear_schedule(0.3, 0.01, 10), decay_offset = -3)", "adafactor(optax.linear_schedule(0.3, 0.01, 10), decay_offset=-3)"),
    ("chain(optim.scale_by_adam(nesterov = true), optim.add_decayed_weights(0.1), optim.scale_by_trust_ratio(), optim.scale_by_learning_rate(optim.exponential_decay(0.1, 5, 0.7)))", "chain(optax.scale_by_adam(nesterov=True), optax.add_decayed_weights(0.1), optax.scale_by_trust_ratio(), optax.scale_by_learning_rate(optax.exponential_decay(0.1, 5, 0.7)))"),
    ("sgd(optim.piecewise_constant_schedule(0.2, ((5, 0.5), (10, 0.1))), momentum = 0.5)", "sgd(optax.piecewise_constant_schedule(0.2, {5: 0.5, 10: 0.1}), momentum=0.5)"),
    ("sgd(optim.constant_schedule(0.1))", "sgd(optax.constant_schedule(0.1))"),
  ]
] + [
  ("vmap(optim.%s)(arange(14))" % g, "jnp.stack([jnp.asarray(optax.%s(jnp.int32(c))).astype(f32) for c in range(14)])" % o) for g, o in [
    ("warmup_exponential_decay_schedule(0.1, 1.0, 3, 4, 0.5, 1, true, 0.2)", "warmup_exponential_decay_schedule(0.1, 1.0, 3, 4, 0.5, 1, True, 0.2)"), ("piecewise_interpolate_schedule(\"linear\", 1.0, ((3, 0.5), (7, 0.1), (9, 4.0)))", "piecewise_interpolate_schedule('linear', 1.0, {3: 0.5, 7: 0.1, 9: 4.0})"), ("piecewise_interpolate_schedule(\"cosine\", 1.0, ((3, 0.5), (7, 0.1)))", "piecewise_interpolate_schedule('cosine', 1.0, {3: 0.5, 7: 0.1})"), ("cosine_onecycle_schedule(10, 2.0)", "cosine_onecycle_schedule(10, 2.0)"), ("linear_onecycle_schedule(12, 2.0)", "linear_onecycle_schedule(12, 2.0)"), ("warmup_cosine_decay_schedule(0.1, 1.0, 4, 10, 0.05, 2.0)", "warmup_cosine_decay_schedule(0.1, 1.0, 4, 10, 0.05, 2.0)"), ("cosine_decay_schedule(0.5, 9, 0.1, 1.5)", "cosine_decay_schedule(0.5, 9, 0.1, 1.5)"), ("polynomial_schedule(1.0, 0.1, 0.5, 8, 2)", "polynomial_schedule(1.0, 0.1, 0.5, 8, 2)"), ("exponential_decay(1.0, 4, 1.5, 1, false, 2.0)", "exponential_decay(1.0, 4, 1.5, 1, False, 2.0)"),
  ]
] + [
  ("optim.squared_error(x)", "optax.squared_error(x)"), ("optim.l2_loss(x)", "optax.l2_loss(x)"), ("optim.huber_loss(x * 3)", "optax.huber_loss(x * 3)"), ("optim.log_cosh(x)", "optax.log_cosh(x)"), ("optim.cosine_similarity(x, y, axis = 0)", "optax.losses.cosine_similarity(x, y, axis=0)"), ("optim.softmax_cross_entropy(x, nn.softmax(y, 0), axis = 0)", "optax.softmax_cross_entropy(x, jax.nn.softmax(y, 0), axis=0)"), ("optim.softmax_cross_entropy_with_integer_labels(x, [0, 2, 1, 1], axis = 0)", "optax.softmax_cross_entropy_with_integer_labels(x, jnp.array([0, 2, 1, 1]), axis=0)"), ("optim.softmax_cross_entropy_with_integer_labels(q, m[:2, :3] % 4)", "optax.softmax_cross_entropy_with_integer_labels(q, m[:2, :3] % 4)"),
  ("optim.safe_softmax_cross_entropy([0.5, -inf, 1.0], [0.25, 0.0, 0.75])", "optax.losses.safe_softmax_cross_entropy(jnp.array([0.5, -np.inf, 1.0], f32), jnp.array([0.25, 0, 0.75], f32))"), ("optim.poly_loss_cross_entropy(x, nn.softmax(y), 1.5)", "optax.losses.poly_loss_cross_entropy(x, jax.nn.softmax(y), epsilon=1.5)"), ("optim.sigmoid_focal_loss(x * 3, f32(b), 0.25, 1.5)", "optax.losses.sigmoid_focal_loss(x * 3, b.astype(f32), alpha=0.25, gamma=1.5)"), ("grad(a -> sum(optim.sigmoid_focal_loss(a, f32(b))))(x * 30)", "grad(lambda a: jnp.sum(optax.losses.sigmoid_focal_loss(a, b.astype(f32))))(x * 30)"), ("optim.perceptron_loss(x, sign(y))", "optax.losses.perceptron_loss(x, jnp.sign(y))"), ("optim.multiclass_hinge_loss(x, [0, 3, 1])", "optax.losses.multiclass_hinge_loss(x, jnp.array([0, 3, 1]))"), ("optim.multiclass_perceptron_loss(x, [0, 3, 1])", "optax.losses.multiclass_perceptron_loss(x, jnp.array([0, 3, 1]))"),
  ("optim.kl_divergence(nn.log_softmax(x, 0), nn.softmax(y, 0), 0)", "optax.kl_divergence(jax.nn.log_softmax(x, 0), jax.nn.softmax(y, 0), axis=0)"), ("optim.kl_divergence(nn.log_softmax(v), [0.5, 0.0, 0.5, 0.0])", "optax.kl_divergence(jax.nn.log_softmax(v), jnp.array([0.5, 0, 0.5, 0], f32))"), ("optim.kl_divergence_with_log_targets(nn.log_softmax(x), nn.log_softmax(y))", "optax.losses.kl_divergence_with_log_targets(jax.nn.log_softmax(x), jax.nn.log_softmax(y))"), ("optim.generalized_kl_divergence(x, p)", "optax.losses.generalized_kl_divergence(x, p)"), ("optim.triplet_margin_loss(x, y, p)", "optax.losses.triplet_margin_loss(x, y, p)"), ("optim.smooth_labels(one_hot([1, 0], 3), 0.1)", "optax.smooth_labels(jax.nn.one_hot(jnp.array([1, 0]), 3, dtype=f32), 0.1)"), ("optim.ranking_softmax_loss(x, p, weights = y)", "optax.losses.ranking_softmax_loss(x, p, weights=y)"), ("optim.ranking_softmax_loss(x, p)", "optax.losses.ranking_softmax_loss(x, p)"),
  ("optim.sparsemax_loss(x * 2, [[0, 1, 1, 0]])", "optax.losses.sparsemax_loss(x * 2, jnp.array([[0, 1, 1, 0]]))"), ("optim.multiclass_sparsemax_loss(x, [0, 3, 1])", "narrow(lambda: optax.losses.multiclass_sparsemax_loss(x, jnp.array([0, 3, 1])))"), ("grad(a -> sum(optim.multiclass_sparsemax_loss(a, [0, 3, 1])))(x)", "narrow(lambda: grad(lambda a: jnp.sum(optax.losses.multiclass_sparsemax_loss(a, jnp.array([0, 3, 1]))))(x))"), ("vmap(optim.projection_simplex)(x)", "narrow(lambda: jax.vmap(optax.projections.projection_simplex)(x))"),
  ("optim.convex_kl_divergence(x, p)", "optax.losses.convex_kl_divergence(x, p)"), ("optim.make_fenchel_young_loss(nn.logsumexp)(x, nn.softmax(y))", "optax.losses.make_fenchel_young_loss(jax.nn.logsumexp)(x, jax.nn.softmax(y))"), ("optim.make_fenchel_young_loss(max)(q, q * q)", "optax.losses.make_fenchel_young_loss(jnp.max)(q, q * q)"),
  ("optim.ntxent(concatenate((x, y)), [0, 1, 2, 0, 1, 2])", "narrow(lambda: optax.losses.ntxent(jnp.concatenate((x, y)), jnp.array([0, 1, 2, 0, 1, 2])))"), ("grad(a -> optim.ntxent(a, [0, 1, 0], 0.5))(x)", "narrow(lambda: grad(lambda a: optax.losses.ntxent(a, jnp.array([0, 1, 0]), 0.5))(x))"),
  ("optim.dice_loss(q, nn.softmax(q[:, ::-1]))", "optax.losses.dice_loss(q, jax.nn.softmax(q[:, ::-1]))"), ("optim.dice_loss(Q, nn.softmax(Q * Q), [1.0, 0.5, 2.0, 1.0], 0.5, 0.3, 0.7, reduction = \"none\", ignore_background = true)", "optax.losses.dice_loss(Q, jax.nn.softmax(Q * Q), class_weights=jnp.array([1, 0.5, 2, 1], f32), smooth=0.5, alpha=0.3, beta=0.7, reduction='none', ignore_background=True)"), ("optim.dice_loss(nn.softmax(q), nn.softmax(q + 1), apply_softmax = false, reduction = \"sum\", axis = (0, 1))", "optax.losses.dice_loss(jax.nn.softmax(q), jax.nn.softmax(q + 1), apply_softmax=False, reduction='sum', axis=(0, 1))"),
  ("optim.binary_dice_loss(q, f32(q > 0))", "optax.losses.binary_dice_loss(q, (q > 0).astype(f32))"), ("optim.multiclass_generalized_dice_loss(q, nn.softmax(q[:, ::-1]))", "optax.losses.multiclass_generalized_dice_loss(q, jax.nn.softmax(q[:, ::-1]))"),
  ("optim.ctc_loss_with_forward_probs(sin(Q[0]), zeros((5, 4)), [[1, 2], [1, 1], [2, 1], [3, 0], [1, 2]], zeros((5, 2)))[1]", "narrow(lambda: optax.losses.ctc_loss_with_forward_probs(jnp.sin(Q[0]), jnp.zeros((5, 4), f32), jnp.array([[1, 2], [1, 1], [2, 1], [3, 0], [1, 2]]), jnp.zeros((5, 2), f32))[1])"), ("optim.ctc_loss_with_forward_probs(sin(Q[0]), zeros((5, 4)), [[1, 2], [1, 1], [2, 1], [3, 0], [1, 2]], zeros((5, 2)))[2]", "narrow(lambda: optax.losses.ctc_loss_with_forward_probs(jnp.sin(Q[0]), jnp.zeros((5, 4), f32), jnp.array([[1, 2], [1, 1], [2, 1], [3, 0], [1, 2]]), jnp.zeros((5, 2), f32))[2])"),
  ("vmap(optim.sgdr_schedule(({init_value = 0.1, peak_value = 1.0, warmup_steps = 1, decay_steps = 4, end_value = 0.2}, {init_value = 0.2, peak_value = 0.5, warmup_steps = 2, decay_steps = 6, end_value = 0.0})))(arange(12))", "vmap(optax.sgdr_schedule([dict(init_value=0.1, peak_value=1.0, warmup_steps=1, decay_steps=4, end_value=0.2), dict(init_value=0.2, peak_value=0.5, warmup_steps=2, decay_steps=6, end_value=0.0)]))(jnp.arange(12, dtype=i32)).astype(f32)"), ("vmap(optim.warmup_constant_schedule(0.1, 1.0, 4))(arange(8))", "vmap(optax.warmup_constant_schedule(0.1, 1.0, 4))(jnp.arange(8, dtype=i32)).astype(f32)"),
  ("optim.ctc_loss(sin(Q[0]), zeros((5, 4)) with [1, 3] = 1.0 , [[1, 2], [1, 1], [2, 1], [3, 0], [1, 2]], [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 1.0], [1.0, 1.0]])", "narrow(lambda: optax.losses.ctc_loss(jnp.sin(Q[0]), jnp.zeros((5, 4), f32).at[1, 3].set(1), jnp.array([[1, 2], [1, 1], [2, 1], [3, 0], [1, 2]]), jnp.array([[0, 0], [0, 0], [0, 0], [0, 1], [1, 1]], f32)))"),
  # More rows than columns: the other axis is factored first.
  ("{ let o = optim.adafactor(0.1, min_dim_size_to_factor = 2) \n let f = t -> sum(t.w ** 2 * 0.5) + sum(sin(t.b) * t.b) \n let first = {w = transpose(x), b = v} \n let (t, s) = loop (t, s) = (first, o.init(first)) for _ in 0..20 { let (u, s) = o.update(grad(f)(t), s, t) \n (optim.apply_updates(t, u), s) } \n tree.ravel(t)[0] }", "narrow(lambda: twenty(optax.adafactor(0.1, min_dim_size_to_factor=2), w=x.T))"),
],
# lax_control_flow_test, custom rules) and of Futhark's tests/ad (scan, reduce, map, for, while, if, gather, minmax, mul).
"gradients": [
  ("grad(a -> sin(a) * a)(0.5)", "grad(lambda a: jnp.sin(a) * a)(f32(0.5))"), ("grad(grad(a -> sin(a) * a))(0.5)", "grad(grad(lambda a: jnp.sin(a) * a))(f32(0.5))"),
  ("grad(grad(grad(a -> exp(a) * a ** 3)))(0.5)", "grad(grad(grad(lambda a: jnp.exp(a) * a ** 3)))(f32(0.5))"), ("grad(a -> sum(tanh(a)))(x)", "grad(lambda a: jnp.sum(jnp.tanh(a)))(x)"),
  ("grad((a, c) -> sum(a * c), wrt = 1)(x, y)", "x"), ("grad((a, c) -> sum(a @ transpose(c)), wrt = (0, 1))(x, y)[1]", "grad(lambda a, c: jnp.sum(a @ c.T), argnums=1)(x, y)"),
  ("value_and_grad(a -> sum(a ** 2))(v)[0]", "jnp.sum(v ** 2)"), ("value_and_grad(a -> (sum(a ** 2), a + 1), aux = true)(v)[0][1]", "v + 1"), ("grad(a -> (sum(a ** 3), 1), aux = true)(v)[0]", "3 * v ** 2"),
  ("grad(({w, u}) -> sum(w * u ** 2))({w = x, u = y}).u", "2 * x * y"), ("grad(a -> mean(a))(x)", "grad(jnp.mean)(x)"), ("grad(a -> var(a))(x)", "grad(jnp.var)(x)"), ("grad(a -> std(a))(x)", "grad(jnp.std)(x)"),
  ("grad(a -> logsumexp(a))(x)", "grad(jax.nn.logsumexp)(x)"), ("grad(a -> max(a))(v)", "grad(jnp.max)(v)"), ("grad(a -> sum(max(a, axis = 1)))(floor(x))", "grad(lambda a: jnp.sum(jnp.max(a, axis=1)))(jnp.floor(x))"),
  ("grad(a -> min(a))([2.0, 1.0, 1.0])", "grad(jnp.min)(jnp.array([2, 1, 1], f32))"), ("grad(a -> prod(a))(p[0])", "grad(jnp.prod)(p[0])"), ("grad(a -> prod(a))([2.0, 0.0, 3.0])", "grad(jnp.prod)(jnp.array([2, 0, 3], f32))"), ("grad(a -> sum(prod(a, axis = 0)))(p)", "grad(lambda a: jnp.sum(jnp.prod(a, axis=0)))(p)"),
  ("grad(a -> sum(cumsum(a) * y[0]))(v)", "grad(lambda a: jnp.sum(jnp.cumsum(a) * y[0]))(v)"), ("grad(a -> sum(cumprod(a)))([2.0, 0.0, 3.0])", "grad(lambda a: jnp.sum(jnp.cumprod(a)))(jnp.array([2, 0, 3], f32))"), ("grad(a -> sum(cummax(a) * y[0]))([1.0, 3.0, 2.0, 4.0])", "grad(lambda a: jnp.sum(lax.cummax(a) * y[0]))(jnp.array([1, 3, 2, 4], f32))"),
  ("grad(a -> sum(sort(a) * y[0]))([3.0, 1.0, 2.0, 0.5])", "grad(lambda a: jnp.sum(jnp.sort(a) * y[0]))(jnp.array([3, 1, 2, 0.5], f32))"), ("grad(a -> sum(maximum(a, 0)))(v)", "grad(lambda a: jnp.sum(jnp.maximum(a, 0)))(v)"), ("grad(a -> sum(maximum(a, a)))(v)", "jnp.ones_like(v)"), ("grad(a -> sum(clip(a, -1, 1) ** 2))(v)", "grad(lambda a: jnp.sum(jnp.clip(a, -1, 1) ** 2))(v)"),
  ("grad(a -> sum(abs(a)))(v)", "jnp.sign(v)"), ("grad(a -> sum(abs(a)))([0.0, -2.0])", "grad(lambda a: jnp.sum(jnp.abs(a)))(jnp.array([0.0, -2.0], f32))"), ("grad(a -> sum(where(b, a, 0) ** 2))(x)", "jnp.where(b, 2 * x, 0)"), ("grad(a -> sum(where(a > 0, log(where(a > 0, a, 1)), 0)))(v)", "grad(lambda a: jnp.sum(jnp.where(a > 0, jnp.log(jnp.where(a > 0, a, 1)), 0)))(v)"),
  ("grad((a, c) -> sum(a ** c))(p, x)", "grad(lambda a, c: jnp.sum(a ** c))(p, x)"), ("grad((a, c) -> sum(a ** c), wrt = 1)(p, x)", "grad(lambda a, c: jnp.sum(a ** c), argnums=1)(p, x)"), ("grad(a -> a ** 0)(0.0)", "f32(0)"), ("grad(a -> a ** 3)(-2.0)", "f32(12)"), ("grad(a -> sum(p ** -a))(1.5)", "grad(lambda a: jnp.sum(p ** -a))(f32(1.5))"),
  ("grad((a, c) -> sum(arctan2(a, c)), wrt = (0, 1))(p, x)[1]", "grad(lambda a, c: jnp.sum(jnp.arctan2(a, c)), argnums=1)(p, x)"), ("grad((a, c) -> sum(a % c), wrt = (0, 1))(p, 0.7)[1]", "grad(lambda a, c: jnp.sum(a % c), argnums=1)(p, f32(0.7))"), ("grad(a -> sum(a / (1 + a ** 2)))(x)", "grad(lambda a: jnp.sum(a / (1 + a ** 2)))(x)"),
  ("grad(a -> sum(sqrt(a) + cbrt(a) + rsqrt(a)))(p)", "grad(lambda a: jnp.sum(jnp.sqrt(a) + jnp.cbrt(a) + lax.rsqrt(a)))(p)"), ("grad(a -> sum(erf(a) + erfc(a) * a))(x)", "grad(lambda a: jnp.sum(jsp.erf(a) + jsp.erfc(a) * a))(x)"), ("grad(a -> sum(erfinv(a)))(x / 3)", "grad(lambda a: jnp.sum(jsp.erfinv(a)))(x / 3)"), ("grad(a -> sum(lgamma(a)))(p)", "grad(lambda a: jnp.sum(jsp.gammaln(a)))(p)"), ("grad(a -> sum(digamma(a)))(p)", "jsp.polygamma(1, p)"), ("grad(grad(a -> digamma(a)))(1.75)", "jsp.polygamma(2, f32(1.75))"),
  ("grad(a -> sum(asinh(a) + atan(a) + sinh(a) + cosh(a)))(x)", "grad(lambda a: jnp.sum(jnp.arcsinh(a) + jnp.arctan(a) + jnp.sinh(a) + jnp.cosh(a)))(x)"), ("grad(a -> sum(asin(a) + acos(a) * a + atanh(a)))(x / 2)", "grad(lambda a: jnp.sum(jnp.arcsin(a) + jnp.arccos(a) * a + jnp.arctanh(a)))(x / 2)"), ("grad(a -> sum(acosh(a)))(p + 1)", "grad(lambda a: jnp.sum(jnp.arccosh(a)))(p + 1)"), ("grad(a -> sum(expm1(a) + log1p(a) + sigmoid(a) + tan(a)))(p)", "grad(lambda a: jnp.sum(jnp.expm1(a) + jnp.log1p(a) + jax.nn.sigmoid(a) + jnp.tan(a)))(p)"),
  ("grad(a -> sum(einsum(\"ij,kj->ik\", a, y) ** 2))(x)", "grad(lambda a: jnp.sum(jnp.einsum('ij,kj->ik', a, y) ** 2))(x)"), ("grad(a -> sum(einsum(\"bij,bkj->bki\", a, q) * 0.1))(q)", "grad(lambda a: jnp.sum(jnp.einsum('bij,bkj->bki', a, q) * f32(0.1)))(q)"),
  ("grad(a -> sum(concatenate((a, a * a), axis = 1) * concatenate((y, x), axis = 1)))(x)", "grad(lambda a: jnp.sum(jnp.concatenate((a, a * a), 1) * jnp.concatenate((y, x), 1)))(x)"), ("grad(a -> sum(roll(flip(a), 1) * y[0]))(v)", "grad(lambda a: jnp.sum(jnp.roll(jnp.flip(a), 1) * y[0]))(v)"), ("grad(a -> sum(pad(a, ((1, 2),)) * arange(7.0)))(v)", "grad(lambda a: jnp.sum(jnp.pad(a, (1, 2)) * jnp.arange(7, dtype=f32)))(v)"), ("grad(a -> sum(tile(a, 3) * arange(12.0)))(v)", "grad(lambda a: jnp.sum(jnp.tile(a, 3) * jnp.arange(12, dtype=f32)))(v)"),
  ("grad(a -> sum(a[1:, ::2] ** 2))(x)", "grad(lambda a: jnp.sum(a[1:, ::2] ** 2))(x)"), ("grad(a -> sum(a[i] ** 2))(v)", "grad(lambda a: jnp.sum(a[i] ** 2))(v)"), ("grad(a -> sum(a[[1, 1, 0]] * [1.0, 2.0, 4.0]))(v)", "jnp.array([4, 3, 0, 0], f32)"), ("grad(a -> a[k])(v)", "jnp.array([0, 0, 1, 0], f32)"), ("grad(a -> sum(a[k:k + 2] ** 2))(v)", "grad(lambda a: jnp.sum(lax.dynamic_slice(a, (k,), (2,)) ** 2))(v)"),
  ("grad(a -> sum((a with [i] = 5.0) ** 2))(v)", "grad(lambda a: jnp.sum(a.at[i].set(5.0) ** 2))(v)"), ("grad(u -> sum((v with [[1, 1, 2]] = u) * y[0]))([1.0, 2.0, 3.0])", "jnp.array([0, -1.5, -1.0], f32)"), ("grad(u -> sum((v with [[1, 1, 2]] += u) ** 2))([1.0, 2.0, 3.0])", "grad(lambda u: jnp.sum(v.at[jnp.array([1, 1, 2])].add(u) ** 2))(jnp.array([1, 2, 3], f32))"),
  ("grad(a -> sum(a ** 2), wrt = 0)(f64(v))", "2 * v.astype(f64)"), ("grad(a -> f32(a))(bf16(2))", "bf16(1)"), ("grad(a -> a)(2)", "f32(1)"), ("grad(a -> real(a * a * complex(1.0, 2.0)))(complex(0.5, -1.5))", "grad(lambda a: jnp.real(a * a * c64(1 + 2j)))(c64(0.5 - 1.5j))"), ("grad(a -> imag(exp(a)))(complex(0.5, -1.5))", "grad(lambda a: jnp.imag(jnp.exp(a)))(c64(0.5 - 1.5j))"), ("grad(a -> abs(a))(complex(3.0, 4.0))", "grad(jnp.abs)(c64(3 + 4j))"), ("grad(a -> real(conj(a) * a))(complex(3.0, 4.0))", "grad(lambda a: jnp.real(jnp.conj(a) * a))(c64(3 + 4j))"), ("grad(a -> angle(a))(complex(3.0, 4.0))", "grad(jnp.angle)(c64(3 + 4j))"),
  ("grad(a -> sum(abs(complex(a, y)) ** 2))(x)", "2 * x"), ("grad(a -> stop_gradient(a) * a)(3.0)", "f32(3)"), ("grad(a -> sum(stop_gradient((a, v))[1]) + a)(3.0)", "f32(1)"), ("grad(checkpoint(a -> sum(sin(sin(a)))))(v)", "grad(lambda a: jnp.sum(jnp.sin(jnp.sin(a))))(v)"), ("grad(jit(a -> sum(sin(a))))(v)", "jnp.cos(v)"), ("jit(grad(a -> sum(sin(a))))(v)", "jnp.cos(v)"),
],
"linear_maps": [
  ("jvp(a -> sin(a) * a, (0.5,), (2.0,))[1]", "jax.jvp(lambda a: jnp.sin(a) * a, (f32(0.5),), (f32(2),))[1]"), ("jvp((a, c) -> a @ c, (x, v), (y, v * 2))[1]", "jax.jvp(lambda a, c: a @ c, (x, v), (y, v * 2))[1]"), ("jvp(a -> (a ** 2, {u = sum(a)}), (v,), (y[0],))[1][1].u", "jnp.sum(y[0])"),
  ("jvp((a, c) -> a[c], (v, 2), (y[0], none))[1]", "y[0, 2]"), ("vjp((a, c) -> a * c, 2.0, 3.0)[1](10.0)[1]", "f32(20)"), ("vjp(a -> (sin(a), cos(a)), v)[1]((v, y[0]))[0]", "jax.vjp(lambda a: (jnp.sin(a), jnp.cos(a)), v)[1]((v, y[0]))[0]"), ("vjp((a, c) -> a[c], v, 2)[1](10.0)[0]", "jnp.array([0, 0, 10, 0], f32)"),
  ("vmap(vjp(a -> sin(a) @ transpose(y), x)[1])(reshape(arange(27.0), (3, 3, 3)))[0]", "jax.vmap(jax.vjp(lambda a: jnp.sin(a) @ y.T, x)[1])(jnp.arange(27, dtype=f32).reshape(3, 3, 3))[0]"),
  ("linearize(a -> sin(a) * a, v)[0]", "jnp.sin(v) * v"), ("linearize(a -> sin(a) * a, v)[1](y[0])", "jax.jvp(lambda a: jnp.sin(a) * a, (v,), (y[0],))[1]"), ("jacfwd(a -> sin(a) * sum(a))(v)", "jax.jacfwd(lambda a: jnp.sin(a) * jnp.sum(a))(v)"), ("jacrev(a -> sin(a) * sum(a))(v)", "jax.jacrev(lambda a: jnp.sin(a) * jnp.sum(a))(v)"), ("jacrev(a -> x @ a)(v)", "x"), ("jacfwd(a -> a @ v)(x)", "jax.jacfwd(lambda a: a @ v)(x)"),
  ("jacfwd((a, c) -> a * c, wrt = (0, 1))(v, 2.0)[1]", "v"), ("jacrev(a -> (sum(a), a ** 2))(v)[1]", "jnp.diag(2 * v)"), ("hessian(a -> sum(a ** 3) + a[0] * a[1])(v)", "jax.hessian(lambda a: jnp.sum(a ** 3) + a[0] * a[1])(v)"), ("hessian((a, c) -> sum(a * c) ** 2, wrt = (0, 1))(v, y[0])[0][1]", "jax.hessian(lambda a, c: jnp.sum(a * c) ** 2, argnums=(0, 1))(v, y[0])[0][1]"),
  ("jvp(grad(a -> sum(sin(a) * a)), (v,), (y[0],))[1]", "jax.jvp(grad(lambda a: jnp.sum(jnp.sin(a) * a)), (v,), (y[0],))[1]"), ("grad(a -> sum(grad(c -> sum(sin(c) * a))(a)))(v)", "grad(lambda a: jnp.sum(grad(lambda c: jnp.sum(jnp.sin(c) * a))(a)))(v)"), ("grad(a -> a * grad(c -> c * a)(1.0))(3.0)", "f32(6)"), ("jvp(a -> vjp(sin, a)[1](a)[0], (v,), (v,))[1]", "jax.jvp(lambda a: jax.vjp(jnp.sin, a)[1](a)[0], (v,), (v,))[1]"),
],
"lanes": [
  ("vmap(a -> a ** 2)(arange(8))", "jnp.arange(8, dtype=i32) ** 2"), ("vmap((a, c) -> a @ c)(x, y)", "vmap(jnp.dot)(x, y)"), ("vmap((a, c) -> a @ c, in_axes = (0, none))(x, v)", "x @ v"), ("vmap((a, c) -> a + c, in_axes = (1, 0))(x, v)", "x.T + v[:, None]"), ("vmap(a -> a * 2, in_axes = 1, out_axes = 1)(x)", "x * 2"), ("vmap(a -> a * 2, in_axes = -1, out_axes = -1)(q)", "q * 2"), ("vmap(a -> 1)(v)", "jnp.ones(4, i32)"),
  ("vmap(vmap((a, c) -> a * c, in_axes = (none, 0)), in_axes = (0, none))(v, v)", "jnp.outer(v, v)"), ("vmap(({a, c}) -> sum(a) * c)({a = x, c = v[:3]})", "jnp.sum(x, 1) * v[:3]"), ("vmap(({a, c}) -> sum(a) * c, in_axes = ({a = 1, c = 0},))({a = x, c = v})", "jnp.sum(x, 0) * v"), ("vmap((a, f) -> f(a))(v, exp)", "jnp.exp(v)"),
  ("vmap((a, j) -> a[j])(x, [3, 0, 1])", "x[jnp.arange(3), jnp.array([3, 0, 1])]"), ("vmap((a, j) -> a[j], in_axes = (none, 0))(v, m)", "v[jnp.minimum(m, 3)]"), ("vmap(j -> v[j:j + 2])([0, 1, 2, 9])", "jnp.array([v[0:2], v[1:3], v[2:4], v[2:4]])"), ("vmap((a, j) -> a with [j] = 9.0)(x, [3, 0, 9])", "x.at[0, 3].set(9).at[1, 0].set(9)"), ("vmap((a, j) -> a with [j:j + 2] = v[:2])(x, [1, 0, 9])", "x.at[0, 1:3].set(v[:2]).at[1, 0:2].set(v[:2])"), ("vmap((a, j) -> a with [j] += 1.0)(x, [[0, 0], [1, 2], [3, 7]])", "x.at[0, 0].add(2).at[1, 1].add(1).at[1, 2].add(1).at[2, 3].add(1)"),
  ("vmap(a -> sort(a))(-x)", "jnp.sort(-x, 1)"), ("vmap(a -> argsort(a), in_axes = 1)(-x)", "jnp.argsort(-x, 0).T"), ("vmap(a -> cumsum(a))(x)", "jnp.cumsum(x, 1)"), ("vmap(a -> argmax(a))(x)", "jnp.argmax(x, 1)"), ("vmap((a, c) -> where(c, a, 0.0), in_axes = (none, 0))(v, b)", "jnp.where(b, v, 0)"), ("vmap((a, c) -> where(c, a, 0.0))(v, v > 0)", "jnp.where(v > 0, v, 0)"), ("vmap((a, f) -> pad(a, ((1, 1),), f))(x, v[:3])", "vmap(lambda a, f: jnp.pad(a, 1, constant_values=f))(x, v[:3])"), ("vmap(a -> reshape(a, (2, 2)))(x)", "x.reshape(3, 2, 2)"), ("vmap(a -> concatenate((a, v)))(x)", "jnp.concatenate((x, jnp.tile(v, (3, 1))), 1)"), ("vmap(a -> einsum(\"ij,j->i\", x, a))(y)", "vmap(lambda a: x @ a)(y)"), ("vmap((a, c) -> einsum(\"i,j->ij\", a, c))(x, y)", "vmap(jnp.outer)(x, y)"),
  ("vmap(a -> if sum(a) > 0 then a * 2 else a - 1)(x)", "jnp.where(jnp.sum(x, 1, keepdims=True) > 0, x * 2, x - 1)"), ("vmap(a -> loop c = a while c < 100 { c * 3 + 1 })(arange(5))", "jnp.array([while_(c) for c in range(5)], i32)"), ("vmap((a, c) -> loop s = a for j in 0..3 { s * c }, in_axes = (none, 0))(2.0, v)", "2 * v ** 3"), ("vmap((a, r) -> scan((c, e) -> (c + e, c * e), a, r))(v[:3], x)[1]", "vmap(lambda a, r: lax.scan(lambda c, e: (c + e, c * e), a, r)[1])(v[:3], x)"),
  ("vmap(a -> psum(a, \"i\") * a, axis_name = \"i\")(v)", "jnp.sum(v) * v"), ("vmap(a -> a - pmean(a, \"i\"), axis_name = \"i\")(x)", "x - jnp.mean(x, 0)"), ("vmap(a -> (pmax(a, \"i\"), pmin(a, \"i\")), axis_name = \"i\")(v)[1]", "jnp.full(4, jnp.min(v))"), ("vmap(a -> sum(all_gather(a, \"i\") * v) * a, axis_name = \"i\")(v)", "jnp.sum(v * v) * v"), ("vmap(a -> a * axis_index(\"i\"), axis_name = \"i\")(n)", "n * jnp.arange(3, dtype=i32)[:, None]"), ("vmap(a -> psum(1, \"i\"), axis_name = \"i\")(v)", "jnp.full(4, 4, i32)"), ("vmap(r -> vmap(a -> psum(a, \"i\") + psum(a, \"j\"), axis_name = \"j\")(r), axis_name = \"i\")(x)", "jnp.sum(x, 0) + jnp.sum(x, 1, keepdims=True)"),
  ("vmap(a -> (sum(a), 7), out_axes = (0, none))(x)[1]", "i32(7)"),
],
"collectives": [
  ("pmap(a -> psum(a, \"d\") * a, axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.psum(a, \"d\") * a, axis_name=\"d\")(v)"),
  ("pmap(a -> a - pmean(a, \"d\"), axis_name = \"d\")(v)", "jax.pmap(lambda a: a - lax.pmean(a, \"d\"), axis_name=\"d\")(v)"),
  ("pmap(a -> pmax(a, \"d\"), axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.pmax(a, \"d\"), axis_name=\"d\")(v)"),
  ("pmap(a -> pmin(a, \"d\"), axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.pmin(a, \"d\"), axis_name=\"d\")(v)"),
  ("pmap(a -> all_gather(a, \"d\"), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.all_gather(a, \"d\"), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> all_gather(a, \"d\", axis = 1), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.all_gather(a, \"d\", axis=1), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> all_gather(a, \"d\", tiled = true), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.all_gather(a, \"d\", tiled=True), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> all_to_all(a, \"d\", 0, 0), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.all_to_all(a, \"d\", 0, 0), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> all_to_all(a, \"d\", 0, 0, tiled = true), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.all_to_all(a, \"d\", 0, 0, tiled=True), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> all_to_all(reshape(a, (4, 2)), \"d\", 0, 1), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.all_to_all(a.reshape(4, 2), \"d\", 0, 1), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> all_to_all(reshape(a, (4, 2)), \"d\", 0, 1, tiled = true), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.all_to_all(a.reshape(4, 2), \"d\", 0, 1, tiled=True), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> ppermute(a, \"d\", ((0, 1), (1, 2), (2, 3), (3, 0))), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.ppermute(a, \"d\", [(0, 1), (1, 2), (2, 3), (3, 0)]), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> ppermute(a, \"d\", ((0, 2), (3, 1))), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.ppermute(a, \"d\", [(0, 2), (3, 1)]), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> psum_scatter(a, \"d\"), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.psum_scatter(a, \"d\"), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> psum_scatter(a, \"d\", tiled = true), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.psum_scatter(a, \"d\", tiled=True), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> a * f32(axis_index(\"d\")), axis_name = \"d\")(v)", "jax.pmap(lambda a: a * lax.axis_index(\"d\").astype(f32), axis_name=\"d\")(v)"),
  ("pmap(a -> psum(a, \"d\", axis_index_groups = ((0, 2), (3, 1))) * a, axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.psum(a, \"d\", axis_index_groups=[[0, 2], [3, 1]]) * a, axis_name=\"d\")(v)"),
  ("pmap(a -> pmean(a, \"d\", axis_index_groups = ((0, 2), (3, 1))) * a, axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.pmean(a, \"d\", axis_index_groups=[[0, 2], [3, 1]]) * a, axis_name=\"d\")(v)"),
  ("pmap(a -> pmax(a, \"d\", axis_index_groups = ((0, 2), (3, 1))) * a, axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.pmax(a, \"d\", axis_index_groups=[[0, 2], [3, 1]]) * a, axis_name=\"d\")(v)"),
  ("pmap(a -> pmin(a, \"d\", axis_index_groups = ((0, 2), (3, 1))) * a, axis_name = \"d\")(v)", "jax.pmap(lambda a: lax.pmin(a, \"d\", axis_index_groups=[[0, 2], [3, 1]]) * a, axis_name=\"d\")(v)"),
  ("pmap(a -> all_gather(a, \"d\", axis_index_groups = ((0, 2), (3, 1))), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.all_gather(a, \"d\", axis_index_groups=[[0, 2], [3, 1]]), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> all_gather(a, \"d\", 0, true, ((0, 2), (3, 1))), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: lax.all_gather(a, \"d\", axis_index_groups=[[0, 2], [3, 1]], axis=0, tiled=True), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> all_to_all(reshape(a, (2, 4)), \"d\", 0, 1, axis_index_groups = ((0, 2), (3, 1))), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.all_to_all(a.reshape(2, 4), \"d\", 0, 1, axis_index_groups=[[0, 2], [3, 1]]), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> all_to_all(reshape(a, (2, 4)), \"d\", 1, 0, axis_index_groups = ((0, 2), (3, 1)), tiled = true), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.all_to_all(a.reshape(2, 4), \"d\", 1, 0, axis_index_groups=[[0, 2], [3, 1]], tiled=True), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> psum_scatter(reshape(a, (2, 4)), \"d\", axis_index_groups = ((0, 2), (3, 1))), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.psum_scatter(a.reshape(2, 4), \"d\", axis_index_groups=[[0, 2], [3, 1]]), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> psum_scatter(a, \"d\", axis_index_groups = ((0, 2), (3, 1)), tiled = true), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: lax.psum_scatter(a, \"d\", axis_index_groups=[[0, 2], [3, 1]], tiled=True), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
  ("pmap(a -> grad(c -> psum(sin(c), \"d\", axis_index_groups = ((0, 2), (3, 1))) * c)(a), axis_name = \"d\")(v)", "jax.pmap(lambda a: grad(lambda c: lax.psum(jnp.sin(c), \"d\", axis_index_groups=[[0, 2], [3, 1]]) * c)(a), axis_name=\"d\")(v)"),
  ("pmap(a -> grad(c -> sum(all_gather(sin(c), \"d\", axis_index_groups = ((0, 2), (3, 1)))[0] * c))(a), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: grad(lambda c: jnp.sum(lax.all_gather(jnp.sin(c), \"d\", axis_index_groups=[[0, 2], [3, 1]])[0] * c))(a), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("vmap(a -> psum(a, \"i\", axis_index_groups = ((0, 3), (2, 1))), axis_name = \"i\")(v)", "v + v[jnp.array([3, 2, 1, 0])]"),
  ("pmap(a -> psum(1, \"d\"), axis_name = \"d\")(v)", "jnp.full(4, 4, i32)"),
  ("pmap(a -> grad(c -> psum(sin(c), \"d\") * c)(a), axis_name = \"d\")(v)", "jax.pmap(lambda a: grad(lambda c: lax.psum(jnp.sin(c), \"d\") * c)(a), axis_name=\"d\")(v)"),
  ("pmap(a -> grad(c -> sum(ppermute(sin(c), \"d\", ((0, 1), (1, 2), (2, 3), (3, 0))) * c))(a), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: grad(lambda c: jnp.sum(lax.ppermute(jnp.sin(c), \"d\", [(0, 1), (1, 2), (2, 3), (3, 0)]) * c))(a), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> grad(c -> sum(all_to_all(sin(c), \"d\", 0, 0) * c))(a), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: grad(lambda c: jnp.sum(lax.all_to_all(jnp.sin(c), \"d\", 0, 0) * c))(a), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> grad(c -> psum_scatter(sin(c), \"d\") * c[0])(a), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: grad(lambda c: lax.psum_scatter(jnp.sin(c), \"d\") * c[0])(a), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(a -> grad(c -> sum(all_gather(sin(c), \"d\")[0] * c))(a), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jax.pmap(lambda a: grad(lambda c: jnp.sum(lax.all_gather(jnp.sin(c), \"d\")[0] * c))(a), axis_name=\"d\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("grad(a -> sum(pmap(c -> psum_scatter(sin(c), \"d\"), axis_name = \"d\")(a) ** 2))(reshape(arange(16.0), (4, 4)) / 8 - 1)", "grad(lambda a: jnp.sum(jax.pmap(lambda c: lax.psum_scatter(jnp.sin(c), \"d\"), axis_name=\"d\")(a) ** 2))(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("hessian(a -> sum(pmap(c -> psum(sin(c), \"d\") * c, axis_name = \"d\")(a) ** 2))(v)", "jax.hessian(lambda a: jnp.sum((jnp.sum(jnp.sin(a)) * a) ** 2))(v)"),
  ("vmap(r -> pmap(a -> psum(a, \"d\") * a, axis_name = \"d\")(r))(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jnp.sum(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1, 1, keepdims=True) * (jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("pmap(r -> vmap(a -> psum(a, \"d\") + psum(a, \"i\"), axis_name = \"i\")(r), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jnp.sum(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1, 0) + jnp.sum(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1, 1, keepdims=True)"),
  ("pmap(r -> vmap(a -> ppermute(a, \"d\", ((0, 1), (1, 2), (2, 3), (3, 0))))(r), axis_name = \"d\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jnp.roll(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1, 1, 0)"),
  ("vmap(a -> ppermute(a, \"i\", ((0, 1), (1, 2), (2, 3), (3, 0))), axis_name = \"i\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "vmap(lambda a: lax.ppermute(a, \"i\", [(0, 1), (1, 2), (2, 3), (3, 0)]), axis_name=\"i\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("vmap(a -> all_to_all(a, \"i\", 0, 0), axis_name = \"i\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "vmap(lambda a: lax.all_to_all(a, \"i\", 0, 0), axis_name=\"i\")(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1)"),
  ("vmap(r -> vmap(a -> psum(a, (\"i\", \"j\")), axis_name = \"j\")(r), axis_name = \"i\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jnp.full((4, 4), jnp.sum(jnp.arange(16, dtype=f32).reshape(4, 4) / 8 - 1))"),
  ("vmap(r -> vmap(a -> axis_index((\"i\", \"j\")), axis_name = \"j\")(r), axis_name = \"i\")(reshape(arange(16.0), (4, 4)) / 8 - 1)", "jnp.arange(16, dtype=i32).reshape(4, 4)"),
  ("pmap(a -> grad(c -> sum(all_to_all(sin(reshape(c, (4, 2))), \"d\", 0, 1, tiled = true) * reshape(c, (1, 8))))(a), axis_name = \"d\")(reshape(arange(32.0), (4, 8)) / 8 - 1)", "jax.pmap(lambda a: grad(lambda c: jnp.sum(lax.all_to_all(jnp.sin(c.reshape(4, 2)), \"d\", 0, 1, tiled=True) * c.reshape(1, 8)))(a), axis_name=\"d\")(jnp.arange(32, dtype=f32).reshape(4, 8) / 8 - 1)"),
],
"sharded": [
  ("shard_map(a -> psum(a, \"data\"), in_specs = P(\"data\", \"model\"), out_specs = P(none, \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.psum(a, \"data\"), P(\"data\", \"model\"), P(None, \"model\"))(W)"),
  ("shard_map(a -> psum(a, (\"data\", \"model\")), in_specs = P(\"data\", \"model\"), out_specs = P())((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.psum(a, (\"data\", \"model\")), P(\"data\", \"model\"), P())(W)"),
  ("shard_map(a -> a - pmean(a, \"model\"), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: a - lax.pmean(a, \"model\"), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> pmax(a, \"data\") - pmin(a, \"data\"), in_specs = P(\"data\", \"model\"), out_specs = P(none, \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.pmax(a, \"data\") - lax.pmin(a, \"data\"), P(\"data\", \"model\"), P(None, \"model\"))(W)"),
  ("shard_map(a -> all_gather(a, \"data\", tiled = true) * f32(axis_index(\"data\") + 1), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.all_gather(a, \"data\", tiled=True) * (lax.axis_index(\"data\") + 1).astype(f32), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> all_gather(a, \"model\", axis = 1, tiled = true), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.all_gather(a, \"model\", axis=1, tiled=True), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> psum_scatter(a, \"model\", scatter_dimension = 1, tiled = true), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.psum_scatter(a, \"model\", scatter_dimension=1, tiled=True), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> all_to_all(a, \"data\", 1, 0, tiled = true), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.all_to_all(a, \"data\", 1, 0, tiled=True), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> ppermute(a, \"model\", ((0, 1), (1, 0))), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.ppermute(a, \"model\", RING), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> ppermute(a, \"data\", ((1, 0),)), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: lax.ppermute(a, \"data\", [(1, 0)]), P(\"data\", \"model\"), P(\"data\", \"model\"))(W)"),
  ("shard_map(a -> a * f32(axis_index((\"data\", \"model\"))), in_specs = P((\"data\", \"model\")), out_specs = P((\"data\", \"model\")))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: a * lax.axis_index((\"data\", \"model\")).astype(f32), P((\"data\", \"model\")), P((\"data\", \"model\")))(W)"),
  ("shard_map(a -> a * f32(axis_index(\"data\")), in_specs = P((\"model\", \"data\")), out_specs = P((\"model\", \"data\")))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: a * lax.axis_index(\"data\").astype(f32), P((\"model\", \"data\")), P((\"model\", \"data\")))(W)"),
  ("grad(c -> sum(shard_map(a -> psum(sin(a), \"data\"), in_specs = P(\"data\"), out_specs = P())(c) ** 2))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "grad(lambda c: jnp.sum(S(lambda a: lax.psum(jnp.sin(a), \"data\"), P(\"data\"), P())(c) ** 2))(W)"),
  ("grad(u -> sum(shard_map((a, u) -> sin(a * u), in_specs = (P(\"data\", \"model\"), P(\"model\")), out_specs = P(\"data\", \"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1), u) ** 2))(v)", "grad(lambda u: jnp.sum(S(lambda a, u: jnp.sin(a * u), (P(\"data\", \"model\"), P(\"model\")), P(\"data\", \"model\"))(W, u) ** 2))(v)"),
  ("grad(u -> shard_map((a, u) -> psum(sum(sin(a * u)), (\"data\", \"model\")), in_specs = (P(\"data\", \"model\"), P()), out_specs = P())((reshape(arange(16.0), (4, 4)) / 8 - 1), u) ** 2)(0.5)", "grad(lambda u: S(lambda a, u: lax.psum(jnp.sum(jnp.sin(a * u)), (\"data\", \"model\")), (P(\"data\", \"model\"), P()), P())(W, u) ** 2)(f32(0.5))"),
  ("jvp(shard_map(a -> psum(sin(a), \"model\") * all_gather(a, \"data\", tiled = true)[0], in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\")), ((reshape(arange(16.0), (4, 4)) / 8 - 1),), (cos((reshape(arange(16.0), (4, 4)) / 8 - 1)),))[1]", "jax.jvp(S(lambda a: lax.psum(jnp.sin(a), \"model\") * lax.all_gather(a, \"data\", tiled=True)[0], P(\"data\", \"model\"), P(\"data\", \"model\")), (W,), (jnp.cos(W),))[1]"),
  ("vjp(shard_map(a -> all_to_all(sin(a), \"data\", 1, 0, tiled = true) * psum(sum(a), \"data\"), in_specs = P(\"data\", \"model\"), out_specs = P(\"data\", \"model\")), (reshape(arange(16.0), (4, 4)) / 8 - 1))[1](reshape(cos(reshape(arange(16.0), (4, 4)) / 8 - 1), (8, 2)))[0]", "jax.vjp(S(lambda a: lax.all_to_all(jnp.sin(a), \"data\", 1, 0, tiled=True) * lax.psum(jnp.sum(a), \"data\"), P(\"data\", \"model\"), P(\"data\", \"model\")), W)[1](jnp.cos(W).reshape(8, 2))[0]"),
  ("hessian(u -> sum(shard_map(a -> psum(sin(a), \"data\") * a, in_specs = P(\"data\"), out_specs = P(\"data\"))(u) ** 2))(v)", "jax.hessian(lambda u: jnp.sum(S(lambda a: lax.psum(jnp.sin(a), \"data\") * a, P(\"data\"), P(\"data\"))(u) ** 2))(v)"),
  ("grad(c -> sum(shard_map(a -> scan((c, r) -> (psum(sin(c * r), \"data\") + r, ppermute(c, \"data\", ((0, 1), (1, 0)))), a[0], a)[1], in_specs = P(none, \"data\"), out_specs = P(none, \"data\"))(c) ** 2))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "grad(lambda c: jnp.sum(S(lambda a: lax.scan(lambda c, r: (lax.psum(jnp.sin(c * r), \"data\") + r, lax.ppermute(c, \"data\", RING)), a[0], a)[1], P(None, \"data\"), P(None, \"data\"))(c) ** 2))(W)"),
  ("vmap(grad(u -> sum(shard_map(a -> psum(sin(a), \"data\") * a, in_specs = P(\"data\"), out_specs = P(\"data\"))(u) ** 2)))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "vmap(grad(lambda u: jnp.sum(S(lambda a: lax.psum(jnp.sin(a), \"data\") * a, P(\"data\"), P(\"data\"))(u) ** 2)))(W)"),
  ("vmap(shard_map(a -> psum_scatter(a, \"data\", tiled = true), in_specs = P(\"data\"), out_specs = P(\"data\")), in_axes = 1, out_axes = 1)((reshape(arange(16.0), (4, 4)) / 8 - 1))", "vmap(S(lambda a: lax.psum_scatter(a, \"data\", tiled=True), P(\"data\"), P(\"data\")), in_axes=1, out_axes=1)(W)"),
  ("shard_map(a -> grad(c -> psum(sum(sin(c)) ** 2, \"data\"))(a), in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: grad(lambda c: lax.psum(jnp.sum(jnp.sin(c)) ** 2, \"data\"))(a), P(\"data\"), P(\"data\"))(W)"),
  ("shard_map(a -> grad(c -> psum(sum(sin(c)), \"data\") ** 2)(a), in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: grad(lambda c: lax.psum(jnp.sum(jnp.sin(c)), \"data\") ** 2)(a), P(\"data\"), P(\"data\"))(W)"),
  ("shard_map(a -> grad(c -> psum(sum(sin(c)), \"data\") * sum(c))(a), in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: grad(lambda c: lax.psum(jnp.sum(jnp.sin(c)), \"data\") * jnp.sum(c))(a), P(\"data\"), P(\"data\"))(W)"),
  ("shard_map((a, u) -> grad(u -> sum(sin(a * u)) ** 2)(u), in_specs = (P(\"data\"), P()), out_specs = P())((reshape(arange(16.0), (4, 4)) / 8 - 1), v)", "S(lambda a, u: grad(lambda u: jnp.sum(jnp.sin(a * u)) ** 2)(u), (P(\"data\"), P()), P())(W, v)"),
  ("shard_map((a, u) -> grad(u -> psum(sum(sin(a * u)) ** 2, \"data\"))(u), in_specs = (P(\"data\"), P()), out_specs = P())((reshape(arange(16.0), (4, 4)) / 8 - 1), v)", "S(lambda a, u: grad(lambda u: lax.psum(jnp.sum(jnp.sin(a * u)) ** 2, \"data\"))(u), (P(\"data\"), P()), P())(W, v)"),
  ("shard_map((a, u) -> grad(u -> pmean(sum(sin(a * u)) ** 2, (\"data\", \"model\")))(u), in_specs = (P(\"data\", \"model\"), P(\"model\")), out_specs = P(\"model\"))((reshape(arange(16.0), (4, 4)) / 8 - 1), v)", "S(lambda a, u: grad(lambda u: lax.pmean(jnp.sum(jnp.sin(a * u)) ** 2, (\"data\", \"model\")))(u), (P(\"data\", \"model\"), P(\"model\")), P(\"model\"))(W, v)"),
  ("shard_map(a -> grad(c -> sum(all_gather(sin(c), \"data\")[0] * c))(a), in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: grad(lambda c: jnp.sum(lax.all_gather(jnp.sin(c), \"data\")[0] * c))(a), P(\"data\"), P(\"data\"))(W)"),
  ("shard_map(a -> grad(c -> sum(ppermute(sin(c), \"data\", ((0, 1), (1, 0))) * c))(a), in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: grad(lambda c: jnp.sum(lax.ppermute(jnp.sin(c), \"data\", RING) * c))(a), P(\"data\"), P(\"data\"))(W)"),
  ("shard_map(a -> grad(c -> sum(psum_scatter(sin(c), \"data\", tiled = true) * c[0]))(a), in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: grad(lambda c: jnp.sum(lax.psum_scatter(jnp.sin(c), \"data\", tiled=True) * c[0]))(a), P(\"data\"), P(\"data\"))(W)"),
  ("shard_map(a -> jvp(c -> psum(sin(c), \"data\") * c, (a,), (cos(a),))[1], in_specs = P(\"data\"), out_specs = P(\"data\"))((reshape(arange(16.0), (4, 4)) / 8 - 1))", "S(lambda a: jax.jvp(lambda c: lax.psum(jnp.sin(c), \"data\") * c, (a,), (jnp.cos(a),))[1], P(\"data\"), P(\"data\"))(W)"),
  ("shard_map((a, u) -> grad(u -> sum(grad(w -> psum(sum(sin(a * w)), \"data\") ** 2)(u) * u))(u), in_specs = (P(\"data\"), P()), out_specs = P())((reshape(arange(16.0), (4, 4)) / 8 - 1), v)", "S(lambda a, u: grad(lambda u: jnp.sum(grad(lambda w: lax.psum(jnp.sum(jnp.sin(a * w)), \"data\") ** 2)(u) * u))(u), (P(\"data\"), P()), P())(W, v)"),
  ("grad(u -> sum(shard_map((a, u) -> grad(u -> psum(sum(sin(a * u)) ** 2, \"data\"))(u), in_specs = (P(\"data\"), P()), out_specs = P())((reshape(arange(16.0), (4, 4)) / 8 - 1), u) * u))(v)", "grad(lambda u: jnp.sum(S(lambda a, u: grad(lambda u: lax.psum(jnp.sum(jnp.sin(a * u)) ** 2, \"data\"))(u), (P(\"data\"), P()), P())(W, u) * u))(v)"),
],
"derived_control": [
  ("grad(a -> loop c = a for j in 0..3 { sin(c) * a })(0.5)", "grad(lambda a: lax.fori_loop(0, 3, lambda j, c: jnp.sin(c) * a, a))(f32(0.5))"), ("grad(a -> sum(scan((c, e) -> (c * e, c + e), 1.0, a)[1]))(p[0])", "grad(lambda a: jnp.sum(lax.scan(lambda c, e: (c * e, c + e), f32(1), a)[1]))(p[0])"), ("grad(a -> scan((c, e) -> (tanh(c @ a + e), 0), v, x)[0][0])(x.T @ y * 0.1)", "grad(lambda a: lax.scan(lambda c, e: (jnp.tanh(c @ a + e), f32(0)), v, x)[0][0])(x.T @ y * f32(0.1))"), ("grad(a -> sum(scan((c, e) -> (c * 0.5 + e, c * a), 0, v, reverse = true)[1]))(2.0)", "grad(lambda a: jnp.sum(lax.scan(lambda c, e: (c * 0.5 + e, c * a), f32(0), v, reverse=True)[1]))(f32(2))"),
  ("grad(w -> loop s = 0.0 for j in 0..4 { s + w[j] * w[3 - j] })(v)", "grad(lambda w: sum(w[j] * w[3 - j] for j in range(4)))(v)"), ("grad(w -> sum(loop h = v for j in 0..3 { tanh(h * w[j]) }))(y)", "grad(lambda w: jnp.sum(jnp.tanh(jnp.tanh(jnp.tanh(v * w[0]) * w[1]) * w[2])))(y)"), ("grad(a -> loop s = a for (w, u) in ((2.0, 1.0), (3.0, 0.5)) { s * w + u })(1.0)", "f32(6)"),
  ("jvp(a -> loop c = a while c < 10 { c * c + 1 }, (0.5,), (1.0,))[1]", "jax.jvp(lambda a: lax.while_loop(lambda c: c < 10, lambda c: c * c + 1, a), (f32(0.5),), (f32(1),))[1]"), ("grad(a -> loop c = a while c < 10 max 9 { c * c + 1 })(0.5)", "jax.jvp(lambda a: lax.while_loop(lambda c: c < 10, lambda c: c * c + 1, a), (f32(0.5),), (f32(1),))[1]"), ("grad(a -> loop c = a while c < 10 max 2 { c * c + 1 })(0.5)", "grad(lambda a: (a * a + 1) ** 2 + 1)(f32(0.5))"), ("vmap(grad(a -> loop c = a while c < 10 max 9 { c * c + 1 }))(arange(5.0))", "jnp.array([jax.jvp(lambda a: lax.while_loop(lambda c: c < 10, lambda c: c * c + 1, a), (f32(e),), (f32(1),))[1] for e in range(5)])"), ("grad(a -> sum(vmap(e -> loop c = e while c < 10 max 9 { c * c + 1 })(a)))(arange(5.0))", "jnp.array([jax.jvp(lambda a: lax.while_loop(lambda c: c < 10, lambda c: c * c + 1, a), (f32(e),), (f32(1),))[1] for e in range(5)])"), ("grad(grad(a -> loop c = a while c < 10 max 9 { c * c + 1 }))(0.5)", "grad(grad(lambda a: (((a * a + 1) ** 2 + 1) ** 2 + 1) ** 2 + 1))(f32(0.5))"),
  ("grad(a -> if a > 0 then log(a) else a ** 2)(2.0)", "f32(0.5)"), ("vmap(grad(a -> if a > 0 then log(a) else 0.0))([0.0, 1.0, 2.0])", "jnp.array([0, 1, 0.5], f32)"), ("grad(a -> sum(vmap(c -> if c > 0 then log(c) else 0.0)(a)))([0.0, 1.0, 2.0])", "jnp.array([0, 1, 0.5], f32)"), ("grad(w -> sum(vmap(c -> if c > 0 then sqrt(c * w) else w)([0.0, 1.0, 4.0])))(1.0)", "f32(2.5)"), ("jvp(a -> sum(vmap(c -> if c > 0 then log(c) else 0.0)(a)), ([0.0, 1.0],), ([1.0, 1.0],))[1]", "f32(1)"), ("grad(a -> (if sum(a) > 0 then {u = a, w = 1.0} else {u = a * 2, w = a[0]}).w)(v - 1)", "jnp.array([1, 0, 0, 0], f32)"),
  ("hessian(a -> sum(scan((c, e) -> (sin(c * e), c * e), 1.0, a)[1]))(p[0])", "jax.hessian(lambda a: jnp.sum(lax.scan(lambda c, e: (jnp.sin(c * e), c * e), f32(1), a)[1]))(p[0])"), ("vmap(grad(a -> sum(scan((c, e) -> (sin(c * e), c * e), 1.0, a)[1])))(p)", "vmap(grad(lambda a: jnp.sum(lax.scan(lambda c, e: (jnp.sin(c * e), c * e), f32(1), a)[1])))(p)"), ("grad(a -> sum(vmap(r -> scan((c, e) -> (sin(c * e), 0), 1.0, r)[0])(a)))(p)", "vmap(grad(lambda r: lax.scan(lambda c, e: (jnp.sin(c * e), f32(0)), f32(1), r)[0]))(p)"), ("grad(a -> sum([sin(a[j]) * f32(j) for j in 0..4]))(v)", "jnp.cos(v) * jnp.arange(4, dtype=f32)"), ("vmap((a, c) -> grad(e -> e * c)(a))(v, v)", "v"), ("vmap(grad((a, c) -> sum(a * c) ** 2), in_axes = (none, 0))(v, x)", "vmap(grad(lambda a, c: jnp.sum(a * c) ** 2), (None, 0))(v, x)"),
],
}


def value(a):
    a = np.asarray(a)
    if a.dtype.kind == "c":
        return [value(a.real), value(a.imag)] if a.ndim == 0 else [value(e) for e in a]
    if a.ndim:
        return [value(e) for e in a]
    if a.dtype == bool:
        return bool(a)
    if a.dtype.kind in "iu":
        return int(a)
    f = float(a)
    return "nan" if f != f else "inf" if f == float("inf") else "-inf" if f == float("-inf") else f


def dtype(a):
    return {"bool": "bool", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64", "uint8": "u8", "int16": "i16", "uint16": "u16", "uint32": "u32", "float16": "f16",
            "bfloat16": "bf16", "float32": "f32", "float64": "f64", "complex64": "c64", "complex128": "c128"}[str(np.asarray(a).dtype)]


ATTENDING = """module Attending()(indices, query) {
  let table = nn.Embed(5, 4)
  sum(table(indices)) + nn.attend(table, query)
}
"""

CHOSEN = [g for g in GROUPS if len(sys.argv) == 1 or g in sys.argv]
for name in CHOSEN:
    cases = GROUPS[name]
    cases = [c for c in cases if c[1] is not None]
    fields, expected = [], []
    for index, (girih, python) in enumerate(cases):
        girih = girih.replace("x.T", "transpose(x)").replace("y.T", "transpose(y)")
        fields.append(f"    c{index:03d} = {girih}")
        got = eval(python)
        expected.append({"case": girih, "dtype": dtype(got), "shape": list(np.shape(got)), "value": value(got)})
    imports = "import nn, optim\n" if name in ("modules", "optimizers", "layers", "steps") else ""
    imports += "mesh (data = 2, model = 2)\n" if name == "sharded" else ""
    imports += ATTENDING if name == "layers" else ""
    source = f"# made by testdata/scripts/exec.py\n{imports}def main() {{{INPUTS}  {{\n" + ",\n".join(fields) + "\n  }\n}\n"
    with open(os.path.join(HERE, name + ".girih"), "w") as f:
        f.write(source)
    with open(os.path.join(HERE, name + ".expected.json"), "w") as f:
        json.dump(expected, f, indent=0)
        f.write("\n")
import manifest

manifest.record("testdata/scripts/exec.py", f"jax {jax.__version__}, numpy {np.__version__}, flax {flax.__version__}, optax {optax.__version__}",
                [f"testdata/exec/{name}.expected.json" for name in GROUPS])  # also those that an earlier run made
print({"jax": jax.__version__, "numpy": np.__version__}, sum(len(c) for c in GROUPS.values()), "cases")
