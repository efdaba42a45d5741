"""Writes testdata/ops/*/exec.tir and exec.values: for each op small programs, their arguments, and the
results that JAX gives for them. Run it from the root of the repository; it needs jax, numpy and
ml_dtypes. It also renews the lines of testdata/MANIFEST that name these files. With names of ops it
writes those alone: `op_goldens.py dot`.

A case is one equation, in a function of its own; the types in exec.tir are those of JAX's results, so that
they check the typing rules too."""

import os
import pathlib
import sys

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=3"  # for shard_map

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
from jax import lax

import manifest

jax.config.update("jax_enable_x64", True)

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAN, INF = float("nan"), float("inf")

DTYPES = {
    "bool": np.bool_, "i4": ml_dtypes.int4, "i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64,
    "u4": ml_dtypes.uint4, "u8": np.uint8, "u16": np.uint16, "u32": np.uint32, "u64": np.uint64,
    "f8e4m3fn": ml_dtypes.float8_e4m3fn, "f8e5m2": ml_dtypes.float8_e5m2,
    "f8e4m3b11fnuz": ml_dtypes.float8_e4m3b11fnuz, "f8e4m3fnuz": ml_dtypes.float8_e4m3fnuz,
    "f8e5m2fnuz": ml_dtypes.float8_e5m2fnuz, "f16": np.float16, "bf16": ml_dtypes.bfloat16,
    "f32": np.float32, "f64": np.float64, "c64": np.complex64, "c128": np.complex128,
}
NAMES = {np.dtype(v): k for k, v in DTYPES.items()}
FLOATS = ["f16", "bf16", "f32", "f64"]
INTS = ["i8", "u8", "i32", "i64", "u32"]
ALL_INTS = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"]
COMPLEX = ["c64", "c128"]

cases = {}  # op: [(label, prelude, arguments, attributes, results)]


def type_text(a):
    name = NAMES[a.dtype]
    return name if a.ndim == 0 else name + "[" + ", ".join(map(str, a.shape)) + "]"


def real_text(v):
    if np.isnan(v):
        return "nan"
    if np.isinf(v):
        return "inf" if v > 0 else "-inf"
    return repr(float(v)) if v.dtype != np.float32 else str(v)


def element_text(v):
    kind = NAMES[v.dtype]
    if kind == "bool":
        return "true" if v else "false"
    if kind in COMPLEX:
        return "(" + real_text(v.real) + ", " + real_text(v.imag) + ")"
    return str(int(v)) if kind[0] in "iu" else real_text(v)


def literal_text(a):
    if a.ndim == 0:
        return type_text(a) + " " + element_text(a[()])
    return type_text(a) + " [" + ", ".join(element_text(v) for v in a.reshape(-1)) + "]"


def array(dtype, values):
    return np.asarray(values).astype(DTYPES[dtype])


def case(op, label, arguments, f, attributes="", prelude=""):
    """A case of `op`; `f` gives what JAX makes of the arguments."""
    with np.errstate(all="ignore"):
        results = f(*[jnp.asarray(a) for a in arguments])
    results = [np.asarray(r) for r in (results if isinstance(results, (tuple, list)) else (results,))]
    cases.setdefault(op, []).append((label, prelude, list(arguments), attributes, results))


def dims(values):
    return "[" + ", ".join(map(str, values)) + "]"


# Pointwise ---------------------------------------------------------------------------------------

REAL = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -3.25, 10.0, 0.1, INF, -INF, NAN]
COMPLEXES = [0.5 + 0.25j, -1.5 + 2j, 1 - 1j, 2 + 0.5j, -0.75 - 0.125j]


def unary(op, f, dtypes, values=REAL, complex_values=COMPLEXES):
    for d in dtypes:
        case(op, d, [array(d, complex_values if d in COMPLEX else values)], f)
    first = dtypes[0] if "f32" not in dtypes else "f32"
    case(op, "scalar", [array(first, values[2])], f)
    case(op, "empty", [array(first, np.zeros((2, 0)))], f)


def pairs(xs, ys):
    return [x for x in xs for _ in ys], [y for _ in xs for y in ys]


def binary(op, f, dtypes, values, complex_values=COMPLEXES, right=None):
    for d in dtypes:
        v = complex_values if d in COMPLEX else values(d) if callable(values) else values
        r = v if right is None or d in COMPLEX else right(d) if callable(right) else right
        xs, ys = pairs(v, r)
        case(op, d, [array(d, xs), array(d, ys)], f)
    d = dtypes[0] if "f32" not in dtypes else "f32"
    v = values(d) if callable(values) else values
    r = v if right is None else right(d) if callable(right) else right
    case(op, "scalar", [array(d, v[2]), array(d, r[1])], f)
    case(op, "empty", [array(d, np.zeros((0, 3))), array(d, np.zeros((0, 3)))], f)


def arithmetic_values(d):
    if d[0] in "iu":
        info = ml_dtypes.iinfo(DTYPES[d])
        return np.array([0, 1, 3, 7, info.max, info.min, info.max - 2], dtype=DTYPES[d])
    if d.startswith("f8"):
        return [0.0, 0.5, 1.0, -1.5, 3.0, 16.0, NAN]
    return [0.0, -0.0, 1.0, -1.5, 3.0, 0.1, INF, -INF, NAN]


F8 = ["f8e4m3fn", "f8e5m2"]
NUMBERS = FLOATS + F8 + ALL_INTS + COMPLEX
binary("add", lax.add, NUMBERS, arithmetic_values)
binary("subtract", lax.sub, NUMBERS, arithmetic_values)
binary("multiply", lax.mul, NUMBERS, arithmetic_values)
binary("divide", lax.div, FLOATS + COMPLEX, arithmetic_values)
for d in NUMBERS:
    case("negate", d, [array(d, COMPLEXES if d in COMPLEX else arithmetic_values(d))], lax.neg)
case("negate", "scalar", [array("f32", 0.0)], lax.neg)
case("negate", "empty", [array("f32", [])], lax.neg)
for d in FLOATS + ["i8", "i32", "i64", "u8"] + COMPLEX:
    v = COMPLEXES + [3 + 4j] if d in COMPLEX else arithmetic_values(d)
    case("absolute", d, [array(d, v)], lambda x: x if x.dtype.kind == "u" else lax.abs(x))
case("absolute", "scalar", [array("f32", -2.5)], lax.abs)
case("absolute", "empty", [array("f32", [])], lax.abs)

# JAX's exp2 is exp(x log 2), whose error grows with x: NumPy's is taken for real numbers.
unary("exp2", lambda x: lax.exp2(x) if x.dtype.kind == "c" else np.exp2(np.asarray(x, np.float64)).astype(x.dtype), FLOATS + COMPLEX,
      REAL + [3.0, -20.0, 100.5, 1e30, -1e30])
for op, f, extra in [
    ("exp", lax.exp, COMPLEX), ("expm1", lax.expm1, COMPLEX), ("sin", lax.sin, COMPLEX),
    ("cos", lax.cos, COMPLEX), ("tan", lax.tan, COMPLEX), ("atan", lax.atan, COMPLEX),
    ("sinh", lax.sinh, COMPLEX), ("cosh", lax.cosh, COMPLEX), ("tanh", lax.tanh, COMPLEX),
    ("asinh", lax.asinh, COMPLEX), ("logistic", lax.logistic, COMPLEX), ("cbrt", lax.cbrt, []),
    ("erf", lax.erf, []), ("erfc", lax.erfc, []),
    ("sqrt", lax.sqrt, COMPLEX), ("rsqrt", lax.rsqrt, COMPLEX), ("log", lax.log, COMPLEX),
    ("log1p", lax.log1p, COMPLEX), ("asin", lax.asin, COMPLEX), ("acos", lax.acos, COMPLEX),
    ("acosh", lax.acosh, COMPLEX), ("atanh", lax.atanh, COMPLEX),
]:
    unary(op, f, FLOATS + extra)
unary("erf_inv", lax.erf_inv, FLOATS, [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.9, 0.99, -0.999, 0.001, 2.0, NAN])
unary("lgamma", lax.lgamma, FLOATS, [0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 0.1, -0.5, -2.5, 30.0, INF, NAN])
unary("digamma", lax.digamma, FLOATS, [0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 0.1, -0.5, -2.5, 30.0, -1.0, NAN])
for op, f in [("floor", lax.floor), ("ceil", lax.ceil),
              ("round", lambda x: lax.round(x, lax.RoundingMethod.TO_NEAREST_EVEN))]:
    unary(op, f, FLOATS, REAL + [1.5, 2.5, -2.5, 0.75, -0.25, 1e4])
for d in FLOATS + ALL_INTS:
    v = REAL if d in FLOATS else arithmetic_values(d)
    case("sign", d, [array(d, v)], lax.sign)
case("sign", "scalar", [array("f32", -2.5)], lax.sign)
case("sign", "empty", [array("f32", [])], lax.sign)
unary("is_finite", lax.is_finite, FLOATS)

POWERS = [0.0, -0.0, 1.0, -1.0, 2.0, 0.5, -2.0, 3.0, INF, -INF, NAN]
binary("power", lax.pow, FLOATS + COMPLEX, POWERS)


def int_power(x, y):
    out = np.empty(x.shape, x.dtype)
    for i, (a, b) in enumerate(zip(np.asarray(x), np.asarray(y))):
        a, b = int(a), int(b)
        exact = a ** b if b >= 0 else {1: 1, -1: (-1) ** -b}.get(a, 0)
        bits = 8 * x.dtype.itemsize
        exact %= 1 << bits
        out[i] = exact - (1 << bits) if x.dtype.kind == "i" and exact >> (bits - 1) else exact
    return out


for d in INTS:
    xs, ys = pairs([0, 1, 2, 3, 5] + ([-1, -2] if d[0] == "i" else []),
                   [0, 1, 2, 3, 7, 31] + ([-1, -2] if d[0] == "i" else []))
    case("power", d, [array(d, xs), array(d, ys)], int_power)
