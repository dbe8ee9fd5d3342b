package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarHeadersTest {
  /** The entry that some headers make, its name in wire form. */
  private static TarArchiveEntry read(byte[] header) throws IOException {
    byte[] whole = new byte[header.length + 1024];
    System.arraycopy(header, 0, whole, 0, header.length);
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(
            new ByteArrayInputStream(whole), StandardCharsets.ISO_8859_1.name())) {
      return in.getNextEntry();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 255, 4000})
  void keepsNamesAndTextsOfLinksOfAnyLengthAndBytes(int length) throws IOException {
    String name = "\u00ff".repeat(length);
    SourceEntry link = Entries.link(name, "\u0080".repeat(length));

    TarArchiveEntry read = read(new TarHeaders(true, false).link(name, link));

    assertEquals(name, read.getName());
    assertEquals(link.link(), read.getLinkName());
    assertTrue(read.isSymbolicLink());
  }

  @Test
  void tellsFractionsOnlyToWhomKnowsThem() throws IOException {
    SourceEntry file = Entries.file("f", 5, 1, 0644);

    assertEquals(
        Instant.ofEpochSecond(Entries.SECONDS, 1),
        read(new TarHeaders(true, false).file("f", file, 0, Map.of()))
            .getLastModifiedTime()
            .toInstant());
    assertEquals(
        Instant.ofEpochSecond(Entries.SECONDS),
        read(new TarHeaders(false, false).file("f", file, 0, Map.of()))
            .getLastModifiedTime()
            .toInstant());
    assertEquals(512, new TarHeaders(false, false).file("f", file, 0, Map.of()).length);
  }

  @Test
  void keepsSizesAndTimesBeyondOctalFields() throws IOException {
    long size = 9L << 30;
    SourceEntry old =
        new SourceEntry("f", Path.of("none"), SourceEntry.Kind.FILE, size, -86_400, 5, 0600, "");

    TarArchiveEntry read = read(new TarHeaders(true, false).file("f", old, size, Map.of()));

    assertEquals(size, read.getSize());
    assertEquals(Instant.ofEpochSecond(-86_400), read.getLastModifiedTime().toInstant());
  }

  @Test
  void letsTheOwnerIntoADirectoryAndNamesNobody() throws IOException {
    TarArchiveEntry read =
        read(
            new TarHeaders(true, false)
                .directory(Wire.of("ü"), Entries.directory("", 0055), Map.of()));

    assertEquals(Wire.of("ü/"), read.getName());
    assertEquals(0755, read.getMode() & 07777);
    assertEquals("", read.getUserName());
    assertEquals(0, read.getLongUserId());
  }

  @Test
  void fillsUpToBlocks() {
    assertEquals(0, TarHeaders.padding(0));
    assertEquals(511, TarHeaders.padding(1));
    assertEquals(0, TarHeaders.padding(512));
    assertEquals(1, TarHeaders.padding((1L << 40) - 1));
  }
}
