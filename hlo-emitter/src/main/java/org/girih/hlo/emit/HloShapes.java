package org.girih.hlo.emit;

import java.util.List;
import org.girih.hlo.proto.LayoutProto;
import org.girih.hlo.proto.LiteralProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Literal;

/// Types and literals as XLA writes them.
final class HloShapes {
  private HloShapes() {}

  static PrimitiveType primitive(DType dtype) {
    return switch (dtype) {
      case BOOL -> PrimitiveType.PRED;
      case I4 -> PrimitiveType.S4;
      case I8 -> PrimitiveType.S8;
      case I16 -> PrimitiveType.S16;
      case I32 -> PrimitiveType.S32;
      case I64 -> PrimitiveType.S64;
      case U4 -> PrimitiveType.U4;
      case U8 -> PrimitiveType.U8;
      case U16 -> PrimitiveType.U16;
      case U32 -> PrimitiveType.U32;
      case U64 -> PrimitiveType.U64;
      case F8E4M3FN -> PrimitiveType.F8E4M3FN;
      case F8E5M2 -> PrimitiveType.F8E5M2;
      case F8E4M3B11FNUZ -> PrimitiveType.F8E4M3B11FNUZ;
      case F8E4M3FNUZ -> PrimitiveType.F8E4M3FNUZ;
      case F8E5M2FNUZ -> PrimitiveType.F8E5M2FNUZ;
      case F16 -> PrimitiveType.F16;
      case BF16 -> PrimitiveType.BF16;
      case F32 -> PrimitiveType.F32;
      case F64 -> PrimitiveType.F64;
      case C64 -> PrimitiveType.C64;
      case C128 -> PrimitiveType.C128;
    };
  }

  /// Returns it row-major, as the host has it.
  static ShapeProto of(ArrayType type) {
    var layout = LayoutProto.newBuilder().setTailPaddingAlignmentInElements(1);
    for (int i = type.rank() - 1; i >= 0; i--) {
      layout.addMinorToMajor(i);
    }
    var shape = ShapeProto.newBuilder().setElementType(primitive(type.dtype())).setLayout(layout);
    for (long size : type.sizes()) {
      shape.addDimensions(size).addIsDynamicDimension(false);
    }
    return shape.build();
  }

  static ShapeProto tuple(List<ArrayType> types) {
    var shape = ShapeProto.newBuilder().setElementType(PrimitiveType.TUPLE);
    types.forEach(t -> shape.addTupleShapes(of(t)));
    return shape.build();
  }

  /// Returns one array as itself, any other number as a tuple.
  static ShapeProto results(List<ArrayType> types) {
    return types.size() == 1 ? of(types.getFirst()) : tuple(types);
  }

  static LiteralProto literal(Literal value) {
    var out = LiteralProto.newBuilder().setShape(of(value.type()));
    var in = value.bytes();
    var bytes = com.google.protobuf.ByteString.copyFrom(in.duplicate());
    switch (value.type().dtype()) {
      case BOOL -> {
        while (in.hasRemaining()) {
          out.addPreds(in.get() != 0);
        }
      }
      case I4 -> out.setS4S(lowHalves(bytes));
      case U4 -> out.setU4S(lowHalves(bytes));
      case I8 -> out.setS8S(bytes);
      case U8 -> out.setU8S(bytes);
      case I16 -> out.setS16S(bytes);
      case U16 -> out.setU16S(bytes);
      case I32 -> {
        while (in.hasRemaining()) {
          out.addS32S(in.getInt());
        }
      }
      case U32 -> {
        while (in.hasRemaining()) {
          out.addU32S(in.getInt());
        }
      }
      case I64 -> {
        while (in.hasRemaining()) {
          out.addS64S(in.getLong());
        }
      }
      case U64 -> {
        while (in.hasRemaining()) {
          out.addU64S(in.getLong());
        }
      }
      case F8E4M3FN -> out.setF8E4M3Fns(bytes);
      case F8E5M2 -> out.setF8E5M2S(bytes);
      case F8E4M3B11FNUZ -> out.setF8E4M3B11Fnuzs(bytes);
      case F8E4M3FNUZ -> out.setF8E4M3Fnuzs(bytes);
      case F8E5M2FNUZ -> out.setF8E5M2Fnuzs(bytes);
      case F16 -> out.setF16S(bytes);
      case BF16 -> out.setBf16S(bytes);
      case F32 -> {
        while (in.hasRemaining()) {
          out.addF32S(in.getFloat());
        }
      }
      case F64 -> {
        while (in.hasRemaining()) {
          out.addF64S(in.getDouble());
        }
      }
      case C64 -> {
        while (in.hasRemaining()) {
          out.addC64S(in.getFloat());
        }
      }
      case C128 -> {
        while (in.hasRemaining()) {
          out.addC128S(in.getDouble());
        }
      }
    }
    return out.build();
  }

  /// Clears the high half of each element, as XLA writes those of 4 bits.
  private static com.google.protobuf.ByteString lowHalves(com.google.protobuf.ByteString bytes) {
    byte[] out = bytes.toByteArray();
    for (int i = 0; i < out.length; i++) {
      out[i] &= 15;
    }
    return com.google.protobuf.ByteString.copyFrom(out);
  }
}
