"""Linear algebra, Fourier transforms, sorting and segments, beside JAX: python3 benchmarks/linalg.py [NAME…]

Each row is compiled once and run again and again, by `girih bench` and by JAX, both on the CPU with as many threads as they take: Girih's
factors are OpenBLAS's, JAX's are those of SciPy's OpenBLAS. Results are compared first, as sums that do not depend on signs of vectors.
All goes to benchmarks/results/linalg.json. NAME is the beginning of names, as `qr` or `fft`.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import results

GIRIH = os.path.join(results.ROOT, "girih")
SECONDS = 1.0

# name: Girih, JAX, of a matrix x and a right side y.
FACTORS = {
    "cholesky": ("sum(sin(linalg.cholesky(x)))", "jnp.sum(jnp.sin(jnp.linalg.cholesky(x)))"),
    "solve": ("sum(sin(linalg.solve(x, y)))", "jnp.sum(jnp.sin(jnp.linalg.solve(x, y)))"),
    "qr": ("sum(abs(linalg.qr(x)[1]))", "jnp.sum(jnp.abs(jnp.linalg.qr(x)[1]))"),
    "eigh": ("sum(linalg.eigh(x)[0] ** 2)", "jnp.sum(jnp.linalg.eigh(x)[0] ** 2)"),
    "svd": ("sum(linalg.svd(x)[1] ** 1.5)", "jnp.sum(jnp.linalg.svd(x)[1] ** 1.5)"),
}
VECTORS = {
    "sort": ("sort(x)[::4096]", "jnp.sort(x)[::4096]"),
    "top_k": ("top_k(x, 100)[0]", "lax.top_k(x, 100)[0]"),
    "unique": ("unique(i32(x * 1000), size = 8192)", "jnp.unique((x * 1000).astype(jnp.int32), size=8192)"),
    "segment_sum": ("segment_sum(x, i32(abs(x) * 1000), 8192)", "jax.ops.segment_sum(x, (jnp.abs(x) * 1000).astype(jnp.int32), 8192)"),
}


def cases():
    rng = np.random.default_rng(0)
    for n, batch in [(16, ()), (64, ()), (256, ()), (1024, ()), (8, (1000,))]:
        a = rng.standard_normal(batch + (n, n)).astype(np.float32) / np.float32(np.sqrt(n))
        x = a @ np.swapaxes(a, -1, -2) + 3 * np.eye(n, dtype=np.float32)
        y = rng.standard_normal(batch + (n, 1)).astype(np.float32)
        size = f"{n}" if not batch else f"{batch[0]}x{n}"
        for name, (girih, python) in FACTORS.items():
            given = {"x": x, "y": y} if name == "solve" else {"x": x}
            yield f"{name} {size}", f"def f({', '.join(given)}) = {girih}", f"lambda {', '.join(given)}: {python}", given
            yield (f"{name} {size} gradient", f"def f({', '.join(given)}) = grad(x -> {girih})(x)",
                   f"lambda {', '.join(given)}: jax.grad(lambda x: {python})(x)", given)
    for power in (10, 14, 17, 20):
        x = rng.standard_normal(2 ** power).astype(np.float32)
        yield f"fft 2^{power}", "def f(x) = abs(fft.fft(x))", "lambda x: jnp.abs(jnp.fft.fft(x))", {"x": x}
    x = rng.standard_normal((1024, 1024)).astype(np.float32)
    yield "fft2 1024", "def f(x) = abs(fft.fft2(x))", "lambda x: jnp.abs(jnp.fft.fft2(x))", {"x": x}
    x = rng.standard_normal(1000000).astype(np.float32)
    for name, (girih, python) in VECTORS.items():
        yield f"{name} 10^6", f"def f(x) = {girih}", f"lambda x: {python}", {"x": x}


def girih(folder, source, flags):
    saved = os.path.join(folder, "runs.json")
    subprocess.run([GIRIH, "bench", source, "--entry", "f", *flags, "--seconds", str(SECONDS), "--warmup", "0.3", "--save", saved],
                   check=True, stdout=subprocess.DEVNULL)
    with open(saved) as f:
        return [ns / 1e9 for ns in json.load(f)["benches"][0]["runs_ns"]]


def jax_runs(f, arguments):
    import jax

    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        jax.block_until_ready(f(*arguments))
    taken, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(taken) < 5:
        start = time.perf_counter()
        jax.block_until_ready(f(*arguments))
        taken.append(time.perf_counter() - start)
    return taken


def main(names):
    import jax
    import jax.numpy as jnp
    from jax import lax

    rows, ratios = {}, []
    print(f"{'':24} {'Girih, ms':>10} {'JAX, ms':>10} {'ratio':>6}   apart")
    for name, source, python, given in cases():
        if names and not any(name.startswith(n) for n in names):
            continue
        with tempfile.TemporaryDirectory() as folder:
            file, out = os.path.join(folder, "f.girih"), os.path.join(folder, "out.npy")
            with open(file, "w") as text:
                text.write(source + "\n")
            flags = []
            for key, value in given.items():
                np.save(os.path.join(folder, key + ".npy"), value)
                flags += ["--arg", f"{key}=@{os.path.join(folder, key + '.npy')}"]
            subprocess.run([GIRIH, "run", file, "--entry", "f", *flags, "--output", "npy", "-o", out], check=True)
            f = jax.jit(eval(python, {"jax": jax, "jnp": jnp, "lax": lax}))
            arguments = [jax.device_put(v) for v in given.values()]
            due, got = np.asarray(f(*arguments)), np.load(out)
            apart = float(np.max(np.abs(got.astype(np.float64) - due)) / max(np.max(np.abs(due)), 1e-30))
            assert apart < 1e-3, (name, apart)
            rows[name] = {"girih": girih(folder, file, flags), "jax": jax_runs(f, arguments)}
        ms = {who: 1e3 * statistics.median(runs) for who, runs in rows[name].items()}
        ratios.append(ms["girih"] / ms["jax"])
        print(f"{name:24} {ms['girih']:10.3f} {ms['jax']:10.3f} {ratios[-1]:6.2f}   {apart:.0e}", flush=True)
    print(f"geometric mean {statistics.geometric_mean(ratios):.2f}")
    results.save("linalg", "s", rows, {"jax": jax.__version__})


if __name__ == "__main__":
    main(sys.argv[1:])
