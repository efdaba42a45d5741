package org.girih.grammar.elaborate.intrinsic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;

/// The standard library: files in Girih, `girih/NAME.girih`, each on top of some functions of the
/// compiler that bear its name. What has a doc comment there is for programs; the rest is private.
public final class Libraries {
  /// Those that programs see without import.
  private static final Set<String> IMPLICIT = Set.of("random", "tree", "initializers");

  private static final Set<String> IMPORTED = Set.of("nn", "optim");

  private Libraries() {}

  /// All files.
  public static List<String> all() {
    var out = new TreeSet<>(IMPLICIT);
    out.addAll(IMPORTED);
    out.add("prelude");
    return List.copyOf(out);
  }

  /// The library that a file is.
  public static Optional<String> nameOf(Source source) {
    return all().stream().filter(name -> source.name().equals(path(name))).findFirst();
  }

  private static String path(String name) {
    return "girih:" + name + ".girih";
  }

  public static boolean implicit(String name) {
    return IMPLICIT.contains(name);
  }

  public static boolean known(String name) {
    return IMPLICIT.contains(name) || IMPORTED.contains(name);
  }

  /// What every program sees anyway, and users look for in the library too.
  public static Set<String> again(String name) {
    return name.equals("nn")
        ? Set.of("sigmoid", "tanh", "one_hot", "logsumexp", "softmax")
        : Set.of();
  }

  /// The functions of the compiler that a library rests on.
  public static Map<String, Val> builtins(String name) {
    List<Intrinsic> all =
        switch (name) {
          case "random" -> RandomIntrinsics.all();
          case "tree" -> CreationIntrinsics.tree();
          case String _ -> List.of();
        };
    var out = new HashMap<String, Val>();
    all.forEach(i -> out.put(i.name(), new Val.Builtin(i)));
    return out;
  }

  /// The functions of the compiler that a library's file sees: its own, and those of all libraries.
  public static Map<String, Val> inside(String name) {
    var out = new HashMap<>(builtins(name));
    LibraryIntrinsics.all().forEach(i -> out.put(i.name(), new Val.Builtin(i)));
    return out;
  }

  /// What the library offers programs, functions of the compiler included, as `library.name`.
  public static SortedSet<String> publicNames() {
    var out = new TreeSet<String>();
    Prelude.builtins()
        .forEach((name, val) -> addPublic(out, "prelude", name, val instanceof Val.Builtin));
    for (String library : all()) {
      builtins(library).keySet().forEach(name -> addPublic(out, library, name, true));
      again(library).forEach(name -> addPublic(out, library, name, true));
      for (Item item : file(library).orElseThrow().items()) {
        switch (item) {
          case Item.Def def -> addPublic(out, library, def.name(), def.doc().isPresent());
          case Item.Module module -> addPublic(out, library, module.name(), true);
          case Item.TypeDef _, Item.Import _, Item.Mesh _, Item.Test _ -> {}
          case Item.Bench _, Item.Host _ -> {}
        }
      }
    }
    return out;
  }

  private static void addPublic(
      SortedSet<String> out, String library, String name, boolean isPublic) {
    if (isPublic) {
      out.add(library + "." + name);
    }
  }

  /// The file, parsed anew: nothing is kept between elaborations. Empty where there is none.
  public static Optional<SourceFile> file(String name) {
    String resource = "/girih/" + name + ".girih";
    try (var in = Libraries.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      var source = new Source(path(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      var diagnostics = new Diagnostics();
      return Optional.of(
          SourceParser.parse(source, diagnostics)
              .orElseThrow(() -> new CompilerBug(name + ".girih: " + diagnostics.all())));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
