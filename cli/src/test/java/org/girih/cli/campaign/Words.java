package org.girih.cli.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.cli.Session;

/// Texts of the repository by their words, with words left out, doubled, swapped and put in from
/// other texts.
public record Words(List<List<String>> texts) {
  private static final Pattern WORD = Pattern.compile("\\w+|\\s+|\\.\\.\\.?|->|[-+*/<>=!]=|\\S");

  /// Returns the words of all files below some folders whose names end so.
  public static Words of(String end, String... folders) throws IOException {
    var out = new ArrayList<List<String>>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Session.ROOT.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(end)).sorted().toList()) {
          out.add(WORD.matcher(Files.readString(file)).results().map(m -> m.group()).toList());
        }
      }
    }
    return new Words(out);
  }

  /// Returns one of the texts, changed in up to five places.
  public String mutated(Random random) {
    var words = new ArrayList<>(texts.get(random.nextInt(texts.size())));
    for (int i = random.nextInt(1, 6); i > 0 && !words.isEmpty(); i--) {
      int at = random.nextInt(words.size());
      int other = random.nextInt(words.size());
      List<String> donor = texts.get(random.nextInt(texts.size()));
      switch (random.nextInt(6)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(other));
        case 2 -> words.set(at, words.get(other));
        case 3 -> words.set(at, donor.get(random.nextInt(donor.size())));
        case 4 -> Collections.swap(words, at, other);
        case 5 -> {
          int from = random.nextInt(donor.size());
          words.addAll(at, donor.subList(from, Math.min(donor.size(), from + 12)));
        }
        default -> throw new AssertionError();
      }
    }
    return String.join("", words);
  }
}
