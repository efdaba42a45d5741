package org.girih.grammar.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.girih.grammar.foreign.JaxName;
import org.girih.ir.source.Span;

/// All public names of the standard library.
///
/// @param spaces what each library and space says of itself, by name, in the libraries' order
/// @param entries by space and name, in the order of the files
public record Reference(Map<String, String> spaces, List<ReferenceEntry> entries) {
  /// The library that every file sees.
  public static final String PRELUDE = Library.PRELUDE.title();

  public static Reference read() {
    return new Reader().read();
  }

  /// Returns the entry of a name as programs write it, `prelude.` before it allowed.
  public Optional<ReferenceEntry> find(String written) {
    return entries.stream()
        .filter(e -> e.written().equals(written) || (e.space() + "." + e.name()).equals(written))
        .findFirst();
  }

  /// Returns the entries of a name as programs in Python write it: `optax.adam`, `jnp.sum`,
  /// `jax.nn.relu`.
  public List<ReferenceEntry> ofJax(String name) {
    String full = name.replaceFirst("^(jnp|np|numpy)\\.", "jax.numpy.");
    return entries.stream()
        .filter(e -> e.jax().stream().anyMatch(j -> j.equals(full) || j.endsWith("." + full)))
        .toList();
  }

  /// Returns the name, of an entry or a space, that is spelt like this one, if one is near.
  public Optional<String> nearest(String typed) {
    var written = entries.stream().map(ReferenceEntry::written);
    return Spelling.nearest(typed, Stream.concat(written, spaces.keySet().stream()));
  }

  /// Returns the entries whose last name this is: `nn.relu` for `relu`.
  public List<ReferenceEntry> named(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).toList();
  }

  /// Returns the entries of a library or a space of one.
  public List<ReferenceEntry> of(String space) {
    return entries.stream().filter(e -> e.space().equals(space)).toList();
  }

  private static final class Reader {
    private final Map<String, String> texts =
        Table.lines("docs.tsv")
            .map(line -> line.split("\t", 2))
            .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1]));
    private final Map<String, List<String>> jax = new HashMap<>();
    private final Map<String, String> spaces = new java.util.LinkedHashMap<>();
    private final List<ReferenceEntry> entries = new ArrayList<>();

    Reference read() {
      for (JaxName name : JaxName.all()) {
        name.girih()
            .ifPresent(g -> jax.computeIfAbsent(g, _ -> new ArrayList<>()).add(name.full()));
      }
      for (Library library : Library.values()) {
        library(library);
      }
      return new Reference(spaces, List.copyOf(entries));
    }

    private void library(Library library) {
      String space = library.title();
      SourceFile file = library.parse();
      spaces.put(space, about(file));
      new TreeMap<>(library.builtins())
          .forEach(
              (_, val) -> {
                if (val instanceof Val.Builtin(var intrinsic) && !intrinsic.library()) {
                  builtin(space, intrinsic);
                }
              });
      for (String name : library.again()) {
        ReferenceEntry own =
            entries.stream()
                .filter(e -> e.space().equals(PRELUDE) && e.name().equals(name))
                .findFirst()
                .orElseThrow();
        add(space, name, own.signature(), own.text());
      }
      items(space, file);
      for (String name : library.spaces()) {
        SourceFile inner = library.parse(name);
        spaces.put(space + "." + name, about(inner));
        items(space + "." + name, inner);
      }
    }

    private void builtin(String space, Intrinsic intrinsic) {
      String params =
          intrinsic.params().stream()
              .map(p -> p.name() + p.init().map(v -> " = " + Trees.describe(v)).orElse(""))
              .collect(Collectors.joining(", "));
      String name = intrinsic.name();
      add(space, name, name + "(" + params + ")", texts.getOrDefault(space + "." + name, ""));
    }

    private void items(String space, SourceFile file) {
      for (Item item : file.items()) {
        switch (item) {
          case Item.Def def when def.doc().isPresent() ->
              add(space, def.name(), head(def.span(), def.body()), def.doc().get());
          case Item.Module module ->
              add(
                  space,
                  module.name(),
                  head(module.span(), module.body()),
                  module.doc().orElse(""));
          case Item.ModuleName name ->
              add(
                  space,
                  name.name(),
                  name.name() + " = " + String.join(".", name.of().path()),
                  name.doc().orElse(""));
          case Item.Def _, Item.TypeDef _, Item.SumDef _, Item.Import _, Item.Mesh _ -> {}
          case Item.Test _, Item.Bench _, Item.Host _ -> {}
        }
      }
    }

    private void add(String space, String name, String signature, String text) {
      String written = space.equals(PRELUDE) ? name : space + "." + name;
      entries.add(
          new ReferenceEntry(space, name, signature, text, jax.getOrDefault(written, List.of())));
    }

    /// Returns what stands before the body, without the word at its beginning.
    private static String head(Span whole, Expr body) {
      String text = whole.source().text().substring(whole.start(), body.span().start());
      return text.strip()
          .replaceAll("^(def|module)\\s+", "")
          .replaceAll("\\s*[={]$", "")
          .replaceAll("\\s+", " ")
          .replace("( ", "(");
    }

    /// Returns what a file says of itself, without what to read next.
    private static String about(SourceFile file) {
      return file.doc().orElse("").replaceAll("\\s+", " ").replaceAll(" ?Next: .*$", "");
    }
  }
}
