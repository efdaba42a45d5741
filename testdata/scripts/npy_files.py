"""Makes files with NumPy that the command line must read, and the arrays in them.

usage: python3 testdata/scripts/npy_files.py   (from the root; needs numpy, ml_dtypes and safetensors)

npy_files.tsv: name, kind (npy or npz), base64 of the file, then for each array key, dtype, dims and
base64 of its row-major little-endian bytes. A name that begins with `plain` marks a file that
`np.save` would write for the array: ours must be the same bytes.
"""

import base64
import io
import pathlib
import warnings

import ml_dtypes as m
import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import save

from array_text import NAMES

warnings.simplefilter("ignore")
FOLDER = pathlib.Path(__file__).parents[2] / "host/src/test/resources/org/girih/host/file"
DTYPES = [np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64,
          np.float16, np.float32, np.float64, np.complex64, np.complex128]


def b64(data):
    return base64.b64encode(data).decode()


def little(a):
    return np.ascontiguousarray(a.astype(a.dtype.newbyteorder("<"))).tobytes()


def column(key, a):
    return [key, NAMES[a.dtype.newbyteorder("=").name], ",".join(map(str, a.shape)), b64(little(a))]


def saved(a, version=None):
    out = io.BytesIO()
    npy.write_array(out, a, version=version)
    return out.getvalue()


def rows():
    rng = np.random.default_rng(7)
    for t in DTYPES:
        a = (rng.normal(size=(3, 4)) * 50).astype(t)
        yield f"plain {t.__name__}", "npy", saved(a), [("", a)]
        yield f"fortran {t.__name__}", "npy", saved(np.asfortranarray(a)), [("", a)]
        big = a.astype(a.dtype.newbyteorder(">"))
        yield f"big endian {t.__name__}", "npy", saved(big), [("", big)]
        yield f"big endian fortran {t.__name__}", "npy", saved(np.asfortranarray(big)), [("", big)]
        scalar = np.array(a[1, 2])
        yield f"plain scalar {t.__name__}", "npy", saved(scalar), [("", scalar)]
    for t in (m.bfloat16, m.float8_e5m2):
        a = np.arange(-3, 4).astype(t)
        yield f"plain {t.__name__}", "npy", saved(a), [("", a)]
    for shape in ((0,), (0, 3), (2, 0, 5), (1,), (1, 1, 1), (5,), (2, 3, 4), (2, 1, 3, 2)):
        a = np.arange(np.prod(shape)).reshape(shape).astype(np.float32)
        yield f"plain {shape}", "npy", saved(a), [("", a)]
        yield f"fortran {shape}", "npy", saved(np.asfortranarray(a)), [("", a)]
    a = np.arange(6, dtype=np.int32).reshape(2, 3)
    for version in ((1, 0), (2, 0), (3, 0)):
        yield f"version {version}", "npy", saved(a, version), [("", a)]
    truths = np.array([2, 0, 255], np.uint8).view(np.bool_)
    yield "odd truths", "npy", saved(truths), [("", np.array([True, False, True]))]
    old = saved(a).replace(b"(2, 3)", b"(2L,3)")
    yield "as Python 2 wrote it", "npy", old, [("", a)]
    tree = {"w": rng.normal(size=(2, 3)).astype(np.float32), "a.b": np.arange(4), "empty": np.zeros((0, 2))}
    for pack, name in ((np.savez, "stored"), (np.savez_compressed, "deflated")):
        out = io.BytesIO()
        pack(out, **tree)
        yield f"archive {name}", "npz", out.getvalue(), list(tree.items())
    named = {"params.Dense_0.kernel": tree["w"], "empty": np.zeros((0, 2)), "scalar": np.array(7, np.int64)}
    named |= {t.__name__: (rng.normal(size=(2, 3)) * 50).astype(t) for t in DTYPES if t != np.complex128}
    named |= {"bf16": np.arange(5).astype(m.bfloat16), "e4m3": np.arange(5).astype(m.float8_e4m3fn)}
    yield "safetensors", "safetensors", save(named), list(named.items())
    yield "safetensors with metadata", "safetensors", save({"w": tree["w"]}, {"format": "np"}), [("w", tree["w"])]
    yield "safetensors of nothing", "safetensors", save({}), []


def main():
    with open(FOLDER / "npy_files.tsv", "w", encoding="utf-8", newline="\n") as out:
        for name, kind, data, arrays in rows():
            fields = [name, kind, b64(data)]
            for key, a in arrays:
                fields += column(key, a)
            print("\t".join(fields), file=out)


if __name__ == "__main__":
    main()
