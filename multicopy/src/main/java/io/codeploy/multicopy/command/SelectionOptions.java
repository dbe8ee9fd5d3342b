package io.codeploy.multicopy.command;

import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** The options on what a copy takes and what it leaves. */
final class SelectionOptions {
  private static final String EXCLUDE = "exclude";
  private static final String EXCLUDE_FROM = "exclude-from";
  private static final String PRESERVE = "preserve";
  private static final String CHECKSUM = "checksum";
  private static final String DELETE = "delete";
  private static final String DELETE_ALL = "delete-all";

  private SelectionOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.texts(
                "PATTERN",
                "leave such names alone: name, *.o, dir/, /at-the-top, a/**/b (MQ_EXCLUDE)",
                "--" + EXCLUDE)
            .build());
    spec.addOption(
        Options.texts(
                "FILE", "the same, with a pattern a line (MQ_EXCLUDE_FROM)", "--" + EXCLUDE_FROM)
            .build());
    spec.addOption(
        Options.text(
            "WHAT[,WHAT]...",
            "keep more: special (set-uid, set-gid and sticky bits), owner, group, links (hard"
                + " ones), xattrs (MQ_PRESERVE)",
            "--" + PRESERVE));
    spec.addOption(
        Options.flag(
            "compare by digest what has the same size, whatever its time (MQ_CHECKSUM=1)",
            "--" + CHECKSUM));
    spec.addOption(
        Options.flag(
            "remove where it goes what a source directory does not have (MQ_DELETE=1)",
            "--" + DELETE));
    spec.addOption(
        Options.flag(
            "the same, even all if a source directory is empty (MQ_DELETE_ALL=1)",
            "--" + DELETE_ALL));
  }

  /**
   * @param dryRun whether nothing is to be done
   */
  static Selection of(OptionValues options, boolean dryRun) throws UsageException {
    return new Selection(
        exclusion(options),
        options.flag(CHECKSUM) ? Selection.Equality.DIGEST : Selection.Equality.SIZE_AND_TIME,
        deletion(options),
        details(options),
        dryRun);
  }

  private static Set<Detail> details(OptionValues options) throws UsageException {
    Set<Detail> details = EnumSet.noneOf(Detail.class);
    Optional<String> text = options.text(PRESERVE);
    if (text.isPresent()) {
      for (String word : text.get().split(",", -1)) {
        details.add(detail(word));
      }
    }
    return details;
  }

  private static Detail detail(String word) throws UsageException {
    for (Detail detail : Detail.values()) {
      if (detail.name().toLowerCase(Locale.ROOT).equals(word)) {
        return detail;
      }
    }
    throw new UsageException(
        "--preserve or MQ_PRESERVE has to be some of special, owner, group, links and"
            + " xattrs, with commas, not \"%s\"".formatted(word));
  }

  private static Selection.Deletion deletion(OptionValues options) throws UsageException {
    if (options.flag(DELETE_ALL)) {
      return Selection.Deletion.EVEN_ALL;
    }
    return options.flag(DELETE) ? Selection.Deletion.EXTRA : Selection.Deletion.NONE;
  }

  /** Refuses what cannot be had in {@code copies}. */
  static Selection fitting(Selection selection, List<NodeCopy> copies) throws UsageException {
    boolean both = copies.stream().allMatch(c -> c.push() || c.pull());
    if (!both && selection.equality() == Selection.Equality.DIGEST) {
      throw new UsageException("--checksum is for copies from here to @: or from @: to here");
    }
    if (!both && !selection.details().isEmpty()) {
      throw new UsageException("--preserve is for copies from here to @: or from @: to here");
    }
    if (!selection.isPlain() && !copies.stream().allMatch(c -> c.toNode() || c.pull())) {
      throw new UsageException("--delete and --dry-run are for copies to @: or from @: alone");
    }
    return selection;
  }

  private static Exclusion exclusion(OptionValues options) throws UsageException {
    List<String> patterns = new ArrayList<>();
    options.all(EXCLUDE).forEach(pattern -> patterns.add(Wire.of(pattern)));
    for (String file : options.all(EXCLUDE_FROM)) {
      patterns.addAll(Exclusion.lines(content(file)));
    }
    try {
      return Exclusion.of(patterns);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--exclude " + e.getMessage(), e);
    }
  }

  private static String content(String file) throws UsageException {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UsageException("--exclude-from " + file + ": cannot be read", e);
    }
  }
}