for n in [3, 0, 1, 2, 7, -1, -4]:
    for d in (FLOATS + COMPLEX + (INTS if n >= 0 else [])):
        v = COMPLEXES + [3 + 4j] if d in COMPLEX else arithmetic_values(d)
        label = f"{d}_{n}" if n >= 0 else f"{d}_minus_{-n}"
        case("integer_power", label, [array(d, v)], lambda x: lax.integer_pow(x, n), f"{{exponent = {n}}}")
case("integer_power", "scalar", [array("f32", -2.5)], lambda x: lax.integer_pow(x, 3), "{exponent = 3}")
case("integer_power", "empty", [array("f32", [])], lambda x: lax.integer_pow(x, 3), "{exponent = 3}")
binary("atan2", lax.atan2, FLOATS, [0.0, -0.0, 1.0, -1.0, 0.5, INF, -INF, NAN])


def quotients(d):
    info = np.iinfo(DTYPES[d])
    return np.array([0, 1, 2, 3, 7, info.max, info.min] + ([-1, -3] if d[0] == "i" else []), dtype=DTYPES[d])


binary("remainder", lax.rem, FLOATS, [0.0, 1.0, -1.0, 2.5, -3.25, 10.0, INF, NAN])
for d in ALL_INTS:
    xs, ys = pairs(quotients(d), quotients(d))
    case("remainder", d, [array(d, xs), array(d, ys)], lax.rem)
    case("quotient", d, [array(d, xs), array(d, ys)], lax.div)
case("quotient", "scalar", [array("i32", -7), array("i32", 2)], lax.div)
case("quotient", "empty", [array("i32", []), array("i32", [])], lax.div)

for op, f in [("eq", lax.eq), ("ne", lax.ne), ("lt", lax.lt), ("le", lax.le), ("gt", lax.gt), ("ge", lax.ge)]:
    binary(op, f, FLOATS + ALL_INTS, arithmetic_values)
    xs, ys = pairs([False, True], [False, True])
    case(op, "bool", [array("bool", xs), array("bool", ys)], f)
    if op in ("eq", "ne"):
        values = [1 + 2j, 1 - 2j, 0j, complex(NAN, 0), complex(-0.0, 0)]
        xs, ys = pairs(values, values)
        case(op, "c64", [array("c64", xs), array("c64", ys)], f)

for op, f in [("maximum", lax.max), ("minimum", lax.min)]:
    binary(op, f, FLOATS + ALL_INTS, lambda d: [v for v in arithmetic_values(d) if str(v) != "-0.0"])
    xs, ys = pairs([False, True], [False, True])
    case(op, "bool", [array("bool", xs), array("bool", ys)], f)

for op, f in [("and", lax.bitwise_and), ("or", lax.bitwise_or), ("xor", lax.bitwise_xor)]:
    binary(op, f, ALL_INTS, arithmetic_values)
    xs, ys = pairs([False, True], [False, True])
    case(op, "bool", [array("bool", xs), array("bool", ys)], f)
for d in ALL_INTS + ["bool"]:
    case("not", d, [array(d, [False, True] if d == "bool" else arithmetic_values(d))], lax.bitwise_not)
for d in ALL_INTS:
    case("population_count", d, [arithmetic_values(d)], lax.population_count)
    case("count_leading_zeros", d, [arithmetic_values(d)], lax.clz)
    bits = 8 * np.dtype(DTYPES[d]).itemsize
    xs, ys = pairs(arithmetic_values(d), np.array([0, 1, bits - 1, bits, bits + 1], dtype=DTYPES[d]))
    xs, ys = array(d, xs), array(d, ys)
    case("shift_left", d, [xs, ys], lax.shift_left)
    case("shift_right", d, [xs, ys],
         lax.shift_right_arithmetic if d[0] == "i" else lax.shift_right_logical)
for op, f in [("not", lax.bitwise_not), ("population_count", lax.population_count),
              ("count_leading_zeros", lax.clz)]:
    case(op, "scalar", [array("i32", 1000)], f)
    case(op, "empty", [array("i32", [])], f)
for op, f in [("shift_left", lax.shift_left), ("shift_right", lax.shift_right_arithmetic)]:
    case(op, "scalar", [array("i32", -1000), array("i32", 3)], f)
    case(op, "negative", [array("i32", [-1000, 1000]), array("i32", [-1, -1])], f)
    case(op, "empty", [array("i32", []), array("i32", [])], f)

for c, r in [("c64", "f32"), ("c128", "f64")]:
    z = array(c, COMPLEXES + [complex(NAN, INF), complex(-0.0, 0.0)])
    case("real", c, [z], lax.real)
    case("imag", c, [z], lax.imag)
    case("complex", c, [z.real.copy(), z.imag.copy()], lax.complex)
case("real", "empty", [array("c64", [])], lax.real)
case("imag", "empty", [array("c64", [])], lax.imag)
case("complex", "scalar", [array("f32", 1.5), array("f32", -0.0)], lax.complex)

CONVERTED = {
    "f32": [0.0, -0.0, 1.5, -1.5, 2.5, 300.7, -300.7, 1e10, -1e10, 0.1, 65520.0, INF, -INF, NAN],
    "f64": [0.0, 1.5, -2.5, 1e20, -1e20, 0.1, 1 / 3, 16777217.0, INF, -INF, NAN],
    "f16": [0.0, 1.5, -2.5, 65504.0, INF, NAN], "bf16": [0.0, 1.5, -2.5, 3e38, INF, NAN],
    "f8e4m3fn": [0.0, 1.5, -448.0, NAN], "f8e5m2": [0.0, 1.5, -57344.0, INF, NAN],
    "i8": [0, 1, -1, 127, -128], "u8": [0, 1, 255, 128], "i16": [0, -1, 32767, 300],
    "i32": [0, -1, 2147483647, 16777217, -70000], "i64": [0, -1, 9223372036854775807, 4294967297],
    "u32": [0, 1, 4294967295, 70000], "u64": np.array([0, 2**64 - 1, 2**53 + 1], dtype=np.uint64),
    "bool": [False, True], "c64": COMPLEXES, "c128": COMPLEXES,
    "i4": [0, 1, -8, 7], "u4": [0, 1, 15],
}
for a in CONVERTED:
    for b in CONVERTED:
        if a in COMPLEX and b not in COMPLEX:
            continue
        x = array(a, CONVERTED[a])
        if b[0] in "iu" and a[0] in "bf" and a != "bool":
            # Out of range: XLA clamps. JAX's own casts on the way would say otherwise.
            x = x[np.isfinite(x.astype(np.float64))]
            info = ml_dtypes.iinfo(DTYPES[b])
            t = np.trunc(x.astype(np.float64))
            x = x[(t >= float(info.min)) & (t <= float(info.max)) & (t < 9e18)]
        case("convert", a + "_" + b, [x],
             lambda x: x != 0 if b == "bool" else lax.convert_element_type(x, DTYPES[b]), f"{{dtype = {b}}}")


def clamped(x, d):
    info = np.iinfo(DTYPES[d])
    return np.array([0 if np.isnan(v) else info.min if v < info.min else info.max if v > info.max else int(v)
                     for v in np.asarray(x, np.float64)], dtype=DTYPES[d])


for d in ["i8", "u8", "i32", "u32", "i64"]:
    x = array("f32", [300.7, -300.7, 1e10, -1e10, 1e25, -1e25, INF, -INF, NAN])
    case("convert", "clamped_" + d, [x], lambda x: clamped(x, d), f"{{dtype = {d}}}")
case("convert", "scalar", [array("i32", 7)], lambda x: lax.convert_element_type(x, np.float32), "{dtype = f32}")
case("convert", "empty", [array("i32", np.zeros((0, 2)))],
     lambda x: lax.convert_element_type(x, np.float32), "{dtype = f32}")
for a, b in [("f32", "i32"), ("f32", "u32"), ("f64", "i64"), ("f16", "u16"), ("bf16", "i16"), ("f8e5m2", "u8")]:
    x = array(a, [0.0, -0.0, 1.5, -2.0, INF if a != "f8e4m3fn" else 1.0])
    case("bitcast", a + "_" + b, [x], lambda x: lax.bitcast_convert_type(x, DTYPES[b]), f"{{dtype = {b}}}")
    y = x.view(DTYPES[b])
    case("bitcast", b + "_" + a, [y], lambda x: lax.bitcast_convert_type(x, DTYPES[a]), f"{{dtype = {a}}}")
case("bitcast", "i32_u32", [array("i32", [-1, 5])], lambda x: lax.bitcast_convert_type(x, np.uint32), "{dtype = u32}")
case("bitcast", "empty", [array("f32", [])], lambda x: lax.bitcast_convert_type(x, np.int32), "{dtype = i32}")



def threefry(*words):
    from jax.extend.random import threefry2x32_p
    return threefry2x32_p.bind(*words)


WORDS = [0, 1, 0x243F6A88, 2**32 - 1, 0x13198A2E]
case("threefry2x32", "u32", [array("u32", w) for w in zip(*[(k, j, c, d) for k in WORDS[:3] for j in WORDS[2:] for c in WORDS[::2] for d in WORDS[1::2]])], threefry)
case("threefry2x32", "zeros", [array("u32", [0])] * 4, threefry)
case("threefry2x32", "ones", [array("u32", [2**32 - 1])] * 4, threefry)
case("threefry2x32", "scalar", [array("u32", w) for w in (0x13198A2E, 0x03707344, 0x243F6A88, 0x85A308D3)], threefry)
case("threefry2x32", "grid", [array("u32", np.full((2, 3), 7)), array("u32", np.full((2, 3), 8)), array("u32", np.zeros((2, 3))), array("u32", np.arange(6).reshape(2, 3))], threefry)
case("threefry2x32", "empty", [array("u32", np.zeros((0, 2)))] * 4, threefry)

