package org.girih.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.girih.cli.java.JavaClass;
import org.girih.cli.run.WeightFiles;
import org.girih.embed.ArtifactBuilder;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.artifact.Artifact;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih java`.
@Command(
    name = "java",
    description =
        "Write a Java class for each library: a method for each def whose parameters are annotated.",
    footer = {
      "",
      "Example:",
      "  girih java src/main/girih/digits.girih --package org.example -d target/generated-sources"
    })
final class JavaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = ".girih files; a program, which has effects, is checked only.")
  private List<Path> files;

  @Option(
      names = {"-d", "--sources"},
      required = true,
      paramLabel = "DIR",
      description = "The folder for the Java sources.")
  private Path sources;

  @Option(
      names = "--resources",
      paramLabel = "DIR",
      description = "The folder for the artifacts that the classes load; default as --sources.")
  private Path resources;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder below which folders are packages.")
  private Path root;

  @Option(names = "--package", paramLabel = "NAME", description = "The package, or its beginning.")
  private String pack = "";

  @Option(
      names = "--inputs",
      paramLabel = "FILE",
      description = "Where to list all files that were read, one a line.")
  private Path inputs;

  @Mixin private PassOptions passes;

  JavaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    boolean wrong = false;
    var read = new TreeSet<Path>();
    for (Path file : files) {
      var from = new Sources();
      var parsed = from.parse(file);
      if (parsed.isPresent() && Elaborator.isProgram(parsed.get())) {
        from.plan(parsed.get(), java.util.Optional.empty(), List.of())
            .flatMap(p -> from.optimized(p, passes));
      } else if (parsed.isPresent()) {
        write(file, parsed.get(), from);
      }
      terminal.print(from.diagnostics());
      wrong |= from.diagnostics().hasErrors();
      read.addAll(from.loader().files());
    }
    passes.tell(terminal);
    if (inputs != null) {
      Files.write(inputs, read.stream().map(Path::toString).toList());
    }
    return wrong ? 1 : 0;
  }

  private void write(Path file, SourceFile parsed, Sources from) throws IOException {
    String shown = file.getFileName().toString();
    String program = shown.endsWith(".girih") ? shown.substring(0, shown.length() - 6) : shown;
    var built =
        new ArtifactBuilder(
                parsed,
                from.loader(),
                new WeightFiles(from.loader()),
                passes.pipeline(),
                from.diagnostics())
            .build(Version.number(), shown, name -> !name.startsWith("_"));
    if (built.isEmpty() || built.get().manifest().functions().isEmpty()) {
      return;
    }
    String where = pack(file);
    if (!where.isEmpty() && !SourceVersion.isName(where)) {
      from.diagnostics()
          .add(
              Diagnostic.error(Code.CANNOT_WRITE, "`" + where + "` is not a Java package")
                  .help("folders below the root and `--package` are names, with dots between"));
      return;
    }
    JavaClass made = JavaClass.of(where, program, parsed, built.get());
    try {
      Path folder = Path.of(where.replace('.', '/'));
      write(
          sources.resolve(folder).resolve(made.name() + ".java"),
          out -> out.write(made.text().getBytes(StandardCharsets.UTF_8)));
      Path beside = resources == null ? sources : resources;
      write(
          beside.resolve(folder).resolve(made.name() + Artifact.SUFFIX),
          out -> Artifact.write(out, built.get().manifest(), built.get().files()));
    } catch (FileProblem e) {
      from.diagnostics().add(Diagnostic.error(e.code(), e.getMessage()));
    }
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Path path, Content content) throws FileProblem, IOException {
    Files.createDirectories(path.getParent());
    AtomicFile.write(path, content::write);
  }

  /// Returns the package: the one asked for, and the folders below the root.
  private String pack(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (root == null || !folder.startsWith(root.toAbsolutePath().normalize())) {
      return pack;
    }
    Path below = root.toAbsolutePath().normalize().relativize(folder);
    String inner = below.toString().replace(java.io.File.separatorChar, '.');
    return pack.isEmpty() || inner.isEmpty() ? pack + inner : pack + "." + inner;
  }
}
