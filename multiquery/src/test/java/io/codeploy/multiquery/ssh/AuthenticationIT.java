package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.config.SshSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of all kinds, made by ssh-keygen, against a real sshd and with a real ssh-agent. */
class AuthenticationIT extends OneOpenSshNode {
  private String failure(SshSettings settings) throws Exception {
    try (MinaConnector connector = Rig.connector(settings)) {
      NodeFailedException failed =
          assertThrows(NodeFailedException.class, () -> connector.connect(rig.node(0), Rig.LIMIT));
      assertInstanceOf(NodeFailure.AuthenticationRejected.class, failed.failure());
      return failed.failure().message();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, RFC4716",
    "ecdsa, 256, RFC4716",
    "ecdsa, 521, PEM",
    "rsa, 2048, RFC4716",
    "rsa, 2048, PEM",
    "rsa, 2048, PKCS8"
  })
  void logsInWithAKeyOf(String type, String bits, String format) throws Exception {
    String[] options = {"-t", type, "-b", bits, "-N", "", "-m", format};
    Path key = keygen("key", options);
    authorize(key);

    rig.connects(rig.settings().withIdentityFiles(List.of(key)));
  }

  @Test
  void findsTheDefaultKeys() throws Exception {
    Path key = keygen("operator/.ssh/id_ed25519", "-t", "ed25519", "-N", "");
    authorize(key);

    rig.connects(rig.settings().withIdentityFiles(List.of()));
  }

  /** The node accepts from now on what an authority has certified, as it has this key. */
  private void authorizeByCertificate(Path key) throws Exception {
    Path authority = keygen("authority", "-t", "ed25519", "-N", "");
    String[] sign = {
      "ssh-keygen", "-q", "-s", authority.toString(), "-I", "x", "-n", nodes.user(), key + ".pub"
    };
    assertEquals(0, new ProcessBuilder(sign).inheritIO().start().waitFor());
    Files.writeString(
        nodes.identityFile().resolveSibling("authorized_keys"),
        "cert-authority " + Files.readString(Path.of(authority + ".pub")));
  }

  @Test
  void logsInWithACertificate() throws Exception {
    Path key = keygen("key", "-t", "ed25519", "-N", "");
    authorizeByCertificate(key);

    rig.connects(rig.settings().withIdentityFiles(List.of(key)));
  }

  @ParameterizedTest
  @CsvSource({"ed25519, 256", "rsa, 2048", "ecdsa, 384"})
  void showsTheCertificateOfAKeyThatOnlyTheAgentHas(String type, String bits) throws Exception {
    Path key = keygen("key", "-t", type, "-b", bits, "-N", "");
    try (AgentProcess agent = AgentProcess.start(root)) {
      agent.add(key);
      authorizeByCertificate(key);
      Files.delete(key);
      SshSettings settings =
          rig.settings().withIdentityFiles(List.of()).withAgentSocket(Optional.of(agent.socket()));

      rig.write("config", "IdentitiesOnly yes\nIdentityFile " + key + "\n");
      rig.connects(settings);

      Path certificate = root.resolve("elsewhere");
      Files.move(Path.of(key + "-cert.pub"), certificate);
      failure(settings);
      rig.write("config", "CertificateFile " + certificate + "\n");
      rig.connects(settings);
    }
  }

  @Test
  void saysWhichKeysWereTriedWhenNoneIsAccepted() throws Exception {
    Path key = keygen("key", "-t", "ed25519", "-N", "");

    String message = failure(rig.settings().withIdentityFiles(List.of(key)));

    assertTrue(message.contains("1 key from files"), message);
  }

  @Test
  void saysThatAKeyIsEncrypted() throws Exception {
    Path key = keygen("key", "-t", "ed25519", "-N", "secret");
    authorize(key);

    String message = failure(rig.settings().withIdentityFiles(List.of(key)));

    assertTrue(message.contains(key + " is encrypted"), message);
    assertTrue(message.contains("ssh-add"), message);
  }

  @Test
  void saysThatAPkcs8KeyIsEncrypted() throws Exception {
    Path key = keygen("key", "-t", "rsa", "-N", "secret", "-m", "PKCS8");
    authorize(key);

    String message = failure(rig.settings().withIdentityFiles(List.of(key)));

    assertTrue(message.contains(key + " is encrypted"), message);
  }

  @Test
  void saysThatAFileIsNoKeyOrIsMissing() throws Exception {
    Path garbage = Files.writeString(root.resolve("garbage"), "-----BEGIN SOMETHING-----\nx\n");
    Path missing = root.resolve("missing");

    String message = failure(rig.settings().withIdentityFiles(List.of(garbage, missing)));

    assertTrue(message.contains(garbage.toString()), message);
  }

  @ParameterizedTest
  @CsvSource({"ed25519, 256", "rsa, 2048", "ecdsa, 256"})
  void letsTheAgentSign(String type, String bits) throws Exception {
    Path key = keygen("key", "-t", type, "-b", bits, "-N", "");
    authorize(key);
    try (AgentProcess agent = AgentProcess.start(root)) {
      agent.add(key);
      Files.delete(key);

      rig.connects(
          rig.settings()
              .withIdentityFiles(List.of(key))
              .withAgentSocket(Optional.of(agent.socket())));
    }
  }

  @Test
  void letsACardInTheAgentSign() throws Exception {
    assumeTrue(
        SmartCard.unavailableReason().isEmpty(), () -> SmartCard.unavailableReason().orElse(""));
    Path key = keygen("key", "-t", "rsa", "-b", "2048", "-N", "", "-m", "PKCS8");
    authorize(key);
    SmartCard card = SmartCard.with(key, root.resolve("card"));
    Files.delete(key);
    try (AgentProcess agent =
        AgentProcess.start(root, card.environment(), "-P", SmartCard.library())) {
      agent.add(card.environment(), "-s", SmartCard.library());

      rig.connects(
          rig.settings()
              .withIdentityFiles(List.of(key))
              .withAgentSocket(Optional.of(agent.socket())));
    }
  }

  @Test
  void triesOnlyNamedKeysOfTheAgentWithIdentitiesOnly() throws Exception {
    Path key = keygen("key", "-t", "ed25519", "-N", "");
    Path other = keygen("other", "-t", "ed25519", "-N", "");
    authorize(key);
    try (AgentProcess agent = AgentProcess.start(root)) {
      agent.add(other);
      agent.add(key);
      rig.write("config", "IdentitiesOnly yes\nIdentityFile " + other + "\n");
      var settings =
          rig.settings().withIdentityFiles(List.of()).withAgentSocket(Optional.of(agent.socket()));

      failure(settings);
      rig.write("config", "IdentitiesOnly yes\nIdentityFile " + key + ".pub\n");
      rig.connects(settings);
    }
  }

  @Test
  void saysThatTheAgentIsGone() throws Exception {
    String message =
        failure(
            rig.settings()
                .withIdentityFiles(List.of(root.resolve("missing")))
                .withAgentSocket(Optional.of(root.resolve("no-agent"))));

    assertTrue(message.contains("no-agent does not answer"), message);
  }
}
