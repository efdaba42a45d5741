"""Makes the tables of what NumPy and Python print, which the command line's printer is held to.

usage: python3 testdata/scripts/array_text.py   (from the root; needs numpy and ml_dtypes)

array_text.tsv: dtype, dims, base64(zlib(little-endian bytes)), text with \\n for a line break
format_spec.tsv: dtype, base64(zlib(bytes)), spec, text; or `!` for a spec that Python refuses
"""

import base64
import pathlib
import warnings
import zlib

import ml_dtypes as m
import numpy as np

warnings.simplefilter("ignore")
FOLDER = pathlib.Path(__file__).parents[2] / "host/src/test/resources/org/girih/host/print"
NAMES = {
    "bool": "bool", "int4": "i4", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64",
    "uint4": "u4", "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64",
    "float8_e4m3fn": "f8e4m3fn", "float8_e5m2": "f8e5m2", "float8_e4m3b11fnuz": "f8e4m3b11fnuz",
    "float8_e4m3fnuz": "f8e4m3fnuz", "float8_e5m2fnuz": "f8e5m2fnuz", "float16": "f16",
    "bfloat16": "bf16", "float32": "f32", "float64": "f64", "complex64": "c64", "complex128": "c128",
}
F8 = [m.float8_e4m3fn, m.float8_e5m2, m.float8_e4m3b11fnuz, m.float8_e4m3fnuz, m.float8_e5m2fnuz]
FLOATS = [np.float16, np.float32, np.float64]
SMALL = F8 + [m.bfloat16]
INTS = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]
COMPLEX = [np.complex64, np.complex128]
INF, NAN = float("inf"), float("nan")


def pack(a):
    data = a.astype(np.int8).tobytes() if a.dtype.name in ("int4", "uint4") else a.tobytes()
    return base64.b64encode(zlib.compress(data, 9)).decode()


def array_cases():
    rng = np.random.default_rng(20260101)
    for t in FLOATS + SMALL + COMPLEX:
        for v in (0, -0.0, 1, -1, 0.1, 0.3, 1 / 3, 2.5, 100, 999, 1000, 1024, 65504, 99999, 999999,
                  1e6, 1234567, 16777216, 1e7, 1e8, 123456789, 1e15, 9999999999999998, 1e16, 1e22,
                  1e23, 5e-324, 1e-45, 6e-8, 1e-3, 1e-4, 0.00011, 9.9e-5, 1e-5, 1.5e300, 3.4e38,
                  INF, -INF, NAN, np.pi, -np.e, 2.0 ** -1022, 1.7976931348623157e308, 4.35, 0.5):
            yield np.array(v, t)
    for c in (1 + 2j, -1 - 2j, complex(-0.0, -0.0), complex(0.0, -0.0), complex(-0.0, 1), 1e20 + 1e-20j,
              complex(NAN, INF), complex(INF, NAN), complex(-INF, -INF), 0.1 + 0.2j, 1e6 + 1e5j):
        for t in COMPLEX:
            yield np.array(c, t)
            yield np.array([c, 1], t)
            yield np.array([[c, 1.5], [0, 1j]], t)
    for t in INTS:
        info = np.iinfo(t)
        yield np.array(info.max, t)
        yield np.array(info.min, t)
        yield np.array([info.min, 0, info.max], t)
        yield np.arange(100).astype(t)
        yield np.arange(120).reshape(2, 3, 4, 5).astype(t)
        yield (np.arange(2000) % 128).astype(t)
    for t in (m.int4, m.uint4):
        yield np.arange(0, 8).astype(t)
        yield np.arange(-8, 8).reshape(4, 4).astype(t)
        yield np.array(7, t)
    yield np.array(True)
    yield np.array(False)
    yield np.array([True, False])
    yield np.eye(4, dtype=bool)
    yield np.arange(1200) % 3 == 0
    for shape in ((0,), (1, 0), (2, 0, 3), (0, 5)):
        for t in (np.float32, np.int32, bool, np.complex64, m.bfloat16):
            yield np.zeros(shape, t)
    lists = [
        [0.0], [-0.0], [1.0, 2.0, 3.0], [0.1, 0.25, 1 / 3], [1, 10, 100, 1000], [1, 10, 100, 1001],
        [1e-5, 1], [1e8, 1], [123456.789, 1], [99999.5, 99999], [1e6, 1e6 + 1], [1000, 1],
        [1e-4, 1e-4], [0.3, 1.2345678e-5], [NAN], [INF], [-INF], [NAN, INF, -INF], [NAN, 1.5],
        [-INF, 1.5], [INF, 1.5, 2.25], [INF, 1e-9], [-INF, NAN, 1e10], [1e100, 1e-100],
        [1e100, 1], [1.5, -2.5, 1000.125], [5e-324, 1.7e308], [2.0 ** i for i in range(12)],
        [10.0 ** -i for i in range(9)], [1 / 3, 2 / 3, 1000 / 3], [0.0, 1e-10], [0, 0, 0.00009],
        [12345678.9, 0], [0.00010001], [9.999999999, 1], [0.99999999999], [999.9999999999, 1],
        [1.23456789012345, 1e-3], [0.5, 0.125, 0.0625, 0.03125], [-1, -10.5, -100.25],
        [65504, 1], [3, 2.5, 2.25], [1e5, 1e-1], [-1e-7, 1e-7], [-NAN, 1], [4.0], [1e16, 1],
    ]
    for t in FLOATS + [m.bfloat16, m.float8_e4m3fn] + COMPLEX:
        for values in lists:
            yield np.array(values).astype(t)
    for t in FLOATS + COMPLEX + [m.bfloat16]:
        for shape in ((3, 4), (40,), (2, 3, 4), (1, 1, 1), (5, 1), (20, 20), (2, 2, 2, 2)):
            yield rng.normal(size=shape).astype(t)
            yield (rng.normal(size=shape) * 10.0 ** rng.integers(-6, 6, size=shape)).astype(t)
    for t in (np.float32, np.float64, np.int32, np.complex64, m.bfloat16):
        for shape in ((1001,), (50, 50), (7, 200), (6, 200), (200, 6), (11, 11, 11), (3, 4, 100), (1, 1001)):
            yield (np.arange(np.prod(shape)) / 8).reshape(shape).astype(t)
        yield np.arange(1000).astype(t)
    tail = np.ones(2000, np.float32)
    tail[1000] = 1e30  # is not shown, and decides nothing
    yield tail
    tail = np.ones((30, 40))
    tail[29, 38] = 1e-30
    yield tail
    for width in range(1, 80, 6):
        yield np.full(7, 10 ** (width % 18), np.int64)
        yield np.full((3, width), -1.5)


