package io.codeploy.chunkcache.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
  @ParameterizedTest
  @CsvSource({
    "bin/run, 755, exec",
    "bin/.hidden.php, 755, exec",
    ".htaccess, 644, dot",
    "a/.git/config.txt, 644, dot",
    "index.PHP, 644, ext:php",
    "a.b/archive.tar.gz, 644, ext:gz",
    "a.b/README, 644, plain",
    "ends., 644, plain",
    "run, 650, exec",
  })
  void sortsFiles(String path, String mode, String kind) {
    RegularFile file =
        new RegularFile(
            new RelativePath(path),
            Integer.parseInt(mode, 8),
            Instant.EPOCH,
            0,
            Digest.of(new byte[0]),
            List.of());

    assertEquals(kind, FileKind.of(file));
  }
}
