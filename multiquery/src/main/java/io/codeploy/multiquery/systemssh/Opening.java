package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a stream was opened: ssh says so only among its debugging messages ({@code -v}), which
 * are read to their end by a thread.
 */
final class Opening {
  private static final String OPENED = "master session id";

  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

  private Opening(Process process) {
    Thread.ofPlatform().daemon().name("ssh-opening").start(() -> watch(process));
  }

  /** Whether {@code process} has opened its stream; ends it at the limit. */
  static boolean await(Process process, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    boolean settled = false;
    try {
      boolean opened =
          new Opening(process).opened.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      settled = true;
      return opened;
    } catch (TimeoutException e) {
      throw deadline.timedOut("connect");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      if (!settled) {
        process.destroyForcibly();
      }
    }
  }

  private void watch(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(OPENED)) {
          opened.complete(true);
        }
      }
    } catch (IOException e) {
      // The process was ended.
    } finally {
      opened.complete(false);
    }
  }
}
