package org.girih.cli.project;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;

/// Writes a new project's files into a folder that is not there or is empty. Nothing is
/// overwritten, and what is made by then is taken back if a file cannot be written.
public final class NewProject {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  private final Path folder;
  private final List<Path> made = new ArrayList<>();

  private NewProject(Path folder) {
    this.folder = folder;
  }

  /// Returns the name that a project in this folder has: the last part of the path, if it can be
  /// one.
  public static Optional<String> name(Path folder) {
    return Optional.ofNullable(folder.getFileName())
        .map(Path::toString)
        .filter(name -> NAME.matcher(name).matches());
  }

  /// @param files the texts, by paths in the folder
  /// @throws FileProblem with [Code#CANNOT_WRITE], if the folder has anything in it too
  public static void write(Path folder, SortedMap<String, String> files) throws FileProblem {
    var project = new NewProject(folder);
    try {
      project.write(files);
    } catch (IOException e) {
      project.takeBack();
      String why =
          switch (e) {
            case DirectoryNotEmptyException _ -> "it is there already, and not empty";
            case FileAlreadyExistsException there ->
                there.getFile().equals(folder.toString())
                    ? "it is there already, and not a folder"
                    : "`" + there.getFile() + "` is not a folder";
            case NoSuchFileException _ -> "no folder can be made there";
            case IOException other -> AtomicFile.reason(other);
          };
      throw new FileProblem(Code.CANNOT_WRITE, "cannot make `" + folder + "`: " + why);
    }
  }

  private void write(SortedMap<String, String> files) throws IOException {
    folder(folder);
    try (var there = Files.newDirectoryStream(folder)) {
      if (there.iterator().hasNext()) {
        throw new DirectoryNotEmptyException(folder.toString());
      }
    }
    for (Map.Entry<String, String> each : files.entrySet()) {
      Path file = folder.resolve(each.getKey());
      folder(file.getParent());
      Files.writeString(file, each.getValue(), StandardOpenOption.CREATE_NEW);
      made.add(file);
    }
  }

  /// Makes a folder and those that it is in, and notes which were not there.
  private void folder(Path path) throws IOException {
    if (path == null || Files.isDirectory(path)) {
      return;
    }
    folder(path.getParent());
    Files.createDirectory(path);
    made.add(path);
  }

  private void takeBack() {
    for (Path each : made.reversed()) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException _) {
        // The failure that led here is what the user should see.
      }
    }
  }
}
