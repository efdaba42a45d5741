package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The README's feature table is true: each row with a tick has programs here that run, each code
/// of a row without one is what its use gives.
class FeatureTableTest {
  /// What a row begins with, and programs whose assertions hold.
  private static final Map<String, String> RUNS =
      Map.ofEntries(
          Map.entry(
              "functions, lambdas",
              """
              def f({a, b}, n = 2) = (x -> a * x + b)(n)
              let (p, q) = (f({a = 3, b = 1}), f({a = 3, b = 1}, n = 4))
              assert p == 7 and q == 13
              print(zeros(p - 4))
              """),
          Map.entry(
              "annotated defs",
              """
              def f[n](x: f32[n]) -> f32[n] = x + 1
              print(f(ones(3)))
              """),
          Map.entry(
              "dtype variables",
              """
              def f[t: float, ...b, n](x: t[...b, n], g: (t[n]) -> t, m: {a: t[n], ...}, k: t or none = none) -> t
                  where n > 1 = sum(x) + g(m.a) + (match k { none -> 0, _ -> k })
              assert f(ones((2, 3)), x -> x[0], {a = [1.0, 2.0, 3.0], b = 2}) == 7
              print(f(ones(2), x -> x[1], {a = [1.0, 2.0]}, k = 2.0))
              """),
          Map.entry(
              "sum types",
              """
              type Shape = circle(f32) | box(f32[2])
              def area(s: Shape) = match s { circle(r) -> r * r, box(d) -> d[0] * d[1] }
              let c = sum(ones(3)) > 2
              assert area(if c then box([2.0, 3.0]) else circle(1.0)) == 6
              let last = loop s = circle(2.0) for _ in 0..3 { match s { circle(r) -> box([r, 1.0]), box(d) -> circle(d[0]) } }
              print(grad(area)(circle(3.0)), last)
              """),
          Map.entry(
              "warnings: unused",
              """
              let _unused = 1
              print(2)
              """),
          Map.entry(
              "loops over",
              """
              let a = loop s = 0 for k in (1, 2, 3) { s + k }
              let b = loop s = 0 for k in arange(4) { s + k }
              let c = loop s = 0 for k in 0..5 { s + k }
              let d = loop s = 1 while s < 100 max 3 { s * 2 }
              let (e, _) = scan((c, x) -> (c + x, c), 0, arange(4))
              assert a == 6 and b == 6 and c == 10 and d == 8 and e == 6
              assert sum([k * j for k in 0..3, j in 0..3]) == 9
              assert (k for k in (1, 2, 3) if k != 2) == (1, 3)
              assert (loop s = 0 for (k, j) in zip(arange(3), arange(3)) { s + k * j }) == 5
              print(if a > 5 then 1 else 0)
              """),
          Map.entry(
              "NumPy indexing",
              """
              let x = reshape(arange(12), (3, 4))
              assert sum(x[1:, ::-2]) == 32 and x[-1, [0, 3]][1] == 11
              print(x with [0] = 7, x with [[0, 0], 1] += 1)
              """),
          Map.entry(
              "`linalg`",
              """
              let a = [[2.0, 0.0], [1.0, 4.0]]
              assert close(linalg.solve_triangular(a, [2.0, 9.0], lower = true), [1.0, 2.0])
              print(grad(b -> sum(linalg.solve_triangular(a, b)))(ones((2, 3))))
              let b = a @ transpose(a)
              let (w, v) = linalg.eigh(b)
              let (q, r) = linalg.qr(a)
              assert close(v * w @ transpose(v), b) and close(q @ r, a) and close(linalg.det(b), 64.0)
              assert close(linalg.cholesky(b) @ transpose(linalg.cholesky(b)), b)
              assert close(b @ linalg.inv(b), eye(2)) and close(linalg.expm(zeros((2, 2))), eye(2))
              assert close(fft.irfft(fft.rfft([1.0, 2.0, 4.0]), 3), [1.0, 2.0, 4.0])
              """),
          Map.entry(
              "pointwise",
              """
              let x = reshape(arange(6.0), (2, 3))
              let y = einsum("ij,kj->ik", x, x) + x @ transpose(x)
              assert all(y == 2 * (x @ transpose(x)))
              print(sort(-x), cumsum(x), exp(x), complex(x, x))
              """),
          Map.entry(
              "`load`",
              """
              save("t.npz", {a = {b = arange(3)}})
              save("t.npy", ones(2))
              save("t.safetensors", {a = {b = arange(3)}})
              save("t.png", ones((3, 4)))
              assert sum(ones(2)) == 2
              print("{0.5:.2f}")
              """),
          Map.entry(
              "`plot`",
              """
              plot("a.png", arange(3))
              plot("a.svg", {a = arange(3), b = ones(5)})
              plot("b.png", ones((7, 5, 5)))
              plot("b.svg", ones((5, 5, 3)))
              """),
          Map.entry(
              "`grad`",
              """
              let f = x -> sum(sin(x) * x)
              let v = arange(3.0)
              let (value, g) = value_and_grad(f)(v)
              let (y, t) = jvp(f, (v,), (ones(3),))
              let (z, back) = vjp(f, v)
              let (w, lin) = linearize(f, v)
              assert all(abs(back(1.0)[0] - g) < 1e-6) and abs(lin(ones(3)) - t) < 1e-6
              assert all(abs(jacfwd(f)(v) - jacrev(f)(v)) < 1e-6)
              assert all(grad(jit(checkpoint(x -> sum(stop_gradient(x) * x))))(v) == v)
              print(hessian(f)(v))
              """),
          Map.entry(
              "`vmap`",
              """
              let f = x -> x - pmean(x, "i") + psum(x, "i") * 0 + pmax(x, "i") - pmax(x, "i")
              let g = x -> sum(all_gather(x, "i")) + pmin(x, "i") * axis_index("i")
              let x = arange(4)
              assert all(abs(vmap(f, axis_name = "i")(f32(x)) - (f32(x) - 1.5)) < 1e-6)
              assert all(vmap(g, axis_name = "i")(x) == 6)
              print(vmap((a, b) -> a * b, in_axes = (none, 0), out_axes = 1)(arange(3), x))
              """),
          Map.entry(
              "rules",
              """
              def f(x) = x
              @jvp(f) def f_rule((x,), (t,)) = (x, 3 * t)
              def h(x) = x
              @vjp(h) def h_rule(x) = (x, ct -> 5 * ct)
              assert grad(f)(1.0) == 3 and grad(h)(1.0) == 5
              print(1)
              """),
          Map.entry(
              "random keys",
              """
              let (a, b) = random.split(random.key(0))
              assert all(random.bits(a, 3) != random.bits(b, 3))
              """),
          Map.entry(
              "`tree`: map, zip",
              """
              let t = {w = [3.0, 0.0], b = 4.0}
              let (flat, back) = tree.ravel(t)
              assert tree.norm(back(flat)) == 5 and tree.count(t) == 3
              assert tree.reduce((n, x) -> n + sum(x), t, 0.0) == 7 and tree.zip(t, t).b[1] == 4
              assert tree.vdot(t, tree.add(t, tree.scale(2.0, t))) == 75
              """),
          Map.entry(
              "modules: `module`",
              """
              module Scale()(x) {
                let factor = param(init.ones, (size(x, -1),))
                let calls = state("counts", 0, old -> old + 1)
                x * factor
              }
              let variables = init(Scale(), random.key(0), ones(3))
              let (y, after) = apply(Scale(), variables, arange(3.0), update = true)
              assert sum(y) == 3 and after.counts.calls == 1
              print(tabulate(Scale(), random.key(0), ones(3)))
              """),
          Map.entry(
              "`nn`: Dense",
              """
              import nn
              module Net()(x) {
                let x = nn.max_pool(nn.relu(nn.Conv(4, (3, 3))(x)), (2, 2), strides = (2, 2))
                nn.Dense(2)(reshape(x, (size(x, 0), -1)))
              }
              let variables = init(Net(), random.key(0), ones((1, 8, 8, 1)))
              assert tree.count(variables) == 4 * 10 + 64 * 2 + 2
              print(apply(Net(), variables, ones((3, 8, 8, 1))))
              """),
          Map.entry(
              "`optim`: sgd",
              """
              import optim
              let o = optim.adam(0.1)
              let (x, _) = loop (x, s) = (ones(3), o.init(ones(3))) for _ in 0..300 {
                let (u, s) = o.update(2 * x, s, x)
                (optim.apply_updates(x, u), s)
              }
              assert all(abs(x) < 0.01)
              """),
          Map.entry(
              "`segment_sum` and others",
              """
              import signal, sparse, optimize, integrate, interpolate, image
              let (f, power) = signal.welch(sin(arange(64.0) * (pi / 4)), nperseg = 16)
              assert close(f[argmax(power)], 0.125)
              let grid = interpolate.RegularGridInterpolator(([0.0, 2.0],), [1.0, 3.0])
              assert close(grid([[1.0]]), [2.0])
              assert close(image.map_coordinates([1.0, 3.0], ([0.5],), 1), [2.0])
              assert all(segment_sum([1.0, 2.0, 4.0], [0, 1, 0], 2) == [5.0, 2.0])
              assert close(signal.fftconvolve([1.0, 2.0], [1.0, 1.0]), [1.0, 3.0, 2.0], 1e-5)
              let a = [[4.0, 1.0], [1.0, 3.0]]
              assert close(a @ sparse.cg(a, ones(2))[0], ones(2), 1e-4)
              assert close(optimize.minimize(x -> sum((x - 1) ** 2), zeros(2)).x, ones(2), 1e-4)
              assert close(integrate.odeint((y, t) -> -y, ones(1), [0.0, 1.0])[1, 0], exp(-1.0), 1e-4)
              assert shape(image.resize(ones((2, 3)), (4, 4), "cubic")) == (4, 4)
              """),
          Map.entry(
              "`debug.print` in functions",
              """
              def f(x) {
                debug.print("x = {x:.3f}")
                assert x > 0, "x is {x}"
                x * 2
              }
              assert all(vmap(grad(f))([1.0, 2.0]) == 2)
              """),
          Map.entry(
              "`mesh`, placement",
              """
              mesh (data = 2, model = 2)
              def f(x: f32[n @ data, d]) = sum(x, 1) as [_ @ data]
              let g = shard_map(x -> psum(x, "data"), in_specs = P("data"), out_specs = P())
              assert all(f(ones((4, 3))) == 3) and all(g(arange(4.0)) == [2.0, 4.0])
              assert all(pmap(x -> all_gather(x, "d")[0], axis_name = "d")(ones(4)) == 1)
              """),
          Map.entry(
              "host program: `for`",
              """
              let (n, best) = (1, 0.0)
              for i in 0..5 {
                let n = n * 2
                if n > 20 { let best = f32(i) } else { let best = best + 0.5 }
              }
              while n > 3 { let n = n // 2 }
              assert n == 2 and best == 4
              """));

