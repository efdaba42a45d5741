package org.girih.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.SourceReader;

/// Finds the files of programs, and writes changed ones.
final class ProgramFiles {
  private static final String SUFFIX = ".girih";
  private static final String MARK = "\uFEFF";

  private ProgramFiles() {}

  /// Returns files as they are named, and for a folder all programs below it, sorted, without
  /// hidden files and folders; each once.
  ///
  /// @param diagnostics gets what cannot be read
  static Collection<Path> below(List<Path> paths, Diagnostics diagnostics) {
    Map<Path, Path> found = new LinkedHashMap<>();
    for (Path path : paths) {
      List<Path> files = List.of(path);
      if (!Sources.isStandardInput(path) && Files.isDirectory(path)) {
        files = folder(path, diagnostics);
      }
      files.forEach(file -> found.putIfAbsent(file.toAbsolutePath().normalize(), file));
    }
    return found.values();
  }

  private static List<Path> folder(Path folder, Diagnostics diagnostics) {
    var files = new ArrayList<Path>();
    var visitor =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return hidden(path) && !path.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            // Links to folders may lead round in circles, and are not followed.
            if (path.toString().endsWith(SUFFIX) && !hidden(path) && Files.isRegularFile(path)) {
              files.add(path);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            diagnostics.add(cannotRead(path, e));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, IOException e) {
            if (e != null) {
              diagnostics.add(cannotRead(path, e));
            }
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(folder, visitor);
    } catch (IOException e) {
      diagnostics.add(cannotRead(folder, e));
    }
    files.sort(null);
    return files;
  }

  private static boolean hidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".") && !name.toString().matches("\\.\\.?");
  }

  private static Diagnostic cannotRead(Path path, IOException e) {
    String why = e instanceof NoSuchFileException ? "no such file" : AtomicFile.reason(e);
    return Diagnostic.error(Code.CANNOT_READ, "cannot read `" + path + "`: " + why);
  }

  /// Replaces a file by a text, if it holds what was read of it.
  static void write(Path path, Source read, String text) throws FileProblem {
    byte[] before;
    try {
      before = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new FileProblem(
          Code.CANNOT_READ, "cannot read `" + path + "`: " + AtomicFile.reason(e));
    }
    if (!(SourceReader.decode(path.toString(), before)
            instanceof SourceReader.Decoded.Text(Source now))
        || !now.text().equals(read.text())) {
      throw new FileProblem(
          Code.CANNOT_WRITE, "cannot write `" + path + "`: it was changed meanwhile");
    }
    // The mark at a file's beginning is no part of its text.
    boolean marked = new String(before, StandardCharsets.UTF_8).startsWith(MARK);
    byte[] after = ((marked ? MARK : "") + text).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, out -> out.write(after));
  }
}
