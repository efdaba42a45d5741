"""The programs of this folder in JAX, Flax and Optax: python3 twins.py NAME [ROUNDS] prints the same numbers."""
import os
import sys

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import random

DIGITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "data", "digits.npz")


def stepper(optimizer, loss):
    def step(carry, batch):
        v, s = carry
        value, g = jax.value_and_grad(loss)(v, *batch)
        u, s = optimizer.update(g, s, v)
        return (optax.apply_updates(v, u), s), value

    return jax.jit(lambda carry, batches: jax.lax.scan(step, carry, batches))


def entropy(model):
    return lambda v, x, y: jnp.mean(optax.softmax_cross_entropy_with_integer_labels(model.apply(v, x), y))


def mlp(steps=100):
    class MLP(nn.Module):
        @nn.compact
        def __call__(self, x):
            outer, middle, inner = nn.Dense(10), nn.Dense(512), nn.Dense(512)
            return outer(nn.relu(middle(nn.relu(inner(x)))))

    x_key, y_key, init_key = random.split(random.key(0), 3)
    x, y = random.normal(x_key, (steps, 128, 784)), random.randint(y_key, (steps, 128), 0, 10)
    model, optimizer = MLP(), optax.adam(1e-3)
    v = model.init(init_key, x[0])
    _, losses = stepper(optimizer, entropy(model))((v, optimizer.init(v)), (x, y))
    print(*losses[:50])


def cnn(epochs=5):
    class Net(nn.Module):
        @nn.compact
        def __call__(self, x):
            x = nn.max_pool(nn.relu(nn.Conv(32, (3, 3))(x)), (2, 2), strides=(2, 2))
            x = nn.max_pool(nn.relu(nn.Conv(64, (3, 3))(x)), (2, 2), strides=(2, 2))
            return nn.Dense(10)(x.reshape(x.shape[0], -1))

    data = np.load(DIGITS)
    images, labels = jnp.asarray(data["images"][:1344], jnp.float32)[..., None] / 16, jnp.asarray(data["labels"][:1344])
    model, optimizer = Net(), optax.adamw(3e-3)
    key, init_key = random.split(random.key(1))
    v = model.init(init_key, images[:1])
    carry, run = (v, optimizer.init(v)), stepper(optimizer, entropy(model))
    for _ in range(epochs):
        key, k = random.split(key)
        shuffled = random.permutation(k, 1344)
        carry, losses = run(carry, (images[shuffled].reshape(21, 64, 8, 8, 1), labels[shuffled].reshape(21, 64)))
        print(losses.mean())


def vae(epochs=5):
    class VAE(nn.Module):
        @nn.compact
        def __call__(self, x, key):
            h = nn.relu(nn.Dense(64)(x))
            m, logvar = nn.Dense(4)(h), nn.Dense(4)(h)
            z = m + jnp.exp(0.5 * logvar) * random.normal(key, logvar.shape)
            h = nn.relu(nn.Dense(64)(z))
            return nn.Dense(64)(h), m, logvar

    images = jnp.asarray(np.load(DIGITS)["images"], jnp.float32).reshape(1797, 64) / 16
    model, optimizer = VAE(), optax.adam(1e-3)

    def loss(v, x, key):
        logits, m, logvar = model.apply(v, x, key)
        return (jnp.mean(jnp.sum(optax.sigmoid_binary_cross_entropy(logits, x), -1))
                - 0.5 * jnp.mean(jnp.sum(1 + logvar - m ** 2 - jnp.exp(logvar), -1)))

    def step(carry, x):
        v, s, key = carry
        key, k = random.split(key)
        value, g = jax.value_and_grad(loss)(v, x, k)
        u, s = optimizer.update(g, s, v)
        return (optax.apply_updates(v, u), s, key), value

    init_key, draw_key, key = random.split(random.key(2), 3)
    v = model.init(init_key, images[:1], draw_key)
    carry, batches = (v, optimizer.init(v), key), images[:1792].reshape(28, 64, 64)
    run = jax.jit(lambda carry, batches: jax.lax.scan(step, carry, batches))
    for _ in range(epochs):
        carry, losses = run(carry, batches)
        print(losses.mean())


def transformer(steps=50):
    class Block(nn.Module):
        @nn.compact
        def __call__(self, x):
            mask = nn.make_causal_mask(x[:, :, 0])
            x = x + nn.MultiHeadDotProductAttention(4)(nn.LayerNorm()(x), mask=mask)
            h = nn.gelu(nn.Dense(256)(nn.LayerNorm()(x)))
            return x + nn.Dense(64)(h)

    class LM(nn.Module):
        @nn.compact
        def __call__(self, tokens):
            x = nn.Embed(64, 64)(tokens)
            for _ in range(4):
                x = Block()(x)
            x = nn.LayerNorm()(x)
            return nn.Dense(64)(x)

    data_key, init_key = random.split(random.key(3))
    tokens = random.randint(data_key, (steps, 16, 65), 0, 64)
    model, optimizer = LM(), optax.adamw(1e-3)
    loss = entropy(model)
    v = model.init(init_key, tokens[0, :, :-1])
    run = stepper(optimizer, lambda v, t: loss(v, t[:, :-1], t[:, 1:]))
    _, losses = run((v, optimizer.init(v)), (tokens,))
    print(*losses[:50])


{"mlp": mlp, "cnn": cnn, "vae": vae, "transformer": transformer}[sys.argv[1]](*map(int, sys.argv[2:]))
