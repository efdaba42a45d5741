"""What examples/sonnets.girih and examples/transformer.girih print, by JAX, Flax and Optax:
python3 testdata/scripts/language_models.py"""
import os

import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import random

from manifest import record

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def write(name, *lines):
    with open(os.path.join(ROOT, "examples", "expected", name + ".out"), "w") as f:
        f.write("\n".join(str(line) for line in lines) + "\n")


def cross_entropy(logits, codes):
    return jnp.mean(optax.softmax_cross_entropy_with_integer_labels(logits, codes))


def sonnets():
    context, batch, steps = 64, 16, 800

    class Block(nn.Module):
        heads: int

        @nn.compact
        def __call__(self, x):
            mask = nn.make_causal_mask(x[..., 0])
            x = x + nn.MultiHeadDotProductAttention(self.heads)(nn.LayerNorm()(x), mask=mask)
            h = nn.gelu(nn.Dense(4 * x.shape[-1])(nn.LayerNorm()(x)))
            return x + nn.Dense(x.shape[-1])(h)

    class Writer(nn.Module):
        width: int
        depth: int

        @nn.compact
        def __call__(self, codes):
            places = nn.Embed(context, self.width, name="places")(jnp.arange(codes.shape[1]))
            x = nn.Embed(128, self.width, name="letters")(codes) + places
            for _ in range(self.depth):
                x = Block(4)(x)
            return nn.Dense(128)(nn.LayerNorm()(x))

    with open(os.path.join(ROOT, "examples", "data", "sonnets.txt"), "rb") as f:
        text = jnp.asarray(np.frombuffer(f.read(), np.uint8), jnp.int32)
    model = Writer(96, 3)
    optimizer = optax.adamw(optax.cosine_decay_schedule(3e-3, steps))

    def step(carry, key):
        variables, state = carry
        starts = random.randint(key, (batch,), 0, text.size - context)
        codes = text[starts[:, None] + jnp.arange(context + 1)]
        value, gradients = jax.value_and_grad(
            lambda v: cross_entropy(model.apply(v, codes[:, :-1]), codes[:, 1:]))(variables)
        updates, state = optimizer.update(gradients, state, variables)
        return (optax.apply_updates(variables, updates), state), value

    init_key, train_key, _ = random.split(random.key(0x1234), 3)
    variables = model.init(init_key, text[None, :context])
    _, part_key = random.split(train_key)
    _, losses = jax.lax.scan(step, (variables, optimizer.init(variables)), random.split(part_key, 50))
    write("sonnets", np.asarray(losses), "…")


def transformer():
    class Attention(nn.Module):
        heads: int

        @nn.compact
        def __call__(self, x):
            b, t, d = x.shape
            qkv = nn.Dense(3 * d)(x).reshape(b, t, 3, self.heads, d // self.heads)
            q, k, v = jnp.moveaxis(qkv, (2, 3), (0, 2))
            scores = q @ jnp.swapaxes(k, -1, -2) / np.sqrt(d // self.heads)
            masked = jnp.where(jnp.tril(jnp.ones((t, t), bool)), scores, -jnp.inf)
            return nn.Dense(d)(jnp.moveaxis(nn.softmax(masked) @ v, 1, 2).reshape(b, t, d))

    class Block(nn.Module):
        heads: int
        rate: float = 0.1

        @nn.compact
        def __call__(self, x, key, train=False):
            k1, k2 = random.split(key)
            drop = lambda x, k: nn.Dropout(self.rate)(x, deterministic=not train, rng=k)
            d = x.shape[-1]
            h = x + drop(Attention(self.heads)(nn.LayerNorm()(x)), k1)
            return h + drop(nn.Dense(d)(nn.gelu(nn.Dense(4 * d)(nn.LayerNorm()(h)))), k2)

    class LM(nn.Module):
        vocab: int
        d: int
        depth: int

        @nn.compact
        def __call__(self, tokens, key, train=False):
            embed = nn.Embed(self.vocab, self.d, name="embed")
            h = embed(tokens)
            for k in random.split(key, self.depth):
                h = Block(4)(h, k, train=train)
            return nn.LayerNorm()(h) @ embed.embedding.T

    with open(os.path.join(ROOT, "examples", "data", "sonnets.txt"), "rb") as f:
        tokens = jnp.asarray(np.frombuffer(f.read()[:16 * 8 * 65], np.uint8), jnp.int32).reshape(16, 8, 65)
    model, optimizer = LM(256, 128, 4), optax.adamw(3e-4, weight_decay=0.1)

    def step(carry, tokens):
        variables, state, key = carry
        key, sub = random.split(key)
        value, gradients = jax.value_and_grad(
            lambda v: cross_entropy(model.apply(v, tokens[:, :-1], sub, train=True), tokens[:, 1:]))(variables)
        updates, state = optimizer.update(gradients, state, variables)
        return (optax.apply_updates(variables, updates), state, key), value

    key, k1, k2 = random.split(random.key(0), 3)
    variables = model.init(k1, tokens[0, :, :-1], k2)
    carry, lines = (variables, optimizer.init(variables), key), []
    epoch_of = jax.jit(lambda carry, tokens: jax.lax.scan(step, carry, tokens))
    for epoch in range(10):
        carry, losses = epoch_of(carry, tokens)
        lines.append(f"epoch {epoch}: {losses.mean():.4f}±0.0002")
    write("transformer", *lines)


sonnets()
transformer()
record("testdata/scripts/language_models.py",
       f"jax {jax.__version__}, flax {flax.__version__}, optax {optax.__version__}",
       ["examples/expected/sonnets.out", "examples/expected/transformer.out"])
