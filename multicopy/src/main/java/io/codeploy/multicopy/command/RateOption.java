package io.codeploy.multicopy.command;

import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --bwlimit}, of the commands that have it. */
public final class RateOption {
  /** As on the command line. */
  public static final String NAME = "--bwlimit";

  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kKmMgG])");

  private RateOption() {}

  /** The option; {@code description} tells what the two rates bound. */
  public static OptionSpec spec(String description) {
    return Options.text("RATE[,RATE]", description + ": 20M, 100M,2M, ,500k (MQ_BWLIMIT)", NAME);
  }

  /** What it says; a rate without a unit is refused. */
  public static Rates of(OptionValues options) throws UsageException {
    String text = options.text("bwlimit").orElse("");
    if (text.isEmpty()) {
      return Rates.NONE;
    }
    String[] part = text.split(",", -1);
    if (part.length > 2 || text.equals(",")) {
      throw wrong(text);
    }
    return new Rates(
        rate(part[0], text), part.length == 1 ? OptionalLong.empty() : rate(part[1], text));
  }

  private static OptionalLong rate(String part, String text) throws UsageException {
    if (part.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher rate = RATE.matcher(part);
    if (!rate.matches()) {
      throw wrong(text);
    }
    int zeros = 3 * (1 + "kmg".indexOf(rate.group(2).toLowerCase(Locale.ROOT)));
    long bytes = new BigDecimal(rate.group(1)).movePointRight(zeros).longValue();
    if (bytes == 0) {
      throw wrong(text);
    }
    return OptionalLong.of(bytes);
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "--bwlimit or MQ_BWLIMIT has to be bytes a second such as 500k, 20M or 100M,2M, not \""
            + text
            + "\"");
  }
}
