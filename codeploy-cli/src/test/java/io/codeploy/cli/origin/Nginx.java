package io.codeploy.cli.origin;

import io.codeploy.fixtures.web.NginxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Web servers that have one directory at {@code /~me/program}, and run or deny parts of it. */
public final class Nginx {
  private Nginx() {}

  /** Whether it can be a user that owns nothing. */
  static boolean canBeNobody() {
    return NginxServer.isPresent() && Files.isWritable(Path.of("/etc/passwd"));
  }

  /** Serves {@code dir} as the user of the test. */
  public static NginxServer serve(Path temporary, Path dir) throws IOException {
    return NginxServer.serve(temporary.resolve("nginx"), site(dir));
  }

  /** Serves {@code dir} as a user that owns nothing; {@code temporary} becomes passable. */
  static NginxServer serveAsNobody(Path temporary, Path dir) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    return NginxServer.serve(
        temporary.resolve("nginx"), site(dir), "user nobody nogroup; worker_processes 1;");
  }

  private static String site(Path dir) {
    return """
        location /~me/program/ {
          alias %s/;
          location ~ \\.php$ { return 200 "run"; }
          location ~ \\.cgi$ { return 500; }
          location ~ /\\. { deny all; }
        }
        """
        .formatted(dir);
  }
}
