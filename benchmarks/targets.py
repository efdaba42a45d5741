"""Source to TPU executable of a training step over a mesh of 1 to 2,048 cores: python3 benchmarks/targets.py [SAMPLES]

A step of the transformer of 12 blocks (benchmarks/gradients/transformer.girih): loss, gradient and AdamW's update. Its batch of 8 a core spread over a mesh of
TPU v3 cores by one axis of its type, compiled by `girih build --target tpu:v3:AxB` on this machine, without a TPU. Seconds are those
of report.json, but for the processor's seconds of both processes, which tell more where others compute too; the number of partitions is read back from each executable and must be the mesh's. Needs `girih plugin install tpu`.
All goes to benchmarks/results/targets.json.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import results

# cores of the mesh, and a target with as many (one core: of two)
MESHES = [(1, "1x1"), (2, "1x1"), (8, "2x2"), (32, "4x4"), (128, "8x8"), (512, "16x16"), (2048, "32x32")]
BATCH = "tokens: i32[8, 65])"

with open(os.path.join(results.ROOT, "benchmarks", "gradients", "transformer.girih")) as f:
    source = f.read()
assert source.count(BATCH) == 2  # of the gradient and of the step


def program(cores):
    if cores == 1:
        return source
    return f"mesh (data = {cores})\n\n" + source.replace(BATCH, f"tokens: i32[{8 * cores} @ data, 65])")


def build(cores, shape):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "transformer.girih")
        with open(file, "w") as f:
            f.write(program(cores))
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([os.path.join(results.ROOT, "girih"), "build", file, "--entry", "step", "--target", "tpu:v3:" + shape, "-o", folder],
                       check=True, stdout=subprocess.DEVNULL)
        total, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(os.path.join(folder, "report.json")) as f:
            report = json.load(f)["programs"][0]
    assert report["partitions"] == cores, report
    seconds = report["compile_seconds"]
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"total": total, "processor": busy, "source to HLO": seconds["source_to_hlo"], "load plugin": seconds["plugin"], "topology": seconds["topology"],
            "XLA": seconds["compile"], "report": report}


samples = int(sys.argv[1]) if len(sys.argv) > 1 else 3
build(*MESHES[0])  # files and archives are read into memory
rows = {}
for _ in range(samples):
    for cores, shape in MESHES:
        rows.setdefault(str(cores), []).append(build(cores, shape))
plugin = rows["1"][0]["report"]["plugin"]
results.save("targets", "seconds", {c: [{k: v for k, v in s.items() if k != "report"} for s in row] for c, row in rows.items()},
             {"plugin": plugin})
parts = ("total", "processor", "source to HLO", "load plugin", "topology", "XLA")
print(f"{'cores':>6}" + "".join(f"{p:>15}" for p in parts) + f"{'all-reduce':>15}{'executable':>13}")
for cores, row in rows.items():
    report = row[0]["report"]
    print(f"{cores:>6}" + "".join(f"{statistics.median(s[p] for s in row):13.2f} s" for p in parts)
          + f"{report['collectives_per_device']['bytes'] / 1e6:12.1f} MB{report['executable_bytes'] / 1e6:10.1f} MB")
