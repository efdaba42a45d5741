package org.girih.grammar.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes programs by chance that split, draw from and pass on keys in loops and branches, and runs
/// them by themselves: a key is a number, `split` makes two others.
///
/// @param count the iterations of the outer loop
/// @param open whether the count is known only when the program runs
/// @param drawn which results of the loop are drawn from behind it; −1 is the loop's first key
record RandomKeys(Body body, List<String> carry, int count, boolean open, List<Integer> drawn) {

  /// Thrown when a program uses a key twice.
  private static final class UsedTwice extends Exception {
    private static final long serialVersionUID = 1;
  }

  /// Statements, and the keys that they end with.
  private record Body(List<Statement> statements, List<String> results) {
    String text(String number) {
      String lines =
          statements.stream().map(s -> s.text(number) + "\n").collect(Collectors.joining());
      return "{\nlet s = 0.0\n" + lines + "(" + String.join(", ", results) + ", s) }";
    }

    List<Integer> run(Keys keys, Map<String, Integer> scope, int number) throws UsedTwice {
      var inner = new HashMap<>(scope);
      for (Statement statement : statements) {
        statement.run(keys, inner, number);
      }
      return results.stream().map(inner::get).toList();
    }
  }

  private sealed interface Statement {
    /// @param number what the iterations of the innermost loop are counted by
    String text(String number);

    void run(Keys keys, Map<String, Integer> scope, int number) throws UsedTwice;
  }

  private record Split(String key, String first, String second) implements Statement {
    @Override
    public String text(String number) {
      return "let (%s, %s) = random.split(%s)".formatted(first, second, key);
    }

    @Override
    public void run(Keys keys, Map<String, Integer> scope, int number) throws UsedTwice {
      keys.use(scope.get(key));
      scope.put(first, keys.fresh());
      scope.put(second, keys.fresh());
    }
  }

  private record Draw(String key) implements Statement {
    @Override
    public String text(String number) {
      return "let s = s + random.normal(" + key + ")";
    }

    @Override
    public void run(Keys keys, Map<String, Integer> scope, int number) throws UsedTwice {
      keys.use(scope.get(key));
    }
  }

  private record Choice(int every, Body then, Body otherwise, List<String> names)
      implements Statement {
    @Override
    public String text(String number) {
      return "let (%s, t) = if %s %% %d == 0 then %s else %s\nlet s = s + t"
          .formatted(
              String.join(", ", names), number, every, then.text(number), otherwise.text(number));
    }

    @Override
    public void run(Keys keys, Map<String, Integer> scope, int number) throws UsedTwice {
      bind(scope, names, (number % every == 0 ? then : otherwise).run(keys, scope, number));
    }
  }

  private record Loop(
      List<String> first, List<String> carry, int count, Body body, List<String> names)
      implements Statement {
    @Override
    public String text(String number) {
      String inner = number + "i";
      return "let (%s, t) = loop (%s, s) = (%s, 0.0) for %s in 0..%d %s\nlet s = s + t"
          .formatted(
              String.join(", ", names),
              String.join(", ", carry),
              String.join(", ", first),
              inner,
              count,
              body.text(inner));
    }

    @Override
    public void run(Keys keys, Map<String, Integer> scope, int number) throws UsedTwice {
      List<Integer> now = first.stream().map(scope::get).toList();
      for (int i = 0; i < count; i++) {
        var inner = new HashMap<>(scope);
        bind(inner, carry, now);
        now = body.run(keys, inner, i);
      }
      bind(scope, names, now);
    }
  }

  private static void bind(Map<String, Integer> scope, List<String> names, List<Integer> values) {
    for (int i = 0; i < names.size(); i++) {
      scope.put(names.get(i), values.get(i));
    }
  }

  /// The keys of a run.
  private static final class Keys {
    private final Set<Integer> used = new HashSet<>();
    private int made;

    int fresh() {
      return made++;
    }

    void use(int key) throws UsedTwice {
      if (!used.add(key)) {
        throw new UsedTwice();
      }
    }
  }

  static RandomKeys of(long seed) {
    return new Writer(new Random(seed)).program();
  }

