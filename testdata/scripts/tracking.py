"""Makes positions.csv of examples/tracking, five vehicles measured each second for a minute, and expected.txt beside it:
what a Kalman filter with constant velocity in NumPy gives for them, and the noises that 200 steps of JAX's gradient descent find.
"""
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

import manifest

jax.config.update("jax_enable_x64", True)
HERE = "examples/tracking/src/test/resources/org/example/"
FOLDER = pathlib.Path(__file__).resolve().parents[2] / HERE
FOLDER.mkdir(parents=True, exist_ok=True)

rng = np.random.default_rng(1960)
state = np.concatenate([rng.uniform(-100, 100, (5, 2)), rng.uniform(-10, 10, (5, 2))], axis=1)
rows = []
for second in range(61):
    rows.append(state[:, :2] + rng.normal(0, 3, (5, 2)))
    push = rng.normal(0, 0.5, (5, 2))
    state = np.concatenate([state[:, :2] + state[:, 2:] + push / 2, state[:, 2:] + push], axis=1)
positions = np.round(np.stack(rows), 2)
with open(FOLDER / "positions.csv", "w") as f:
    f.write("second,vehicle,x,y\n")
    for second, row in enumerate(positions):
        for vehicle, (x, y) in enumerate(row):
            f.write(f"{second},{vehicle},{x},{y}\n")


def follow(positions, seconds, acceleration, position, np=np):
    """Means of each vehicle after each measurement, and the negative logarithm of all densities."""
    eye = np.eye(2)
    motion = np.kron(np.array([[1, seconds], [0, 1]]), eye)
    spread = acceleration**2 * np.kron(np.array([[seconds**4 / 4, seconds**3 / 2], [seconds**3 / 2, seconds**2]]), eye)
    look = np.eye(4)[:2]
    paths, cost = [], 0.0
    for vehicle in range(positions.shape[1]):
        mean = np.concatenate([positions[0, vehicle], np.zeros(2)])
        covariance = np.kron(np.stack([np.stack([position**2, 0.0 * position]), np.stack([0.0 * position, 100 + 0 * position])]), eye)
        path = []
        for measured in positions[1:, vehicle]:
            mean, covariance = motion @ mean, motion @ covariance @ motion.T + spread
            error, total = measured - look @ mean, look @ covariance @ look.T + position**2 * eye
            cost = cost + 0.5 * (error @ np.linalg.solve(total, error) + np.linalg.slogdet(total)[1]) + np.log(2 * np.pi)
            gain = covariance @ look.T @ np.linalg.inv(total)
            mean, covariance = mean + gain @ error, (np.eye(4) - gain @ look) @ covariance
            path.append(mean)
        paths.append(np.stack(path))
    return np.stack(paths, axis=1), cost


path, surprise = follow(positions, 1.0, np.float64(0.5), np.float64(3.0))


@jax.jit
def gradient(logs):
    few = lambda logs: follow(jnp.asarray(positions), 1.0, jnp.exp(logs[0]), jnp.exp(logs[1]), np=jnp)[1] / (60 * 5)
    return jax.grad(few)(logs)


logs = jnp.log(jnp.array([2.0, 1.0]))
for _ in range(200):
    logs = logs - 0.5 * gradient(logs)
with open(FOLDER / "expected.txt", "w") as f:
    f.write(f"surprise {surprise:.17g}\n")
    f.write("learned " + " ".join(f"{v:.17g}" for v in np.exp(logs)) + "\n")
    for vehicle in range(5):
        f.write(f"last {vehicle} " + " ".join(f"{v:.17g}" for v in path[-1, vehicle]) + "\n")
manifest.record("testdata/scripts/tracking.py", f"numpy {np.__version__}, jax {jax.__version__}", [HERE + "expected.txt", HERE + "positions.csv"])
