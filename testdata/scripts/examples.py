"""What the examples print, computed by NumPy, SciPy and JAX: python3 testdata/scripts/examples.py

Writes examples/expected/NAME.out. Words are compared exactly, numbers within a tolerance: that of `f32`, or the
one that stands behind `±`; behind a last `…` may stand anything (ExamplesTest).
"""
import math
import os

import jax.numpy as jnp
import numpy as np

from manifest import record

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def write(name, *lines):
    with open(os.path.join(root, "examples", "expected", name + ".out"), "w") as f:
        f.write("\n".join(str(line) for line in lines) + "\n")


# mandelbrot
w, h, steps = 64, 24, 200
re = np.arange(w) * 0.046875 - 2.25
im = np.arange(h) * 0.09375 - 1.125
c = re[None] + 1j * im[:, None]
z, counts, alive = c * 0, np.zeros((h, w), np.int32), np.ones((h, w), bool)
for _ in range(steps):
    z = np.where(alive, z * z + c, z)
    alive = alive & (np.abs(z) <= 2)
    counts += alive
write("mandelbrot", f"{(counts == steps).sum()} of {counts.size} points never leave", counts[h // 2, ::4])

# nbody
g = 0.00029591220828559
m = np.array([1.00000597682, 0.000954786104043, 0.000285583733151, 0.0000437273164546, 0.0000517759138449])
x = np.array([[0, 0, 0], [-3.5023653, -3.8169847, -1.5507963], [9.0755314, -3.0458353, -1.6483708],
              [8.3101420, -16.2901086, -7.2521278], [11.4707666, -25.7294829, -10.8169456]])
v = np.array([[0, 0, 0], [0.00565429, -0.00412490, -0.00190589], [0.00168318, 0.00483525, 0.00192462],
              [0.00354178, 0.00137102, 0.00055029], [0.00288930, 0.00114527, 0.00039677]])


def acceleration(x):
    out = np.zeros_like(x)
    for i in range(5):
        for j in range(5):
            if i != j:
                d = x[j] - x[i]
                out[i] += g * m[j] * d / (d @ d) ** 1.5
    return out


def energy(x, v):
    potential = sum(m[i] * m[j] / np.linalg.norm(x[i] - x[j]) for i in range(5) for j in range(i))
    return (m * (v * v).sum(-1)).sum() / 2 - g * potential


before = energy(x, v)
for _ in range(3652):
    half = v + acceleration(x) * 5.0
    x = x + half * 10.0
    v = half + acceleration(x) * 5.0
write("nbody", f"energy {before:.6e} -> {energy(x, v):.6e}", x.astype(np.float32))

# black_scholes
n = 8
strike = np.linspace(80, 120, n)
spread = 0.2
d1 = (np.log(100 / strike) + (0.03 + 0.02)) / spread
cdf = np.vectorize(lambda a: 0.5 * math.erfc(-a / math.sqrt(2)))
discounted = strike * math.exp(-0.03)
call = 100 * cdf(d1) - discounted * cdf(d1 - spread)
write("black_scholes", call, call - 100 + discounted, cdf(d1))

# life
world = np.zeros((10, 10), int)
world[[0, 1, 2, 2, 2], [1, 2, 0, 1, 2]] = 1
for _ in range(40):
    around = sum(np.roll(world, s, (0, 1)) for s in [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a, b) != (0, 0)])
    world = ((around == 3) | (world == 1) & (around == 2)).astype(int)
write("life", world)


# predict: the parameters of the reference MLP
def layer(n, m, s):
    return jnp.sin(jnp.arange(n * m, dtype=jnp.float32) * s).reshape(n, m) * 0.5, jnp.cos(jnp.arange(m, dtype=jnp.float32))


hidden = jnp.cos(jnp.arange(24, dtype=jnp.float32) * 0.9).reshape(6, 4)
targets = jnp.sin(jnp.arange(18, dtype=jnp.float32)).reshape(6, 3)
for weights, bias in [layer(4, 5, 0.7), layer(5, 3, 1.3)]:
    outputs = hidden @ weights + bias
    hidden = jnp.tanh(outputs)
write("predict", np.asarray(outputs), f"loss {((outputs - targets) ** 2).sum():.4f}")

# gradients: of the same perceptron; the reference numbers of language.md's mlp
import jax


def predict(params, x):
    for w, b in params:
        out = x @ w + b
        x = jnp.tanh(out)
    return out


def loss(params, x, t):
    return jnp.sum((predict(params, x) - t) ** 2)


params = [layer(4, 5, 0.7), layer(5, 3, 1.3)]
inputs = jnp.cos(jnp.arange(24, dtype=jnp.float32) * 0.9).reshape(6, 4)
whole = jax.grad(loss)(params, inputs, targets)
each = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, inputs, targets)
norms = np.sqrt(sum(np.sum(np.asarray(g).reshape(6, -1) ** 2, 1) for g in jax.tree.leaves(each)))
write("gradients", *[np.asarray(g) for g in jax.tree.leaves(whole)], norms)

