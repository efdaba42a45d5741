"""Makes testdata/library/*.expected: for each row of the tables *.laws there, what JAX, Flax and Optax give.

A row is `names | Girih | JAX | arguments | dtypes | options`: an expression in both languages, its arguments by the
generators below, and the dtypes in which it is asked. Of each row and dtype come the value, the forward and the
reverse derivative, the forward derivative of the reverse one, and in f32 value, reverse and second derivative on lanes
of lanes. All are computed operation by operation, without `jit`, so that XLA fuses nothing.

    python3 testdata/scripts/library.py [--missing] [TABLE …]      (pip install jax numpy scipy flax optax)

With `--missing`, values that are there for a row's very text are kept: most of the time goes into compiling.
"""
import glob
import json
import os
import sys

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"  # each operation is compiled for each shape: most of the time
import jax
import jax.numpy as jnp
import jax.experimental.ode
import jax.image
import jax.scipy.optimize
import jax.scipy.signal
import jax.scipy.sparse.linalg
import jax.scipy.special as jsp
import jax.scipy.stats as jst
import ml_dtypes
import numpy as np
from jax import lax

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "library")
DTYPES = {"h": "f16", "b": "bf16", "f": "f32", "d": "f64", "s": "i8", "i": "i32", "l": "i64", "u": "u8", "w": "u32", "o": "bool", "c": "c64", "z": "c128"}
NUMPY = {"f16": np.float16, "bf16": ml_dtypes.bfloat16, "f32": np.float32, "f64": np.float64, "i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64,
         "u8": np.uint8, "u16": np.uint16, "u32": np.uint32, "u64": np.uint64, "bool": np.bool_, "c64": np.complex64, "c128": np.complex128}
NAMES = {np.dtype(v): k for k, v in NUMPY.items()}
f16, bf16, f32, f64, i32, u8, u32, c64 = jnp.float16, jnp.bfloat16, jnp.float32, jnp.float64, jnp.int32, jnp.uint8, jnp.uint32, jnp.complex64
inf, nan = np.inf, np.nan
tree, random = jax.tree, jax.random

REAL = [0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 6, -6, 0.1, -0.1, 1e-4, -1e-4, 1e-20, -1e-20, 10, -10, 30, -30, 100, -100,
        1000, -1000, 1e30, -1e30, inf, -inf, nan, 1.25, -1.75, 0.6931471805599453, 4, -4, 88.5, -103.5]
GRID = [0, -0.0, 1, -1, 0.5, -3, 1e-20, 1e30, inf, nan]


def cycle(shape, values):
    n = int(np.prod(shape))
    return np.array([values[i % len(values)] for i in range(n)], np.float64).reshape(shape)


