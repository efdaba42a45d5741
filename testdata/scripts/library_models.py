"""What rows of testdata/library call: twins of testdata/library/definitions.girih in Flax and Optax, and arrays."""
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.experimental import sparse

I = jax.nn.initializers
where = jnp.where
MIXED = [0.25, -1.5, 2.25, 0.75, -0.625, 1.125, -2.0, 3.5, 0.375, -0.875, 1.75, -3.25, 2.5, -0.125, 0.0625]
ARRAYS = {
    "off": np.array([0.25, -0.5, 2.0, -3.0, 0.9, -1.1, 0.0]), "finite": np.array([0.0, 1, -1, 30, -30, 100, -100, 0.5]),
    "spread": np.array([0.5, -1.0, 3.0, -4.0, 0.0, 8.0]), "logits_large": np.array([40.0, -40, 200, -200, 90, -1000]),
    "yesno": np.array([1, 0, 1, 0, 1, 0], np.int32), "classes4": np.array([1, 0, 2, 2], np.int32), "zeros_i": np.array([0, 2, 1], np.int32),
    "minusinf2": np.array([[1.0, -np.inf, 2], [1, 2, 3], [0, 0, -np.inf]]), "pairs": np.array([0, 1, 0, 1], np.int32),
    "classes23": np.array([[1, 0, 3], [2, 2, 1]], np.int32), "labels22": np.array([[1, 2], [3, 3]], np.int32),
    "nans3": np.array([[[1.0, np.nan], [2, 3], [np.nan, 1], [0, 5]]]), "ties3": np.array([[[1.0, 2], [1, 2], [0, 3], [0, 3]]]),
    "heads": np.array([MIXED[i % 15] for i in range(24)]).reshape(1, 3, 2, 4), "heads2": np.array([MIXED[(i + 4) % 15] for i in range(24)]).reshape(1, 3, 2, 4),
    "mask33": np.array([[1, 0, 0], [1, 1, 0], [1, 1, 1]], bool).reshape(1, 1, 3, 3), "two": np.array([3.0, 5.0]), "seed": np.array(11.0),
    "positive_v": np.array([0.5, 1.0, 2.5, 7.0]),
    "points": np.array([-0.5, 0.0, 0.25, 0.5, 1.0, 1.5, 3.0, np.nan, np.inf, -np.inf]), "shapes": np.array([2.0, 0.5, 1.5, 3.0, 0.75, 2.5, 1.0, 4.0, 2.0, 1.25]),
    "inside": np.array([0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.1875, 0.3125, 0.4375]),
    "counts": np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1.5, np.nan]), "trials": np.array([3.0, 3.0, 4.0, 2.0, 3.0, 4.0, 7.0, 3.0, 5.0, 2.0]),
    "chances": np.array([0.25, 0.5, 0.75, 0.0, 1.0, 0.125, 0.625, 0.375, -0.5, 1.5]), "counts4": np.array([2, 0, 1, 3], np.int32),
    "angles": np.array([-0.5, 0.0, 0.25, 1.0, 3.0, 6.0, 6.5, np.nan, 2.0, 4.5]), "simplex": np.array([0.125, 0.5, 0.25, 0.125]),
    "means": np.array([0.5, 3.0, 9.5, 12.0, 50.0, 99.0, 150.0, 1000.0]), "cloud": np.array([[0.5, -1.25, 2.0, 0.25, 1.5], [1.0, 0.75, -0.5, 2.25, -1.75]]),
    "cloud2": np.array([[0.25, 1.5, -2.0], [0.5, 0.0, 2.0]]), "weights5": np.array([1.0, 2.0, 0.5, 1.5, 3.0]),
    "pair": np.array([0.25, -0.5]), "turned5": np.array([0.5, 2.0, -1.5, 0.25, 1.0]), "spd": np.array([[2.0, 0.5], [0.5, 1.25]]),
    "repeats": np.array([[1.0, 2, 2, 1, 3], [3.0, 3, 0, -1, -1], [2.0, 2, 0, 5, 5]]), "few_nans": np.array([[1.0, np.nan, 2, np.nan], [3.0, 3, 0, -1], [np.nan, np.nan, 1, 2]]),
}


# JAX writes xlogy(-1, scale) with an integer, of which it has no derivative.
for _gumbel in (jax._src.scipy.stats.gumbel_l, jax._src.scipy.stats.gumbel_r):
    _gumbel.xlogy = lambda x, y: jax.scipy.special.xlogy(float(x), y)
    _gumbel.xlog1py = lambda x, y: jax.scipy.special.xlog1py(float(x), y)


def narrow(f):
    """As without 64 bits."""
    with jax.enable_x64(False):
        return f()


def kde_of(x, p, bw_method, weights):
    k = jax.scipy.stats.gaussian_kde(x, bw_method, weights)
    return k.neff, k.covariance, k.inv_cov, k.evaluate(p), k.pdf(p), k.logpdf(p)


def stepped(optimizer, x):
    f = lambda t: jnp.sum(t["w"] ** 2 * 0.5) + jnp.sum(jnp.sin(t["b"]) * t["b"])
    t = {"w": x, "b": x[0]}
    state = optimizer.init(t)
    for _ in range(5):
        updates, state = optimizer.update(jax.grad(f)(t), state, t)
        t = optax.apply_updates(t, updates)
    return t


