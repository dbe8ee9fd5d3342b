package io.codeploy.multicopy.command;

import io.codeploy.multicopy.compress.Compression;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multicopy.transfer.Sending;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The options on how the bytes of a copy travel. */
final class TransferOptions {
  private static final String BWLIMIT = "bwlimit";
  private static final String COMPRESS = "compress";
  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kKmMgG])");

  private TransferOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "RATE[,RATE]",
            "at most so many bytes a second, of all nodes and of each: 20M, 100M,2M, ,500k"
                + " (MQ_BWLIMIT)",
            "--" + BWLIMIT));
    spec.addOption(
        Options.text(
            "HOW",
            "compress what is pushed: auto, the default, where it pays; zstd, gzip, none"
                + " (MQ_COMPRESS)",
            "--" + COMPRESS));
  }

  static Sending of(OptionValues options) throws UsageException {
    return new Sending(rates(options), compression(options));
  }

  private static Rates rates(OptionValues options) throws UsageException {
    String text = options.text(BWLIMIT).orElse("");
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

  private static Compression compression(OptionValues options) throws UsageException {
    String text = options.text(COMPRESS).orElse("auto");
    for (Compression one : Compression.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
        return one;
      }
    }
    throw new UsageException(
        "--compress or MQ_COMPRESS has to be auto, zstd, gzip or none, not \"" + text + "\"");
  }
}