MIXED = [0.25, -1.5, 2.25, 0.75, -0.625, 1.125, -2.0, 3.5, 0.375, -0.875, 1.75, -3.25, 2.5, -0.125, 0.0625]
GENERATORS = {
    "real": lambda: np.array(REAL), "moderate": lambda: np.array([0.25, 1, 2, 3.5, -0.5, -1.75, -3.25, 10, 30, 1.4616, 0.01, nan, inf, 7]),
    "beyond": lambda: np.array([1, 1.0001, 1.25, 1.5, 2, 3, 4, 6, 10, 30, 88.5, 100, 1000, 1e30, inf, nan]),
    "inner": lambda: np.array([0, -0.0, 1, -1, 0.5, -0.5, 0.1, -0.1, 1e-4, -1e-4, 1e-20, -1e-20, 0.25, 0.75, -0.96, nan]), "six": lambda: np.array([1.0, -2, 3, 0.5, -0.25, 0]), "turned": lambda: np.array([1.0, 2, -3, 0.25, 0, 2]),
    "small": lambda: np.array([0, 1, 2, 3, 100, 1.5, 2.75, 0.25]),
    "first": lambda: np.repeat(np.array(GRID), len(GRID)), "second": lambda: np.tile(np.array(GRID), len(GRID)),
    "ints": lambda: np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 100, 127]), "signed": lambda: np.repeat([0.0, 7, -7, 100, -100, 1], 6), "divisors": lambda: np.tile([1.0, 3, -3, 7, -1, 10], 6),
    "strong": lambda: cycle((3, 3), MIXED) + 4 * np.eye(3), "strong2": lambda: cycle((2, 3, 3), MIXED) + 4 * np.eye(3), "cube2": lambda: cycle((2, 3, 2), MIXED[2:]),
    "plane": lambda: np.array([0.5, -1.25, 2, 0.25, -0.75, 1.5, 3, -2]),
    "one": lambda: np.array(1.0), "other": lambda: np.array(1.00001), "scalar": lambda: np.array(0.75),
    "vector": lambda: np.array([1.0, -2, 3, 0.5, -0.25]), "four3": lambda: np.array([-0.5, 2.0, 2.0, 0]), "four": lambda: np.array([0.5, -1.0, 2.0, 0.25]), "equal": lambda: np.full(4, 2.5),
    "equal2": lambda: np.full((3, 4), 2.5), "matrix": lambda: cycle((3, 4), MIXED), "matrix2": lambda: cycle((3, 4), MIXED[5:] + MIXED[:5]),
    "long": lambda: cycle((13,), MIXED), "tall": lambda: cycle((4, 2), MIXED[3:]), "square": lambda: cycle((3, 3), MIXED), "cube": lambda: cycle((2, 3, 4), MIXED + [0.3, -0.7]),
    "ties": lambda: cycle((3, 4), [1, 2, 2, 1, 3, 3, 3, 0, -1]), "nans": lambda: cycle((3, 4), [1, nan, 2, -1, 0, 3, -2, nan, nan, 4, 0.5, 0.25, 7]),
    "bad": lambda: np.array([1.0, nan, inf, -inf]), "bad2": lambda: np.array([[1.0, 2, inf], [0, nan, 1], [-inf, 1, 2], [3, 4, 5]]),
    "minusinf": lambda: np.array([[-inf, -inf, -inf], [1, -inf, 2], [0, 0, 0]]), "none": lambda: np.zeros((0, 3)),
    "zeros": lambda: np.array([[1.0, 0, 2, 3], [0, 2, 0, 1], [1, 2, 3, 4]]), "large": lambda: np.array([1000.0, 1000, 30, -1000]) if True else None,
    "large16": lambda: np.full(64, 3000.0), "many": lambda: np.full(70000, 1.0), "millions": lambda: np.full(5000, 1000000.0),
    "positive": lambda: cycle((3, 4), [0.25, 1.5, 2.25, 0.75, 0.625, 1.125, 2.0, 3.5]), "unit": lambda: np.array([0.0, 0.25, 0.5, 0.75, 1.0, 0.1, 0.9]),
    "flags": lambda: cycle((len(GRID) ** 2,), [1, 0, 0, 1, 1]).astype(bool), "mask": lambda: cycle((3, 4), [1, 0, 1, 1, 0]).astype(bool),
    "rows": lambda: np.array([[2, 0], [1, 1]], np.int32), "rows2": lambda: np.array([[3, 0, 1], [1, 2, 2]], np.int32), "row": lambda: np.array(2, np.int32),
    "bad23": lambda: np.array([[1.0, 2, inf], [nan, 1, -inf]]), "rows2f": lambda: np.array([[3.0, 0, 1], [1, 2, 2]]), "tri3": lambda: np.array([1.5, -0.5, 2.0]), "shifts": lambda: np.tile([0.0, 1, 3, 7, 31, 2], 6), "positive_v2": lambda: np.array([2.0, 0.25, 0.0, 1.5]), "large2": lambda: np.array([1.5, 3, 10, 30]), "degrees": lambda: np.array([0.5, 2.0, 3.5, 10, 0.25, 7.5]),
    "places": lambda: np.array([0.25, 3.0, 1.5, 12, 2.5, 7]), "unit2": lambda: np.array([0.25, 0.5, 0.75, 0.1, 0.9, 0.01]), "beyond2": lambda: np.array([1.25, 2, 3.5, 6, 10]), "wide": lambda: np.array([-30.0, -12, -4, -0.5, 0.25, 3, 7, 12]),
    "waves": lambda: np.array([0.25, -1.5, 3.75, 5.5, -7.25, 9.5, 20]), "waves2": lambda: np.array([0.25, -1.5, 1.75, 2.5, -3.25]), "shown": lambda: np.array([0.5, -0.5, 3, 6, 12, 24, -2]), "row2": lambda: np.array([2, 0, 1], np.int32), "row4": lambda: np.array([2, 0, 1, 2], np.int32), "rows3": lambda: np.array([[1, -1], [0, 1], [-2, 0]], np.int32), "tall3": lambda: cycle((3, 2), MIXED[2:]),
    "labels": lambda: np.array([0.0, 2, 1, 2]), "labels2": lambda: np.array([[0.0, 3], [9, 1]]), "classes": lambda: np.array([1, 0, 3], np.int32),
    "images": lambda: cycle((2, 5, 4, 3), MIXED + [0.3, -0.7]), "kernel": lambda: cycle((3, 2, 3, 2), MIXED[4:] + [0.2, -0.4]),
}
DEFINITIONS = {}


