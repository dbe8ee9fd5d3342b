package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.testing.Poll;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearWindowIT {
  /** What the kernel keeps of it for a command that does not read, and packets in hand. */
  private static final long AHEAD_BYTES = 768 << 10;

  @TempDir Path root;

  @Test
  void givesOpenSshOfANearNodeLittleAheadOfTheCommand() throws Exception {
    assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    AtomicLong taken = new AtomicLong();
    try (SshNodes nodes = OpenSshNodes.start(SshNodesSettings.of(root.resolve("nodes"), 1))) {
      Rig rig = Rig.create(root, nodes);
      try (MinaConnector connector = new MinaConnector(rig.settings(), new Standing());
          Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        FutureTask<ExitStatus> unread =
            new FutureTask<>(
                () ->
                    connection.execute(
                        "mkfifo gate && read -r x <gate; exit 7",
                        new Zeros(taken),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Duration.ZERO));
        Thread.ofVirtual().start(unread);
        Poll.until("it has what a near node gets", () -> taken.get() >= NearWindow.LEAST_BYTES);
        for (int i = 0; i < 20; i++) {
          // What the server would take more, it would take before it answers these.
          assertEquals("on\n", Rig.run(connection, "echo on").out());
        }
        long most = taken.get();
        Rig.run(connection, "until [ -p gate ]; do :; done; echo >gate");

        assertEquals(new ExitStatus.Exited(7), unread.get(60, TimeUnit.SECONDS));
        assertTrue(most <= NearWindow.LEAST_BYTES + AHEAD_BYTES, most + " bytes");
      }
    }
  }

  /** Round trips take no time by it. */
  private static final class Standing implements TimeSource {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Zeros extends InputStream {
    private final AtomicLong taken;

    Zeros(AtomicLong taken) {
      this.taken = taken;
    }

    @Override
    public int read() {
      taken.incrementAndGet();
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, offset, offset + length, (byte) 0);
      taken.addAndGet(length);
      return length;
    }
  }
}
