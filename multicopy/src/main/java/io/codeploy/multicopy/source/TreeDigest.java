package io.codeploy.multicopy.source;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The digest of a tree, as docs/formats/tree-digest.md has it. */
final class TreeDigest {
  /** So many records are bytes at once: a tree may have millions. */
  private static final int PIECE = 4096;

  private TreeDigest() {}

  /** Of {@code tree} as it was listed, in hexadecimal. */
  static String of(SourceTree tree) {
    StringBuilder text = new StringBuilder();
    String[] records = new String[tree.entries().size()];
    for (int i = 0; i < records.length; i++) {
      text.setLength(0);
      append(text, tree.entries().get(i));
      records[i] = text.toString();
    }
    // Characters stand for bytes. A walk leaves them all but sorted.
    Arrays.sort(records);
    MessageDigest digest = Digest.sha256();
    List<String> sorted = Arrays.asList(records);
    for (int i = 0; i < records.length; i += PIECE) {
      List<String> piece = sorted.subList(i, Math.min(i + PIECE, records.length));
      digest.update(Wire.bytes(String.join("", piece)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void append(StringBuilder text, SourceEntry entry) {
    text.append(entry.name());
    switch (entry.kind()) {
      case FILE -> {
        text.append("//f ").append(Integer.toOctalString(entry.mode())).append(' ');
        text.append(entry.size()).append(' ');
        appendTime(text, entry);
      }
      case DIRECTORY -> {
        text.append("//d ").append(Integer.toOctalString(entry.mode())).append(' ');
        appendTime(text, entry);
      }
      case LINK -> text.append("//l ").append(entry.link());
    }
    text.append('\0');
  }

  /** As GNU's {@code find} has it, with ten digits. */
  private static void appendTime(StringBuilder text, SourceEntry entry) {
    text.append(entry.time()).append('0');
  }
}
