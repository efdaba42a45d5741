package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.girih.grammar.ast.Item;
import org.girih.grammar.parse.Outline;

/// Lists the public names of the standard library.
public final class LibraryNames {
  private LibraryNames() {}

  /// Returns what the libraries offer programs, functions of the compiler included, as
  /// `library.name`.
  public static SortedSet<String> all() {
    var out = new TreeSet<String>();
    for (Library library : Library.values()) {
      addAll(out, library.title(), library.offered());
      addAll(out, library.title(), library.again());
      addAll(out, library.title(), documented(library.outlines()));
      library
          .spaces()
          .forEach(
              space ->
                  addAll(out, library.title() + "." + space, documented(library.outlines(space))));
    }
    return out;
  }

  /// Returns the names of files that are for programs.
  private static List<String> documented(List<Outline> files) {
    var out = new ArrayList<String>();
    for (Outline file : files) {
      file.defs().stream().filter(Outline.Def::documented).forEach(def -> out.add(def.name()));
      for (Item item : file.items()) {
        switch (item) {
          case Item.Module module -> out.add(module.name());
          case Item.ModuleName module -> out.add(module.name());
          case Item _ -> {}
        }
      }
    }
    return out;
  }

  private static void addAll(SortedSet<String> out, String space, Collection<String> names) {
    names.forEach(name -> out.add(space + "." + name));
  }
}