  /// Uses of what is not there, by the code that answers.
  private static final Map<String, String> MISSING = Map.of("E0608", "import ndimage\nprint(1)");

  @TempDir private Path folder;

  private static Map<String, String> rows() throws IOException {
    var out = new LinkedHashMap<String, String>();
    for (String line : Files.readAllLines(Session.ROOT.resolve("README.md"))) {
      String[] cells = line.split(" \\| ");
      if (line.startsWith("| ") && cells.length == 2 && !line.contains("feature")) {
        out.put(cells[0].substring(2), cells[1]);
      }
    }
    return out;
  }

  private Session run(String program) throws IOException {
    return Session.run("run", Files.writeString(folder.resolve("f.girih"), program).toString());
  }

  @Test
  void everyTickHasAProgram() throws IOException {
    // The syntax, imports and commands have tests of their own: goldens, `RunGoldenTest` and
    // `CommandsTest`; tests of the library `LibraryTest`; the cache `CacheTest`; checked runs
    // `CheckedRunTest`, `ProfileTest`; costs `ShowCostTest`, `BenchCommandTest`; levels
    // `PassOptionsTest`; limits `MemoryLimitTest`; Java `EmbedTest`, `JavaGoldenTest` and the
    // projects that the
    // plugin builds;
    // files that change `WatchTest`; artifacts `ArtifactCommandTest`; what is sent and targets
    // `DevicesTest`, `CrossTest`.
    List<String> elsewhere =
        List.of(
            "`run --check`",
            "`--watch`",
            "`run --profile`",
            "`show --cost`",
            "`-O0`",
            "`run --memory",
            "from Java",
            "`.girihx`",
            "`show --stage sharding`",
            "`build --target`",
            "syntax of the whole",
            "imports of other",
            "`new`, `run`, `check`",
            "`test` blocks",
            "compiled programs");
    for (var row : rows().entrySet()) {
      boolean covered =
          Stream.concat(RUNS.keySet().stream(), elsewhere.stream())
              .anyMatch(row.getKey()::startsWith);
      assertEquals(row.getValue().contains("✓"), covered, row.getKey());
    }
  }

  @TestFactory
  Stream<DynamicTest> ticks() {
    return RUNS.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      Session session = run(each.getValue());
                      assertEquals(0, session.code(), session.err());
                    }));
  }

  @Test
  void whatIsMissingSaysSo() throws IOException {
    var codes = Pattern.compile("E\\d{4}");
    for (var row : rows().entrySet()) {
      if (row.getValue().startsWith("not yet")) {
        for (String code : codes.matcher(row.getValue()).results().map(m -> m.group()).toList()) {
          Session session = run(MISSING.get(code));
          assertEquals(1, session.code(), code);
          assertTrue(session.err().startsWith("error[" + code + "]"), session.err());
        }
      }
    }
  }
}
