package io.codeploy.multiquery.systemssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.NodeFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshFailuresTest {
  private static final Duration AFTER = Duration.ofSeconds(3);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unreachable | ssh: Could not resolve hostname n1: Name or service not known",
        "Unreachable | ssh: connect to host n1 port 22: Connection refused",
        "Unreachable | ssh: connect to host n1 port 22: No route to host",
        "Unreachable | Unable to negotiate with 10.0.0.1 port 22: no matching host key type found.",
        "TurnedAway | kex_exchange_identification: Connection closed by remote host",
        "TurnedAway | kex_exchange_identification: read: Connection reset by peer",
        "HostKeyRejected | Host key verification failed.",
        "AuthenticationRejected | me@n1: Permission denied (publickey,password).",
        "AuthenticationRejected | Received disconnect from ::1: 2: Too many authentication failures"
      })
  void tellsOneFailureFromAnother(String kind, String said) {
    NodeFailure failure = SshFailures.connecting("Warning: something\n" + said + "\n\n", AFTER);

    assertEquals(kind, failure.getClass().getSimpleName());
  }

  @Test
  void keepsWhatSshSaidWhereItIsPlainEnough() {
    assertEquals(
        new NodeFailure.AuthenticationRejected("me@n1: Permission denied (publickey)."),
        SshFailures.connecting(
            "me@n1: Permission denied (publickey).\r\nConnection closed.\r\n", AFTER));
    assertEquals(
        new NodeFailure.Unreachable("ssh ended and gave no reason"),
        SshFailures.connecting("\n", AFTER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh: Could not resolve hostname gate: Name or service not known",
        "ssh: connect to host gate port 22: Connection refused",
        "channel 0: open failed: connect failed: Connection refused"
      })
  void tellsOfAJumpHostThatFailedRatherThanOfAServerThatHungUp(String why) {
    assertEquals(
        new NodeFailure.Unreachable(why),
        SshFailures.connecting(
            why
                + "\r\nkex_exchange_identification: Connection closed by remote host\r\n"
                + "Connection closed by UNKNOWN port 65535\r\n",
            AFTER));
  }

  @Test
  void isTurnedAwayByAJumpHostWithoutRoom() {
    String why = "channel 0: open failed: resource shortage: Connection refused";
    assertEquals(
        new NodeFailure.TurnedAway(why),
        SshFailures.connecting(
            why
                + "\r\nstdio forwarding failed\r\n"
                + "kex_exchange_identification: Connection closed by remote host\r\n"
                + "Connection closed by UNKNOWN port 65535\r\n",
            AFTER));
  }

  @Test
  void tellsOfTheLastOfSomeJumpHostsThatWereTriedInTurn() {
    String last = "ssh: connect to host gate2 port 22: No route to host";
    assertEquals(
        new NodeFailure.Unreachable(last),
        SshFailures.connecting(
            "ssh: connect to host gate1 port 22: Connection refused\r\n"
                + last
                + "\r\nkex_exchange_identification: Connection closed by remote host\r\n",
            AFTER));
  }

  @Test
  void namesTheHostWhoseKeyIsNotKnown() {
    NodeFailure failure =
        SshFailures.connecting(
            "No ED25519 host key is known for [10.0.0.1]:2222 and you have requested strict"
                + " checking.\nHost key verification failed.\n",
            AFTER);

    assertTrue(
        failure.message().startsWith("the host key of [10.0.0.1]:2222 is not known"),
        failure.message());
  }

  @Test
  void takesATimeoutOfSshForOne() {
    assertEquals(
        new NodeFailure.TimedOut("connect", AFTER),
        SshFailures.connecting("ssh: connect to host n1 port 22: Connection timed out\n", AFTER));
  }

  @Test
  void tellsWhyAStreamWasNotOpened() {
    assertEquals(
        new NodeFailure.RemoteFailure("the server could not connect: Connection refused"),
        SshFailures.opening("channel 2: open failed: connect failed: Connection refused\n"));
    assertEquals(
        new NodeFailure.RemoteFailure("the server refused a channel (MaxSessions?)"),
        SshFailures.opening(""));
  }
}
