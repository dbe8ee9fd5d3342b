package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryOnNodesTest {
  @ParameterizedTest
  @CsvSource({
    "app, app",
    "/srv//app, /srv//app",
    "~/app, app",
    "~//app, app",
    "~///srv/app/, srv/app/",
    "./~me, ./~me"
  })
  void takesAPathFromTheHomeDirectory(String typed, String path) throws UsageException {
    assertEquals(path, DirectoryOnNodes.path("DIR", typed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''     | DIR is empty; name a directory",
        "' '    | DIR is empty; name a directory",
        "~      | DIR is the home directory; name one below it",
        "~/     | DIR is the home directory; name one below it",
        "~///   | DIR is the home directory; name one below it",
        "~bob/x | DIR: no other home directory than ~/ is known; write the path, or ./~bob/x"
      })
  void refusesWhatIsNoDirectoryOfItsOwn(String typed, String message) {
    UsageException e =
        assertThrows(UsageException.class, () -> DirectoryOnNodes.path("DIR", typed));

    assertEquals(message, e.getMessage());
  }
}
