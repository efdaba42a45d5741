"""The cart and pole of examples/cartpole.girih by NumPy in f64, and the bounds of examples/dqn.girih:
python3 testdata/scripts/cartpole.py

The equations are solved anew for each push: those of the two bodies, from Florian's derivation, as a linear system
in the two accelerations, so that nothing is copied from the example.
"""
import os

import numpy as np

from manifest import record

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
G, CART, POLE, HALF, FORCE, DT = 9.8, 1.0, 0.1, 0.5, 10.0, 0.02


def push(state, action):
    x, v, a, w = state
    f = FORCE if action == 1 else -FORCE
    # Along the track: (M + m) x'' + m l cos(a) a'' = f + m l a'² sin(a); about the hinge of a uniform rod:
    # cos(a) x'' + 4/3 l a'' = g sin(a).
    matrix = np.array([[CART + POLE, POLE * HALF * np.cos(a)], [np.cos(a), 4 / 3 * HALF]])
    gaining, turning = np.linalg.solve(matrix, [f + POLE * HALF * w ** 2 * np.sin(a), G * np.sin(a)])
    return np.array([x + DT * v, v + DT * gaining, a + DT * w, w + DT * turning])


def fallen(state):
    return abs(state[0]) > 2.4 or abs(state[2]) > np.radians(12)


def write(name, *lines):
    with open(os.path.join(ROOT, "examples", "expected", name + ".out"), "w") as f:
        f.write("\n".join(str(line) for line in lines) + "\n")


# A pole that is pushed to and fro, then to the right until it has fallen: a row for each push.
state, rows, falls = np.array([0.01, -0.02, 0.03, 0.04]), [], []
for i in range(40):
    state = push(state, int(i % 3 == 0) if i < 20 else 1)
    rows.append(state)
    falls.append(int(fallen(state)))
np.set_printoptions(threshold=10 ** 6, precision=8)
write("cartpole", np.array(rows, np.float32), np.array(falls))
# Of an episode's 500 steps a good network loses few; five of them at least 475 on average.
write("dqn", *[f"seed {i}: 250±250 steps on average, 250±250 at least" for i in range(5)], "mean 487.5±12.5")
record("testdata/scripts/cartpole.py", f"numpy {np.__version__}",
       ["examples/expected/cartpole.out", "examples/expected/dqn.out"])