for d in ["f32", "bf16", "i8", "u8", "c64", "bool", "f8e4m3fn"]:
    p = array("bool", [True, False, True])
    x, y = array(d, [1, 0, 1]), array(d, [0, 1, 1])
    case("select", d, [p, x, y], lambda p, x, y: jnp.where(p, x, y))
case("select", "nan", [array("bool", [True, False]), array("f32", [1.0, NAN]), array("f32", [NAN, 2.0])],
     lambda p, x, y: jnp.where(p, x, y))
for p in (True, False):
    case("select", "scalar_" + str(p).lower(), [array("bool", p), array("f32", [1, 2]), array("f32", [3, 4])],
         lambda p, x, y: jnp.where(p, x, y))
case("select", "empty", [array("bool", []), array("f32", []), array("f32", [])], lambda p, x, y: jnp.where(p, x, y))

# Constants ---------------------------------------------------------------------------------------

for label, a in [("f32", array("f32", [1.5, -0.0, INF, NAN])), ("bf16", array("bf16", [0.1, 3.0])),
                 ("f16", array("f16", [0.1, -INF])), ("i8", array("i8", [-128, 127])), ("u8", array("u8", [255])),
                 ("c64", array("c64", [1 - 2j])), ("bool", array("bool", [[True, False]])),
                 ("i4", array("i4", [-8, 7])), ("f8e4m3fn", array("f8e4m3fn", [448.0, NAN])),
                 ("u64", np.array([2**64 - 1], dtype=np.uint64)), ("scalar", array("f64", 0.1)),
                 ("empty", array("f32", np.zeros((0, 2))))]:
    case("constant", label, [], lambda: a, f"{{value = {literal_text(a)}}}")
case("constant", "splat", [], lambda: np.full((2, 3), 7, np.int32), "{value = i32[2, 3] splat 7}")

for d in FLOATS + INTS + COMPLEX + ["i4", "u4"]:
    case("iota", d, [], lambda: lax.broadcasted_iota(DTYPES[d], (2, 3), 1), f"{{dtype = {d}, dims = [2, 3], axis = 1}}")
case("iota", "first_axis", [], lambda: lax.broadcasted_iota(np.int32, (2, 3), 0), "{dtype = i32, dims = [2, 3], axis = 0}")
case("iota", "wraps", [], lambda: np.arange(300).astype(np.int8), "{dtype = i8, dims = [300], axis = 0}")
case("iota", "empty", [], lambda: np.zeros((0, 2), np.float32), "{dtype = f32, dims = [0, 2], axis = 1}")

# Movement ----------------------------------------------------------------------------------------

MOVED = ["f32", "bf16", "f16", "i8", "u8", "c64", "bool"]


def filled(d, *shape):
    n = int(np.prod(shape))
    if d == "bool":
        return (np.arange(n) % 3 == 0).reshape(shape)
    x = np.arange(n) % 100
    return (x + 1j * x[::-1] if d in COMPLEX else x).reshape(shape).astype(DTYPES[d])


def moved(op, shape, attributes, f):
    for d in MOVED:
        case(op, d, [filled(d, *shape)], f, attributes)


moved("reshape", (2, 6), "{dims = [3, 2, 2]}", lambda x: x.reshape(3, 2, 2))
case("reshape", "to_scalar", [filled("f32", 1, 1)], lambda x: x.reshape(()), "{dims = []}")
case("reshape", "from_scalar", [array("f32", NAN)], lambda x: x.reshape(1, 1), "{dims = [1, 1]}")
case("reshape", "empty", [filled("f32", 0, 3)], lambda x: x.reshape(2, 0), "{dims = [2, 0]}")
moved("transpose", (2, 3, 4), "{permutation = [2, 0, 1]}", lambda x: lax.transpose(x, (2, 0, 1)))
case("transpose", "scalar", [array("f32", 1.0)], lambda x: x, "{permutation = []}")
case("transpose", "empty", [filled("f32", 0, 3)], lambda x: x.T, "{permutation = [1, 0]}")
moved("broadcast", (2, 3), "{dims = [2, 4, 3], axes = [0, 2]}", lambda x: lax.broadcast_in_dim(x, (2, 4, 3), (0, 2)))
case("broadcast", "scalar", [array("f32", NAN)], lambda x: jnp.full((2, 2), x), "{dims = [2, 2], axes = []}")
case("broadcast", "scalar_to_scalar", [array("f32", 1.0)], lambda x: x, "{dims = [], axes = []}")
case("broadcast", "empty", [filled("f32", 3)], lambda x: lax.broadcast_in_dim(x, (0, 3), (1,)), "{dims = [0, 3], axes = [1]}")
moved("reverse", (2, 3, 2), "{axes = [0, 1]}", lambda x: lax.rev(x, (0, 1)))
case("reverse", "none", [filled("f32", 2)], lambda x: x, "{axes = []}")
case("reverse", "empty", [filled("f32", 0, 2)], lambda x: x, "{axes = [0, 1]}")
moved("slice", (5, 6), "{start = [1, 0], limit = [5, 5], stride = [2, 1]}", lambda x: x[1:5:2, 0:5])
case("slice", "scalar", [array("f32", 2.0)], lambda x: x, "{start = [], limit = [], stride = []}")
case("slice", "nothing", [filled("f32", 4)], lambda x: x[2:2], "{start = [2], limit = [2], stride = [1]}")
case("slice", "wide_stride", [filled("f32", 4)], lambda x: x[1:4:9], "{start = [1], limit = [4], stride = [9]}")
for d in MOVED:
    case("concatenate", d, [filled(d, 2, 1), filled(d, 2, 3), filled(d, 2, 0)],
         lambda *xs: jnp.concatenate(xs, 1), "{axis = 1}")
case("concatenate", "one", [filled("f32", 3)], lambda x: x, "{axis = 0}")
case("concatenate", "empty", [filled("f32", 0), filled("f32", 0)], lambda x, y: x, "{axis = 0}")
for d in MOVED:
    case("pad", d, [filled(d, 2, 3), array(d, 1)], lambda x, v: lax.pad(x, v, ((1, 2, 0), (0, 1, 2))),
         "{low = [1, 0], high = [2, 1], interior = [0, 2]}")
case("pad", "negative", [filled("f32", 5), array("f32", NAN)], lambda x, v: lax.pad(x, v, ((-1, 2, 1),)),
     "{low = [-1], high = [2], interior = [1]}")
case("pad", "cut", [filled("f32", 5), array("f32", 9)], lambda x, v: lax.pad(x, v, ((-2, -1, 0),)),
     "{low = [-2], high = [-1], interior = [0]}")
case("pad", "empty", [filled("f32", 0), array("f32", 9)], lambda x, v: lax.pad(x, v, ((1, 1, 3),)),
     "{low = [1], high = [1], interior = [3]}")
case("pad", "scalar", [array("f32", 4), array("f32", 9)], lambda x, v: x, "{low = [], high = [], interior = []}")
for d in MOVED:
    case("dynamic_slice", d, [filled(d, 4, 5), array("i32", 1), array("i32", 2)],
         lambda x, i, j: lax.dynamic_slice(x, (i, j), (2, 3)), "{sizes = [2, 3]}")
    case("dynamic_update_slice", d, [filled(d, 4, 5), filled(d, 2, 3), array("i32", 1), array("i32", 2)],
         lambda x, y, i, j: lax.dynamic_update_slice(x, y, (i, j)))


def at_once(i, room):
    return int(np.clip(int(i), 0, room))


for i in (-3, 9, 2147483647, -2147483648):
    label = "at_" + str(i).replace("-", "m")
    case("dynamic_slice", label, [filled("f32", 5), array("i32", i)],
         lambda x, i: x[at_once(i, 3):at_once(i, 3) + 2], "{sizes = [2]}")
    case("dynamic_update_slice", label, [filled("f32", 5), array("f32", [-1, -2]), array("i32", i)],
         lambda x, y, i: x.at[at_once(i, 3):at_once(i, 3) + 2].set(y))
case("dynamic_slice", "scalar", [array("f32", 2.0)], lambda x: x, "{sizes = []}")
case("dynamic_slice", "empty", [filled("f32", 4), array("i32", 2)], lambda x, i: x[2:2], "{sizes = [0]}")
case("dynamic_update_slice", "scalar", [array("f32", 2.0), array("f32", 3.0)], lambda x, y: y)
case("dynamic_update_slice", "empty", [filled("f32", 4), filled("f32", 0), array("i32", 2)], lambda x, y, i: x)

ROWS = "windows = {indexed = [0], collapsed = [0], offset = [1]}"
POINTS = "windows = {indexed = [0, 1], collapsed = [0, 1], offset = []}"
BLOCKS = "windows = {indexed = [1], collapsed = [], offset = [1, 2]}"


def gather(indexed, collapsed, offset, sizes):
    numbers = lax.GatherDimensionNumbers(offset, collapsed, indexed)
    return lambda x, i: lax.gather(x, i, numbers, sizes, mode=lax.GatherScatterMode.CLIP)


def scatter(kind, indexed, collapsed, offset):
    numbers = lax.ScatterDimensionNumbers(offset, collapsed, indexed)
    return lambda x, i, u: kind(x, i, u, numbers, mode=lax.GatherScatterMode.FILL_OR_DROP)


ROW_INDICES = array("i32", [[2], [0], [3], [-7], [100]])
for d in MOVED:
    case("gather", d, [filled(d, 4, 3), ROW_INDICES], gather((0,), (0,), (1,), (1, 3)), f"{{{ROWS}, sizes = [1, 3]}}")
case("gather", "points", [filled("f32", 4, 3), array("i32", [[[1, 2], [3, 0]], [[9, 9], [-1, 1]]])],
     gather((0, 1), (0, 1), (), (1, 1)), f"{{{POINTS}, sizes = [1, 1]}}")
