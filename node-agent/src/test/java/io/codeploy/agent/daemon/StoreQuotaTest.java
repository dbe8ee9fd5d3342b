package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreQuotaTest {
  @TempDir Path directory;

  @Test
  void aShareIsOfTheFileSystemThatTheStoreIsIn() throws IOException {
    long disk = directory.toFile().getTotalSpace();

    assertEquals(disk / 100 * 10, StoreQuota.parse("10%").bytes(directory));
    assertEquals(disk / 100 * 100, StoreQuota.parse("100%").bytes(directory));
  }

  @Test
  void bytesAreTheSameOnAnyFileSystem() throws IOException {
    assertEquals(4096, StoreQuota.parse("4096").bytes(directory.resolve("missing")));
  }

  @Test
  void aFileSystemOfUnknownSizeIsNamed() {
    Path missing = directory.resolve("missing");

    IOException refused =
        assertThrows(IOException.class, () -> StoreQuota.parse("10%").bytes(missing));

    assertTrue(String.valueOf(refused.getMessage()).contains(missing.toString()));
  }
}