def generated(name, dtype, index):
    a = DEFINITIONS[name] if name in DEFINITIONS else GENERATORS[name]()
    target = NUMPY[dtype]
    if a.dtype == np.complex128:
        with np.errstate(all="ignore"):
            return a.astype(target)
    if a.dtype != np.float64:
        return a
    with np.errstate(all="ignore"):
        if dtype in ("c64", "c128"):
            other = np.roll(a.reshape(-1), 1 + index).reshape(a.shape)
            return (a + 1j * np.where(np.isfinite(other) & (np.abs(other) < 1e15), other, 0.5)).astype(target) if a.size else a.astype(target)
        if np.dtype(target).kind in "iub":
            finite = np.where(np.isfinite(a) & (np.abs(a) < 1e9), a, 3)
            low = np.where(finite < 0, -finite, finite) if dtype in ("u8", "u32", "bool") else finite
            return (np.trunc(low) if dtype != "bool" else low != 0).astype(target)
        return a.astype(target)


def noise(shape, dtype, seed):
    """Numbers without meaning, of both signs and about 1."""
    n = int(np.prod(shape))
    a = np.cos(1.3 * np.arange(n) + seed) + 0.25
    a = np.where(np.abs(a) < 0.1, 0.5, a).reshape(shape)
    if np.dtype(dtype).kind == "c":
        a = a + 1j * np.roll(a.reshape(-1), 1).reshape(shape) * 0.5
    return a.astype(dtype)


def lanes(a):
    """2 x 2 lanes, the first of which is the array itself; of others, numbers change places along the last axis."""
    flat = [a]
    for k in range(1, 4):
        moved = np.roll(a, k, -1) if a.ndim else a
        if a.dtype.kind not in "iub":
            with np.errstate(all="ignore"):
                moved = (moved * np.array([1, 0.5, -1, 2][k]).astype(np.float64)).astype(a.dtype)
        flat.append(moved)
    return np.stack(flat).reshape((2, 2) + a.shape)


def inexact(a):
    return np.dtype(a.dtype).kind in "fcV" or a.dtype == ml_dtypes.bfloat16


def leaves(value):
    return tuple(jnp.asarray(leaf) for leaf in tree.leaves(value))


def number(v):
    v = float(v)
    return "nan" if v != v else "inf" if v == inf else "-inf" if v == -inf else v


def text(a):
    a = np.asarray(a)
    name = NAMES[a.dtype]
    flat = a.reshape(-1)
    if name == "bool":
        data = [int(v) for v in flat]
    elif a.dtype.kind in "iu":
        data = [int(v) for v in flat]
    elif a.dtype.kind == "c":
        data = [number(part) for v in flat for part in (np.format_float_scientific(v.real), np.format_float_scientific(v.imag))]
    elif name in ("f32", "f64", "f16"):
        data = [number(np.format_float_scientific(v)) for v in flat]
    else:
        data = [number(v) for v in flat]
    if len(data) > 16 and len(set(map(str, data))) == 1:
        data = data[:1]
    return {"type": f"{name}{list(a.shape)}".replace(" ", "") if a.shape else name, "data": data}


def options(cells):
    out = {}
    for part in filter(None, (p.strip() for p in cells.split(";"))):
        word, _, rest = part.partition(" ")
        out[word] = rest
    return out


def rows(path):
    for line in open(path):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in (line + " ").split(" | ", 5)]
        if len(cells) == 5:
            cells[4] = cells[4].rstrip("|").strip()
            cells.append("")
        names, girih, python, arguments, dtypes, extra = cells
        pairs = [a.split(":") for a in arguments.split(",") if a.strip()]
        yield names, girih, python, [(n.strip(), g.strip()) for n, g in pairs], dtypes.strip(), options(extra)


def key(cells):
    """The expression and its arguments, as in the table."""
    return cells[1] + " | " + ", ".join(f"{n}: {g}" for n, g in cells[3])


def derive(f, args, order):
    """Value, forward, reverse and second derivative of f, a function of the inexact arguments."""
    out = f(*args)
    wrt = [i for i, a in enumerate(args) if inexact(a)]
    some = [i for i, leaf in enumerate(out) if inexact(leaf)]
    if not wrt or not some or order == 0:
        return out, None

    def g(*moving):
        all = list(args)
        for i, a in zip(wrt, moving):
            all[i] = a
        result = f(*all)
        return tuple(result[i] for i in some)
    return out, (g, wrt, some)


