package io.codeploy.chunkcache.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the examples out of the pages of docs/formats, so that pages and code cannot differ. */
final class FormatPage {
  private FormatPage() {}

  /** The bytes of the block of {@code page} that is fenced as {@code info}. */
  static byte[] example(String page, String info) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/formats", page));
    int from = lines.indexOf("```" + info) + 1;
    if (from == 0) {
      throw new IOException("no block ```" + info + " in " + page);
    }
    List<String> block = lines.subList(from, lines.size());
    return HexFormat.of()
        .parseHex(
            block.subList(0, block.indexOf("```")).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .collect(Collectors.joining()));
  }
}
