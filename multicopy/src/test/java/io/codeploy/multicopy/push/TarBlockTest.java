package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarBlockTest {
  /** What Commons Compress makes of the same. */
  private static byte[] other(
      char type, String name, String link, int mode, long size, long seconds) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, (byte) type);
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setMode(mode);
    entry.setLinkName(link);
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(seconds)));
    byte[] block = new byte[TarBlock.BYTES];
    entry.writeEntryHeader(
        block, ZipEncodingHelper.getZipEncoding(StandardCharsets.ISO_8859_1.name()), true);
    return block;
  }

  @ParameterizedTest
  @CsvSource({
    "0, t/plain, '', 420, 0, 1700000000",
    "0, t/größer, '', 493, 8589934591, 8589934591",
    "0, t/too large for octal, '', 511, 8589934592, 8589934592",
    "0, t/as large as can be, '', 0, 9223372036854775807, 1",
    "0, t/before, '', 4095, 1, -1",
    "0, t/long before, '', 256, 1, -86400000000",
    "2, t/link, where/ever ü, 511, 0, 0",
    "5, t/directory/, '', 448, 0, 1",
    "K, ././@LongLink, '', 420, 101, 0",
    "x, x, '', 420, 30, 0"
  })
  void isWhatCommonsCompressMakesOfTheSame(
      char type, String name, String link, int mode, long size, long seconds) throws IOException {
    assertArrayEquals(
        other(type, Wire.of(name), Wire.of(link), mode, size, seconds),
        TarBlock.of(type, Wire.of(name), Wire.of(link), mode, size, seconds));
  }

  @ParameterizedTest
  @CsvSource({"99", "100", "101", "4000"})
  void takesAsMuchOfANameAsFits(int length) throws IOException {
    String name = "\u00ff".repeat(length);
    String cut = name.substring(0, Math.min(length, TarBlock.NAME_BYTES));

    assertArrayEquals(other('2', cut, cut, 0777, 0, 0), TarBlock.of('2', name, name, 0777, 0, 0));
  }
}
