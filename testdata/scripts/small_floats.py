"""Writes ir/src/test/resources/org/girih/ir/type/small_floats.txt: what ml_dtypes says of the formats of 8 and
16 bits. Lines `decode DTYPE BITS VALUE` and `encode DTYPE VALUE BITS`; values are as Java reads them."""

import pathlib
import random

import ml_dtypes
import numpy as np

import manifest

FORMATS = {
    "f8e4m3fn": ml_dtypes.float8_e4m3fn, "f8e5m2": ml_dtypes.float8_e5m2,
    "f8e4m3b11fnuz": ml_dtypes.float8_e4m3b11fnuz, "f8e4m3fnuz": ml_dtypes.float8_e4m3fnuz,
    "f8e5m2fnuz": ml_dtypes.float8_e5m2fnuz, "f16": np.float16, "bf16": ml_dtypes.bfloat16,
}


def text(x):
    return "NaN" if np.isnan(x) else ("-" if x < 0 else "") + "Infinity" if np.isinf(x) else float(x).hex()


def write():
    chance = random.Random(5)
    lines = []
    for name, dtype in FORMATS.items():
        eight = name.startswith("f8")
        kind = np.uint8 if eight else np.uint16
        patterns = range(256) if eight else sorted(
            {0, 1, 0x8000, 0x8001, 0x3FF, 0x400, 0x7F, 0x80, 0x7BFF, 0x7C00, 0x7F7F, 0x7F80, 0xFC00, 0xFF80}
            | {chance.randrange(65536) for _ in range(600)})
        values = []
        for p in patterns:
            value = np.array([p], kind).view(dtype).astype(np.float64)[0]
            lines.append(f"decode {name} {p} {text(value)}")
            if np.isfinite(value):
                values.append(value)
        values = sorted(set(values))
        asked = {0.0, 1e-300, 1e300, float("inf"), float("-inf"), float("nan")}
        for a, b in zip(values, values[1:]):
            if eight or chance.randrange(4) == 0:
                # Ties and their neighbours, where f32 holds them (through which ml_dtypes converts).
                middle = np.float32((a + b) / 2)
                if float(middle) == (a + b) / 2:
                    asked |= {float(middle), float(np.nextafter(middle, np.float32("inf"))),
                              float(np.nextafter(middle, np.float32("-inf")))}
        top = values[-1]
        asked |= {float(np.float32(top * f)) for f in (1.01, 1.03, 1.0625, 1.07, 1.125, 1.25, 2)}
        for x in sorted(asked, key=lambda v: (np.isnan(v), v)):
            with np.errstate(all="ignore"):
                bits = int(np.array([x], np.float32).astype(dtype).view(kind)[0])
            lines.append(f"encode {name} {text(x)} {bits}")
    path = "ir/src/test/resources/org/girih/ir/type/small_floats.txt"
    file = manifest.ROOT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n")
    manifest.record("testdata/scripts/small_floats.py", f"numpy {np.__version__}, ml_dtypes {ml_dtypes.__version__}", [path])


if __name__ == "__main__":
    write()
