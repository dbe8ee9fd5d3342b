package io.codeploy.multicopy.shell;

import java.util.List;

/** What went wrong, out of what a program on a node said on stderr. */
public final class Complaint {
  private Complaint() {}

  /**
   * The first line that tells a cause; without the name of the program and the path of a stage.
   *
   * @param said in any form, possibly empty
   */
  public static String cause(String said) {
    List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
    String cause =
        lines.stream()
            .filter(line -> !line.contains("Exiting with failure") && !line.contains("time stamp"))
            .findFirst()
            .orElse(lines.isEmpty() ? "failed without a word" : lines.getLast());
    return cause
        .strip()
        .replaceFirst("^tar: (.*?)\\bt/", "$1")
        .replaceFirst("^(sh|tar|mv|mkdir|cat|chmod|touch|rm|cp): ", "")
        .replaceAll("(\\./)?\\.multicopy-[^/ ]*/t/", "")
        // GNU tar's word for a disk that became full in the middle of a block.
        .replaceFirst("Wrote only \\d+ of \\d+ bytes", "No space left on device");
  }
}
