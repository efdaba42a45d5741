package org.girih.grammar.elaborate.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// One call of a module while it is elaborated: its variables, and the names of the submodules that
/// its body has made.
///
/// In `init` parameters that are not there yet are made, under a key that the module's path and the
/// parameter's number are folded into; else they must be there.
public final class ModuleFrame {
  /// The choices that `apply` and `init` make for the whole tree of modules.
  ///
  /// @param key the words of the key of `init`; empty in `apply`
  /// @param update whether states that change are kept
  /// @param table takes a row for each call; empty where none is wanted
  public record Mode(Optional<Val.Array> key, boolean update, Optional<List<Row>> table) {
    public Mode(Optional<Val.Array> key, boolean update) {
      this(key, update, Optional.empty());
    }

    public boolean init() {
      return key.isPresent();
    }
  }

  /// A row of the table that `tabulate` makes: a call of a module.
  public record Row(
      List<String> names, String type, Val inputs, Val output, Val params, long operations) {}

  private final Optional<ModuleFrame> outer;
  private final Mode mode;
  private final String path;
  private final List<String> names;
  private final FunctionTrace trace;
  private final SortedMap<String, SortedMap<String, Val>> collections = new TreeMap<>();
  private final Map<Val.Instance, String> submodules = new IdentityHashMap<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final int depth;
  private int params;

  /// @param names those of the modules on the way, from the root
  /// @param trace the function that parameters are made in
  /// @param depth of the function that the body is in
  /// @param variables by collection, each a record
  public ModuleFrame(
      Optional<ModuleFrame> outer,
      Mode mode,
      List<String> names,
      FunctionTrace trace,
      int depth,
      SortedMap<String, Val> variables) {
    this.outer = outer;
    this.depth = depth;
    this.mode = mode;
    this.names = List.copyOf(names);
    this.path = String.join(".", names);
    this.trace = trace;
    variables.forEach(
        (collection, tree) -> {
          if (tree instanceof Val.Record(var fields)) {
            collections.put(collection, new TreeMap<>(fields));
          }
        });
  }

  public Mode mode() {
    return mode;
  }

  public List<String> names() {
    return names;
  }

  /// `params.Block_0.Dense_1.kernel`.
  public String place(String collection, String name) {
    return collection + "." + (path.isEmpty() ? "" : path + ".") + name;
  }

  public FunctionTrace trace() {
    return trace;
  }

  /// Returns how many loops and mapped functions the body is in.
  public int depth() {
    return depth;
  }

  /// The number of the parameter that is declared now, from 1.
  public int nextParam() {
    return ++params;
  }

  public Optional<Val> variable(String collection, String name) {
    return Optional.ofNullable(collections.getOrDefault(collection, new TreeMap<>()).get(name));
  }

  public void variable(String collection, String name, Val val) {
    collections.computeIfAbsent(collection, _ -> new TreeMap<>()).put(name, val);
  }

  /// All variables: a record for each collection.
  public SortedMap<String, Val> variables() {
    var out = new TreeMap<String, Val>();
    collections.forEach((name, fields) -> out.put(name, new Val.Record(new TreeMap<>(fields))));
    return out;
  }

  /// The variables of a submodule.
  public SortedMap<String, Val> variablesOf(String name) {
    var out = new TreeMap<String, Val>();
    collections.forEach(
        (collection, fields) -> {
          if (fields.get(name) instanceof Val.Record record) {
            out.put(collection, record);
          }
        });
    return out;
  }

  /// Takes over what a submodule has changed.
  public void variablesOf(String name, SortedMap<String, Val> changed) {
    changed.forEach((collection, record) -> variable(collection, name, record));
  }

  /// Takes a name, unless it is taken.
  public boolean take(String name) {
    return taken.add(name);
  }

  public void name(Val.Instance instance, String name) {
    submodules.put(instance, name);
  }

  /// The next name of that class: `Dense_0`, `Dense_1`, ….
  public String number(String type) {
    while (true) {
      String name = type + "_" + (counters.merge(type, 1, Integer::sum) - 1);
      if (taken.add(name)) {
        return name;
      }
    }
  }

  /// The name of a module in this call, if it belongs to it.
  public Optional<String> nameOf(Val.Instance instance) {
    return Optional.ofNullable(submodules.get(instance));
  }

  /// The call that the module belongs to: this or one around it.
  public Optional<ModuleFrame> owner(Val.Instance instance) {
    return submodules.containsKey(instance)
        ? Optional.of(this)
        : outer.flatMap(frame -> frame.owner(instance));
  }
}
