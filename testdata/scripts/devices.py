"""What the examples on several devices print, computed by JAX on as many: python3 testdata/scripts/devices.py

Writes examples/expected/devices_NAME.out, and renews the lines of testdata/MANIFEST that name these files. Numbers
are compared within a tolerance, words exactly (ExamplesTest). The same placements are used as in the examples."""

import os
import pathlib

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=4"

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random
from jax.sharding import NamedSharding, PartitionSpec as P

import manifest

ROOT = pathlib.Path(__file__).resolve().parents[2]
written = []


def write(name, *lines):
    path = f"examples/expected/devices_{name}.out"
    (ROOT / path).write_text("\n".join(str(line) for line in lines) + "\n")
    written.append(path)


def mesh(**axes):
    return jax.sharding.Mesh(np.array(jax.devices()).reshape(tuple(axes.values())), tuple(axes))


def placed(m, x, *spec):
    return lax.with_sharding_constraint(x, NamedSharding(m, P(*spec)))


# matmul
grid = mesh(rows=2, columns=2)
a_key, b_key = random.split(random.key(0))
a, b = random.normal(a_key, (8, 16)), random.normal(b_key, (16, 4))
product = lambda a, b: placed(grid, placed(grid, a, "rows", "columns") @ placed(grid, b, "columns", None), "rows", None)
gradient = jax.jit(jax.grad(lambda a: jnp.sum(product(a, b) ** 2)))(a)
write("matmul", np.asarray(jnp.round(100 * jax.jit(product)(a, b))), f"{jnp.sum(gradient ** 2):.1f}")


# mlp
def predict(params, inputs):
    for w, b in params:
        outputs = inputs @ w + b
        inputs = jnp.tanh(outputs)
    return outputs


def mlp_loss(params, batch):
    return jnp.sum((predict(params, batch[0]) - batch[1]) ** 2)


def mlp_step(params, batch):
    loss, gradient = jax.value_and_grad(mlp_loss)(params, batch)
    params = jax.tree.map(lambda p, g: p - 0.01 * lax.psum(g, "batch"), params, gradient)
    return params, lax.psum(loss, "batch")


w1_key, w2_key, x_key = random.split(random.key(0x1234), 3)
params = ((random.normal(w1_key, (4, 8)) / 2, jnp.zeros(8)), (random.normal(w2_key, (8, 3)) / 3, jnp.zeros(3)))
inputs = random.normal(x_key, (16, 4))
quarters = (inputs.reshape(4, 4, 4), jnp.sin(inputs[:, :3]).reshape(4, 4, 3))
parallel = jax.pmap(mlp_step, axis_name="batch", in_axes=(None, 0))
lines = []
for _ in range(5):
    params, total = parallel(params, quarters)
    params = jax.tree.map(lambda p: p[0], params)
    lines.append(f"{total[0]:.5f}")
write("mlp", *lines, np.asarray(params[1][0]))


# life
def life(cells):
    above = lax.ppermute(cells[-1:], "part", [(i, (i + 1) % 4) for i in range(4)])
    below = lax.ppermute(cells[:1], "part", [((i + 1) % 4, i) for i in range(4)])
    tall = jnp.concatenate((above, cells, below))
    columns = jnp.roll(tall, -1, 1) + tall + jnp.roll(tall, 1, 1)
    around = columns[:-2] + columns[1:-1] + columns[2:] - cells
    return ((around == 3) | (cells == 1) & (around == 2)).astype(jnp.int32)


parts = mesh(part=4)
glider = jnp.zeros((12, 10), jnp.int32).at[jnp.array([0, 1, 2, 2, 2]), jnp.array([1, 2, 0, 1, 2])].set(1)
generations = jax.shard_map(lambda c: lax.fori_loop(0, 40, lambda _, c: life(c), c), mesh=parts,
                            in_specs=P("part", None), out_specs=P("part", None))
write("life", np.asarray(generations(glider)))

# pipeline
PIECES, STAGES = 6, 4
stages = mesh(stage=STAGES)


def pipelined(weights, batch):
    me = lax.axis_index("stage")
    x, done = jnp.zeros_like(batch[0]), jnp.zeros_like(batch)
    x, done = lax.pcast(x, "stage", to="varying"), lax.pcast(done, "stage", to="varying")
    for t in range(PIECES + STAGES - 1):
        y = jnp.tanh(jnp.where(me == 0, batch[min(t, PIECES - 1)], x) @ weights[0])
        last = t - (STAGES - 1)
        if last >= 0:
            done = done.at[last].set(jnp.where(me == STAGES - 1, y, done[last]))
        x = lax.ppermute(y, "stage", [(0, 1), (1, 2), (2, 3)])
    return lax.psum(jnp.where(me == STAGES - 1, done, 0), "stage")


