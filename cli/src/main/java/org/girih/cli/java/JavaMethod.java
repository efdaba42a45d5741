package org.girih.cli.java;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.host.CallSizes;

/// The methods of one function: with arrays of the device; with arrays of Java; with buffers.
///
/// @param name of the methods, and of the field that holds the function
/// @param params those that a caller passes
/// @param result what it returns
record JavaMethod(String name, Signature signature, List<Param> params, JavaType result) {
  /// A parameter.
  record Param(String path, String name, JavaType type) {
    /// Returns whether Java's own arrays can be passed for it.
    boolean host() {
      return type instanceof JavaType.OfArray(Leaf leaf) && !leaf.key();
    }
  }

  void write(JavaText out) {
    onDevice(out);
    if (params.stream().anyMatch(Param::host)) {
      out.line(0, "");
      onHost(out, false);
      if (params.stream().anyMatch(p -> p.host() && !JavaType.Words.scalar(leaf(p)))) {
        out.line(0, "");
        onHost(out, true);
      }
    }
  }

  /// Returns what it uses of `java.nio`.
  Set<String> buffers() {
    var used = new TreeSet<String>();
    params.stream()
        .filter(p -> p.host() && !JavaType.Words.scalar(leaf(p)))
        .forEach(p -> used.add(JavaType.Words.of(leaf(p)).buffer()));
    return used;
  }

  private static Leaf leaf(Param param) {
    return ((JavaType.OfArray) param.type()).leaf();
  }

  private void onDevice(JavaText out) {
    out.doc(2, doc(List.of(), ""));
    out.list(
        2,
        "public " + result.name() + " " + name,
        params.stream().map(p -> p.type().name() + " " + p.name()).toList(),
        " {");
    String call = "this." + name + ".call(" + String.join(", ", arguments()) + ")";
    String whole =
        result instanceof JavaType.OfArray
            ? "return " + call + "[0];"
            : "DeviceArray[] results = " + call + ";";
    if (JavaText.fits(4, whole)) {
      out.line(4, whole);
      give(out, 4, "results");
    } else {
      out.line(4, "try (var call = this." + name + ".prepare()) {");
      arguments().forEach(a -> out.line(6, "call.add(" + a + ");"));
      finish(out, false);
      out.line(4, "}");
    }
    out.line(2, "}");
  }

  private void onHost(JavaText out, boolean buffers) {
    List<String> sizes = unsolved();
    String what = buffers ? "Takes what lies between position and limit of buffers." : "";
    out.doc(2, doc(sizes, what));
    var declared = new ArrayList<String>();
    sizes.forEach(s -> declared.add("long " + size(s)));
    params.forEach(p -> declared.add(hostType(p, buffers) + " " + p.name()));
    out.list(2, "public " + hostResult() + " " + name, declared, " {");
    out.line(4, "try (var call = this." + name + ".prepare()) {");
    sizes.forEach(s -> out.line(6, "call.size(\"" + s + "\", " + size(s) + ");"));
    arguments().forEach(a -> out.line(6, "call.add(" + a + ");"));
    finish(out, true);
    out.line(4, "}");
    out.line(2, "}");
  }

  /// Writes the code that runs the call and returns its result.
  private void finish(JavaText out, boolean host) {
    switch (result) {
      case JavaType.OfArray(Leaf leaf) when host -> {
        String element = JavaType.Words.scalar(leaf) ? "[0]" : "";
        out.line(6, "return call." + JavaType.Words.of(leaf).method() + "()" + element + ";");
      }
      case JavaType.OfArray _ -> out.line(6, "return call.run()[0];");
      case JavaType.OfRecord _ -> {
        out.line(6, "DeviceArray[] results = call.run();");
        give(out, 6, "results");
      }
    }
  }

  /// Makes the record of a result.
  private void give(JavaText out, int indent, String results) {
    if (result instanceof JavaType.OfRecord(JavaRecord record, _)) {
      var places = new HashMap<String, Integer>();
      for (int i = 0; i < signature.results().size(); i++) {
        places.put(signature.results().get(i).path(), i);
      }
      List<String> arguments = make(out, indent, record, "", results, places);
      out.list(indent, "return new " + record.name(), arguments, ";");
    }
  }

  /// Makes the inner records first, in variables; returns the arguments of the outer one.
  private List<String> make(
      JavaText out,
      int indent,
      JavaRecord record,
      String path,
      String results,
      Map<String, Integer> places) {
    var arguments = new ArrayList<String>();
    for (JavaRecord.Component each : record.components()) {
      String here = path.isEmpty() ? each.path() : path + "." + each.path();
      switch (each.type()) {
        case JavaType.OfArray _ -> arguments.add(results + "[" + places.get(here) + "]");
        case JavaType.OfRecord(JavaRecord inner, _) -> {
          List<String> of = make(out, indent, inner, here, results, places);
          String variable = variable(here);
          out.list(indent, "var " + variable + " = new " + inner.name(), of, ";");
          arguments.add(variable);
        }
      }
    }
    return arguments;
  }

  /// Returns a variable for a part of the result.
  private String variable(String path) {
    return free(JavaNames.variable("made_" + path.replace('.', '_')));
  }

  /// Returns the variable of a size.
  private String size(String name) {
    return free(JavaNames.variable(name));
  }

  /// Returns the name with as many `_` behind it as no parameter has.
  private String free(String wanted) {
    var taken = new HashSet<String>();
    params.forEach(p -> taken.add(p.name()));
    String name = wanted;
    while (taken.contains(name)) {
      name = name + "_";
    }
    return name;
  }

  /// Returns the expressions of the leaves, in the order of the function.
  private List<String> arguments() {
    var expressions = new HashMap<String, String>();
    params.forEach(p -> p.type().leaves(p.path(), p.name(), expressions::put));
    return signature.parameters().stream().map(l -> expressions.get(l.path())).toList();
  }

  private List<String> unsolved() {
    var host = new HashSet<String>();
    params.stream().filter(Param::host).forEach(p -> host.add(p.path()));
    return CallSizes.unsolved(signature, leaf -> !host.contains(leaf.path()));
  }

  private static String hostType(Param param, boolean buffers) {
    if (!param.host()) {
      return param.type().name();
    }
    Leaf leaf = leaf(param);
    JavaType.Words words = JavaType.Words.of(leaf);
    if (JavaType.Words.scalar(leaf)) {
      return words.primitive();
    }
    return buffers ? words.buffer() : words.primitive() + "[]";
  }

  private String hostResult() {
    return switch (result) {
      case JavaType.OfArray(Leaf leaf) ->
          JavaType.Words.of(leaf).primitive() + (JavaType.Words.scalar(leaf) ? "" : "[]");
      case JavaType.OfRecord(var record, _) -> record.name();
    };
  }

  private List<String> doc(List<String> sizes, String also) {
    var lines = new ArrayList<String>();
    String text = signature.doc().strip();
    lines.addAll(text.isEmpty() ? List.of("`" + signature.name() + "`.") : JavaText.comment(text));
    if (!also.isEmpty()) {
      lines.add("");
      lines.add(also);
    }
    lines.add("");
    for (String size : sizes) {
      lines.add("@param " + size(size) + " the size " + size);
    }
    for (Param param : params) {
      lines.add("@param " + param.name() + " " + param.type().doc());
    }
    lines.add("@return " + result.doc());
    return lines;
  }
}
