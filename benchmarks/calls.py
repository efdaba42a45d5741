"""Calls of a small perceptron from Java, and the start of a process that runs a built program.

python3 benchmarks/calls.py [ROUNDS [LONG]]: the class that `girih java` generates, the C API called from C++ (the floor: a device array in,
a device array out), and ONNX Runtime for Java with one thread, all with the same weights; bytes of the Java heap a call, copies
between host and device a call (a plugin between counts them); the growth of memory over LONG calls (10 million) of 64 threads; then `girih run mlp.girihx` beside a JAX process with its persistent cache, alternating.
Needs `pip install jax onnx`, g++, Maven (it fetches ONNX Runtime) and a built ./girih. Samples go to benchmarks/results/calls.json.
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import results

ROOT = results.ROOT
CALLS, WARM = 10000, 5
ONNX_RUNTIME = "1.22.0"
JAX = """
import sys, numpy as np, jax, jax.numpy as jnp
jax.config.update("jax_compilation_cache_dir", sys.argv[1])
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
def weights(n, m): return jnp.sin(jnp.arange(n * m).reshape(n, m).astype(jnp.float32)) / 4
f = jax.jit(lambda x: jnp.tanh(x @ weights(8, 32)) @ weights(32, 8))
print(f(np.load(sys.argv[2])))
"""


def varint(n):
    out = b""
    n &= (1 << 64) - 1
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def options():
    """A CompileOptionsProto: one replica, one partition, device 0 (runtime's CompileOptions)."""
    field = lambda number, value: varint(number << 3) + varint(value)
    nested = lambda number, bytes_: varint(number << 3 | 2) + varint(len(bytes_)) + bytes_
    assignment = field(1, 1) + field(2, 1) + nested(3, field(1, 0))
    return nested(3, field(1, -1) + field(4, 1) + field(5, 1) + nested(9, assignment))


def weights(n, m):
    return (np.sin(np.arange(n * m, dtype=np.float32).reshape(n, m)) / 4).astype(np.float32)


def model(path):
    nodes = [helper.make_node("MatMul", ["x", "w1"], ["a"]), helper.make_node("Tanh", ["a"], ["h"]),
             helper.make_node("MatMul", ["h", "w2"], ["y"])]
    info = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, [8])
    graph = helper.make_graph(nodes, "mlp", [info("x")], [info("y")],
                              [numpy_helper.from_array(weights(8, 32), "w1"), numpy_helper.from_array(weights(32, 8), "w2")])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def out(command, **kw):
    return subprocess.run(command, capture_output=True, text=True, check=True, **kw).stdout


def timed(command):
    start = time.perf_counter()
    text = out(command)
    numbers = [float(v) for v in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]
    np.testing.assert_allclose(numbers, expected, rtol=1e-4)
    return time.perf_counter() - start


rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
long = sys.argv[2] if len(sys.argv) > 2 else "10000000"
x = np.arange(8, dtype=np.float32)
expected = np.tanh(x @ weights(8, 32)) @ weights(32, 8)
here = os.path.join(ROOT, "benchmarks")
girih = os.path.join(ROOT, "girih")
rows, facts = {}, {}
with tempfile.TemporaryDirectory() as folder:
    at = lambda *names: os.path.join(folder, *names)
    subprocess.run(["mvn", "-q", "-B", "-ntp", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                    "-Dartifact=com.microsoft.onnxruntime:onnxruntime:" + ONNX_RUNTIME,
                    "-DoutputDirectory=" + folder], check=True, cwd=folder)
    model(at("mlp.onnx"))
    np.save(at("x.npy"), x)
    source = os.path.join(here, "calls", "mlp.girih")
    subprocess.run([girih, "java", source, "--package", "bench", "-d", at("gen")], check=True)
    subprocess.run([girih, "build", source, "--entry", "mlp", "-o", folder], check=True)
    subprocess.run([girih, "build", source, "-o", at("mlp.girihx")], check=True)
    path = os.pathsep.join([os.path.join(ROOT, "cli", "target", "girih", "lib", "*"), at("onnxruntime-" + ONNX_RUNTIME + ".jar"), at("gen")])
    subprocess.run([os.path.join(results.jdk(), "bin", "javac"), "-d", at("gen"), "-cp", path, at("gen", "bench", "Mlp.java"),
                    os.path.join(here, "calls", "Calls.java")], check=True)
    library = results.plugin()
    with open(at("options"), "wb") as f:
        f.write(options())
    subprocess.run(["g++", "-O2", "-std=c++17", "-I", results.header(),
                    os.path.join(here, "dispatch.cpp"), "-o", at("dispatch"), "-ldl"], check=True)
    java = [os.path.join(results.jdk(), "bin", "java"), "--enable-native-access=ALL-UNNAMED", "-cp", path, "Calls"]
    for _ in range(2):
        text = out([at("dispatch"), library, at("mlp.hlo.pb"), at("options"), str(WARM + rounds), str(CALLS)]).splitlines()
        np.testing.assert_allclose([float(v[1:]) for v in text if v.startswith("=")], expected, rtol=1e-4)
        rows.setdefault("c++ device to device", []).extend([float(v) / 1000 for v in text if not v.startswith("=")][WARM:])
        seen = {}
        for line in out(java + [at("mlp.onnx"), str(WARM + rounds), str(CALLS)]).splitlines():
            if line.startswith("="):
                np.testing.assert_allclose([float(v) for v in line[line.index("[") + 1:-1].split(",")], expected, rtol=1e-4)
                continue
            name, value = line.rsplit(" ", 1)
            if name.endswith(".heap"):
                facts["heap bytes a call, " + name[:-5]] = int(value)
            else:
                seen.setdefault(name, []).append(float(value) / 1000)
        for name, values in seen.items():
            rows.setdefault(name, []).extend(values[WARM:])
    counting = at("counting.so")
    subprocess.run(["g++", "-O2", "-std=c++17", "-shared", "-fPIC", "-I", results.header(),
                    os.path.join(here, "calls", "counting.cpp"), "-o", counting, "-ldl"], check=True)
    for way in "device", "array", "buffer":
        seen = []
        for calls in 1000, 2000:
            text = out(java + ["copies", way, str(calls)],
                       env={**os.environ, "PJRT_NAMES_AND_LIBRARY_PATHS": "cpu:" + counting, "GIRIH_COUNTED": library})
            seen.append({v[1]: (int(v[2]), int(v[3])) for v in (l.split() for l in text.splitlines() if l.startswith("copies "))})
        for name in seen[0]:
            (c0, b0), (c1, b1) = seen[0][name], seen[1][name]
            facts[f"native copies a call, {way}, {name}"] = f"{(c1 - c0) / 1000:g} of {(b1 - b0) / 1000:g} bytes"
    print("calls are measured; now", long, "calls", flush=True)
    # A Java heap of one size, touched at the start: what grows lies outside it.
    heap = ["-Xms64m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"]
    for line in out(java[:1] + heap + java[1:] + ["long", long]).splitlines():
        name, value = line.split()
        facts["resident MB " + name + (" a tenth of " if name == "before" else " ") + long + " calls"] = int(value)
    start = {"girih run mlp.girihx": [], "jax, persistent cache": []}
    run = [girih, "run", at("mlp.girihx"), "--arg", "x=@" + at("x.npy")]
    jax_run = [sys.executable, "-c", JAX, at("jaxcache"), at("x.npy")]
    timed(run), timed(jax_run)
    for _ in range(rounds):
        start["girih run mlp.girihx"].append(timed(run))
        start["jax, persistent cache"].append(timed(jax_run))
import jax

for what, table in (("µs a call", rows), ("s a process", start)):
    print(what)
    for name, samples in table.items():
        print(f"  {name:28} {min(samples):9.4g} {statistics.median(samples):9.4g} {max(samples):9.4g}")
for name, value in facts.items():
    print(f"{value!s:>10} {name}")
if os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1):
    facts["note"] = "others used the machine meanwhile: compare minima, of rows that alternated"
versions = {"jax": jax.__version__, "onnxruntime": ONNX_RUNTIME, "plugin": os.path.basename(library)}
results.save("calls", "µs a call; s a process", {**rows, **start, **facts}, versions)
