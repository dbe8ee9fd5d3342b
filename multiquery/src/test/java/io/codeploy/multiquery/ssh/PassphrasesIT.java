package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.ssh.key.SshKeyException;
import io.codeploy.multiquery.testing.Installed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted keys, made by ssh-keygen, and a person who is asked for their passphrases. */
class PassphrasesIT extends OneOpenSshNode {
  /** Answers from a list, and remembers what was asked. */
  private static final class Scripted implements Person {
    private final Deque<String> answers;
    private final List<String> heard = new ArrayList<>();

    Scripted(String... answers) {
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public Optional<char[]> secret(String question) {
      heard.add(question);
      return Optional.ofNullable(answers.poll()).map(String::toCharArray);
    }

    @Override
    public void tell(String notice) {
      heard.add(notice);
    }
  }

  private Path key(String name, String... options) throws Exception {
    Path file = keygen(name, options);
    authorize(file);
    return file;
  }

  private SshSettings with(Person person, Path... keys) {
    return rig.settings().withIdentityFiles(List.of(keys)).withPerson(person);
  }

  private void connects(SshSettings settings) throws Exception {
    try (MinaConnector connector = Rig.connector(settings)) {
      connector.prepare(List.of(rig.node(0), rig.node(0)));
      try (Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
        assertEquals("hello\n", Rig.run(connection, "echo hello").out());
      }
    }
  }

  private String refusal(SshSettings settings) throws Exception {
    try (MinaConnector connector = Rig.connector(settings)) {
      SshKeyException refused =
          assertThrows(
              SshKeyException.class, () -> connector.prepare(List.of(rig.node(0), rig.node(0))));
      return String.valueOf(refused.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, RFC4716",
    "ecdsa, 384, RFC4716",
    "rsa, 2048, RFC4716",
    "rsa, 2048, PEM",
    "rsa, 2048, PKCS8",
    "ecdsa, 256, PKCS8",
    "ecdsa, 521, PEM"
  })
  void asksOnceForThePassphraseOf(String type, String bits, String format) throws Exception {
    Path key = key("key", "-t", type, "-b", bits, "-N", "secret", "-m", format);
    Scripted person = new Scripted("secret");

    connects(with(person, key));

    assertEquals(List.of("Passphrase for " + key + ": "), person.heard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v2 aes256", "-v2 aes128 -iter 5", "-scrypt", "-scrypt -v2 aes-192-cbc"})
  void opensWhatOpensslHasWrapped(String how) throws Exception {
    Installed.assume("openssl", "openssl");
    Path bare = key("bare", "-t", "rsa", "-b", "2048", "-m", "PKCS8", "-N", "");
    Path wrapped = root.resolve("wrapped");
    String command =
        "umask 077; openssl pkcs8 -topk8 " + how + " -in bare -passout pass:secret -out wrapped";
    ProcessBuilder openssl = new ProcessBuilder("sh", "-c", command).directory(root.toFile());
    assertEquals(0, openssl.inheritIO().start().waitFor());
    Files.delete(bare);

    connects(with(new Scripted("wrong", "secret"), wrapped));
  }

  @Test
  void asksAgainAfterASlip() throws Exception {
    Path key = key("key", "-t", "ed25519", "-N", "secret");
    Scripted person = new Scripted("wrong", "secret");

    connects(with(person, key));

    assertEquals(2, person.heard.size());
  }

  @ParameterizedTest
  @CsvSource({"ed25519, RFC4716", "rsa, PKCS8", "rsa, PEM"})
  void takesAWrongPassphraseForAnError(String type, String format) throws Exception {
    Path key = key("key", "-t", type, "-N", "secret", "-m", format);

    String message = refusal(with(new Scripted("a", "b", "c", "secret"), key));

    assertEquals(
        "key " + key + " does not open with this passphrase; if ssh opens it, ssh-add it", message);
  }

  @Test
  void takesANamedKeyThatCannotBeReadForAnError() throws Exception {
    Path garbage = Files.writeString(root.resolve("garbage"), "-----BEGIN SOMETHING-----\nx\n");

    String message = refusal(with(new Scripted(), garbage));

    assertTrue(message.startsWith("key " + garbage + " cannot be parsed"), message);
  }

  @ParameterizedTest
  @CsvSource({"rw-r--r--, ''", "rw--w----, ''", "rw------x, secret"})
  void tellsOfAKeyThatOthersMayReadAndLeavesItAloneAsSshDoes(String mode, String passphrase)
      throws Exception {
    Path exposed = key("exposed", "-t", "ed25519", "-N", passphrase);
    Path fine = key("fine", "-t", "ed25519", "-N", "");
    Files.setPosixFilePermissions(exposed, PosixFilePermissions.fromString(mode));
    Scripted person = new Scripted();

    connects(with(person, exposed, fine));

    assertEquals(1, person.heard.size(), person.heard.toString());
    String told = person.heard.getFirst();
    assertTrue(told.contains("chmod 600 '" + exposed + "'"), told);
    try (MinaConnector connector = Rig.connector(with(new Scripted("secret"), exposed))) {
      NodeFailedException failed =
          assertThrows(NodeFailedException.class, () -> connector.connect(rig.node(0), Rig.LIMIT));
      assertTrue(failed.failure().message().contains("chmod 600"), failed.failure().message());
    }
  }

  @Test
  void leavesAnExposedKeyToTheAgentThatHoldsIt() throws Exception {
    Path exposed = key("exposed", "-t", "ed25519", "-N", "");
    try (AgentProcess agent = AgentProcess.start(root)) {
      agent.add(exposed);
      Files.setPosixFilePermissions(exposed, PosixFilePermissions.fromString("rw-r--r--"));
      Scripted person = new Scripted();

      connects(with(person, exposed).withAgentSocket(Optional.of(agent.socket())));

      assertEquals(List.of(), person.heard);
    }
  }

  @Test
  void asksForADefaultKeyOnlyWhereThereIsNoOther() throws Exception {
    key("operator/.ssh/id_ed25519", "-t", "ed25519", "-N", "secret");
    Scripted person = new Scripted("secret");

    connects(with(person));
    assertEquals(1, person.heard.size());

    key("operator/.ssh/id_ecdsa", "-t", "ecdsa", "-N", "");
    Scripted nobodyToBother = new Scripted();
    connects(with(nobodyToBother));
    assertEquals(List.of(), nobodyToBother.heard);
  }

  @Test
  void saysOnceThatNewHostKeysCannotBeWrittenDown() throws Exception {
    Path key = key("key", "-t", "ed25519", "-N", "");
    rig.write("config", "UserKnownHostsFile " + root.resolve("missing/deep/known_hosts") + "\n");
    Scripted person = new Scripted();

    try (MinaConnector connector = Rig.connector(with(person, key))) {
      for (int i = 0; i < 2; i++) {
        connector.connect(rig.node(0), Rig.LIMIT).close();
      }
    }

    assertEquals(1, person.heard.size(), person.heard.toString());
    assertTrue(person.heard.getFirst().contains("not remembered"), person.heard.toString());
  }
}
