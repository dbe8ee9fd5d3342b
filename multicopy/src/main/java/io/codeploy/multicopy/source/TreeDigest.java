package io.codeploy.multicopy.source;

import java.util.Arrays;

/** The digest of a tree, as docs/formats/tree-digest.md has it. */
final class TreeDigest {
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
    byte[] bytes = Wire.bytes(String.join("", records));
    return Digest.of(bytes, 0, bytes.length);
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
