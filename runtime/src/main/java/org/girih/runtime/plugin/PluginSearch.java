package org.girih.runtime.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.runtime.plugin.PluginException.Reason;

/// Every place where a plugin was looked for, in the order of their right, with what was found.
///
/// The first place that names a plugin decides, also if what it names is broken: whoever set
/// `GIRIH_PJRT_PLUGIN` does not want another plugin instead.
///
/// @param places all of them, also those behind the one that decided
public record PluginSearch(List<Place> places) {
  private static final String CPU = PluginPackage.CPU.folder();

  public PluginSearch {
    places = List.copyOf(places);
  }

  /// One place.
  ///
  /// @param name `--plugin`, a variable's name or `cache`
  /// @param entry which entry it is where the place is a list (the platform's name), else empty
  /// @param finding what was there
  public record Place(String name, String entry, Finding finding) {}

  /// The finding at a place.
  public sealed interface Finding {
    /// The place names nothing.
    record Nothing() implements Finding {}

    /// A library that can be loaded.
    record Usable(Path library) implements Finding {}

    /// Something is named but it cannot be used.
    record Broken(PluginException why) implements Finding {}

    /// The cache holds no such package yet.
    record NotInstalled(Path folder) implements Finding {}
  }

  /// Looks at `--plugin` (if given), `GIRIH_PJRT_PLUGIN`, `PJRT_NAMES_AND_LIBRARY_PATHS` (entries
  /// `name:path`, separated by commas, as JAX reads it) and the cache. Fetches nothing.
  public static PluginSearch look(
      Optional<Path> explicit, Map<String, String> environment, PluginCache cache) {
    var places = new ArrayList<Place>();
    places.add(
        new Place(
            "--plugin", "", explicit.map(PluginSearch::check).orElseGet(Finding.Nothing::new)));
    String own = environment.getOrDefault("GIRIH_PJRT_PLUGIN", "");
    places.add(
        new Place(
            "GIRIH_PJRT_PLUGIN", "", own.isBlank() ? new Finding.Nothing() : check(own.strip())));
    addNamed(places, environment.getOrDefault("PJRT_NAMES_AND_LIBRARY_PATHS", ""));
    places.add(new Place("cache", PluginPackage.CPU.folder(), inCache(cache, PluginPackage.CPU)));
    return new PluginSearch(places);
  }

  /// Looks for a plugin of a platform. For the CPU that is [#look(Optional, Map, PluginCache)];
  /// for another one `--plugin`, `TPU_LIBRARY_PATH` (TPU only), the entries of
  /// `PJRT_NAMES_AND_LIBRARY_PATHS` whose name begins with the platform's, and the cache.
  public static PluginSearch look(
      Platform platform,
      Optional<Path> explicit,
      Map<String, String> environment,
      PluginCache cache) {
    if (platform == Platform.CPU) {
      return look(explicit, environment, cache);
    }
    var places = new ArrayList<Place>();
    places.add(
        new Place(
            "--plugin", "", explicit.map(PluginSearch::check).orElseGet(Finding.Nothing::new)));
    if (platform == Platform.TPU) {
      String own = environment.getOrDefault("TPU_LIBRARY_PATH", "");
      places.add(
          new Place(
              "TPU_LIBRARY_PATH", "", own.isBlank() ? new Finding.Nothing() : check(own.strip())));
    }
    var named = new ArrayList<Place>();
    addNamed(named, environment.getOrDefault("PJRT_NAMES_AND_LIBRARY_PATHS", ""));
    named.removeIf(p -> !p.entry().startsWith(platform.text()));
    places.addAll(named);
    for (PluginPackage each : platform.packages()) {
      Finding found = inCache(cache, each);
      boolean last = each == platform.packages().getLast();
      boolean missing = found instanceof Finding.NotInstalled;
      // Another package of the platform may be there.
      places.add(
          new Place("cache", each.folder(), missing && !last ? new Finding.Nothing() : found));
    }
    return new PluginSearch(places);
  }