case("gather", "blocks", [filled("f32", 4, 6), array("i32", [[0], [5], [2]])],
     gather((1,), (), (1, 2), (4, 2)), f"{{{BLOCKS}, sizes = [4, 2]}}")
case("gather", "no_indices", [filled("f32", 4, 3), array("i32", np.zeros((0, 1)))],
     gather((0,), (0,), (1,), (1, 3)), f"{{{ROWS}, sizes = [1, 3]}}")
case("gather", "one", [filled("f32", 4), array("i32", [2])], gather((0,), (0,), (), (1,)),
     "{windows = {indexed = [0], collapsed = [0], offset = []}, sizes = [1]}")
case("gather", "whole", [filled("f32", 2, 3), array("i32", np.zeros((2, 0)))],
     gather((), (), (1, 2), (2, 3)), "{windows = {indexed = [], collapsed = [], offset = [1, 2]}, sizes = [2, 3]}")
ADDED = array("i32", [[2], [0], [2], [-1], [4]])
for d in ["f32", "bf16", "f16", "i8", "u8", "c64"]:
    case("scatter_add", d, [filled(d, 4, 3), ADDED, filled(d, 5, 3)],
         scatter(lax.scatter_add, (0,), (0,), (1,)), f"{{{ROWS}}}")
    case("scatter", "multiply_" + d, [filled(d, 4, 3), ADDED, filled(d, 5, 3)],
         scatter(lax.scatter_mul, (0,), (0,), (1,)), f"{{combine = multiply, {ROWS}}}")
for d in MOVED:
    case("scatter", d, [filled(d, 4, 3), array("i32", [[2], [0], [-1], [4]]), filled(d, 4, 3)],
         scatter(lax.scatter, (0,), (0,), (1,)), f"{{combine = set, {ROWS}}}")
for kind, combine in [(lax.scatter_max, "max"), (lax.scatter_min, "min")]:
    for d in ["f32", "bf16", "f16", "i8", "u8"]:
        case("scatter", f"{combine}_{d}", [filled(d, 4, 3), ADDED, filled(d, 5, 3)[::-1]],
             scatter(kind, (0,), (0,), (1,)), f"{{combine = {combine}, {ROWS}}}")
    case("scatter", f"{combine}_nan", [array("f32", [1, 2, NAN, 0]), array("i32", [[0], [0], [2], [3]]), array("f32", [INF, NAN, 1, -1])],
         scatter(kind, (0,), (0,), ()), f"{{combine = {combine}, windows = {{indexed = [0], collapsed = [0], offset = []}}}}")
for op, kind, combine in [("scatter_add", lax.scatter_add, ""), ("scatter", lax.scatter, "combine = set, ")]:
    case(op, "points", [filled("f32", 4, 3), array("i32", [[1, 2], [3, 3], [0, 0]]), array("f32", [10, 20, 30])],
         scatter(kind, (0, 1), (0, 1), ()), f"{{{combine}{POINTS}}}")
    case(op, "blocks", [filled("f32", 4, 6), array("i32", [[0], [5], [3]]), filled("f32", 3, 4, 2)],
         scatter(kind, (1,), (), (1, 2)), f"{{{combine}{BLOCKS}}}")
    case(op, "no_indices", [filled("f32", 4, 3), array("i32", np.zeros((0, 1))), filled("f32", 0, 3)],
         scatter(kind, (0,), (0,), (1,)), f"{{{combine}{ROWS}}}")
case("scatter_add", "nan", [array("f32", [1, 2, NAN]), array("i32", [[0], [0], [2]]), array("f32", [INF, -INF, 1])],
     scatter(lax.scatter_add, (0,), (0,), ()), "{windows = {indexed = [0], collapsed = [0], offset = []}}")

# Reductions --------------------------------------------------------------------------------------

SUMMED = np.array([[0.5, -1.5, 2.0], [3.0, 0.25, -4.0]])


def summed(d):
    if d[0] in "iu":
        return np.array([[1, 2, 100], [3, 120, 7]]).astype(DTYPES[d])
    return (SUMMED + (1j * SUMMED[::-1] if d in COMPLEX else 0)).astype(DTYPES[d])


def reduced(op, label, dtypes, f, attribute=""):
    for d in dtypes:
        case(op, label + d, [summed(d)], lambda x: f(x, (1,)), f"{{{attribute}axes = [1]}}")
    case(op, label + "all", [summed("f32")], lambda x: f(x, (0, 1)), f"{{{attribute}axes = [0, 1]}}")
    case(op, label + "first", [summed("f32")], lambda x: f(x, (0,)), f"{{{attribute}axes = [0]}}")
    case(op, label + "special", [array("f32", [[INF, 1], [INF, -INF], [NAN, 1]])], lambda x: f(x, (1,)),
         f"{{{attribute}axes = [1]}}")
    case(op, label + "empty", [filled("f32", 2, 0)], lambda x: f(x, (1,)), f"{{{attribute}axes = [1]}}")
    case(op, label + "no_axes", [summed("f32")], lambda x: x, f"{{{attribute}axes = []}}")


reduced("reduce_sum", "", FLOATS + INTS + COMPLEX, lax.reduce_sum)
case("reduce_sum", "empty_integers", [filled("i32", 0)], lambda x: lax.reduce_sum(x, (0,)), "{axes = [0]}")
reduced("reduce", "prod_", FLOATS + INTS + COMPLEX, lax.reduce_prod, "monoid = prod, ")
reduced("reduce", "max_", FLOATS + INTS, lax.reduce_max, "monoid = max, ")
reduced("reduce", "min_", FLOATS + INTS, lax.reduce_min, "monoid = min, ")
for d in INTS:
    for monoid, f in [("max", lax.reduce_max), ("min", lax.reduce_min), ("prod", lax.reduce_prod)]:
        case("reduce", f"{monoid}_empty_{d}", [filled(d, 0)], lambda x: f(x, (0,)), f"{{monoid = {monoid}, axes = [0]}}")
for monoid, f in [("and", lax.reduce_and), ("or", lax.reduce_or), ("xor", lax.reduce_xor)]:
    for d in INTS:
        case("reduce_bits", f"{monoid}_{d}", [summed(d)], lambda x: f(x, (1,)), f"{{monoid = {monoid}, axes = [1]}}")
        case("reduce_bits", f"{monoid}_empty_{d}", [filled(d, 0)], lambda x: f(x, (0,)), f"{{monoid = {monoid}, axes = [0]}}")
    x = array("bool", [[True, True, True], [False, True, False], [False, False, False]])
    case("reduce_bits", monoid + "_bool", [x], lambda x: f(x, (1,)), f"{{monoid = {monoid}, axes = [1]}}")
    case("reduce_bits", monoid + "_empty_bool", [filled("bool", 0)], lambda x: f(x, (0,)), f"{{monoid = {monoid}, axes = [0]}}")
for which, f in [("max", lax.argmax), ("min", lax.argmin)]:
    for d in FLOATS + INTS:
        case("arg_reduce", f"{which}_{d}", [summed(d)], lambda x: f(x, 1, np.int32), f"{{which = {which}, axis = 1}}")
    case("arg_reduce", which + "_special", [array("f32", [[1, NAN, 3, NAN], [INF, -INF, INF, -INF], [2, 2, 1, 1]])],
         lambda x: f(x, 1, np.int32), f"{{which = {which}, axis = 1}}")
    case("arg_reduce", which + "_first", [summed("f32")], lambda x: f(x, 0, np.int32), f"{{which = {which}, axis = 0}}")
    case("arg_reduce", which + "_none", [filled("f32", 0, 2)], lambda x: f(x, 1, np.int32), f"{{which = {which}, axis = 1}}")
for d in ["f32", "f16", "bf16", "f64", "i32", "u8"]:
    case("top_k", d, [summed(d)], lambda x: lax.top_k(x, 2)[1], "{k = 2}")
case("top_k", "special", [array("f32", [[1, NAN, 3, NAN, INF, -INF], [2, 2, 1, 2, -1, -3]])], lambda x: lax.top_k(x, 5)[1], "{k = 5}")
case("top_k", "vector", [array("f32", [3, -1, 3, 7, -2])], lambda x: lax.top_k(x, 3)[1], "{k = 3}")
case("top_k", "cube", [filled("f32", 2, 2, 5)], lambda x: lax.top_k(x, 1)[1], "{k = 1}")
case("top_k", "all", [summed("f32")], lambda x: lax.top_k(x, 3)[1], "{k = 3}")
case("top_k", "none", [summed("f32")], lambda x: lax.top_k(x, 0)[1], "{k = 0}")
case("top_k", "no_rows", [filled("f32", 0, 4)], lambda x: lax.top_k(x, 2)[1], "{k = 2}")
for reverse in (False, True):
    suffix = "_reverse" if reverse else ""
    flag = f"reverse = {str(reverse).lower()}"
    for d in FLOATS + INTS + COMPLEX:
        case("cumulative_sum", d + suffix, [summed(d)], lambda x: lax.cumsum(x, 1, reverse), f"{{axis = 1, {flag}}}")
    for monoid, f in [("prod", lax.cumprod), ("max", lax.cummax), ("min", lax.cummin)]:
        for d in FLOATS + ["i8", "u8", "i32"] + (COMPLEX if monoid == "prod" else []):
            case("cumulative", f"{monoid}_{d}{suffix}", [summed(d)], lambda x: f(x, 1, reverse),
                 f"{{monoid = {monoid}, axis = 1, {flag}}}")
        case("cumulative", f"{monoid}_special{suffix}", [array("f32", [1, INF, NAN, 2])], lambda x: f(x, 0, reverse),
             f"{{monoid = {monoid}, axis = 0, {flag}}}")
        case("cumulative", f"{monoid}_empty{suffix}", [filled("f32", 2, 0)], lambda x: x,
             f"{{monoid = {monoid}, axis = 1, {flag}}}")
    case("cumulative_sum", "first" + suffix, [summed("f32")], lambda x: lax.cumsum(x, 0, reverse), f"{{axis = 0, {flag}}}")
    case("cumulative_sum", "special" + suffix, [array("f32", [1, INF, 2, -INF, 3])],
         lambda x: lax.cumsum(x, 0, reverse), f"{{axis = 0, {flag}}}")
    case("cumulative_sum", "empty" + suffix, [filled("f32", 0)], lambda x: x, f"{{axis = 0, {flag}}}")


