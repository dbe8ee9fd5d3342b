package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystem;
import java.time.Duration;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.fs.SftpFileSystem;

/** SFTP over a session. */
final class SftpFiles implements RemoteFiles {
  private final SftpFileSystem files;

  private SftpFiles(SftpFileSystem files) {
    this.files = files;
  }

  static SftpFiles open(ClientSession session, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    Duration left = Duration.ofMillis(Math.max(1, deadline.remainingMillis()));
    SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(session, left);
    try {
      SftpFileSystem files = SftpClientFactory.instance().createSftpFileSystem(session);
      // The channel is opened by the first call: here, where the limit is.
      files.getDefaultDir();
      return new SftpFiles(files);
    } catch (SocketTimeoutException e) {
      throw deadline.timedOut("connect");
    } catch (IOException | RuntimeException e) {
      MinaFailures.rethrowInterruption(e);
      if (!session.isOpen()) {
        throw Attempt.of(session).lost();
      }
      throw new NodeFailedException(
          new NodeFailure.RemoteFailure("no SFTP on the node: " + reason(e)), e);
    }
  }

  /** Of a channel that was closed MINA tells in words of its own, of which each time has others. */
  private static String reason(Exception e) {
    String text = Causes.text(e);
    return text.startsWith("Closing")
        ? "it ended before it answered; is the login's shell a restricted one?"
        : text;
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
