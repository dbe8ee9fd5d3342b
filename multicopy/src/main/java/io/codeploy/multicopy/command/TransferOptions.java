package io.codeploy.multicopy.command;

import io.codeploy.multicopy.compress.Compression;
import io.codeploy.multicopy.transfer.Sending;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** The options on how the bytes of a copy travel. */
final class TransferOptions {
  private static final String COMPRESS = "compress";

  private TransferOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(RateOption.spec("at most so many bytes a second, of all nodes and of each"));
    spec.addOption(
        Options.text(
            "HOW",
            "compress what is pushed: auto, the default, where it pays; zstd, gzip, none"
                + " (MQ_COMPRESS)",
            "--" + COMPRESS));
  }

  static Sending of(OptionValues options) throws UsageException {
    return new Sending(RateOption.of(options), compression(options));
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
