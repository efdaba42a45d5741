"""How the time from source to HLO grows with the program: python3 benchmarks/growth.py

`girih show --stage hlo` of a chain of 1,000 to 100,000 operations, less that of an empty program (start-up).
"""
import os
import subprocess
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def seconds(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "chain.girih")
        with open(path, "w") as f:
            f.write(text)
        best = 1e9
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([os.path.join(ROOT, "girih"), "show", "--stage", "hlo", path], check=True, stdout=subprocess.DEVNULL)
            best = min(best, time.perf_counter() - start)
        return best


empty = seconds("print(arange(8))\n")
print(f"{'operations':>10} {'seconds':>8} {'µs each':>8}   (start-up {empty:.2f} s taken off)")
for n in (1000, 10000, 20000, 50000, 100000):
    body = "".join(f"let x{i + 1} = sin(x{i})\n" for i in range(n))
    took = seconds("let x0 = f32(arange(8))\n" + body + f"print(x{n})\n") - empty
    print(f"{n:10} {took:8.2f} {took / n * 1e6:8.1f}")
