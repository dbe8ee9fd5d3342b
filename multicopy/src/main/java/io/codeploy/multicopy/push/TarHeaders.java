package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multicopy.source.Xattrs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The headers of a tar stream. Names are raw bytes; those that are too long go into GNU's long-name
 * members, which busybox knows as well as GNU's own tar and bsdtar.
 */
final class TarHeaders {
  static final int BLOCK_BYTES = TarBlock.BYTES;
  private static final String LONG_NAME = "././@LongLink";

  private static final char FILE = '0';
  private static final char LINK = '2';
  private static final char DIRECTORY = '5';
  private static final char LONG_LINK_TEXT = 'K';
  private static final char LONG_NAME_TEXT = 'L';
  private static final char PAX = 'x';
  private static final int EXTRA_MODE = 0644;

  private final boolean gnu;
  private final boolean xattrs;

  /**
   * @param gnu whether the node's tar is GNU's: fractions of seconds go into pax members, which not
   *     every tar knows
   * @param xattrs whether the node's tar is to take extended attributes
   */
  TarHeaders(boolean gnu, boolean xattrs) {
    this.gnu = gnu;
    this.xattrs = xattrs;
  }

  /** What the node's tar has to be told. GNU's reads and writes 10 KiB at a time else. */
  String options() {
    return (gnu ? "-b 512" : "") + (xattrs ? " --xattrs" : "");
  }

  boolean fractions() {
    return gnu;
  }

  /** The header of a file of {@code size} bytes, which follow. */
  byte[] file(String name, SourceEntry entry, long size, Map<String, byte[]> attributes) {
    return header(name, FILE, entry, entry.mode(), size, attributes);
  }

  byte[] link(String name, SourceEntry entry) {
    return header(name, LINK, entry, entry.mode(), 0, Map.of());
  }

  /** A directory with the modes and the time of {@code entry}, but that its owner may change it. */
  byte[] directory(String name, SourceEntry entry, Map<String, byte[]> attributes) {
    return header(name + "/", DIRECTORY, entry, 0700 | entry.mode(), 0, attributes);
  }

  private byte[] header(
      String name,
      char type,
      SourceEntry entry,
      int mode,
      long size,
      Map<String, byte[]> attributes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK_BYTES);
    longText(out, name, LONG_NAME_TEXT);
    longText(out, entry.link(), LONG_LINK_TEXT);
    pax(out, entry, attributes);
    out.writeBytes(TarBlock.of(type, name, entry.link(), mode, size, entry.seconds()));
    return out.toByteArray();
  }

  private static void longText(ByteArrayOutputStream out, String text, char type) {
    if (text.length() > TarBlock.NAME_BYTES) {
      out.writeBytes(extra(LONG_NAME, type, text.length() + 1L));
      padded(out, Wire.bytes(text + "\0"));
    }
  }

  /** What goes beyond a header. There can be one such member before it, and no more. */
  private void pax(ByteArrayOutputStream out, SourceEntry entry, Map<String, byte[]> attributes) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    if (gnu && entry.nanos() != 0 && entry.seconds() >= 0) {
      record(records, "mtime", entry.time().getBytes(StandardCharsets.US_ASCII));
    }
    attributes.forEach(
        (name, value) ->
            record(
                records, Xattrs.PAX_PREFIX + name.replace("%", "%25").replace("=", "%3D"), value));
    if (records.size() > 0) {
      out.writeBytes(extra("x", PAX, records.size()));
      padded(out, records.toByteArray());
    }
  }

  /** A length, which counts itself, a blank, a name, an equals sign, a value, a newline. */
  private static void record(ByteArrayOutputStream out, String name, byte[] value) {
    byte[] begin = (" " + name + "=").getBytes(StandardCharsets.UTF_8);
    int rest = begin.length + value.length + 1;
    int length = rest + Integer.toString(rest).length();
    if (Integer.toString(length).length() > Integer.toString(rest).length()) {
      length++;
    }
    out.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(begin);
    out.writeBytes(value);
    out.write('\n');
  }

  /** The header of a member that tells more of the one behind it. */
  private static byte[] extra(String name, char type, long size) {
    return TarBlock.of(type, name, "", EXTRA_MODE, size, 0);
  }

  private static void padded(ByteArrayOutputStream out, byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[padding(content.length)]);
  }

  /** What is missing to a whole block after {@code bytes}. */
  static int padding(long bytes) {
    return (int) (-bytes & (BLOCK_BYTES - 1));
  }
}