def sorted_by(x, *rest, descending=False, axis=0):
    """A stable sort by numpy: NaN greatest, −0 equal to 0; reversed twice, so that equals stay in order."""
    x = np.asarray(x)
    if descending:
        order = np.flip(np.argsort(np.flip(x, axis), axis, kind="stable"), axis)
        order = x.shape[axis] - 1 - order
    else:
        order = np.argsort(x, axis, kind="stable")
    return [np.take_along_axis(np.asarray(a), order, axis) for a in (x, *rest)]


for descending in (False, True):
    suffix = "_descending" if descending else ""
    flag = f"descending = {str(descending).lower()}"
    for d in FLOATS + INTS + ["bool"]:
        x = filled(d, 7)[::-1].copy() if d == "bool" else array(d, [3, 1, 2, 3, 0, 1, 100])
        case("sort", d + suffix, [x], lambda x: sorted_by(x, descending=descending), f"{{axis = 0, {flag}}}")
    x = array("f32", [2.0, NAN, -0.0, INF, 0.0, -INF, -0.0, NAN, 1.0])
    case("sort", "special" + suffix, [x, array("i32", range(9))],
         lambda *xs: sorted_by(*xs, descending=descending), f"{{axis = 0, {flag}}}")
    case("sort", "columns" + suffix, [array("f32", [[3, 1], [1, 2], [2, 1]]), filled("c64", 3, 2), filled("bool", 3, 2)],
         lambda *xs: sorted_by(*xs, descending=descending), f"{{axis = 0, {flag}}}")
    case("sort", "rows" + suffix, [array("i8", [[3, -1, 2], [1, 2, -128]])],
         lambda *xs: sorted_by(*xs, descending=descending, axis=1), f"{{axis = 1, {flag}}}")
    case("sort", "empty" + suffix, [filled("f32", 0)], lambda x: x, f"{{axis = 0, {flag}}}")

def convolution(label, d, x, kernel, spatial, strides=None, padding=None, base=None, window=None, features=1, batches=1, specs=None):
    """A convolution with the axes named by lax's ConvDimensionNumbers (default: batch and feature first)."""
    n = spatial
    strides, base, window = strides or [1] * n, base or [1] * n, window or [1] * n
    padding = padding or [(0, 0)] * n
    lhs, rhs, out = specs or [tuple(range(n + 2))] * 3
    numbers = lax.ConvDimensionNumbers(lhs, rhs, out)
    slides = ", ".join(f"{{stride = {s}, low = {lo}, high = {hi}, base = {b}, window = {w}}}"
                       for s, (lo, hi), b, w in zip(strides, padding, base, window))
    size = lambda shape: int(np.prod(shape))
    a = ((np.arange(size(x)) * 7 % 11) - 5).reshape(x).astype(DTYPES[d])
    k = ((np.arange(size(kernel)) * 5 % 7) - 3).reshape(kernel).astype(DTYPES[d])
    case("convolution", label, [a, k],
         lambda a, k: lax.conv_general_dilated(a, k, strides, padding, base, window, numbers, features, batches),
         f"{{x = {list(lhs)}, kernel = {list(rhs)}, out = {list(out)}, window = [{slides}], features = {features}, batches = {batches}}}")


LAST = ((0, 3, 1, 2), (3, 2, 0, 1), (0, 3, 1, 2))
for d in FLOATS:
    convolution(d, d, (1, 2, 5), (3, 2, 3), 1)
convolution("images", "f32", (2, 5, 4, 3), (3, 2, 3, 4), 2, [2, 1], [(1, 1), (0, 1)], specs=LAST)
convolution("dilated", "f32", (1, 2, 4, 5), (2, 2, 2, 2), 2, [1, 2], [(2, 1), (1, 3)], [2, 1], [1, 2])
convolution("cut", "f32", (1, 1, 6), (1, 1, 2), 1, [2], [(-1, -2)])
convolution("groups", "f32", (2, 4, 5), (6, 2, 2), 1, features=2)
convolution("depthwise", "f32", (1, 4, 4, 3), (2, 2, 1, 6), 2, [1, 2], [(1, 0), (1, 1)], features=3, specs=LAST)
convolution("batch_groups", "f32", (4, 2, 5), (6, 2, 3), 1, [2], [(1, 1)], batches=2)
convolution("no_space", "f32", (2, 3), (4, 3), 0)
convolution("volume", "f64", (1, 1, 3, 3, 3), (2, 1, 2, 2, 2), 3)
convolution("too_small", "f32", (1, 1, 2), (1, 1, 3), 1)
convolution("empty", "f32", (0, 2, 4), (3, 2, 2), 1)



MATMUL = "{left_batch = [], right_batch = [], left_contract = [1], right_contract = [0]}"
for d in FLOATS + INTS + COMPLEX + F8:
    x, y = (summed(d), summed(d).T.copy()) if d not in F8 else (array(d, SUMMED), array(d, SUMMED.T))
    exact = lambda x, y: lax.dot_general(x, y, (((1,), (0,)), ((), ())), precision="highest",
                                         preferred_element_type=x.dtype)
    case("dot", d, [x, y], exact, MATMUL)
case("dot", "vectors", [array("f32", [1, 2, 3]), array("f32", [4, 5, 6])], lambda x, y: jnp.dot(x, y),
     "{left_batch = [], right_batch = [], left_contract = [0], right_contract = [0]}")
case("dot", "batch", [filled("f32", 2, 3, 4), filled("f32", 4, 5, 2)],
     lambda x, y: lax.dot_general(x, y, (((2,), (0,)), ((0,), (2,)))),
     "{left_batch = [0], right_batch = [2], left_contract = [2], right_contract = [0]}")
case("dot", "two_contracted", [filled("f32", 2, 3, 4), filled("f32", 4, 2)],
     lambda x, y: lax.dot_general(x, y, (((0, 2), (1, 0)), ((), ()))),
     "{left_batch = [], right_batch = [], left_contract = [0, 2], right_contract = [1, 0]}")
case("dot", "outer", [filled("f32", 2), filled("f32", 3)], lambda x, y: jnp.outer(x, y),
     "{left_batch = [], right_batch = [], left_contract = [], right_contract = []}")
case("dot", "scalars", [array("f32", 3), array("f32", 4)], lambda x, y: x * y,
     "{left_batch = [], right_batch = [], left_contract = [], right_contract = []}")
case("dot", "empty", [filled("f32", 2, 0), filled("f32", 0, 3)], lambda x, y: jnp.zeros((2, 3), np.float32), MATMUL)
case("dot", "special", [array("f32", [[INF, 1], [NAN, 2]]), array("f32", [[0, 1], [1, 1]])], exact, MATMUL)



def solve(label, d, shape, columns, left=True, lower=True, unit=False, transposed=False, a=None):
    """Strong diagonals, so that the solution is no larger than the right side; numbers beside the triangle."""
    n = shape[-1]
    rows = shape[:-2] + ((n, columns) if left else (columns, n))
    cos = lambda count, by: np.cos(by * np.arange(count)) + (1j * np.sin(0.7 * by * np.arange(count)) if d in COMPLEX else 0)
    a = cos(int(np.prod(shape)), 1.3).reshape(shape) + 3 * np.eye(n) if a is None else a
    case("triangular_solve", label, [array(d, a), array(d, cos(int(np.prod(rows)), 0.9).reshape(rows))],
         lambda a, b: lax.linalg.triangular_solve(a, b, left_side=left, lower=lower, unit_diagonal=unit, transpose_a=transposed),
         "{left = %s, lower = %s, unit = %s, transposed = %s}" % tuple(str(v).lower() for v in (left, lower, unit, transposed)))


for left in (True, False):
    for lower in (True, False):
        for unit in (True, False):
            for transposed in (True, False):
                names = ["left" if left else "right", "lower" if lower else "upper"] + ["unit"] * unit + ["transposed"] * transposed
                solve("_".join(names), "f32", (3, 3), 2, left, lower, unit, transposed)
for d in ["f64", "c64", "c128"]:
    solve(d, d, (3, 3), 2)
    solve(d + "_right", d, (4, 4), 3, left=False, lower=False, transposed=True)
solve("batch", "f32", (2, 3, 3), 2)
solve("batch_right", "f32", (2, 2, 3, 3), 1, left=False, transposed=True)
solve("one", "f32", (1, 1), 3)
solve("none", "f32", (0, 0), 2)
solve("no_columns", "f32", (3, 3), 0)
solve("no_batch", "f32", (0, 3, 3), 2)
solve("beside", "f32", (3, 3), 2, a=np.array([[2.0, NAN, INF], [1, 3, NAN], [0.5, -1, 4]]))



def factor(method, label, d, shape, f, full=False, vectors=False, a=None):
    """Of a matrix with a strong diagonal, Hermitian and positive where the method wants that."""
    if a is None:
        count = int(np.prod(shape))
        a = np.cos(1.3 * np.arange(count)) + (1j * np.sin(0.9 * np.arange(count)) if d in COMPLEX else 0)
        a = a.reshape(shape) + 3 * np.eye(*shape[-2:]) * np.arange(1, shape[-2] + 1)[:, None]
        if method in ("cholesky", "eigh"):
            a = a @ np.conj(np.swapaxes(a, -1, -2)) / 4
    case("factor", method + "_" + label, [array(d, a)], f,
         "{method = %s, full = %s, vectors = %s}" % (method, str(full).lower(), str(vectors).lower()))


