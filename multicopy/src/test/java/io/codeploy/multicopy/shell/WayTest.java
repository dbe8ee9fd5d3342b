package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class WayTest {
  @Test
  void isTarWhereThereIsOne() {
    assertEquals(Way.TAR, Way.of(Set.of("printf", "tar", "mv", "find", "touch")));
  }

  @Test
  void isCatWithoutTar() {
    assertEquals(Way.CAT, Way.of(Set.of("stat", "mv", "find", "touch", "denied")));
  }

  @Test
  void isSftpWhereFilesCannotBeListedOrRenamed() {
    assertEquals(Way.SFTP, Way.of(Set.of("none", "tar", "mv", "find", "touch")));
    assertEquals(Way.SFTP, Way.of(Set.of("printf", "tar", "find", "touch")));
    assertEquals(Way.SFTP, Way.of(Set.of()));
  }
}
