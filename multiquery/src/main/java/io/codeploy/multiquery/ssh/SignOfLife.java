package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/** A request that every server answers, if only by saying that it does not know it. */
final class SignOfLife {
  private static final String REQUEST = "keepalive@openssh.com";

  private SignOfLife() {}

  /** Whether the other end of {@code session} answers in time. */
  static boolean comes(ClientSession session, Deadline deadline) throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    try {
      session.addCloseFutureListener(closed -> answered.countDown());
      Buffer request = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
      request.putString(REQUEST);
      request.putBoolean(true);
      session.request(request, REQUEST, (command, answer) -> answered.countDown());
      return answered.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS) && session.isOpen();
    } catch (IOException | RuntimeException e) {
      // A session that is closing refuses by IllegalStateException.
      MinaFailures.rethrowInterruption(e);
      return false;
    }
  }
}