cholesky = lambda a: lax.linalg.cholesky(a, symmetrize_input=False)
LU = lambda a: lax.linalg.lu(a)
QR = lambda a: lax.linalg.qr(a, full_matrices=False)
EIGH = lambda a: jnp.linalg.eigvalsh(a, symmetrize_input=False)
SVD = lambda a: jnp.linalg.svd(a, compute_uv=False)
for d in ["f32", "f64", "c64", "c128"]:
    factor("cholesky", d, d, (3, 3), cholesky)
    factor("lu", d, d, (3, 3), LU)
    factor("qr", d, d, (3, 3), QR)
    factor("eigh", d, d, (3, 3), EIGH)
    factor("svd", d, d, (3, 3), SVD)
for method, f in [("lu", LU), ("qr", QR), ("svd", SVD)]:
    factor(method, "tall", "f32", (4, 2), f)
    factor(method, "wide", "f64", (2, 4), f)
    factor(method, "tall_complex", "c128", (3, 2), f)
factor("qr", "full", "f64", (4, 2), lambda a: lax.linalg.qr(a, full_matrices=True), full=True)
factor("qr", "full_nothing", "f32", (2, 0), lambda a: (jnp.eye(2, dtype=a.dtype), jnp.zeros((2, 0), a.dtype)), full=True)
for method, f in [("cholesky", cholesky), ("lu", LU), ("qr", QR), ("eigh", EIGH), ("svd", SVD)]:
    factor(method, "batch", "f32", (2, 3, 3), f)
    factor(method, "one", "f64", (1, 1), f)
    factor(method, "none", "f32", (0, 0), f, a=np.zeros((0, 0)))
factor("cholesky", "indefinite", "f32", (2, 2), cholesky, a=np.array([[1.0, 2.0], [2.0, 1.0]]))
factor("cholesky", "one_of_two", "f64", (2, 2, 2), cholesky, a=np.array([[[1.0, 2.0], [2.0, 1.0]], [[4.0, 2.0], [2.0, 5.0]]]))
factor("lu", "singular", "f32", (2, 2), LU, a=np.array([[1.0, 2.0], [2.0, 4.0]]))
factor("lu", "pivots", "f64", (3, 3), LU, a=np.array([[0.0, 2.0, 1.0], [1.0, 4.0, 0.0], [3.0, 1.0, 2.0]]))
factor("lu", "nothing_wide", "f32", (0, 2), LU, a=np.zeros((0, 2)))


def fourier(kind, label, d, shape, lengths):
    cos = lambda by: np.cos(by * np.arange(int(np.prod(shape)))).reshape(shape)
    x = cos(1.3) + (1j * cos(0.7) if d in COMPLEX else 0)
    if kind == "irfft":  # what the transform of reals is
        whole = shape[:-len(lengths)] + tuple(lengths)
        x = np.fft.rfftn(np.cos(1.1 * np.arange(int(np.prod(whole)))).reshape(whole), axes=range(-len(lengths), 0))
    case("fft", kind + "_" + label, [array(d, x)], lambda x: lax.fft(x, lax.FftType[kind.upper()], lengths),
         "{kind = %s, lengths = %s}" % (kind, list(lengths)))


for d in COMPLEX:
    for kind in ("fft", "ifft"):
        fourier(kind, d, d, (5,), (5,))
    fourier("irfft", d, d, (3,), (5,))
fourier("rfft", "f32", "f32", (6,), (6,))
fourier("rfft", "f64", "f64", (5,), (5,))
fourier("irfft", "even", "c64", (4,), (6,))
fourier("fft", "batch", "c64", (2, 4), (4,))
fourier("fft", "two", "c128", (3, 4), (3, 4))
fourier("ifft", "three", "c64", (2, 2, 3), (2, 2, 3))
fourier("rfft", "two", "f32", (3, 4), (3, 4))
fourier("irfft", "two", "c128", (3, 3), (3, 4))
fourier("fft", "one", "c64", (1,), (1,))
fourier("fft", "no_batch", "c64", (0, 4), (4,))

# Structured --------------------------------------------------------------------------------------

AXPY = """func @axpy(%0: f32[3], %1: f32) -> (f32[3], f32) {
  %2: f32[3] = broadcast %1 {dims = [3], axes = []}
  %3: f32[3] = multiply %0 %2
  %4: f32 = negate %1
  return %3, %4
}
"""
case("call", "two_results", [array("f32", [1, 2, NAN]), array("f32", 2)],
     lambda x, a: (x * a, -a), "{callee = @axpy}", AXPY)
BRANCHES = """func @twice(%0: f32[2], %1: f32[2]) -> (f32[2]) {
  %2: f32[2] = add %0 %1
  return %2
}

func @left(%0: f32[2], %1: f32[2]) -> (f32[2]) {
  return %0
}
"""
for p in (True, False):
    case("cond", str(p).lower(), [array("bool", p), array("f32", [1, 2]), array("f32", [10, NAN])],
         lambda p, x, y: lax.cond(p, lambda: x + y, lambda: x), "{then = @twice, otherwise = @left}", BRANCHES)
SMOOTH = """func @smooth(%0: f32[2], %1: f32[2]) -> (f32[2], f32[2]) {
  %2: f32[2] = sin %0
  %3: f32[2] = multiply %2 %1
  %4: f32[2] = tanh %3
  return %4, %2
}

func @other(%0: f32[2], %1: f32[2]) -> (f32[2], f32[2]) {
  %2: f32[2] = exp %1
  %3: f32[2] = multiply %2 %0
  return %3, %1
}
"""
for p in (True, False):
    case("cond", f"smooth_{str(p).lower()}", [array("bool", p), array("f32", [1, 2]), array("f32", [0.5, -1])],
         lambda p, x, y: lax.cond(p, lambda: (jnp.tanh(jnp.sin(x) * y), jnp.sin(x)), lambda: (jnp.exp(y) * x, y)),
         "{then = @smooth, otherwise = @other}", SMOOTH)
PICK = """func @pick(%0: f32[4], %1: i32, %2: f32) -> (f32) {
  %3: f32[1] = dynamic_slice %0 %1 {sizes = [1]}
  %4: f32 = reshape %3 {dims = []}
  %5: f32 = sin %4
  %6: f32 = multiply %5 %2
  return %6
}

func @skip(%0: f32[4], %1: i32, %2: f32) -> (f32) {
  return %2
}

func @now_and_then(%0: f32[4], %1: i32, %2: f32) -> (f32) {
  %3: i32 = constant {value = i32 2}
  %4: i32 = remainder %1 %3
  %5: i32 = constant {value = i32 0}
  %6: bool = eq %4 %5
  %7: f32 = cond %6 %0 %1 %2 {then = @pick, otherwise = @skip}
  return %7
}
"""
case("cond", "in_a_loop", [array("f32", [1, 2, 3, 4]), array("f32", 0.5)],
     lambda w, x: lax.fori_loop(0, 4, lambda i, c: lax.cond(i % 2 == 0, lambda: jnp.sin(w[i]) * c, lambda: c), x),
     "= scan {body = @now_and_then, length = 4, constants = 1, carries = 1, reverse = false, counted = false}", PICK)
BELOW = """func @below(%0: i32, %1: i32, %2: f32) -> (bool) {
  %3: bool = lt %1 %0
  return %3
}

func @step(%0: i32, %1: i32, %2: f32) -> (i32, f32) {
  %3: i32 = constant {value = i32 1}
  %4: i32 = add %1 %3
  %5: f32 = add %2 %2
  return %4, %5
}
"""
for n, cap in [(5, "none"), (0, "none"), (10, "3"), (2, "3"), (4, "0")]:
    trips = min(n, int(cap) if cap != "none" else n)
    case("while", f"{n}_max_{cap}", [array("i32", n), array("i32", 0), array("f32", 1.5)],
         lambda n, i, x: (np.int32(trips), x * np.float32(2) ** trips),
         f"{{condition = @below, body = @step, constants = 1, max = {cap}}}", BELOW)
BODY = """func @body(%0: f32, %1: i32, %2: f32, %3: f32[2]) -> (f32, f32[2], i32) {
  %4: f32 = reduce_sum %3 {axes = [0]}
  %5: f32 = multiply %2 %0
  %6: f32 = add %5 %4
  %7: f32[2] = broadcast %6 {dims = [2], axes = []}
  return %6, %7, %1
}
"""


def scan(reverse):
    def f(a, carry, xs):
        def body(c, ix):
            i, x = ix
            c = c * a + x.sum()
            return c, (jnp.full(2, c), i)
        c, (ys, i) = lax.scan(body, carry, (jnp.arange(xs.shape[0], dtype=np.int32), xs), reverse=reverse)
        return c, ys, i
    return f


for reverse in (False, True):
    for n in (4, 1, 0):
        case("scan", f"{n}" + ("_reverse" if reverse else ""), [array("f32", 0.5), array("f32", 1), filled("f32", n, 2)],
             scan(reverse),
             f"{{body = @body, length = {n}, constants = 1, carries = 1, reverse = {str(reverse).lower()}, counted = false}}", BODY)
    for steps in (3, 0, 9, -1):
        def counted(steps_, a, carry, xs, reverse=reverse, steps=min(max(steps, 0), 4)):
            c, ys, i = scan(reverse)(a, carry, xs[:steps])
            fill = lambda y: jnp.zeros((4,) + y.shape[1:], y.dtype).at[:steps].set(y)
            return c, fill(ys), fill(i)
        case("scan", f"{steps}_steps".replace("-", "minus_") + ("_reverse" if reverse else ""),
             [array("i32", steps), array("f32", 0.5), array("f32", 1), filled("f32", 4, 2)], counted,
             f"{{body = @body, length = 4, constants = 1, carries = 1, reverse = {str(reverse).lower()}, counted = true}}", BODY)

# Transformations: the op names a function --------------------------------------------------------

