package org.girih.cli.java;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.girih.embed.ArtifactBuilder;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.plan.Callable;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.Manifest;
import org.girih.runtime.artifact.Signature;

/// The Java class of a file: a method for each of its functions, a record for each of their
/// records. It loads an artifact that lies beside it as a resource, and does no more than to call
/// it.
///
/// @param pack its package; empty for none
/// @param name its simple name
/// @param text the source
public record JavaClass(String pack, String name, String text) {
  /// Returns the class of a built file.
  ///
  /// @param program the file's name without suffix, which becomes the class's
  public static JavaClass of(
      String pack, String program, SourceFile file, ArtifactBuilder.Built built) {
    var docs = new HashMap<String, String>();
    for (Item item : file.items()) {
      if (item instanceof Item.TypeDef type && type.doc().isPresent()) {
        docs.put(type.name(), type.doc().get());
      }
    }
    String name = JavaNames.type(program);
    var records = new JavaRecords(name, docs);
    var methods = new ArrayList<JavaMethod>();
    var names = new HashSet<String>();
    for (Callable callable : built.callables()) {
      built
          .manifest()
          .function(callable.name())
          .map(Manifest.Entry::signature)
          .ifPresent(signature -> methods.add(method(callable, signature, records, names)));
    }
    var out = new JavaText();
    head(out, pack, methods, built.manifest());
    var about = new ArrayList<String>();
    file.doc().ifPresent(doc -> about.addAll(JavaText.comment(doc)));
    if (!about.isEmpty()) {
      about.add("");
    }
    about.add(
        "Made by Girih from `"
            + built.manifest().program()
            + "`. Any number of threads may use it.");
    out.doc(0, about);
    out.line(0, "public final class " + name + " implements AutoCloseable {");
    body(out, name, methods, built.manifest());
    for (JavaRecord record : records.all()) {
      out.line(0, "");
      record.write(out);
    }
    out.line(0, "}");
    return new JavaClass(pack, name, out.toString());
  }

  private static JavaMethod method(
      Callable callable, Signature signature, JavaRecords records, Set<String> names) {
    String name = JavaNames.method(callable.name());
    while (!names.add(name)) {
      name = name + "_";
    }
    String place = JavaNames.type(callable.name());
    var params = new ArrayList<JavaMethod.Param>();
    var taken = new HashSet<String>();
    for (Callable.Param param : callable.params()) {
      String variable = JavaNames.variable(param.name());
      while (!taken.add(variable)) {
        variable = variable + "_";
      }
      params.add(
          new JavaMethod.Param(
              param.name(),
              variable,
              records.type(param.type(), place + JavaNames.type(param.name()))));
    }
    JavaType result = records.type(callable.result().orElseThrow(), place + "Result");
    return new JavaMethod(name, signature, params, result);
  }

  private static boolean embedded(Manifest manifest) {
    return manifest.functions().stream().anyMatch(f -> f.hlo().isEmpty());
  }

  private static void head(JavaText out, String pack, List<JavaMethod> methods, Manifest manifest) {
    if (!pack.isEmpty()) {
      out.line(0, "package " + pack + ";");
      out.line(0, "");
    }
    var imports = new TreeSet<String>();
    methods.forEach(m -> m.buffers().forEach(b -> imports.add("java.nio." + b)));
    if (embedded(manifest)) {
      imports.add("org.girih.embed.Embed");
    }
    imports.add("org.girih.runtime.artifact.Artifact");
    imports.add("org.girih.runtime.artifact.ArtifactException");
    imports.add("org.girih.runtime.host.Device");
    imports.add("org.girih.runtime.host.DeviceArray");
    imports.add("org.girih.runtime.host.Function");
    imports.add("org.girih.runtime.host.Program");
    imports.forEach(i -> out.line(0, "import " + i + ";"));
    out.line(0, "");
  }

  private static void body(JavaText out, String name, List<JavaMethod> methods, Manifest manifest) {
    out.line(2, "private final Program program;");
    methods.forEach(m -> out.line(2, "private final Function " + m.name() + ";"));
    out.line(0, "");
    out.line(2, "private " + name + "(Program program) {");
    out.line(4, "this.program = program;");
    for (JavaMethod m : methods) {
      String function = m.signature().name();
      out.line(4, "this." + m.name() + " = program.function(\"" + function + "\");");
    }
    out.line(2, "}");
    out.line(0, "");
    out.line(2, "/// Loads the program onto a device.");
    out.line(2, "///");
    out.line(2, "/// @throws ArtifactException if the resource beside this class is damaged");
    out.line(2, "public static " + name + " load(Device device) throws ArtifactException {");
    String resource = "\"" + name + Artifact.SUFFIX + "\"";
    out.line(4, "var resource = " + name + ".class.getResourceAsStream(" + resource + ");");
    out.line(4, "var artifact = Artifact.resource(resource, " + resource + ");");
    String loader = embedded(manifest) ? "Embed" : "Program";
    out.line(4, "return new " + name + "(" + loader + ".load(device, artifact));");
    out.line(2, "}");
    out.line(0, "");
    out.line(2, "/// The program, whose functions take trees by path too.");
    out.line(2, "public Program program() {");
    out.line(4, "return program;");
    out.line(2, "}");
    for (JavaMethod method : methods) {
      out.line(0, "");
      method.write(out);
    }
    out.line(0, "");
    out.line(2, "/// Frees what the program has on the device; results live on.");
    out.line(2, "@Override");
    out.line(2, "public void close() {");
    out.line(4, "program.close();");
    out.line(2, "}");
  }
}
