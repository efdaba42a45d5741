package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.parse.Outline;
import org.girih.ir.source.Source;

/// The standard library: files in Girih, `library/girih/FILE.girih`, each library on top of some
/// functions of the compiler. This table is all that the compiler knows of it. A def that has a doc
/// comment there is for programs; the rest is private to the library. A library may have spaces:
/// files with a scope of their own on top of the library's, seen as `stats.norm.logpdf`.
public enum Library {
  PRELUDE(
      "prelude",
      Access.EVERYWHERE,
      Optional.empty(),
      List.of(),
      Prelude::intrinsics,
      List.of(
          "prelude/numbers",
          "prelude/statistics",
          "prelude/creation",
          "prelude/rearrangement",
          "prelude/dtypes",
          "prelude/joining",
          "prelude/triangles",
          "prelude/chosen",
          "prelude/sets",
          "prelude/quantiles",
          "prelude/histograms",
          "prelude/scans",
          "prelude/windows",
          "prelude/segments",
          "prelude/operators",
          "prelude/floats",
          "prelude/calculus",
          "prelude/polynomials")),
  RANDOM(
      "random",
      Access.IMPLICIT,
      Optional.empty(),
      List.of(),
      RandomIntrinsics::all,
      List.of("random", "random/distributions", "random/counts")),
  TREE(
      "tree",
      Access.IMPLICIT,
      Optional.empty(),
      List.of(),
      CreationIntrinsics::tree,
      List.of("tree", "tree/elements", "tree/paths")),
  INITIALIZERS(
      "initializers",
      Access.IMPLICIT,
      Optional.of("init"),
      List.of(),
      List::of,
      List.of("initializers")),
  LINALG(
      "linalg",
      Access.IMPLICIT,
      Optional.empty(),
      List.of("outer", "trace", "diagonal"),
      LinearAlgebraIntrinsics::all,
      List.of(
          "linalg/triangular",
          "linalg/factors",
          "linalg/forms",
          "linalg/solving",
          "linalg/norms",
          "linalg/functions",
          "linalg/special")),
  FFT(
      "fft",
      Access.IMPLICIT,
      Optional.empty(),
      List.of(),
      LinearAlgebraIntrinsics::transforms,
      List.of("fft")),
  SIGNAL(
      "signal",
      Access.IMPORTED,
      Optional.empty(),
      List.of(),
      List::of,
      List.of("signal", "signal/spectra")),
  SPARSE(
      "sparse",
      Access.IMPORTED,
      Optional.empty(),
      List.of(),
      List::of,
      List.of("sparse", "sparse/coo")),
  OPTIMIZE("optimize", Access.IMPORTED, Optional.empty(), List.of(), List::of, List.of("optimize")),
  INTEGRATE(
      "integrate",
      Access.IMPORTED,
      Optional.empty(),
      List.of("trapezoid"),
      List::of,
      List.of("integrate")),
  INTERPOLATE(
      "interpolate",
      Access.IMPORTED,
      Optional.empty(),
      List.of(),
      List::of,
      List.of("interpolate")),
  IMAGE("image", Access.IMPORTED, Optional.empty(), List.of(), List::of, List.of("image")),
  SPECIAL(
      "special",
      Access.IMPLICIT,
      Optional.empty(),
      List.of("erf", "erfc", "erfinv", "digamma", "logsumexp", "softmax"),
      List::of,
      List.of(
          "special/gamma", "special/distributions", "special/integrals", "special/coefficients")),
  STATS(
      "stats",
      Access.IMPORTED,
      Optional.empty(),
      List.of(),
      List::of,
      List.of("stats", "stats/kde"),
      List.of(
          "norm",
          "truncnorm",
          "multivariate_normal",
          "gennorm",
          "laplace",
          "logistic",
          "gumbel_r",
          "gumbel_l",
          "cauchy",
          "t",
          "expon",
          "gamma",
          "chi2",
          "pareto",
          "uniform",
          "beta",
          "dirichlet",
          "vonmises",
          "wrapcauchy",
          "bernoulli",
          "binom",
          "betabinom",
          "multinomial",
          "geom",
          "nbinom",
          "poisson")),
  LAX(
      "lax",
      Access.IMPORTED,
      Optional.empty(),
      List.of(
          "pow",
          "bitwise_and",
          "bitwise_or",
          "bitwise_xor",
          "bitwise_not",
          "nextafter",
          "cumlogsumexp",
          "associative_scan",
          "reduce",
          "reduce_xor",
          "reduce_window",
          "reduce_precision",
          "mulhi"),
      List::of,
      List.of("lax")),
  NN(
      "nn",
      Access.IMPORTED,
      Optional.empty(),
      List.of("sigmoid", "tanh", "one_hot", "logsumexp", "softmax"),
      List::of,
      List.of(
          "nn/activations",
          "nn/linear",
          "nn/shared",
          "nn/normalization",
          "nn/dropout",
          "nn/convolution",
          "nn/pooling",
          "nn/attention",
          "nn/wrappers",
          "nn/recurrent")),
  OPTIM(
      "optim",
      Access.IMPORTED,
      Optional.empty(),
      List.of(),
      List::of,
      List.of(
          "optim/transforms",
          "optim/optimizers",
          "optim/moments",
          "optim/steps",
          "optim/wrappers",
          "optim/adaptive",
          "optim/distances",
          "optim/matrices",
          "optim/steering",
          "optim/searches",
          "optim/solvers",
          "optim/constraints",
          "optim/schedules",
          "optim/losses"));