WAVE = """func @wave(%0: f32[3], %1: f32, %2: i32) -> (f32[3], i32) {
  %3: f32[3] = sin %0
  %4: f32[3] = broadcast %1 {dims = [3], axes = []}
  %5: f32[3] = multiply %3 %4
  return %5, %2
}
"""
wave = lambda n: lambda x, a: jnp.sin(x) * a
V = array("f32", [0.5, -1, 2])
T = array("f32", [1, 0.25, -2])
A, I = array("f32", 1.5), array("i32", 7)


def jvp_wave(x, a, n, *ts):
    y, t = jax.jvp(wave(n), (x, a), ts)
    return y, n, t


case("jvp", "both", [V, A, I, T, array("f32", -0.5)], jvp_wave, "{callee = @wave, wrt = [0, 1]}", WAVE)
case("jvp", "one", [V, A, I, T], lambda x, a, n, t: jvp_wave(x, a, n, t, jnp.float32(0)),
     "{callee = @wave, wrt = [0]}", WAVE)
case("linearized", "both", [V, A, I, T, array("f32", -0.5)], lambda *xs: jvp_wave(*xs)[2],
     "{callee = @wave, wrt = [0, 1]}", WAVE)
case("vjp_forward", "both", [V, A, I], lambda x, a, n: (wave(n)(x, a), n), "{callee = @wave, wrt = [0, 1]}", WAVE)
case("vjp_backward", "both", [V, A, I, T], lambda x, a, n, t: jax.vjp(wave(n), x, a)[1](t),
     "{callee = @wave, wrt = [0, 1], of = [0]}", WAVE)
case("vjp_backward", "of_nothing", [V, A, I], lambda x, a, n: jnp.zeros_like(x), "{callee = @wave, wrt = [0], of = []}", WAVE)
case("vmap", "mapped_and_shared", [array("f32", [[1, 2], [3, 4], [5, 6]]), array("f32", [2, 3]), I],
     lambda x, a, n: (jax.vmap(wave(n), in_axes=(1, 0), out_axes=1)(x, a), n),
     "{callee = @wave, size = 2, in = [1, 0, -1], out = [1, -1], lane = 0}", WAVE)
case("vmap", "shared_result_repeated", [V, array("f32", [2, 3]), I],
     lambda x, a, n: (jax.vmap(wave(n), in_axes=(None, 0))(x, a), jnp.full(2, n)),
     "{callee = @wave, size = 2, in = [-1, 0, -1], out = [0, 0], lane = 0}", WAVE)

STOPPED = """func @stopped(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = stop_gradient %0
  %2: f32[3] = multiply %0 %1
  return %2
}
"""
case("stop_gradient", "f32", [V], lambda x: x)
case("stop_gradient", "derivative", [V, T], lambda x, t: jax.vjp(lambda x: x * lax.stop_gradient(x), x)[1](t)[0],
     "= vjp_backward {callee = @stopped, wrt = [0], of = [0]}", STOPPED)
BARRED = """func @barred(%0: f32[3], %1: f32) -> (f32[3]) {
  %2: f32[3], %3: f32 = barrier %0 %1
  %4: f32[3] = broadcast %3 {dims = [3], axes = []}
  %5: f32[3] = multiply %2 %4
  return %5
}
"""
case("barrier", "two", [V, A], lambda x, a: (x, a))
case("barrier", "derivative", [V, A, T], lambda x, a, t: jax.vjp(lambda x, a: x * a, x, a)[1](t),
     "= vjp_backward {callee = @barred, wrt = [0, 1], of = [0]}", BARRED)

# An effect leaves the numbers as they are: what is printed is tested where programs run.
ORDER = array("u32", 7)
PRINTED = """func @printed(%0: f32[3], %1: u32) -> (f32[3]) {
  %2: u32 = print %0 %1 {template = "x = {0:.2f}", mapped = 0}
  %3: f32[3] = sin %0
  return %3
}
"""
case("print", "text", [ORDER], lambda o: o, '{template = "begin {{}}", mapped = 0}')
case("print", "values", [V, A, ORDER], lambda v, a, o: o, '{template = "{0} and {1:.3f}", mapped = 0}')
case("print", "lanes", [V, V, ORDER], lambda v, w, o: o, '{template = "{1}, {0}", mapped = 1}')
case("print", "derivative", [V, ORDER, T], lambda x, o, t: jax.vjp(jnp.sin, x)[1](t)[0],
     "= vjp_backward {callee = @printed, wrt = [0], of = [0]}", PRINTED)
ASSERTED = """func @asserted(%0: f32[3], %1: bool[3]) -> (f32[3]) {
  %2: bool[3] = assert %1 %0 {template = "x = {0}"}
  %3: f32[3] = sin %0
  return %3
}
"""
HOLDS = array("bool", [True, False, True])
case("assert", "bool", [HOLDS], lambda c: c, '{template = "it holds"}')
case("assert", "shown", [HOLDS, V], lambda c, v: c, '{template = "{0} is positive"}')
case("assert", "derivative", [V, HOLDS, T], lambda x, c, t: jax.vjp(jnp.sin, x)[1](t)[0],
     "= vjp_backward {callee = @asserted, wrt = [0], of = [0]}", ASSERTED)


def lanes(op, attributes, f, out):
    """A collective in a function of one lane, mapped, and its derivative; `f` is the same for JAX, with the axis "i"."""
    of = "" if out == (3,) else "[3]"
    prelude = f"""func @lane.{op}(%0: f32) -> (f32{of}) {{
  %1: f32 = sin %0
  %2: f32{of} = {op} %1 {attributes}
  return %2
}}

func @lanes.{op}(%0: f32[3]) -> (f32{list(out)}) {{
  %1: f32{list(out)} = vmap %0 {{callee = @lane.{op}, size = 3, in = [0], out = [0], lane = 5}}
  return %1
}}
"""
    mapped = jax.vmap(f, axis_name="i")
    case(op, "mapped", [V], mapped, f"= vmap {{callee = @lane.{op}, size = 3, in = [0], out = [0], lane = 5}}", prelude)
    ct = array("f32", np.arange(1, 1 + np.prod(out)).reshape(out))
    case(op, "derivative", [V, ct], lambda x, t: jax.vjp(mapped, x)[1](t)[0],
         f"= vjp_backward {{callee = @lanes.{op}, wrt = [0], of = [0]}}", prelude)


lanes("axis_sum", "{lane = 5}", lambda x: lax.psum(jnp.sin(x), "i"), (3,))
lanes("axis_gather", "{lane = 5, size = 3}", lambda x: lax.all_gather(jnp.sin(x), "i"), (3, 3))
lanes("axis_permute", "{lane = 5, size = 3, source = [2, 0, 1]}",
      lambda x: lax.ppermute(jnp.sin(x), "i", [(2, 0), (0, 1), (1, 2)]), (3,))
# JAX's vmap wants every lane to send; its pmap does not.
SHIFT = """func @lane.shift(%0: f32) -> (f32) {
  %1: f32 = axis_permute %0 {lane = 5, size = 3, source = [-1, 0, 1]}
  return %1
}

func @lanes.shift(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = vmap %0 {callee = @lane.shift, size = 3, in = [0], out = [0], lane = 5}
  return %1
}
"""
shifted = jax.pmap(lambda x: lax.ppermute(x, "i", [(0, 1), (1, 2)]), axis_name="i")
case("axis_permute", "shift", [V], shifted,
     "= vmap {callee = @lane.shift, size = 3, in = [0], out = [0], lane = 5}", SHIFT)
case("axis_permute", "shift_back", [V, array("f32", [1, 2, 3])], lambda x, t: jax.vjp(shifted, x)[1](t)[0],
     "= vjp_backward {callee = @lanes.shift, wrt = [0], of = [0]}", SHIFT)
M3 = array("f32", np.arange(9).reshape(3, 3) / 7)
ROWS = """func @row.exchange(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = sin %0
  %2: f32[3] = axis_exchange %1 {lane = 5, size = 3, split = 0, concat = 0}
  return %2
}

func @rows.exchange(%0: f32[3, 3]) -> (f32[3, 3]) {
  %1: f32[3, 3] = vmap %0 {callee = @row.exchange, size = 3, in = [0], out = [0], lane = 5}
  return %1
}
"""
exchanged = jax.vmap(lambda x: lax.all_to_all(jnp.sin(x), "i", 0, 0), axis_name="i")
case("axis_exchange", "mapped", [M3], exchanged,
     "= vmap {callee = @row.exchange, size = 3, in = [0], out = [0], lane = 5}", ROWS)
case("axis_exchange", "derivative", [M3, array("f32", np.arange(1, 10).reshape(3, 3))],
     lambda x, t: jax.vjp(exchanged, x)[1](t)[0], "= vjp_backward {callee = @rows.exchange, wrt = [0], of = [0]}", ROWS)
PARTS = """func @part.exchange(%0: f32[3, 2]) -> (f32[2, 3]) {
  %1: f32[2, 3] = axis_exchange %0 {lane = 5, size = 3, split = 0, concat = 1}
  return %1
}
"""
case("axis_exchange", "other_dimension", [array("f32", np.arange(18).reshape(3, 3, 2))],
     jax.vmap(lambda x: lax.all_to_all(x, "i", 0, 1), axis_name="i"),
     "= vmap {callee = @part.exchange, size = 3, in = [0], out = [0], lane = 5}", PARTS)
case("shard", "split", [array("f32", np.arange(8).reshape(4, 2))], lambda x: x,
     "{mesh = [2, 2], split = [[0], [1]], open = []}")
