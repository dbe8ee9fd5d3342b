package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

  private final boolean fractions;

  /**
   * @param fractions whether fractions of seconds go into pax members, which not every tar knows
   */
  TarHeaders(boolean fractions) {
    this.fractions = fractions;
  }

  boolean fractions() {
    return fractions;
  }

  /** The header of a file of {@code size} bytes, which follow. */
  byte[] file(String name, SourceEntry entry, long size) {
    return header(name, TarConstants.LF_NORMAL, entry, entry.mode(), size);
  }

  byte[] link(String name, SourceEntry entry) {
    return header(name, TarConstants.LF_SYMLINK, entry, entry.mode(), 0);
  }

  /** A directory with the modes and the time of {@code entry}, but that its owner may change it. */
  byte[] directory(String name, SourceEntry entry) {
    return header(name + "/", TarConstants.LF_DIR, entry, 0700 | entry.mode(), 0);
  }

  private byte[] header(String name, byte type, SourceEntry entry, int mode, long size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK_BYTES);
    longText(out, name, TarConstants.LF_GNUTYPE_LONGNAME);
    longText(out, entry.link(), TarConstants.LF_GNUTYPE_LONGLINK);
    if (fractions && entry.nanos() != 0 && entry.seconds() >= 0) {
      fraction(out, entry);
    }
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

  private static void fraction(ByteArrayOutputStream out, SourceEntry entry) {
    String value = String.format(" mtime=%d.%09d\n", entry.seconds(), entry.nanos());
    int length = value.length() + 2;
    byte[] text = (length + value).getBytes(StandardCharsets.US_ASCII);
    write(out, entry("x", TarConstants.LF_PAX_EXTENDED_HEADER_LC, text.length));
    padded(out, text);
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