def row(cells, dtype, env):
    names, girih, python, arguments, _, extra = cells
    x64 = dtype in ("f64", "i64", "c128") or "x64" in extra
    with jax.enable_x64(x64):
        args = [generated(g, dtype, i) for i, (_, g) in enumerate(arguments)]
        code = compile(python, "row", "eval")

        def f(*values):
            return leaves(eval(code, {**env, **dict(zip((n for n, _ in arguments), values))}))
        order = int(extra.get("order", 2))
        jargs = [jnp.asarray(a) for a in args]
        value, derived = derive(f, jargs, order)
        result = {"arguments": [text(a) for a in args], "value": [text(v) for v in value]}
        plain = extra.get("lanes") != "none" and (dtype == "f32" or len(cells[4]) == 1)
        stacked = [lanes(a) for a in args] if plain else []
        if "pointwise" in extra:
            stacked = [a.reshape((2, -1)) for a in args] if plain else []
        jstacked = [jnp.asarray(a) for a in stacked]
        if plain:
            result["on"] = [text(a) for a in stacked]
            result["lanes"] = [text(v) for v in jax.vmap(jax.vmap(f))(*jstacked)]
        if derived:
            g, wrt, some = derived
            ts = [noise(args[i].shape, args[i].dtype, 0.5 + i) for i in wrt]
            cts = [noise(value[i].shape, np.asarray(value[i]).dtype, 2.5 + i) for i in some]
            jts, jcts = tuple(map(jnp.asarray, ts)), tuple(map(jnp.asarray, cts))
            moving = tuple(jargs[i] for i in wrt)
            result["wrt"], result["inexact"] = wrt, some
            result["tangents"], result["cotangents"] = [text(t) for t in ts], [text(c) for c in cts]
            result["forward"] = [text(v) for v in jax.jvp(g, moving, jts)[1]]
            reverse = lambda *m: jax.vjp(g, *m)[1](jcts)
            result["reverse"] = [text(v) for v in reverse(*moving)]

            def on_lanes(all, second):
                def h(*m):
                    full = list(all)
                    for i, a in zip(wrt, m):
                        full[i] = a
                    out = f(*full)
                    return tuple(out[i] for i in some)
                few = "pointwise" in extra
                rev = lambda *m: jax.vjp(h, *m)[1](tuple(c[0] for c in jcts) if few else jcts)
                m = tuple(all[i] for i in wrt)
                return jax.jvp(rev, m, tuple(t[0] for t in jts) if few else jts)[1] if second else rev(*m)
            if plain:
                result["lanes_reverse"] = [text(v) for v in jax.vmap(jax.vmap(lambda *all: on_lanes(all, False)))(*jstacked)]
            if order >= 2:
                result["second"] = [text(v) for v in jax.jvp(reverse, moving, jts)[1]]
                if plain:
                    result["lanes_second"] = [text(v) for v in jax.vmap(jax.vmap(lambda *all: on_lanes(all, True)))(*jstacked)]
        return result


def main():
    import flax
    import flax.linen
    import optax
    import library_models
    env = {k: v for k, v in globals().items() if not k.startswith("_")}
    env.update({"np": np, "nn": flax.linen, "optax": optax, "flax": flax})
    env.update({k: v for k, v in vars(library_models).items() if not k.startswith("_")})
    DEFINITIONS.update(library_models.ARRAYS)
    names = [a for a in sys.argv[1:] if a != "--missing"]
    tables = names or sorted(os.path.basename(p)[:-5] for p in glob.glob(os.path.join(HERE, "*.laws")))
    for table in tables:
        count = 0
        path = os.path.join(HERE, table + ".expected")
        kept = {}
        if "--missing" in sys.argv and os.path.exists(path):
            for line in open(path):
                made = json.loads(line)
                kept[made["row"], made["of"], made["dtype"]] = line
        with open(os.path.join(HERE, table + ".expected"), "w") as out:
            for cells in rows(os.path.join(HERE, table + ".laws")):
                if table == "pointwise":
                    cells[5]["pointwise"] = ""
                for letter in cells[4]:
                    dtype = DTYPES[letter]
                    of = cells[2] + " ; " + " ".join(f"{k} {v}" for k, v in cells[5].items() if k in ("order", "x64", "lanes"))
                    old = kept.get((key(cells), of, dtype))
                    if old:
                        out.write(old)
                        count += 1
                        continue
                    try:
                        result = row(cells, dtype, env)
                    except Exception as problem:
                        print(table, cells[1], dtype, type(problem).__name__, str(problem).split("\n")[0][:150])
                        continue
                    count += 1
                    out.write(json.dumps({"row": key(cells), "of": of, "dtype": dtype, **result}, separators=(",", ":")) + "\n")
        print(table, count)
    import manifest
    manifest.record("testdata/scripts/library.py", f"jax {jax.__version__}, numpy {np.__version__}, flax {flax.__version__}, optax {optax.__version__}",
                    sorted("testdata/library/" + os.path.basename(p) for p in glob.glob(os.path.join(HERE, "*.expected"))))


if __name__ == "__main__":
    main()
