package io.codeploy.multicopy.command;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A node with real sshd on which a removal waits until a test lets it go on. */
final class Held {
  private Held() {}

  /**
   * Starts one.
   *
   * @param place a directory where the two talk to each other
   * @param call which removal waits, from 1
   */
  static SshNodes rm(Path root, Path place, int call) throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    Path bin = Files.createDirectories(place.resolve("bin"));
    Path rm = Files.writeString(bin.resolve("rm"), held(place, call));
    Files.setPosixFilePermissions(rm, PosixFilePermissions.fromString("rwxr-xr-x"));
    return OpenSshNodes.start(
        SshNodesSettings.of(root, 1).withEnvironment(Map.of("PATH", bin + ":/usr/bin:/bin")));
  }

  /** Stages are removed without waiting. */
  private static String held(Path place, int call) {
    return """
        #!/bin/sh
        PATH=/usr/bin:/bin
        case $* in *.multicopy-*) exec rm "$@" ;; esac
        echo >>'%1$s/calls'
        if [ $(wc -l <'%1$s/calls') = %2$d ]; then
          ps -o pgid= -p $$ >'%1$s/waits.new'
          mv '%1$s/waits.new' '%1$s/waits'
          n=0
          while [ ! -e '%1$s/go' ] && [ $n -lt 6000 ]; do n=$((n + 1)) && sleep 0.05; done
        fi
        exec rm "$@"
        """
        .formatted(place, call);
  }

  /** Lets it go on, and returns when the script that it belongs to has ended. */
  static void release(Path place) throws Exception {
    String script = Files.readString(place.resolve("waits")).strip();
    Files.createFile(place.resolve("go"));
    PushRig.until("the script ends", () -> !Files.exists(Path.of("/proc", script)));
  }
}
