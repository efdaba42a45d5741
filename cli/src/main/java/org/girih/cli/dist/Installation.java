package org.girih.cli.dist;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A distribution under a prefix: all of it in `lib/girih`, and links to it where programs, manual
/// pages and completions are looked for.
///
/// @param prefix such as `~/.local`
public record Installation(Path prefix) {
  private static final Path BASH = Path.of("share/bash-completion/completions");
  private static final Path FISH = Path.of("share/fish/vendor_completions.d");
  private static final Path MAN = Path.of("share/man/man1");
  private static final List<Path> PLACES = List.of(Path.of("bin"), BASH, FISH, MAN);

  /// The parts of a distribution that are copied; the rest belongs to the machine that built it.
  private static final List<String> PARTS =
      List.of(
          "bin",
          "lib",
          "share",
          "examples",
          "COMMIT",
          "LICENSE",
          "NOTICE",
          "README.md",
          "CHANGELOG.md");

  /// Returns the installation that a distribution is part of, if it is one.
  ///
  /// @param distribution where the running Girih lies
  public static Optional<Installation> of(Path distribution) {
    Path folder = distribution.toAbsolutePath().normalize();
    return folder.endsWith("lib/girih")
        ? Optional.of(new Installation(folder.getParent().getParent())).filter(Installation::exists)
        : Optional.empty();
  }

  /// Returns where the distribution lies.
  public Path folder() {
    return prefix.resolve("lib/girih");
  }

  /// Returns what is run.
  public Path program() {
    return prefix.resolve("bin/girih");
  }

  /// Returns whether there is one.
  public boolean exists() {
    return Files.isRegularFile(folder().resolve("lib/girih-cli.jar"));
  }

  /// Copies a distribution here, replacing an older one, which is there until the new one is
  /// complete.
  ///
  /// @throws FileAlreadyExistsException if something else is where a link must go, or in
  ///     `lib/girih`
  public void install(Path distribution) throws IOException {
    if (Files.exists(folder(), LinkOption.NOFOLLOW_LINKS) && !exists()) {
      throw new FileAlreadyExistsException(folder().toString());
    }
    Files.createDirectories(folder().getParent());
    Path fresh = Files.createTempDirectory(folder().getParent(), ".girih");
    Path old = fresh.resolveSibling(fresh.getFileName() + ".old");
    try {
      for (String part : PARTS) {
        if (Files.exists(distribution.resolve(part))) {
          FileTree.copy(distribution.resolve(part), fresh.resolve(part));
        }
      }
      SortedMap<Path, Path> links = links(fresh);
      for (Path link : links.keySet()) {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !ours(link)) {
          throw new FileAlreadyExistsException(link.toString());
        }
      }
      unlink();
      if (exists()) {
        Files.move(folder(), old);
      }
      Files.move(fresh, folder());
      for (var each : links.entrySet()) {
        Files.createDirectories(each.getKey().getParent());
        Files.createSymbolicLink(
            each.getKey(), each.getKey().getParent().relativize(folder().resolve(each.getValue())));
      }
    } finally {
      FileTree.delete(fresh);
      FileTree.delete(old);
    }
  }

  /// Removes the distribution and the links to it.
  public void remove() throws IOException {
    unlink();
    FileTree.delete(folder());
  }

  /// Returns each link, with the place in the distribution that it leads to.
  private SortedMap<Path, Path> links(Path distribution) throws IOException {
    var links = new TreeMap<Path, Path>();
    links.put(program(), Path.of("bin/girih"));
    Path completions = Path.of("share/completions");
    links.put(prefix.resolve(BASH).resolve("girih"), completions.resolve("girih.bash"));
    links.put(prefix.resolve(FISH).resolve("girih.fish"), completions.resolve("girih.fish"));
    try (Stream<Path> pages = Files.list(distribution.resolve(MAN))) {
      for (Path page : pages.toList()) {
        Path inside = MAN.resolve(page.getFileName().toString());
        links.put(prefix.resolve(inside), inside);
      }
    } catch (NoSuchFileException _) {
      // A distribution without manual pages has no links to them.
    }
    return links;
  }

  private void unlink() throws IOException {
    var found = new ArrayList<Path>();
    for (Path place : PLACES) {
      try (Stream<Path> files = Files.list(prefix.resolve(place))) {
        files.filter(this::ours).forEach(found::add);
      } catch (NoSuchFileException _) {
        // Nothing was ever linked there.
      }
    }
    for (Path link : found) {
      Files.delete(link);
    }
  }

  /// Returns whether it is a link into the distribution.
  private boolean ours(Path path) {
    try {
      return Files.isSymbolicLink(path)
          && path.getParent()
              .resolve(Files.readSymbolicLink(path))
              .normalize()
              .startsWith(folder().normalize());
    } catch (IOException e) {
      return false;
    }
  }
}
