"""The counts of examples/digits.girih, by NumPy: python3 testdata/scripts/digits.py > examples/expected/digits.out"""
import os

import numpy as np

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
data = np.load(os.path.join(root, "examples", "data", "digits.npz"))
x = data["images"].astype(np.float32).reshape(-1, 64) / np.float32(16)
y = data["labels"]
means = np.stack([x[:1347][y[:1347] == c].mean(0) for c in range(10)])
distance = ((x[1347:, None, :].astype(np.float64) - means[None].astype(np.float64)) ** 2).sum(-1)
predicted = distance.argmin(1)
confusion = np.zeros((10, 10), np.int32)
np.add.at(confusion, (y[1347:], predicted), 1)
right = int((predicted == y[1347:]).sum())
print(f"{right} of {len(predicted)} right: accuracy {right / len(predicted):.4f}")
print(confusion)
