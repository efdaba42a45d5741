package org.girih.passes.rewrite;

import java.util.List;

/// The rewrites that there are, in the order in which they are tried.
public final class Rewrites {
  private Rewrites() {}

  /// The rewrites of the pass `fold`.
  public static final List<Rewrite> FOLDING = List.of(new FoldConstant(), new FoldSplat());

  /// The further rewrites of the pass `reassociate`.
  public static final List<Rewrite> REASSOCIATING =
      List.of(new FoldConstant(), new ConstantPair(true));

  /// The rewrites of the pass `simplify`.
  public static final List<Rewrite> ALL =
      List.of(
          new FoldConstant(),
          new FoldSplat(),
          new AddZero(),
          new MultiplyOne(),
          new MultiplyZero(),
          new ConstantPair(false),
          new PowerOfConstant(),
          new NegateTwice(),
          new LogicOfConstant(),
          new TransposePair(),
          new ReshapePair(),
          new BroadcastPair(),
          new ConvertSame(),
          new SelectKnown(),
          new CondKnown(),
          new SliceAll(),
          new SlicePair(),
          new ConcatenateOne(),
          new ReverseTwice(),
          new PadNothing(),
          new ConvertPair(),
          new SelectPair(),
          new DivideByPowerOfTwo(),
          new SliceOfConcatenate(),
          new SliceOfPad(),
          new SliceOfIota(),
          new MoveOfBroadcast(),
          new ReduceOfBroadcast(),
          new DotOfTranspose(),
          new TransposeLater(),
          new BroadcastLater());
}