# digits_mlp: the same training, by jax.lax.scan
data = np.load(os.path.join(root, "examples", "data", "digits.npz"))
pixels = jnp.asarray(data["images"], jnp.float32).reshape(1797, 64) / 16 - 0.5
labels = jnp.asarray(data["labels"])


def spread(n, m, scale):
    s = jnp.arange(n * m, dtype=jnp.int32).astype(jnp.float32) * jnp.float32(0.618034)
    return ((s - jnp.floor(s)) * 2 - 1).reshape(n, m) * scale, jnp.zeros(m)


def cross_entropy(params, batch):
    s = predict(params, batch[0])
    return jnp.mean(jax.nn.logsumexp(s, axis=1) - jnp.sum(s * jax.nn.one_hot(batch[1], 10), axis=1))


def step(state, batch):
    params, velocity = state
    value, gradient = jax.value_and_grad(cross_entropy)(params, batch)
    velocity = jax.tree.map(lambda v, g: 0.9 * v + g, velocity, gradient)
    return (jax.tree.map(lambda p, v: p - 0.1 * v, params, velocity), velocity), value


batches = (pixels[:1344].reshape(21, 64, 64), labels[:1344].reshape(21, 64))
first = [spread(64, 32, 0.2), spread(32, 10, 0.2)]
start = (first, jax.tree.map(jnp.zeros_like, first))
(params, _), losses = jax.lax.scan(lambda s, _: jax.lax.scan(step, s, batches), start, jnp.arange(20))


def accuracy(x, y):
    return float(jnp.mean((jnp.argmax(predict(params, x), 1) == y).astype(jnp.float32)))


write("digits_mlp", f"mean loss of the epochs: {np.mean(np.asarray(losses), 1)}",
      f"accuracy {accuracy(*[a[:1344] for a in (pixels, labels)]):.4f} on what was learnt from, "
      f"{accuracy(*[a[1344:] for a in (pixels, labels)]):.4f} on the rest")


# Flax and Optax
import flax
import flax.linen as nn
import optax
from jax import random


class MLP(nn.Module):
    features: tuple

    @nn.compact
    def __call__(self, x):
        for feature in self.features[:-1]:
            x = nn.relu(nn.Dense(feature)(x))
        return nn.Dense(self.features[-1])(x)


class Net(nn.Module):
    units: int

    def setup(self):
        self.conv = nn.Conv(self.units, (3, 3), strides=(3, 3))
        self.fc = nn.Dense(10)

    def __call__(self, x):
        x = nn.relu(self.conv(x))
        return nn.log_softmax(self.fc(x.reshape(x.shape[0], -1)))


class SimpleModel(nn.Module):
    dim: int

    def setup(self):
        self.layer = nn.Dense(features=self.dim)

    def __call__(self, x):
        return self.layer(x)


class Normed(nn.Module):
    @nn.compact
    def __call__(self, x, train=False):
        return nn.BatchNorm(use_running_average=not train, momentum=0.9)(nn.Dense(3)(x))


ones = jnp.ones((32, 10))
variables = MLP((12, 8, 4)).init(random.key(0), ones)
output = MLP((12, 8, 4)).apply(variables, ones)
images = random.normal(random.key(1), (2, 9, 9, 1))
net = Net(4).init(random.key(2), images)
first = Normed().init(random.key(3), ones)
second = Normed().apply(first, ones, train=True, mutable=["batch_stats"])[1]
write("modules", f"{output.shape} {sum(a.size for a in jax.tree.leaves(variables))}", output[0],
      variables["params"]["Dense_2"]["kernel"], net["params"]["conv"]["kernel"][0, 0, 0], Net(4).apply(net, images),
      SimpleModel(4).apply(SimpleModel(4).init(random.key(0), jnp.zeros((1, 10))), jnp.ones((1, 10))),
      second["batch_stats"]["BatchNorm_0"]["mean"])


# mlp: the seed's program
def seed_predict(params, inputs):
    for w, b in params:
        outputs = inputs @ w + b
        inputs = jnp.tanh(outputs)
    return outputs


