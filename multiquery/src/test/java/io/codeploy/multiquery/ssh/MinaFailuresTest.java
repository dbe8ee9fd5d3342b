package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.junit.jupiter.api.Test;

class MinaFailuresTest {
  private static NodeFailure of(Throwable thrown, MinaFailures.Stage stage) {
    return MinaFailures.of(thrown, stage, "me@web:22").failure();
  }

  private static void unreachable(Throwable thrown, String words) {
    NodeFailure failure = of(new SshException(thrown), MinaFailures.Stage.CONNECTING);

    assertInstanceOf(NodeFailure.Unreachable.class, failure);
    assertTrue(failure.message().contains(words), failure.message());
    assertTrue(failure.message().contains("me@web:22"), failure.message());
    assertEquals(1, failure.message().lines().count());
  }

  @Test
  void knowsWhyAHostIsNotReached() {
    unreachable(new ConnectException("Connection refused"), "connection refused");
    unreachable(new ConnectException("Network is unreachable"), "network is unreachable");
    unreachable(new NoRouteToHostException("No route to host"), "no route to host");
    unreachable(new UnknownHostException("web: Name or service not known"), "unknown host");
    unreachable(new UnresolvedAddressException(), "unknown host");
    unreachable(new IOException("something\nelse"), "something else");
  }

  @Test
  void tellsAServerThatHungUpFromOneThatCannotBeReached() {
    IOException reset = new IOException("Connection reset by peer");

    NodeFailure failure = of(reset, MinaFailures.Stage.CONNECTING);

    assertInstanceOf(NodeFailure.TurnedAway.class, failure);
    assertTrue(failure.message().contains("closed the connection"), failure.message());
  }

  @Test
  void triesAgainWhereNoMoreFilesMayBeOpen() {
    IOException spawn = new IOException("error: 24 (Too many open files) Possible reasons: …");

    NodeFailure failure = of(spawn, MinaFailures.Stage.CONNECTING);

    assertInstanceOf(NodeFailure.TurnedAway.class, failure);
    assertTrue(failure.message().contains("ulimit -n"), failure.message());
  }

  @Test
  void tellsTheStagesApart() {
    SshException closed = new SshException("Session is being closed");

    assertInstanceOf(NodeFailure.TurnedAway.class, of(closed, MinaFailures.Stage.CONNECTING));
    assertInstanceOf(
        NodeFailure.AuthenticationRejected.class, of(closed, MinaFailures.Stage.AUTHENTICATING));
    assertInstanceOf(NodeFailure.Disconnected.class, of(closed, MinaFailures.Stage.OPEN));
  }

  @Test
  void saysWhatAServerHasAgainstAChannel() {
    NodeFailure prohibited =
        of(
            new SshChannelOpenException(
                1L, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "no"),
            MinaFailures.Stage.OPEN);

    assertInstanceOf(NodeFailure.RemoteFailure.class, prohibited);
    assertTrue(prohibited.message().contains("administratively prohibited"));
  }

  @Test
  void keepsAFailureThatIsAlreadyKnown() {
    NodeFailedException known = new NodeFailedException(new NodeFailure.HostKeyRejected("changed"));

    assertSame(
        known, MinaFailures.of(new IOException(known), MinaFailures.Stage.CONNECTING, "me@web:22"));
  }

  @Test
  void seesThroughTheDisguisesOfAnInterruption() {
    IOException once = new InterruptedIOException("at cycle 1");
    once.initCause(new InterruptedException());
    IOException twice = new InterruptedIOException("waiting");
    twice.initCause(once);

    assertThrows(
        InterruptedException.class,
        () -> MinaFailures.rethrowInterruption(new SshException(twice)));
    assertThrows(
        InterruptedException.class,
        () -> MinaFailures.rethrowInterruption(new InterruptedIOException("bare")));
  }

  @Test
  void takesNoTimeOutForAnInterruption() throws Exception {
    MinaFailures.rethrowInterruption(new SocketTimeoutException("late"));
    MinaFailures.rethrowInterruption(new IOException("other"));
  }

  @Test
  void tellsAServerWithoutRoomFromOneThatCannotConnect() {
    assertTrue(MinaFailures.lacksRoom(refused(SshConstants.SSH_OPEN_RESOURCE_SHORTAGE)));
    assertFalse(MinaFailures.lacksRoom(refused(SshConstants.SSH_OPEN_CONNECT_FAILED)));
  }

  private static NodeFailedException refused(int reason) {
    IOException wrapped = new IOException(new SshChannelOpenException(0, reason, "no"));
    return MinaFailures.of(wrapped, MinaFailures.Stage.OPEN, "me@web:22");
  }
}
