"""Makes the HLO modules that the runtime's tests run: ../resources/org/girih/runtime/pjrt/*.hlo.bin.

Each is a serialised HloModuleProto of a function written with JAX 0.10.2 (or of HLO text, where JAX
has no such function). The tests compare with numbers worked out by hand.
"""

import pathlib

import jax
import jax.numpy as jnp
from jaxlib import _hlo

# No path of the machine in the metadata.
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")

OUT = pathlib.Path(__file__).parent / "../resources/org/girih/runtime/pjrt"


def lower(name, function, *arguments, **options):
    lowered = jax.jit(function, keep_unused=True, **options).lower(*arguments)
    write(name, lowered.compiler_ir("hlo").as_serialized_hlo_module_proto())


def text(name, hlo):
    module = _hlo.hlo_module_from_text(hlo)
    write(name, module.as_serialized_hlo_module_proto())


def write(name, proto):
    (OUT / f"{name}.hlo.bin").write_bytes(proto)
    print(name, len(proto))


def f32(*dims):
    return jax.ShapeDtypeStruct(dims, jnp.float32)


lower("add", lambda x, y: x + y, f32(3), f32(3))
lower("add_scalar", lambda x, y: x + y, f32(), f32())
lower("increment_donated", lambda x: x + 1, f32(1000), donate_argnums=0)
lower("add_donated", lambda x, y: x + y, f32(3), f32(3), donate_argnums=0)
lower("two_results", lambda x: (x * 2, (x > 1), jnp.sum(x)), f32(3))
lower("empty", lambda x: x * 2, f32(0, 4))
lower("transpose", lambda x: x.T, f32(2, 3))
lower("huge", lambda x: jnp.broadcast_to(x, (1 << 17, 1 << 17)) * 2, f32())
lower(
    "many_types",
    lambda *xs: xs,
    *[
        jax.ShapeDtypeStruct((2,), t)
        for t in "bool int4 int8 int16 int32 uint4 uint8 uint16 uint32 float16 bfloat16 float32"
        " complex64 float8_e4m3fn float8_e5m2 float8_e4m3b11fnuz float8_e4m3fnuz float8_e5m2fnuz".split()
    ],
)
text(
    "column_major",
    """HloModule column_major, entry_computation_layout={(f32[2,3]{1,0})->f32[2,3]{0,1}}
ENTRY main {
  x = f32[2,3]{1,0} parameter(0)
  ROOT y = f32[2,3]{0,1} copy(x)
}
""",
)
text(
    "dynamic",
    """HloModule dynamic, entry_computation_layout={(f32[2,5]{1,0}, s32[])->f32[2,<=5]{1,0}}
ENTRY main {
  x = f32[2,5]{1,0} parameter(0)
  n = s32[] parameter(1)
  ROOT y = f32[2,<=5]{1,0} set-dimension-size(x, n), dimensions={1}
}
""",
)
