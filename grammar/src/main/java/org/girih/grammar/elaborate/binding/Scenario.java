package org.girih.grammar.elaborate.binding;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.girih.grammar.elaborate.core.SumType;
import org.girih.grammar.elaborate.core.Val;

/// One way to choose what the annotations of a def leave open while it is checked for all sizes:
/// the dtype of a variable, the rank of `...`, whether an optional parameter is given, a variant.
/// All ways are gone through, the first choice of each first; but dtypes
/// and ranks beside the usual ones are tried one at a time, with the first choice of all else: what
/// a def does with a dtype hardly ever depends on ranks and variants, and the product of all would
/// make a check take seconds.
public final class Scenario {
  /// The most ways that are looked at; a def with more of them is checked in these.
  private static final int MAX_WAYS = 300;

  /// @param alone whether it differs from its first choice only where all else has it
  private record Digit(int value, List<String> choices, boolean alone) {}

  private final Map<String, Digit> digits = new LinkedHashMap<>();
  private final Set<SumType> making = new HashSet<>();
  private int ways = 1;

  /// Returns the number of this scenario's choice; the same each time.
  ///
  /// @param place what is chosen, by a name or place that no other choice has
  /// @param choices what messages say of each
  int choose(String place, List<String> choices) {
    return choose(place, choices, false);
  }

  /// The same for a dtype or a rank.
  int chooseAlone(String place, List<String> choices) {
    return choose(place, choices, true);
  }

  private int choose(String place, List<String> choices, boolean alone) {
    return digits.computeIfAbsent(place, _ -> new Digit(0, choices, alone)).value();
  }

  /// Returns what it has chosen, for a message: `, t = f16`; empty if all has one choice.
  public String text() {
    return digits.values().stream()
        .filter(d -> d.choices.size() > 1)
        .map(d -> ", " + d.choices.get(d.value))
        .collect(Collectors.joining());
  }

  /// Makes a value of a sum type; one inside of it, of the same type, is a value that nothing is
  /// known of, since there may always be one more.
  Val inside(SumType type, Supplier<Val> make) {
    if (!making.add(type)) {
      return new Val.Poison();
    }
    try {
      return make.get();
    } finally {
      making.remove(type);
    }
  }

  /// Goes to the next way; returns false after the last.
  public boolean next() {
    if (++ways > MAX_WAYS) {
      return false;
    }
    boolean more = advance();
    while (more && !wanted()) {
      more = advance();
    }
    return more;
  }

  private boolean wanted() {
    List<Digit> others = digits.values().stream().filter(d -> d.value > 0).toList();
    return others.size() < 2 || others.stream().noneMatch(Digit::alone);
  }

  private boolean advance() {
    for (String name : digits.keySet().stream().toList().reversed()) {
      Digit digit = digits.get(name);
      if (digit.value + 1 < digit.choices.size()) {
        digits.put(name, new Digit(digit.value + 1, digit.choices, digit.alone));
        return true;
      }
      digits.remove(name); // Found again, if it is still asked for.
    }
    return false;
  }
}
