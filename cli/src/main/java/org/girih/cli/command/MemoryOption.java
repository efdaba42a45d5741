package org.girih.cli.command;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.girih.host.run.MemoryLimit;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `--memory 2GiB`.
final class MemoryOption {
  /// `2GiB`, `1.5 GB`, `500m`, `1024`.
  static final class Sizes implements CommandLine.ITypeConverter<MemoryLimit> {
    private static final Pattern SIZE =
        Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?([kmgt]?)(i?)b?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> POWERS =
        Map.of("", 0, "k", 1, "m", 2, "g", 3, "t", 4);

    @Override
    public MemoryLimit convert(String text) {
      Matcher size = SIZE.matcher(text);
      boolean good = size.matches() && (size.group(3).isEmpty() || !size.group(2).isEmpty());
      if (good) {
        int power = POWERS.get(size.group(2).toLowerCase(java.util.Locale.ROOT));
        // As `du` and `docker` have it, a bare letter is a power of 1024; only `GB` is of 1000.
        boolean decimal =
            size.group(3).isEmpty() && text.toLowerCase(java.util.Locale.ROOT).endsWith("b");
        var unit = BigDecimal.valueOf(decimal ? 1000 : 1024).pow(power);
        var bytes = new BigDecimal(size.group(1)).multiply(unit);
        if (bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0) {
          return new MemoryLimit(bytes.longValue());
        }
      }
      throw new CommandLine.TypeConversionException(
          "`" + text + "` is not a size; write for example 2GiB, 500MiB or 1.5GB");
    }
  }

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description =
          "What a compiled part may take of a device: 2GiB, 500MiB. Loops that would take more"
              + " compute again what they would have stored; what does not fit is an error.")
  private MemoryLimit limit = MemoryLimit.NONE;

  MemoryLimit limit() {
    return limit;
  }
}
