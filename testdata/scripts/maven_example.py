"""Makes examples/maven/src/test/resources/org/example/digits.txt, the last 100 digits of examples/data/digits.npz, and prints
how many of them NumPy classifies rightly with the weights of examples/maven/src/main/girih/digits.npz: the number that DigitsTest expects.
"""
import pathlib

import numpy as np

import manifest

EXAMPLES = pathlib.Path(__file__).parent / "../../examples"
digits = np.load(EXAMPLES / "data/digits.npz")
w = np.load(EXAMPLES / "maven/src/main/girih/digits.npz")
x = digits["images"].reshape(-1, 64).astype(np.float32) / 16 - 0.5
scores = np.tanh(x @ w["hidden.w"] + w["hidden.b"]) @ w["output.w"] + w["output.b"]
with open(EXAMPLES / "maven/src/test/resources/org/example/digits.txt", "w") as f:
    f.write("# The last 100 digits, which training has not seen: label, then 64 pixels, 0 to g (16).\n")
    for label, image in zip(digits["labels"][-100:], digits["images"][-100:]):
        f.write("%d %s\n" % (label, "".join("0123456789abcdefg"[v] for v in image.ravel())))
print((scores.argmax(1) == digits["labels"])[-100:].sum())
manifest.record(
    "testdata/scripts/maven_example.py",
    "numpy " + np.__version__,
    ["examples/maven/src/test/resources/org/example/digits.txt"],
)
