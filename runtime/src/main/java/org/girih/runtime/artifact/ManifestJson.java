package org.girih.runtime.artifact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.artifact.Signature.Size;

/// The manifest as JSON: readable, and written by streaming, without reflection.
final class ManifestJson {
  private ManifestJson() {}

  static byte[] write(Manifest manifest) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new JsonFactory().createGenerator(bytes)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeNumberField("format", Manifest.FORMAT);
      out.writeStringField("girih", manifest.girih());
      out.writeStringField("program", manifest.program());
      out.writeArrayFieldStart("functions");
      for (Manifest.Entry entry : manifest.functions()) {
        function(out, entry);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("weights");
      for (Manifest.Weight weight : manifest.weights()) {
        out.writeStartObject();
        out.writeStringField("data", weight.data());
        out.writeStringField("array", weight.name());
        fields(out, weight.leaf());
        out.writeStringField("file", weight.file());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("executables");
      for (Manifest.Binary binary : manifest.executables()) {
        out.writeStartObject();
        out.writeStringField("function", binary.function());
        out.writeStringField("target", binary.target());
        out.writeStringField("key", binary.key());
        out.writeStringField("file", binary.file());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("sources");
      for (Manifest.Source source : manifest.sources()) {
        out.writeStartObject();
        out.writeStringField("path", source.path());
        out.writeStringField("file", source.file());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void function(JsonGenerator out, Manifest.Entry entry) throws IOException {
    Signature signature = entry.signature();
    out.writeStartObject();
    out.writeStringField("name", signature.name());
    if (!signature.doc().isEmpty()) {
      out.writeStringField("doc", signature.doc());
    }
    if (entry.hlo().isPresent()) {
      out.writeStringField("hlo", entry.hlo().get());
    }
    leaves(out, "inputs", signature.inputs());
    leaves(out, "results", signature.results());
    out.writeEndObject();
  }

  private static void leaves(JsonGenerator out, String field, List<Leaf> leaves)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Leaf leaf : leaves) {
      out.writeStartObject();
      fields(out, leaf);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void fields(JsonGenerator out, Leaf leaf) throws IOException {
    out.writeStringField("path", leaf.path());
    out.writeStringField("dtype", leaf.dtype().text());
    out.writeFieldName("shape");
    out.writeStartArray();
    for (Size size : leaf.dims()) {
      switch (size) {
        case Size.Known(long number) -> out.writeNumber(number);
        case Size.Named(String name) -> out.writeString(name);
        case Size.Computed(String text) -> out.writeString("= " + text);
      }
    }
    out.writeEndArray();
    if (leaf.key()) {
      out.writeBooleanField("key", true);
    }
    if (leaf.weight().isPresent()) {
      out.writeNumberField("weight", leaf.weight().getAsInt());
    }
  }

  /// @throws ArtifactException if it is not a manifest, or a newer one
  static Manifest read(byte[] bytes, String where) throws ArtifactException {
    Node root;
    try (var in = new JsonFactory().createParser(bytes)) {
      in.nextToken();
      root = new Node(value(in), where);
    } catch (IOException e) {
      throw new ArtifactException(
          ArtifactException.Reason.DAMAGED, where + ": its manifest is not JSON");
    }
    long format = root.number("format");
    if (format > Manifest.FORMAT) {
      throw new ArtifactException(
          ArtifactException.Reason.NEWER,
          where
              + " has format "
              + format
              + ", written by Girih "
              + root.text("girih", "of a later version")
              + "; this one reads formats up to "
              + Manifest.FORMAT);
    }
    var functions = new ArrayList<Manifest.Entry>();
    for (Node f : root.list("functions")) {
      var signature =
          new Signature(
              f.text("name"), f.text("doc", ""), leaves(f, "inputs"), leaves(f, "results"));
      functions.add(new Manifest.Entry(signature, f.optional("hlo")));
    }
    var weights = new ArrayList<Manifest.Weight>();
    for (Node w : root.list("weights")) {
      weights.add(new Manifest.Weight(w.text("data"), w.text("array"), leaf(w), w.text("file")));
    }
    var binaries = new ArrayList<Manifest.Binary>();
    for (Node b : root.list("executables")) {
      binaries.add(
          new Manifest.Binary(b.text("function"), b.text("target"), b.text("key"), b.text("file")));
    }
    var sources = new ArrayList<Manifest.Source>();
    for (Node s : root.list("sources")) {
      sources.add(new Manifest.Source(s.text("path"), s.text("file")));
    }
    for (Manifest.Entry entry : functions) {
      for (Leaf leaf : entry.signature().inputs()) {
        if (leaf.weight().orElse(-1) >= weights.size()) {
          throw root.wrong("number of a weight");
        }
      }
    }
    return new Manifest(
        root.text("girih"), root.text("program"), functions, weights, binaries, sources);
  }

  private static List<Leaf> leaves(Node function, String field) throws ArtifactException {
    var leaves = new ArrayList<Leaf>();
    for (Node node : function.list(field)) {
      leaves.add(leaf(node));
    }
    return leaves;
  }

  private static Size computed(Node node, String text) throws ArtifactException {
    try {
      return new Size.Computed(text);
    } catch (IllegalArgumentException _) {
      throw node.wrong("a size");
    }
  }

  private static Leaf leaf(Node node) throws ArtifactException {
    var sizes = new ArrayList<Size>();
    for (Node size : node.list("shape")) {
      sizes.add(
          switch (size.value()) {
            case Long number when number >= 0 -> new Size.Known(number);
            case String text when text.startsWith("= ") -> computed(size, text.substring(2));
            case String text -> new Size.Named(text);
            case null, default -> throw size.wrong("a size");
          });
    }
    String dtype = node.text("dtype");
    var known = DType.of(dtype);
    if (known.isEmpty()) {
      throw node.wrong("the dtype " + dtype);
    }
    OptionalInt weight =
        node.has("weight")
            ? OptionalInt.of(Math.toIntExact(Math.min(node.number("weight"), Integer.MAX_VALUE)))
            : OptionalInt.empty();
    return new Leaf(node.text("path"), known.get(), sizes, node.has("key"), weight);
  }

  /// Maps, lists, strings, longs and booleans; null for what a manifest has not.
  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          fields.put(name, value(in));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(in));
        }
        yield items;
      }
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> null;
    };
  }

  /// A value of the JSON, asked for with what it should be.
  private record Node(Object value, String where) {
    private Object field(String name) {
      return value instanceof Map<?, ?> map ? map.get(name) : null;
    }

    boolean has(String name) {
      return field(name) != null;
    }

    Optional<String> optional(String name) {
      return field(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    String text(String name, String otherwise) {
      return optional(name).orElse(otherwise);
    }

    String text(String name) throws ArtifactException {
      return optional(name).orElseThrow(() -> wrong("`" + name + "`"));
    }

    long number(String name) throws ArtifactException {
      if (field(name) instanceof Long number && number >= 0) {
        return number;
      }
      throw wrong("`" + name + "`");
    }

    List<Node> list(String name) throws ArtifactException {
      if (field(name) instanceof List<?> items) {
        return items.stream().map(i -> new Node(i, where)).toList();
      }
      throw wrong("`" + name + "`");
    }

    ArtifactException wrong(String what) {
      return new ArtifactException(
          ArtifactException.Reason.DAMAGED, where + ": its manifest has a wrong " + what);
    }
  }
}
