package io.codeploy.multiquery.ssh.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static Access access(String owner, String permissions) {
    return new Access(owner, PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @CsvSource({"1000, rw-------", "1000, rw-r--r--", "1000, r--r--r--", "0, rw-r--r--"})
  void allowsWhatOnlyTheUserAndRootMayWrite(String owner, String permissions) {
    assertDoesNotThrow(() -> access(owner, permissions).check(Optional.of("1000")));
  }

  @ParameterizedTest
  @CsvSource({"1000, rw-rw-r--", "1000, rw-r--rw-", "0, rw-rw-rw-"})
  void refusesWhatOthersMayWrite(String owner, String permissions) {
    IOException refused =
        assertThrows(
            IOException.class, () -> access(owner, permissions).check(Optional.of("1000")));

    assertEquals("others may write it; take that away with chmod go-w", refused.getMessage());
  }

  @Test
  void refusesWhatIsSomebodyElses() {
    IOException refused =
        assertThrows(
            IOException.class, () -> access("1001", "r--r--r--").check(Optional.of("1000")));

    assertEquals(
        "it belongs to user 1001, who may write it; take it over with chown", refused.getMessage());
  }

  @Test
  void asksForNoOwnerWhereItIsNotKnownWhoWeAre() {
    assertDoesNotThrow(() -> access("1001", "rw-r--r--").check(Optional.empty()));
  }

  @Test
  void isThatOfTheFileBehindALink(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertEquals(access(ThisMachine.userId().orElseThrow(), "rw-r-----"), Access.of(link));
  }
}