def scalar_format_cases():
    ints = [0, 1, -1, 42, -1234567, 2 ** 31 - 1, 10 ** 12]
    int_specs = ["d", "", "5", "<5", "^5", ">5", "05", "+", "+d", " d", ",", "_", ",d", "x", "X", "#x", "b",
                 "#b", "o", "#o", "08b", "_x", "_b", "*^20,", "=+8", "x<8d", ".2f", "e", "10.3e", "%", ".1%", "g",
                 "010,", "0=12,d", "-d", ",.2f", "#010x", ".3d", "s", ",x", "5.", "é^7", ">>7", "{<3"]
    for v in ints:
        for s in int_specs:
            yield np.int64(v), v, s
    floats = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 2.5, 1234567.891, 1e22, 1e-7, 123456789012345680.0, 5e-324,
              1e300, INF, -INF, NAN, 0.00001234, 999999.5, 0.5, 1e16, 12345.678]
    float_specs = ["", ".4f", "f", "F", "e", "E", ".0e", "g", "G", ".3g", ".0f", ".1f", "%", ".2%", "10", "<10",
                   "^12.3f", "012.3f", "+.2f", " .2f", "-.2f", ",.2f", "_.2f", ",", "*>15.4e", "=+12.1f", ".3",
                   ".10", "#.0f", "#g", "#.3g", ".0%", "015,.2f", "z.0f", "d", "x", "s", ".", "1.2.3f", "020",
                   ".17g", ".20f", "0<8", "<08.2f", "+", "z.1f", ".0g", ".1", "#.0e", "_"]
    for v in floats:
        for s in float_specs:
            yield np.float64(v), v, s
    for v in (1 + 2j, -0.5 - 1e-5j, complex(NAN, -INF), 0j):
        for s in (".2f", "e", ".3g", "20.1f", "<20.1f", "+.1f", "d", ",.1f", "%", "010f", "=12f"):
            yield np.complex128(v), v, s
    for v in (65, 126, 0x263a, 0x1f600):
        for s in ("c", "5c", "<5c", "^6c", "05c", "*^7c", "+c", ",c", "#c", ".2c", "zc", "_c"):
            yield np.int64(v), v, s
    for v in (0.5, 65.0):
        yield np.float64(v), v, "c"
    for v in (True, False):
        for s in ("", "d", "5d", ".1f", "x"):
            yield np.bool_(v), v, s


def main():
    seen = set()
    with open(FOLDER / "array_text.tsv", "w", encoding="utf-8", newline="\n") as out:
        for a in array_cases():
            dims = ",".join(map(str, a.shape))
            text = str(a).replace("\n", "\\n")
            line = f"{NAMES[a.dtype.name]}\t{dims}\t{pack(a)}\t{text}"
            if line not in seen:
                seen.add(line)
                print(line, file=out)
    with open(FOLDER / "format_spec.tsv", "w", encoding="utf-8", newline="\n") as out:
        for a, value, spec in scalar_format_cases():
            try:
                text = "=" + format(value, spec)
            except ValueError:
                text = "!"
            print(f"{NAMES[np.array(a).dtype.name]}\t{pack(np.array(a))}\t{spec}\t{text}", file=out)


if __name__ == "__main__":
    main()
