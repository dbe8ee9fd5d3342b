package io.codeploy.multiquery.systemssh.sftp;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** SFTP over a stream, for one thread at a time. */
public final class SftpFiles implements RemoteFiles {
  private final SftpFileSystem files;

  private SftpFiles(SftpFileSystem files) {
    this.files = files;
  }

  /** Greets the server at the other end of {@code stream}, which is closed with this. */
  public static SftpFiles open(ByteStream stream, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    CompletableFuture<Void> greeted = closedAt(deadline, stream);
    boolean open = false;
    try {
      SftpWire wire = new SftpWire(stream);
      wire.greet();
      SftpClient client = new SftpClient(wire);
      SftpFiles files = new SftpFiles(new SftpFileSystem(client, client.realPath(".")));
      open = greeted.complete(null);
      if (!open) {
        throw deadline.timedOut("connect");
      }
      return files;
    } catch (InterruptedIOException e) {
      // The flag is set again; an interruption travels as such.
      Thread.interrupted();
      throw new InterruptedException();
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      if (greeted.isDone()) {
        throw deadline.timedOut("connect");
      }
      throw new NodeFailedException(
          new NodeFailure.RemoteFailure("no SFTP on the node: " + Causes.text(e)), e);
    } finally {
      greeted.complete(null);
      if (!open) {
        closeQuietly(stream);
      }
    }
  }

  /** Closes {@code stream} when the limit is reached and nobody has completed the result. */
  private static CompletableFuture<Void> closedAt(Deadline deadline, ByteStream stream) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    if (deadline.limit().isZero()) {
      return result;
    }
    CompletableFuture.delayedExecutor(deadline.remainingMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (result.complete(null)) {
                closeQuietly(stream);
              }
            });
    return result;
  }

  private static void closeQuietly(ByteStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  @Override
  public FileSystem fileSystem() {
    return files;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