  /// The way in which programs come to see a library.
  private enum Access {
    /// Its names are seen by every file, and its own name.
    EVERYWHERE,
    /// Its own name is seen by every file.
    IMPLICIT,
    /// A file imports it.
    IMPORTED
  }

  private final String title;
  private final Access access;
  private final Optional<String> alias;
  private final List<String> again;
  private final Supplier<List<Intrinsic>> intrinsics;
  private final List<String> files;
  private final List<String> spaces;

  Library(
      String title,
      Access access,
      Optional<String> alias,
      List<String> again,
      Supplier<List<Intrinsic>> intrinsics,
      List<String> files) {
    this(title, access, alias, again, intrinsics, files, List.of());
  }

  /// @param title the name under which programs know it
  /// @param alias the function of the compiler whose name represents the library's before a dot:
  ///     `init.zeros`
  /// @param again what every program sees anyway, and users look for in the library too
  /// @param intrinsics the functions of the compiler that it offers as its own
  /// @param files without `.girih`, in the order in which they read best; they share one scope
  /// @param spaces names of its spaces; each is the file `TITLE/NAME.girih`
  Library(
      String title,
      Access access,
      Optional<String> alias,
      List<String> again,
      Supplier<List<Intrinsic>> intrinsics,
      List<String> files,
      List<String> spaces) {
    this.title = title;
    this.access = access;
    this.alias = alias;
    this.again = again;
    this.intrinsics = intrinsics;
    this.files = files;
    this.spaces = spaces;
  }

  public String title() {
    return title;
  }

  /// Returns the names of the prelude that it offers as its own too.
  public List<String> again() {
    return again;
  }

  /// Returns its files, those of its spaces included, without `.girih`.
  public List<String> files() {
    return Stream.concat(files.stream(), spaces.stream().map(this::fileOf)).toList();
  }

  /// Returns the names of its spaces: `norm` of `stats.norm`.
  public List<String> spaces() {
    return spaces;
  }

  private String fileOf(String space) {
    return title + "/" + space;
  }

  /// Returns the library that programs see under this name without import.
  public static Optional<Library> implicit(String name) {
    return one(library -> library.access != Access.IMPORTED && library.title.equals(name));
  }

  /// Returns the library that `import` finds under this name.
  public static Optional<Library> importable(String name) {
    return one(library -> library.access != Access.EVERYWHERE && library.title.equals(name));
  }

  /// Returns the library that has the file.
  public static Optional<Library> of(Source source) {
    return one(
        library ->
            library.files().stream().anyMatch(f -> source.name().equals(LibraryText.path(f))));
  }

  /// Returns whether the file is a space of the library, with the library's own scope below it.
  public boolean hasSpace(Source source) {
    return spaces.stream().anyMatch(space -> source.name().equals(LibraryText.path(fileOf(space))));
  }

  /// Returns the library that the name of a function of the compiler represents.
  static Optional<Library> ofAlias(String name) {
    return one(library -> library.alias.filter(name::equals).isPresent());
  }

  private static Optional<Library> one(Predicate<Library> which) {
    return Arrays.stream(values()).filter(which).findFirst();
  }

  /// Returns the functions of the compiler that the library offers as its own.
  public Map<String, Val> builtins() {
    var out = new HashMap<String, Val>();
    intrinsics.get().forEach(i -> out.put(i.name(), new Val.Builtin(i)));
    return out;
  }

  /// Returns what the library's files see of the compiler: its own functions, and those that all
  /// libraries see.
  public Map<String, Val> inside() {
    var out = builtins();
    LibraryIntrinsics.all().forEach(i -> out.put(i.name(), new Val.Builtin(i)));
    if (access == Access.EVERYWHERE) {
      out.putAll(Prelude.constants());
    }
    return out;
  }

  /// Returns the functions of the compiler that programs see in it.
  List<String> offered() {
    return intrinsics.get().stream().filter(i -> !i.library()).map(Intrinsic::name).toList();
  }

  /// Returns the library's own file and those of its spaces.
  public static List<SourceFile> all() {
    return Arrays.stream(values())
        .flatMap(l -> Stream.concat(Stream.of(l.parse()), l.spaces.stream().map(l::parse)))
        .toList();
  }

  /// Returns the file of a space.
  public SourceFile parse(String space) {
    return LibraryText.parse(fileOf(space));
  }

  /// Returns its files, without its spaces, cut into items: what a program needs of them.
  public List<Outline> outlines() {
    return files.stream().map(LibraryText::outline).toList();
  }

  /// Returns the file of a space, cut into items.
  public List<Outline> outlines(String space) {
    return List.of(LibraryText.outline(fileOf(space)));
  }

  /// Returns all that the library's files hold, without its spaces, as one file; each place in it
  /// names the file that it is in. They are parsed at each call: nothing is kept between
  /// elaborations.
  public SourceFile parse() {
    List<SourceFile> parsed = files.stream().map(LibraryText::parse).toList();
    var items = new ArrayList<Item>();
    parsed.forEach(file -> items.addAll(file.items()));
    return new SourceFile(parsed.getFirst().source(), parsed.getFirst().doc(), List.copyOf(items));
  }
}