def seed_loss(params, batch):
    return jnp.sum((seed_predict(params, batch[0]) - batch[1]) ** 2)


w_key, x_key = random.split(random.key(0x1234))
seed = [(random.normal(w_key, (4, 3)), jnp.zeros(3))]
batch = (random.normal(x_key, (16, 4)), jnp.ones((16, 3)))
g = jax.grad(seed_loss)(seed, batch)
p = jax.vmap(jax.grad(seed_loss), in_axes=(None, 0))(seed, batch)


def shown(a):
    return np.array2string(np.asarray(a), threshold=10**6)


write("mlp", f"(({shown(g[0][0])}, {shown(g[0][1])}),) (({shown(p[0][0])}, {shown(p[0][1])}),)")

# conjugate_gradient
a = random.normal(random.key(1), (8, 8))
write("conjugate_gradient", jnp.linalg.solve(a @ a.T + 8 * jnp.eye(8), jnp.ones(8)))


# digits_cnn
class Classifier(nn.Module):
    @nn.compact
    def __call__(self, images):
        x = nn.max_pool(nn.relu(nn.Conv(32, (3, 3))(images)), (2, 2), strides=(2, 2))
        x = nn.max_pool(nn.relu(nn.Conv(64, (3, 3))(x)), (2, 2), strides=(2, 2))
        return nn.Dense(10)(x.reshape(x.shape[0], -1))


data = np.load(os.path.join(root, "examples", "data", "digits.npz"))
order = random.permutation(random.key(0), 1797)
pictures = jnp.asarray(data["images"], jnp.float32)[order][..., None] / 16
labels = jnp.asarray(data["labels"])[order]
model = Classifier()
optimizer = optax.adamw(optax.cosine_decay_schedule(3e-3, 15 * 21))


def cnn_loss(variables, batch):
    return jnp.mean(optax.softmax_cross_entropy_with_integer_labels(model.apply(variables, batch[0]), batch[1]))


def cnn_step(state, batch):
    variables, inner = state
    value, gradient = jax.value_and_grad(cnn_loss)(variables, batch)
    updates, inner = optimizer.update(gradient, inner, variables)
    return (optax.apply_updates(variables, updates), inner), value


key, init_key = random.split(random.key(1))
variables = model.init(init_key, pictures[:1])
state = (variables, optimizer.init(variables))
epoch_of = jax.jit(lambda state, batches: jax.lax.scan(cnn_step, state, batches))
lines = []
for epoch in range(15):
    key, order_key = random.split(key)
    shuffled = random.permutation(order_key, 1344)
    batches = jax.tree.map(lambda a: a[:1344][shuffled].reshape((21, 64) + a.shape[1:]), (pictures, labels))
    state, losses = epoch_of(state, batches)
    if epoch < 3:
        lines.append(f"epoch {epoch}: loss {losses.mean():.4f}")
hits = int(jnp.sum(jnp.argmax(model.apply(state[0], pictures[-450:]), 1) == labels[-450:]))
assert hits > 0.97 * 450, hits
write("digits_cnn", *lines, f"{hits}±2 of 450 right")


# vae
class Encoder(nn.Module):
    latents: int

    @nn.compact
    def __call__(self, x):
        h = nn.relu(nn.Dense(64)(x))
        return nn.Dense(self.latents, name="mean")(h), nn.Dense(self.latents, name="logvar")(h)


class Decoder(nn.Module):
    @nn.compact
    def __call__(self, z):
        z = nn.Dense(64, name="Dense_1")(z)
        return nn.Dense(64, name="Dense_0")(nn.relu(z))


class VAE(nn.Module):
    latents: int

    def setup(self):
        self.encoder = Encoder(self.latents)
        self.decoder = Decoder()

    def __call__(self, x, key):
        m, logvar = self.encoder(x)
        z = m + jnp.exp(0.5 * logvar) * random.normal(key, logvar.shape)
        return self.decoder(z), m, logvar


flat = jnp.asarray(data["images"], jnp.float32).reshape(1797, 64) / 16
vae, adam = VAE(4), optax.adam(1e-3)


def vae_loss(variables, batch, key):
    logits, m, logvar = vae.apply(variables, batch, key)
    cost = jnp.mean(jnp.sum(optax.sigmoid_binary_cross_entropy(logits, batch), -1))
    return cost - 0.5 * jnp.mean(jnp.sum(1 + logvar - m ** 2 - jnp.exp(logvar), -1))


