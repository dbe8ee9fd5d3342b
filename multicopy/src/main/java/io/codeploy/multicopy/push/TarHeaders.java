package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multicopy.source.Xattrs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * The headers of a tar stream. Names are raw bytes; those that are too long go into GNU's long-name
 * members, which busybox knows as well as GNU's own tar and bsdtar.
 */
final class TarHeaders {
  static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES = 100;
  private static final String LONG_NAME = "././@LongLink";
  private static final ZipEncoding BYTES =
      ZipEncodingHelper.getZipEncoding(StandardCharsets.ISO_8859_1.name());

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
    return header(name, TarConstants.LF_NORMAL, entry, entry.mode(), size, attributes);
  }

  byte[] link(String name, SourceEntry entry) {
    return header(name, TarConstants.LF_SYMLINK, entry, entry.mode(), 0, Map.of());
  }

  /** A directory with the modes and the time of {@code entry}, but that its owner may change it. */
  byte[] directory(String name, SourceEntry entry, Map<String, byte[]> attributes) {
    return header(name + "/", TarConstants.LF_DIR, entry, 0700 | entry.mode(), 0, attributes);
  }

  private byte[] header(
      String name,
      byte type,
      SourceEntry entry,
      int mode,
      long size,
      Map<String, byte[]> attributes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK_BYTES);
    longText(out, name, TarConstants.LF_GNUTYPE_LONGNAME);
    longText(out, entry.link(), TarConstants.LF_GNUTYPE_LONGLINK);
    pax(out, entry, attributes);
    TarArchiveEntry header = entry(cut(name), type, size);
    header.setMode(mode);
    header.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(entry.seconds())));
    header.setLinkName(cut(entry.link()));
    write(out, header);
    return out.toByteArray();
  }

  private static void longText(ByteArrayOutputStream out, String text, byte type) {
    if (text.length() > NAME_BYTES) {
      write(out, entry(LONG_NAME, type, text.length() + 1L));
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
      write(out, entry("x", TarConstants.LF_PAX_EXTENDED_HEADER_LC, records.size()));
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

  private static TarArchiveEntry entry(String name, byte type, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    return entry;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), NAME_BYTES));
  }

  private static void padded(ByteArrayOutputStream out, byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[padding(content.length)]);
  }

  /** What is missing to a whole block after {@code bytes}. */
  static int padding(long bytes) {
    return (int) (-bytes & (BLOCK_BYTES - 1));
  }

  private static void write(ByteArrayOutputStream out, TarArchiveEntry entry) {
    byte[] block = new byte[BLOCK_BYTES];
    try {
      entry.writeEntryHeader(block, BYTES, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(block);
  }
}
