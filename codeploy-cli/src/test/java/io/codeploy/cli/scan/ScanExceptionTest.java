package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is told of entries that cannot be read; root, as whom tests may run, can read all. */
class ScanExceptionTest {
  private static final Path ENTRY = Path.of("/tree/secret");

  @Test
  void namesAnEntryThatMayNotBeRead() {
    assertEquals(
        "cannot read /tree/secret: permission denied; make it readable or --exclude it",
        ScanException.unreadable("read", ENTRY, new AccessDeniedException("/tree/secret"))
            .getMessage());
  }

  @Test
  void tellsTheCauseOfAListingThatBreaks() {
    Exception broken = new DirectoryIteratorException(new IOException("Input/output error"));

    assertEquals(
        "cannot list /tree/secret: java.io.IOException: Input/output error;"
            + " make it readable or --exclude it",
        ScanException.unreadable("list", ENTRY, broken).getMessage());
  }
}
