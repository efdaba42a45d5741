package org.girih.passes.rebuild;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.girih.ir.op.FuncRef;
import org.girih.ir.program.Block;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;

/// A program that is rebuilt from callees to callers, in which a caller may ask for another version
/// of a function that it names: with other parameters, without what it does not need. A function
/// that only this caller names changes in place; of others a version is made beside it, one for all
/// that ask for the same.
public final class FunctionVersions {
  private record Key(FuncRef of, Object what) {}

  private final Program program;
  private final Map<FuncRef, Integer> uses = new HashMap<>();
  private final Set<FuncRef> roots = new HashSet<>();
  private final LinkedHashMap<FuncRef, Func> built = new LinkedHashMap<>();
  private final Map<Key, FuncRef> made = new HashMap<>();
  private boolean changed;

  public FunctionVersions(Program program) {
    this.program = program;
    for (Func func : program.funcs().values()) {
      for (Equation equation : func.block().equations()) {
        equation.op().callees().forEach(f -> uses.merge(f, 1, Integer::sum));
      }
      if (program.entries().isEmpty()) {
        roots.add(func.ref());
      }
    }
    program.entries().stream().map(Entry::func).forEach(roots::add);
  }

  /// Adds a function, done: what it names was added before.
  public void add(Func func) {
    changed |= func != program.funcs().get(func.ref());
    built.put(func.ref(), func);
  }

  /// Returns the function as it is now.
  public Block block(FuncRef ref) {
    return built.get(ref).block();
  }

  /// Returns whether one equation of the program names the function, and nothing else asks for it.
  public boolean single(FuncRef ref) {
    return uses.getOrDefault(ref, 0) == 1 && !roots.contains(ref);
  }

  /// Returns how many equations another version copies; none if it was made before.
  public long cost(FuncRef of, Object what) {
    return made.containsKey(new Key(of, what)) ? 0 : block(of).equations().size() + 1L;
  }

  /// Returns a version of a function.
  ///
  /// @param what tells versions of one function apart
  public FuncRef version(FuncRef of, String suffix, Object what, Supplier<Block> block) {
    var key = new Key(of, what);
    FuncRef before = made.get(key);
    if (before != null) {
      return before;
    }
    Block version = block.get();
    FuncRef ref = of;
    if (single(of)) {
      built.remove(of); // comes back behind all that it may name
    } else {
      ref = fresh(of.name() + suffix);
      made.put(key, ref);
    }
    built.put(ref, new Func(ref, version));
    changed = true;
    return ref;
  }

  private FuncRef fresh(String name) {
    var ref = new FuncRef(name);
    for (int i = 2; built.containsKey(ref) || program.funcs().containsKey(ref); i++) {
      ref = new FuncRef(name + "." + i);
    }
    return ref;
  }

  /// Returns the program, without what nothing names any more.
  public Program finish() {
    return changed ? PruneFunctions.run(program.withFuncs(List.copyOf(built.values()))) : program;
  }
}