def valued(optimizer, x):
    f = lambda t: jnp.sum(t["w"] ** 2 * 0.5) + jnp.sum(jnp.sin(t["b"]) * t["b"])
    t = {"w": x, "b": x[0]}
    state = optimizer.init(t)
    for _ in range(5):
        updates, state = optimizer.update(jax.grad(f)(t), state, t, value=f(t))
        t = optax.apply_updates(t, updates)
    return t


def informed(optimizer, x, part=lambda s: (), told=("value", "grad", "value_fn")):
    f = lambda t: jnp.sum(t["w"] ** 2 * 0.5) + jnp.sum(jnp.sin(t["b"]) * t["b"])
    optimizer = optax.with_extra_args_support(optimizer)
    t = {"w": x, "b": x[0]}
    state = optimizer.init(t)
    for _ in range(5):
        v, g = jax.value_and_grad(f)(t)
        all = {"value": v, "grad": g, "value_fn": f, "obj_fn": f, "grad_fn": lambda p, i: jax.grad(f)(p)}
        updates, state = optimizer.update(g, state, t, **{name: all[name] for name in told})
        t = optax.apply_updates(t, updates)
    return t, part(state)


def exemplified(optimizer, x, part=lambda s: ()):
    t = {"w": x[0], "b": x[1:]}
    state = optimizer.init(t)
    for _ in range(5):
        updates, state = optimizer.update({"w": jnp.stack((t["w"], x[1])), "b": jnp.stack((t["b"], t["b"] ** 2))}, state, t)
        t = optax.apply_updates(t, updates)
    return t, part(state)


def looked(optimizer, x):
    f = lambda t: jnp.sum(t["w"] ** 2 * 0.5) + jnp.sum(jnp.sin(t["b"]) * t["b"])
    t = optax.LookaheadParams.init_synced({"w": x, "b": x[0]})
    state = optimizer.init(t)
    for _ in range(5):
        updates, state = optimizer.update(jax.grad(f)(t.fast), state, t)
        t = optax.apply_updates(t, updates)
    return {"fast": t.fast, "slow": t.slow}


def rates(schedule):
    return jax.vmap(lambda count: jnp.asarray(schedule(count), jnp.float32))(jnp.arange(13))


def made(model, x):
    return model.apply(model.init(jax.random.key(7), x), x)


def statistics_of(model, x):
    _, updated = model.apply(model.init(jax.random.key(7), x), x, mutable=["batch_stats"])
    return updated["batch_stats"]


def turns(v):
    """The areas of figures, of which each is a circle after a box and a box after a circle."""
    areas, circle, sides = [], True, (jnp.ones((), v.dtype), None)
    for each in v:
        areas.append(3 * sides[0] * sides[0] if circle else sides[0] * sides[1])
        sides = (sides[0] * 0.5, each) if circle else (sides[0] + each * sides[1], None)
        circle = not circle
    return jnp.stack(areas)


def normed(model, x):
    return model.apply(model.init(jax.random.key(7), x), x, mutable=["batch_stats"])[0]


class Attending(nn.Module):
    @nn.compact
    def __call__(self, x):
        table = nn.Embed(5, 4, name="table")
        return jnp.sum(table(jnp.arange(3))) + table.attend(x)


class Affine(nn.Module):
    features: int
    scale: float = 1.0

    @nn.compact
    def __call__(self, x):
        return self.scale * nn.Dense(self.features)(x)


class Doubled(Affine):
    scale: float = 2.0

    @nn.compact
    def __call__(self, x):
        return super().__call__(x) + x


class Again(Doubled):
    pass


class Outer(nn.Module):
    features: int

    @nn.compact
    def __call__(self, x):
        return Again(self.features)(x) + Doubled(self.features, 0.5)(x)


class Raining(nn.Module):
    kernel_size: tuple

    @nn.compact
    def __call__(self, x):
        cell = nn.ConvLSTMCell(2, self.kernel_size, name="cell")
        zeros = jnp.zeros(x.shape[:-1] + (2,), x.dtype)
        carry, _ = cell((zeros, zeros), x)
        return cell(carry, 2 * x)[1]


def focal(x, n):
    """Lin and others' loss (2017), equation 5: (1 - p)^2 * -log p of the right answer, by its logit z: log p is
    -log(1 + exp(-z)), and 1 - p is the logistic function of -z."""
    z = jnp.where(n == 1, x, -x)
    return jax.nn.sigmoid(-z) ** 2 * jnp.logaddexp(-z, 0.0)


EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 1e-8, -1e-8, 1e-25, 1e20, -1e20, 1.0000001, 0.9999999, 30.0, np.inf, -np.inf]
ARRAYS["edges"] = np.array([complex(a, b) for a in EDGES for b in EDGES])
ARRAYS["finite_edges"] = np.array([complex(a, b) for a in EDGES for b in EDGES if np.isfinite(a) and np.isfinite(b) and abs(a) < 1e10 and abs(b) < 1e10])

HUGE = [2e38, -2e38, 1e38, 1.5e308, -1.5e308, 1e300, 1.0, -1.0, 0.0]
ARRAYS["huge"] = np.array([complex(a, b) for a in HUGE for b in HUGE])
ARRAYS["brink"] = np.array([89.0, -89.0, 710.0, -710.0, 88.0, 30.0, 12.0])


def parts(z):
    return jnp.real(z), jnp.imag(z)


def numpy_of(f, x):
    """NumPy's values, C99's, in 128 bits for 64."""
    with np.errstate(all="ignore"):
        return jnp.asarray(f(np.asarray(x).astype(np.complex128)).astype(x.dtype))