pipeline = jax.shard_map(pipelined, mesh=stages, in_specs=(P("stage"), P()), out_specs=P())
w_key, x_key = random.split(random.key(7))
weights, batch = random.normal(w_key, (STAGES, 5, 5)) / 2, random.normal(x_key, (PIECES, 3, 5))
back = jax.grad(lambda w: jnp.sum(pipeline(w, batch) ** 2))(weights)
write("pipeline", np.asarray(pipeline(weights, batch)[0]), np.asarray(back[0]))

# transformer
VOCABULARY, WIDTH, HEADS, HIDDEN, LENGTH = 16, 16, 4, 32, 8
devices = mesh(devices=4)


def init_params(key):
    keys = random.split(key, 6)
    made = lambda k, fan_in, shape: random.normal(k, shape) / jnp.sqrt(jnp.float32(fan_in))
    return {"embedding": made(keys[0], 1, (VOCABULARY, WIDTH)),
            "qkv": made(keys[1], WIDTH, (3, HEADS, WIDTH, WIDTH // HEADS)),
            "out": made(keys[2], WIDTH, (HEADS, WIDTH // HEADS, WIDTH)),
            "up": made(keys[3], WIDTH, (WIDTH, HIDDEN)),
            "down": made(keys[4], HIDDEN, (HIDDEN, WIDTH)),
            "logits": made(keys[5], WIDTH, (WIDTH, VOCABULARY))}


def normalised(x):
    centred = x - jnp.mean(x, -1, keepdims=True)
    return centred / jnp.sqrt(jnp.mean(centred * centred, -1, keepdims=True) + 1e-6)


def attention(p, x):
    q, k, v = jnp.einsum("btd,chde->cbhte", normalised(x), p["qkv"])
    scores = jnp.einsum("bhse,bhte->bhst", q, k) / jnp.sqrt(jnp.float32(WIDTH // HEADS))
    past = jnp.arange(LENGTH)[:, None] >= jnp.arange(LENGTH)[None]
    weights = jax.nn.softmax(jnp.where(past, scores, -1e9))
    return jnp.einsum("bhse,hed->bsd", jnp.einsum("bhst,bhte->bhse", weights, v), p["out"])


def transformer(p, tokens):
    x = p["embedding"][tokens]
    x = x + attention(p, x)
    x = x + jax.nn.relu(normalised(x) @ p["up"]) @ p["down"]
    return normalised(x) @ p["logits"]


def transformer_loss(p, tokens):
    predicted = jax.nn.log_softmax(transformer(p, tokens[:, :-1]))
    return -jnp.mean(jnp.sum(jax.nn.one_hot(tokens[:, 1:], VOCABULARY) * predicted, -1))


SPECS = {
    "data": ({}, ("devices",)),
    "tensor": ({"qkv": (None, "devices"), "out": ("devices",), "up": (None, "devices"), "down": ("devices",),
                "logits": (None, "devices")}, ()),
    "sharded": ({"embedding": ("devices",), "qkv": (None, None, "devices"), "out": (None, None, "devices"),
                 "up": ("devices",), "down": (None, "devices"), "logits": ("devices",)}, ("devices",)),
}
p_key, t_key = random.split(random.key(0))
first = init_params(p_key)
tokens = random.randint(t_key, (8, LENGTH + 1), 0, VOCABULARY)
losses = []
for specs, tokens_spec in SPECS.values():
    def step(p, _):
        p = {name: placed(devices, w, *specs.get(name, ())) for name, w in p.items()}
        value, gradient = jax.value_and_grad(transformer_loss)(p, placed(devices, tokens, *tokens_spec))
        return jax.tree.map(lambda w, g: w - 0.1 * g, p, gradient), value
    losses.append(np.asarray(jax.jit(lambda p: lax.scan(step, p, jnp.arange(5)))(first)[1]))
write("transformer", *losses)

# kmeans, in NumPy, whose sums are in f64
images = np.load(ROOT / "examples/data/digits.npz")["images"].reshape(1797, 64)[:1796] / 16.0
centres = images[:10]
for _ in range(30):
    nearest = np.argmin(((images[:, None] - centres) ** 2).sum(-1), 1)
    sizes = np.bincount(nearest, minlength=10)
    centres = np.stack([images[nearest == i].mean(0) if sizes[i] else centres[i] for i in range(10)])
write("kmeans", "groups of [" + " ".join(f"{n}." for n in sizes) + "]",
      f"mean squared distance {((images[:, None] - centres) ** 2).sum(-1).min(1).mean():.4f}")

manifest.record("testdata/scripts/devices.py", f"jax {jax.__version__}, numpy {np.__version__}", written)