  /// Returns the library of a platform's plugin, which is fetched for the CPU only: others are
  /// large, and have licences of their own.
  ///
  /// @throws PluginException with [Reason#NONE] and the command that installs it
  public static Path library(
      Platform platform,
      Optional<Path> explicit,
      Map<String, String> environment,
      PluginCache cache)
      throws PluginException {
    PluginSearch search = look(platform, explicit, environment, cache);
    if (platform != Platform.CPU && search.decisive().finding() instanceof Finding.NotInstalled) {
      PluginPackage first = platform.packages().getFirst();
      throw new PluginException(
          Reason.NONE,
          "no plugin is installed for " + platform.text(),
          "`%s` fetches %s (%d MB, %d MB on the disk)"
              .formatted(
                  platform.install(),
                  first.folder(),
                  first.megabytes(),
                  first.unpackedMegabytes()));
    }
    return search.library(cache);
  }

  /// Returns the place that decides: the first that names something. The cache always does.
  public Place decisive() {
    return places.stream()
        .filter(p -> !(p.finding() instanceof Finding.Nothing))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the cache was not looked at"));
  }

  /// Returns the library to load; fetched into the cache if the cache decides and does not have it.
  ///
  /// @throws PluginException as the deciding place is broken, or as the fetch failed
  public Path library(PluginCache cache) throws PluginException {
    return switch (decisive().finding()) {
      case Finding.Usable(var library) -> library;
      case Finding.Broken(var why) -> {
        if (why.reason() == Reason.CACHE && decisive().entry().equals(CPU)) {
          yield cache.require(PluginPackage.CPU).library();
        }
        throw why;
      }
      case Finding.NotInstalled _ -> cache.require(PluginPackage.CPU).library();
      case Finding.Nothing _ ->
          throw new PluginException(
              Reason.NONE, "no plugin is named", "'girih plugin install' fetches one");
    };
  }

  private static void addNamed(List<Place> places, String value) {
    String variable = "PJRT_NAMES_AND_LIBRARY_PATHS";
    if (value.isBlank()) {
      places.add(new Place(variable, "", new Finding.Nothing()));
      return;
    }
    for (String entry : value.split(",", -1)) {
      int colon = entry.indexOf(':');
      if (entry.isBlank()) {
        continue;
      }
      if (colon <= 0 || colon == entry.length() - 1) {
        places.add(
            new Place(
                variable,
                entry.strip(),
                new Finding.Broken(
                    new PluginException(
                        Reason.BAD_FILE,
                        "the entry '" + entry.strip() + "' of " + variable + " is not name:path",
                        "write it as cpu:/path/of/plugin.so,…"))));
        continue;
      }
      places.add(
          new Place(
              variable,
              entry.substring(0, colon).strip(),
              check(entry.substring(colon + 1).strip())));
    }
  }

  private static Finding check(String path) {
    try {
      return check(Path.of(path));
    } catch (java.nio.file.InvalidPathException e) {
      return new Finding.Broken(
          new PluginException(Reason.BAD_FILE, "not a path: " + e.getMessage(), "", e));
    }
  }

  private static Finding check(Path path) {
    try {
      return new Finding.Usable(LibraryFile.check(path));
    } catch (PluginException e) {
      return new Finding.Broken(e);
    }
  }

  private static Finding inCache(PluginCache cache, PluginPackage wanted) {
    return switch (cache.look(wanted)) {
      case PluginCache.State.Good(var plugin) -> new Finding.Usable(plugin.library());
      case PluginCache.State.Refused(var why) -> new Finding.Broken(why);
      case PluginCache.State.Missing(var folder) -> new Finding.NotInstalled(folder);
      case PluginCache.State.Damaged(var folder, var why) ->
          new Finding.Broken(
              new PluginException(
                  Reason.CACHE,
                  folder + " is damaged: " + why,
                  "'girih plugin install " + wanted.keyword() + "' fetches it again"));
    };
  }
}