  /// Returns whether no key is used twice when it runs.
  boolean right() {
    var keys = new Keys();
    List<Integer> first = carry.stream().map(_ -> keys.fresh()).toList();
    try {
      List<Integer> now = first;
      for (int i = 0; i < count; i++) {
        var scope = new HashMap<String, Integer>();
        bind(scope, carry, now);
        now = body.run(keys, scope, i);
      }
      for (int each : drawn) {
        keys.use(each < 0 ? first.getFirst() : now.get(each));
      }
      return true;
    } catch (UsedTwice _) {
      return false;
    }
  }

  String text() {
    List<String> first = IntStream.range(0, carry.size()).mapToObj(i -> "q" + i).toList();
    String keys = String.join(", ", first);
    String after =
        drawn.stream()
            .map(i -> " + random.normal(" + (i < 0 ? "q0" : "o" + i) + ")")
            .collect(Collectors.joining());
    return """
        def f(%s, n) = loop (%s, s) = (%s, 0.0) for i in 0..n %s
        let (q0, q1) = random.split(random.key(1))
        let (%s, s) = f(%s, %s)
        print(s%s)
        """
        .formatted(
            keys,
            String.join(", ", carry),
            keys,
            body.text("i"),
            keys.replace('q', 'o'),
            keys,
            open ? "iota(9)[iota(9)[" + count + "]]" : String.valueOf(count),
            after);
  }

  private static final class Writer {
    private final Random random;
    private int names;

    Writer(Random random) {
      this.random = random;
    }

    RandomKeys program() {
      List<String> carry = fresh(1 + random.nextInt(2));
      Body body = body(carry, carry.size(), 2);
      var drawn = new ArrayList<Integer>();
      for (int i = random.nextInt(8) == 0 ? -1 : 0; i < carry.size(); i++) {
        if (i < 0 || random.nextBoolean()) {
          drawn.add(i);
        }
      }
      return new RandomKeys(body, carry, random.nextInt(7), random.nextBoolean(), drawn);
    }

    private List<String> fresh(int count) {
      return IntStream.range(0, count).mapToObj(_ -> "k" + names++).toList();
    }

    private List<String> any(List<String> keys, int count) {
      return IntStream.range(0, count)
          .mapToObj(_ -> keys.get(random.nextInt(keys.size())))
          .toList();
    }

    /// Mostly leaves alone what is used, so that many programs are right.
    private Body body(List<String> scope, int results, int depth) {
      var keys = new ArrayList<>(scope);
      var statements = new ArrayList<Statement>();
      for (int n = random.nextInt(4); n > 0; n--) {
        statements.add(statement(keys, depth));
      }
      var out = new ArrayList<>(keys);
      java.util.Collections.shuffle(out, random);
      boolean different = out.size() >= results && random.nextInt(6) > 0;
      return new Body(
          statements, different ? List.copyOf(out.subList(0, results)) : any(keys, results));
    }

    private Statement statement(List<String> keys, int depth) {
      String key = any(keys, 1).getFirst();
      int kind = random.nextInt(depth > 0 ? 8 : 5);
      if (kind < 2) {
        if (keys.size() > 1 && random.nextInt(6) > 0) {
          keys.remove(key);
        }
        return new Draw(key);
      }
      List<String> names = fresh(kind < 5 ? 2 : 1 + random.nextInt(2));
      Statement out;
      if (kind < 5) {
        out = new Split(key, names.getFirst(), names.getLast());
        if (random.nextInt(6) > 0) {
          keys.remove(key);
        }
      } else if (kind == 5) {
        List<String> carry = fresh(names.size());
        List<String> first = any(keys, names.size());
        var inner = new ArrayList<>(carry);
        if (random.nextInt(4) == 0) {
          inner.add(key);
        }
        out =
            new Loop(first, carry, random.nextInt(4), body(inner, names.size(), depth - 1), names);
        keys.removeAll(first);
      } else {
        Body then = body(keys, names.size(), depth - 1);
        Body otherwise = body(keys, names.size(), depth - 1);
        out = new Choice(2 + random.nextInt(2), then, otherwise, names);
        keys.removeIf(_ -> random.nextInt(4) > 0);
      }
      keys.addAll(names);
      return out;
    }
  }
}