def vae_step(state, batch):
    variables, inner, key = state
    key, sub = random.split(key)
    value, gradient = jax.value_and_grad(vae_loss)(variables, batch, sub)
    updates, inner = adam.update(gradient, inner, variables)
    return (optax.apply_updates(variables, updates), inner, key), value


init_key, draw_key, train_key, _, _ = random.split(random.key(0x1234), 5)
variables = vae.init(init_key, flat[:1], draw_key)
state = (variables, adam.init(variables), train_key)
curve = []
for epoch in range(60):
    state, losses = jax.jit(lambda s, b: jax.lax.scan(vae_step, s, b))(state, flat[:1792].reshape(28, 64, 64))
    curve.append(float(losses.mean()))
write("vae", f"losses {curve[0]:.3f}, {curve[1]:.3f}, {curve[2]:.3f}, …, {curve[59]:.2f}")

# hello
write("hello", jax.vmap(lambda x: x ** 2)(jnp.arange(8)))


# train: the seed's program
class SmallClassifier(nn.Module):
    @nn.compact
    def __call__(self, images):
        x = nn.relu(nn.Conv(16, (3, 3))(images))
        return nn.Dense(10)(x.reshape(x.shape[0], -1))


pictures, labels = jnp.asarray(data["images"], jnp.float32)[..., None] / 16, jnp.asarray(data["labels"])
small = SmallClassifier()
clipped = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(1e-3))


def train_loss(variables, batch):
    return jnp.mean(optax.softmax_cross_entropy_with_integer_labels(small.apply(variables, batch[0]), batch[1]))


def train_step(state, batch):
    variables, inner = state
    value, gradient = jax.value_and_grad(train_loss)(variables, batch)
    updates, inner = clipped.update(gradient, inner, variables)
    return (optax.apply_updates(variables, updates), inner), value


key, init_key = random.split(random.key(0x1234))
variables = small.init(init_key, pictures[:1])
state = (variables, clipped.init(variables))
epoch_of = jax.jit(lambda state, batches: jax.lax.scan(train_step, state, batches))
lines = []
for epoch in range(20):
    key, order_key = random.split(key)
    order = random.permutation(order_key, 1792)
    batches = jax.tree.map(lambda a: a[order].reshape((28, 64) + a.shape[1:]), (pictures, labels))
    state, losses = epoch_of(state, batches)
    # The design's five; afterwards other sums may round to another last digit.
    lines.append(f"epoch {epoch}: loss {losses.mean():.4f}" + ("±0.0002" if epoch >= 5 else ""))
assert [line.split()[-1] for line in lines[:5]] == ["1.7159", "0.7631", "0.3783", "0.2589", "0.1976"], lines
write("train", *lines)


# haiku: Flax's numbers, whose initial values Girih has; Haiku draws others
class Scale(nn.Module):
    @nn.compact
    def __call__(self, x):
        return x * self.param("factor", nn.initializers.ones, (x.shape[-1],))


class Network(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(16, name="hidden")(x))
        return Scale(name="scale")(nn.Dense(3, name="out")(x))


x = jnp.linspace(-1, 1, 8).reshape(2, 4)
params = Network().init(random.key(0), x)
g = jax.grad(lambda p: jnp.mean(Network().apply(p, x) ** 2))(params)
write("haiku", Network().apply(params, x), f"{optax.global_norm(g)} {g['params']['scale']['factor']}")

# objax
sequence, momentum = nn.Sequential([nn.Dense(16), jnp.tanh, nn.Dense(1)]), optax.sgd(0.1, momentum=0.9)
x = jnp.linspace(-1, 1, 32)[:, None]
y = jnp.sin(3 * x)
variables = sequence.init(random.key(0), x)
state, lines = momentum.init(variables), []
for epoch in range(100):
    value, g = jax.value_and_grad(lambda v: jnp.mean((sequence.apply(v, x) - y) ** 2))(variables)
    updates, state = momentum.update(g, state, variables)
    variables = optax.apply_updates(variables, updates)
    if epoch % 25 == 0:
        lines.append(f"epoch {epoch}: loss {value:.6f}")
write("objax", *lines, sequence.apply(variables, x[::8]).ravel())

made = ["black_scholes", "conjugate_gradient", "digits_cnn", "digits_mlp", "gradients", "haiku", "hello", "life",
        "mandelbrot", "mlp", "modules", "nbody", "objax", "predict", "train", "vae"]
record("testdata/scripts/examples.py",
       f"jax {jax.__version__}, flax {flax.__version__}, optax {optax.__version__}, numpy {np.__version__}",
       [f"examples/expected/{name}.out" for name in made])
