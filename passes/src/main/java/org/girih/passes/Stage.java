package org.girih.passes;

/// What a program may hold. A stage admits what the next one does and more; a pass says from which
/// to which it leads.
public enum Stage {
  /// As elaborated, with every function that was met. Only unused functions are removed here, since
  /// rules that functions carry for later transformations must survive.
  SOURCE,
  /// Without transformations; rules and stopped gradients are still there.
  EXPANDED,
  /// What the emitter takes.
  LOWERED
}