case("shard", "open", [array("i32", [1, 2, 3])], lambda x: x, "{mesh = [2], split = [[]], open = [0]}")
# A derivative inside shard_map is that of all devices together: that of what they share is summed.
DEVICES = """func @device.loss(%0: f32, %1: f32) -> (f32) {
  %2: f32 = multiply %0 %1
  %3: f32 = sin %2
  %4: f32 = axis_sum %3 {lane = 5}
  %5: f32 = multiply %4 %4
  return %5
}

func @device.gradient(%0: f32, %1: f32) -> (f32, f32) {
  %2: f32 = constant {value = f32 1.0}
  %3: f32, %4: f32 = vjp_backward %0 %1 %2 {callee = @device.loss, wrt = [0, 1], of = [0]}
  return %3, %4
}
"""
MESH = jax.sharding.Mesh(np.array(jax.devices()), ("i",))
SPEC = jax.sharding.PartitionSpec
loss_of = lambda x, w: lax.psum(jnp.sin(x[0] * w), "i") ** 2
case("mesh_map", "derivative_inside", [V, array("f32", 0.7)],
     jax.shard_map(lambda x, w: (lambda g: (g[0], g[1]))(jax.grad(loss_of, (0, 1))(x, w)), mesh=MESH,
                   in_specs=(SPEC("i"), SPEC()), out_specs=(SPEC("i"), SPEC())),
     "= mesh_map {callee = @device.gradient, size = 3, in = [0, -1], out = [0, -1], lane = 5}", DEVICES)
EXTREME = """func @lane.{op}(%0: f32) -> (f32) {{
  %1: f32 = axis_extremum %0 {{which = {op}, lane = 5}}
  return %1
}}
"""
case("axis_extremum", "maximum", [V], jax.vmap(lambda x: lax.pmax(x, "i"), axis_name="i"),
     "= vmap {callee = @lane.maximum, size = 3, in = [0], out = [0], lane = 5}", EXTREME.format(op="maximum"))
case("axis_extremum", "minimum", [V], jax.vmap(lambda x: lax.pmin(x, "i"), axis_name="i"),
     "= vmap {callee = @lane.minimum, size = 3, in = [0], out = [0], lane = 5}", EXTREME.format(op="minimum"))
INDEX = """func @lane.index(%0: i32) -> (i32) {
  %1: i32 = axis_index {lane = 5}
  %2: i32 = multiply %0 %1
  return %2
}
"""
case("axis_index", "i32", [array("i32", [5, 6, 7])], jax.vmap(lambda n: n * lax.axis_index("i"), axis_name="i"),
     "= vmap {callee = @lane.index, size = 3, in = [0], out = [0], lane = 5}", INDEX)

case("checkpoint", "call", [V, A, I], lambda x, a, n: (wave(n)(x, a), n), "{callee = @wave}", WAVE)
SINES = """func @sines(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = sin %0
  %2: f32[3] = sin %1
  return %2
}

func @again(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = checkpoint %0 {callee = @sines}
  return %1
}
"""
case("checkpoint", "derivative", [V, T], lambda x, t: jax.vjp(jax.checkpoint(lambda x: jnp.sin(jnp.sin(x))), x)[1](t)[0],
     "= vjp_backward {callee = @again, wrt = [0], of = [0]}", SINES)
# The rules give another derivative than the function has, so that it is seen which is taken.
RULES = """func @double(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = add %0 %0
  return %1
}

func @rule(%0: f32[3], %1: f32[3]) -> (f32[3], f32[3]) {
  %2: f32[3] = add %0 %0
  %3: f32[3] = multiply %0 %1
  return %2, %3
}

func @forward(%0: f32[3]) -> (f32[3], f32[3]) {
  %1: f32[3] = add %0 %0
  %2: f32[3] = cos %0
  return %1, %2
}

func @backward(%0: f32[3], %1: f32[3]) -> (f32[3]) {
  %2: f32[3] = multiply %0 %1
  return %2
}

func @ruled_forward(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = custom_jvp %0 {callee = @double, rule = @rule, constants = 0}
  return %1
}

func @ruled_backward(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = custom_vjp %0 {callee = @double, forward = @forward, backward = @backward, constants = 0}
  return %1
}
"""
case("custom_jvp", "call", [V], lambda x: x + x, "{callee = @double, rule = @rule, constants = 0}", RULES)
case("custom_jvp", "forward", [V, T], lambda x, t: (x + x, x * t), "= jvp {callee = @ruled_forward, wrt = [0]}", RULES)
case("custom_jvp", "reverse", [V, T], lambda x, t: x * t,
     "= vjp_backward {callee = @ruled_forward, wrt = [0], of = [0]}", RULES)
case("custom_vjp", "call", [V], lambda x: x + x,
     "{callee = @double, forward = @forward, backward = @backward, constants = 0}", RULES)
case("custom_vjp", "reverse", [V, T], lambda x, t: jnp.cos(x) * t,
     "= vjp_backward {callee = @ruled_backward, wrt = [0], of = [0]}", RULES)
case("custom_linear", "reverse", [V, T], lambda x, t: jnp.cos(x) * t,
     "= vjp_backward {callee = @ruled_backward, wrt = [0], of = [0]}", RULES)

LESS = """func @square(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = multiply %0 %0
  return %1
}

func @square_rule(%0: f32[3], %1: f32[3]) -> (f32[3], f32[3]) {
  %2: f32[3] = multiply %0 %0
  %3: f32[3] = multiply %0 %1
  %4: f32[3] = reverse %1 {axes = [0]}
  %5: f32[3] = subtract %3 %4
  return %2, %5
}

func @square_ruled(%0: f32[3]) -> (f32[3]) {
  %1: f32[3] = custom_jvp %0 {callee = @square, rule = @square_rule, constants = 0}
  return %1
}
"""
case("custom_jvp", "subtracting", [V, T], lambda x, t: x * t - t[::-1],
     "= vjp_backward {callee = @square_ruled, wrt = [0], of = [0]}", LESS)
PAIR = """func @scaled(%0: f32[3], %1: f32) -> (f32[3]) {
  %2: f32[3] = broadcast %1 {dims = [3], axes = []}
  %3: f32[3] = multiply %0 %2
  return %3
}

func @scaled_forward(%0: f32[3], %1: f32) -> (f32[3], f32[3], f32) {
  %2: f32[3] = call %0 %1 {callee = @scaled}
  return %2, %0, %1
}

func @scaled_backward(%0: f32[3], %1: f32, %2: f32[3]) -> (f32[3], f32) {
  %3: f32[3] = sin %2
  %4: f32[3] = multiply %0 %2
  %5: f32 = reduce_sum %4 {axes = [0]}
  %6: f32 = multiply %5 %1
  return %3, %6
}

func @scaled_ruled(%0: f32[3], %1: f32) -> (f32[3]) {
  %2: f32[3] = custom_vjp %0 %1 {callee = @scaled, forward = @scaled_forward, backward = @scaled_backward, constants = 0}
  return %2
}

func @scaled_lanes(%0: f32[3], %1: f32[2]) -> (f32[2, 3]) {
  %2: f32[2, 3] = vmap %0 %1 {callee = @scaled_ruled, size = 2, in = [-1, 0], out = [0], lane = 0}
  return %2
}
"""


@jax.custom_vjp
def scaled(x, a):
    return x * a


scaled.defvjp(lambda x, a: (x * a, (x, a)), lambda r, t: (jnp.sin(t), jnp.sum(r[0] * t) * r[1]))
case("custom_vjp", "lanes", [V, array("f32", [2, 3]), array("f32", [[1, 2, 3], [4, 5, 6]])],
     lambda x, a, t: jax.vjp(jax.vmap(scaled, in_axes=(None, 0)), x, a)[1](t),
     "= vjp_backward {callee = @scaled_lanes, wrt = [0, 1], of = [0]}", PAIR)


def write(chosen):
    unknown = [op for op in chosen if op not in cases]
    if unknown:
        raise SystemExit(f"not an op with cases: {', '.join(unknown)}")
    paths = []
    for op, listed in sorted(cases.items()):
        if chosen and op not in chosen:
            continue
        folder = ROOT / "testdata" / "ops" / op
        folder.mkdir(parents=True, exist_ok=True)
        text, values, entries, preludes = "", "", "", []
        for label, prelude, arguments, attributes, results in listed:
            if prelude and prelude not in preludes:
                preludes.append(prelude)
                text += ("\n" if text else "") + prelude
        for label, _, arguments, attributes, results in listed:
            n = len(arguments)
            params = ", ".join(f"%{i}: {type_text(a)}" for i, a in enumerate(arguments))
            outs = ", ".join(f"%{n + i}: {type_text(r)}" for i, r in enumerate(results))
            name = f"{op}.{label}"
            text += "\n" if text else ""
            text += f"func @{name}({params}) -> ({', '.join(map(type_text, results))}) {{\n"
            # An attribute text that begins with an equals sign names another op, which reaches this one.
            primitive, attributes = attributes[2:].split(" ", 1) if attributes.startswith("= ") else (op, attributes)
            text += f"  {outs} = {primitive}" + "".join(f" %{i}" for i in range(n)) + (" " + attributes if attributes else "")
            text += "\n  return " + ", ".join(f"%{n + i}" for i in range(len(results))) + "\n}\n"
            quoted = ", ".join(f'"x{i}"' for i in range(n))
            named = '""' if len(results) == 1 else ", ".join(f'"{i}"' for i in range(len(results)))
            entries += f"entry @{name}({quoted}) -> ({named})\n"
            values += ("\n" if values else "") + f"@{name}\n"
            values += "".join(f"in {literal_text(a)}\n" for a in arguments)
            values += "".join(f"out {literal_text(r)}\n" for r in results)
        (folder / "exec.tir").write_text(text + "\n" + entries)
        (folder / "exec.values").write_text(values)
        paths += [f"testdata/ops/{op}/{file}" for file in ("exec.tir", "exec.values")]
    versions = f"jax {jax.__version__}, numpy {np.__version__}, ml_dtypes {ml_dtypes.__version__}"
    manifest.record("testdata/scripts/op_goldens.py", versions, paths, only=not chosen)
    written = [listed for op, listed in cases.items() if not chosen or op in chosen]
    print(sum(map(len, written)), "cases of", len(written), "ops")


if __name__ == "__main__":
    write(sys.argv[1:])
