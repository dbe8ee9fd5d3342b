package io.codeploy.multiquery.ssh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.testing.Listening;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSettingsResolverTest {
  @TempDir Path home;

  private SshSettings settings() {
    return SshSettings.of(home, "me").withConfigFiles(List.of(home.resolve("config")));
  }

  private static final Deadline NO_LIMIT = Deadline.after(TimeSource.system(), Duration.ZERO);

  private HostSettings resolve(SshSettings settings, String config) throws Exception {
    return resolver(settings, config).node("web", Optional.empty(), OptionalInt.empty(), NO_LIMIT);
  }

  private HostSettingsResolver resolver(SshSettings settings, String config) throws IOException {
    Files.writeString(home.resolve("config"), config);
    return new HostSettingsResolver(
        settings, new SshConfigReader(home).read(settings.configFiles()));
  }

  private String target(SshSettings settings, String config) throws Exception {
    return resolve(settings, config).target().toString();
  }

  @Test
  void fallsBackToLocalUserPort22AndTheNameItself() throws Exception {
    assertEquals("me@web:22", target(settings(), ""));
  }

  @Test
  void takesUserPortAndNameFromSshConfig() throws Exception {
    assertEquals(
        "ann@web.example.org:2222",
        target(settings(), "User ann\nPort 2222\nHostName %h.example.org\n"));
  }

  @Test
  void prefersTheDefaultUserToSshConfigAndTheListToBoth() throws Exception {
    SshSettings slice = settings().withDefaultUser(Optional.of("slice"));

    assertEquals("slice@web:22", target(slice, "User ann\n"));
    assertEquals(
        "listed@web:7",
        resolver(slice, "User ann\nPort 9\n")
            .node("web", Optional.of("listed"), OptionalInt.of(7), NO_LIMIT)
            .target()
            .toString());
  }

  @Test
  void keepsTheDefaultUserFromJumpHosts() throws Exception {
    SshSettings slice = settings().withDefaultUser(Optional.of("slice"));

    assertEquals(
        "me@gate:22", resolver(slice, "").jump(Jump.parse("gate"), NO_LIMIT).target().toString());
  }

  @Test
  void expandsTokensInPaths() throws Exception {
    HostSettings resolved =
        resolve(
            settings(),
            "IdentityFile ~/k/%h-%u-%r\nIdentityFile %d/x%%\nIdentityFile none\nUser ann\n");

    assertEquals(
        List.of(home.resolve("k/web-me-ann"), home.resolve("x%")), resolved.keys().files());
    assertTrue(resolved.keys().named());
  }

  @Test
  void expandsWhatTheKernelSaysOfUserAndMachine() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self")), "it is Linux that tells");
    HostSettings resolved = resolve(settings(), "IdentityFile ~/%i-%l-%L\n");

    assertEquals(
        List.of(home.resolve(printed("echo $(id -u)-$(uname -n)-$(uname -n | cut -d. -f1)"))),
        resolved.keys().files());
  }

  @Test
  void namesAConnectionByTheHashThatSshMakes() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self")), "it is Linux that tells");
    String config = "User ann\nPort 2222\nIdentityFile ~/%C-%j\n";
    String hashed = "printf %s $(uname -n)web2222ann";

    assertEquals(
        List.of(home.resolve(printed(hashed + " | sha1sum | cut -c-40") + "-")),
        resolve(settings(), config).keys().files());
    assertEquals(
        List.of(home.resolve(printed(hashed + "gate | sha1sum | cut -c-40") + "-gate")),
        resolve(settings(), "ProxyJump far,u@gate:22\n" + config).keys().files());
  }

  private static String printed(String command) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", command).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return printed.strip();
  }

  @Test
  void hasTheUsualKeysAndKnownHosts() throws Exception {
    HostSettings resolved = resolve(settings(), "");

    assertEquals(
        List.of("id_ed25519", "id_ecdsa", "id_rsa"),
        resolved.keys().files().stream().map(f -> f.getFileName().toString()).toList());
    assertEquals(home.resolve(".ssh/known_hosts"), resolved.hostKeys().files().getFirst());
    assertEquals(HostKeyPolicy.ACCEPT_NEW, resolved.hostKeys().policy());
  }

  @ParameterizedTest
  @CsvSource({"yes, STRICT", "no, OFF", "off, OFF", "accept-new, ACCEPT_NEW", "ask, ACCEPT_NEW"})
  void translatesStrictHostKeyChecking(String value, HostKeyPolicy policy) throws Exception {
    assertEquals(
        policy, resolve(settings(), "StrictHostKeyChecking " + value + "\n").hostKeys().policy());
  }

  @Test
  void takesLimitsJumpsAndFiles() throws Exception {
    HostSettings resolved =
        resolve(
            settings(),
            """
            ConnectTimeout 7
            ServerAliveInterval 5
            ProxyJump a@gate:2200,inner
            UserKnownHostsFile ~/one /two
            GlobalKnownHostsFile none
            HostKeyAlias Alias
            Port 99
            """);

    assertEquals(Optional.of(Duration.ofSeconds(7)), resolved.reach().connectTimeout());
    assertEquals(Duration.ofSeconds(5), resolved.session().keepAlive());
    assertEquals(List.of("a@gate:2200", "inner"), resolved.jumps());
    assertEquals(List.of(home.resolve("one"), Path.of("/two")), resolved.hostKeys().files());
    assertEquals(Optional.of(home.resolve("one")), resolved.hostKeys().remembering());
    assertEquals("alias", resolved.hostKeys().name());
    assertEquals(22, resolved.hostKeys().port());
  }

  @Test
  void remembersNoKeysInTheFilesOfAllUsers() throws Exception {
    HostSettings.HostKeys hostKeys =
        resolve(settings(), "UserKnownHostsFile none\nGlobalKnownHostsFile /all\n").hostKeys();

    assertEquals(List.of(Path.of("/all")), hostKeys.files());
    assertEquals(Optional.empty(), hostKeys.remembering());
  }

  @Test
  void doesNotJumpThroughItself() throws Exception {
    assertEquals(List.of(), resolve(settings(), "ProxyJump web\n").jumps());
    assertEquals(List.of(), resolve(settings(), "ProxyJump none\n").jumps());
  }

  @Test
  void usesTheAgentThatIsNamed() throws Exception {
    SshSettings agent = settings().withAgentSocket(Optional.of(Path.of("/sock")));

    assertEquals(Optional.of(Path.of("/sock")), resolve(agent, "").keys().agentSocket());
    assertEquals(Optional.empty(), resolve(agent, "IdentityAgent none\n").keys().agentSocket());
    assertEquals(
        Optional.of(home.resolve("s")), resolve(agent, "IdentityAgent ~/s\n").keys().agentSocket());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CanonicalizeHostname yes",
        "BindInterface eth0",
        "AddressFamily inet7",
        "KnownHostsCommand /bin/x",
        "PKCS11Provider /usr/lib/x.so",
        "PubkeyAuthentication no",
        "PreferredAuthentications gssapi-with-mic,password",
        "RemoteCommand uptime",
        "RefuseConnection \"closed\"",
        "StrictHostKeyChecking maybe",
        "IdentitiesOnly perhaps",
        "SetEnv novalue",
        "RevokedHostKeys /etc/ssh/revoked",
        "Port 70000",
        "Port ssh",
        "ConnectTimeout soon",
        "IdentityFile ${NOBODY_SET_ME}/key",
        "IdentityFile %T",
        "IdentityFile x%",
        "IdentityFile ~root/key",
        "HostName %p"
      })
  void refusesWhatItCannotHonourByFileAndLine(String line) {
    NodeFailedException refused =
        assertThrows(NodeFailedException.class, () -> resolve(settings(), "\n" + line + "\n"));

    assertTrue(refused.failure().message().startsWith(home.resolve("config") + ":2: "), line);
  }

  @Test
  void ignoresWhatDoesNoHarmAndWhatIsForOthers() throws Exception {
    assertEquals(
        "me@web:22",
        target(
            settings(),
            """
            ForwardAgent yes
            ControlMaster auto
            LocalForward 8080 localhost:80
            GSSAPIAuthentication yes
            ProxyCommand none
            Host other
              BindInterface eth0
            """));
  }

  @ParameterizedTest
  @CsvSource({
    "host, , host, ",
    "a@host, a, host, ",
    "a@host:22, a, host, 22",
    "ssh://a@host:22, a, host, 22",
    "[::1]:22, , ::1, 22",
    "::1, , ::1, ",
    "a@b@host, a@b, host, "
  })
  void parsesJumps(String text, String user, String host, Integer port) throws Exception {
    Jump jump = Jump.parse(text);

    assertEquals(Optional.ofNullable(user), jump.user());
    assertEquals(host, jump.host());
    assertEquals(port == null ? OptionalInt.empty() : OptionalInt.of(port), jump.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@host", "a@", "host:", "host:0", "host:99999", "host:x"})
  void refusesMalformedJumps(String text) {
    assertThrows(NodeFailedException.class, () -> Jump.parse(text));
  }

  @Test
  void takesTheFirstOfProxyCommandAndProxyJump() throws Exception {
    assertEquals(
        new HostSettings.Proxy.Command("/bin/sh", "nc -q0 'web' 22 # me"),
        resolve(settings(), "ProxyCommand nc -q0 '%h' %p # %r\nProxyJump gate\n").reach().proxy());
    assertEquals(
        new HostSettings.Proxy.Jumps(List.of("gate")),
        resolve(settings(), "ProxyJump gate\nProxyCommand nc %h %p\n").reach().proxy());
    assertEquals(
        new HostSettings.Proxy.None(),
        resolve(settings(), "ProxyCommand none\nProxyJump gate\n").reach().proxy());
    assertEquals(
        new HostSettings.Proxy.Command("/bin/sh", "nc gate 22"),
        resolve(settings(), "ProxyJump none\nProxyCommand nc gate 22\n").reach().proxy());
  }

  @Test
  void sendsTheVariablesThatAreNamed() throws Exception {
    SshSettings local =
        settings().withEnvironment(Map.of("LANG", "C", "LC_ALL", "x", "LC_TIME", "y", "HOME", "z"));

    assertEquals(
        Map.of("LANG", "C", "LC_TIME", "y", "A", "b c", "D", ""),
        resolve(local, "SendEnv LANG LC_*\nSendEnv -LC_*\nSendEnv LC_TIME\nSetEnv A=\"b c\" D=\n")
            .session()
            .environment());
  }

  @Test
  void expandsVariablesInPaths() throws Exception {
    SshSettings local = settings().withEnvironment(Map.of("K", "/keys", "SOCK", "/s"));
    HostSettings.Keys keys =
        resolve(local, "IdentityFile ${K}/%r\nIdentityAgent $SOCK\nCertificateFile ~/c\n").keys();

    assertEquals(List.of(Path.of("/keys/me")), keys.files());
    assertEquals(Optional.of(Path.of("/s")), keys.agentSocket());
    assertEquals(List.of(home.resolve("c")), keys.certificates());
  }

  @Test
  void doesWithoutAnAgentWhereItsVariableIsMissing() throws Exception {
    assertEquals(
        Optional.empty(),
        resolve(settings(), "IdentityAgent $SSH_AUTH_SOCK\n").keys().agentSocket());
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "5m, 300", "1h30m, 5400", "1H, 3600"})
  void readsTimes(String text, long seconds) throws Exception {
    assertEquals(
        Optional.of(Duration.ofSeconds(seconds)),
        resolve(settings(), "ConnectTimeout " + text + "\n").reach().connectTimeout());
  }

  @Test
  void switchesKeepAlivesOff() throws Exception {
    assertEquals(
        Duration.ZERO, resolve(settings(), "ServerAliveInterval 0\n").session().keepAlive());
  }

  @Test
  void runsAConditionOfOneTextOnce() throws Exception {
    Path log = home.resolve("log");
    String config = "Match exec \"echo %n >> " + log + "\"\n  User asked\n";
    HostSettingsResolver resolver = resolver(settings(), config);

    for (String host : List.of("a", "a", "b")) {
      assertEquals(
          "asked",
          resolver.node(host, Optional.empty(), OptionalInt.empty(), NO_LIMIT).target().user());
    }

    assertEquals(List.of("a", "b"), Files.readAllLines(log));
  }

  private static NodeFailure refusal(HostSettingsResolver resolver, Deadline deadline) {
    return assertThrows(
            NodeFailedException.class,
            () -> resolver.node("web", Optional.empty(), OptionalInt.empty(), deadline))
        .failure();
  }

  private NodeFailure endless() {
    return new NodeFailure.Unreachable(
        home.resolve("config") + ":2: match exec: the command does not end");
  }

  @Test
  void refusesAConditionThatDoesNotEndInTime() throws Exception {
    ManualTime time = new ManualTime();
    Deadline soon = Deadline.after(time, Duration.ofSeconds(5));
    time.advance(Duration.ofSeconds(5));

    try (HostSettingsResolver resolver =
        resolver(settings(), "\nMatch exec \"sleep 4711\"\n  User asked\n")) {
      assertEquals(endless(), refusal(resolver, soon));
    }
  }

  @Test
  void tellsOfAConditionThatTakesLongAndLeavesNoneOfItsProcesses() throws Exception {
    Path pid = home.resolve("pid");
    List<String> told = new CopyOnWriteArrayList<>();
    String config = "\nMatch exec \"sleep 4711 & echo $! > " + pid + "; wait\"\n  User asked\n";
    FutureTask<NodeFailure> refused;

    try (HostSettingsResolver resolver =
        resolver(settings().withPerson(new Listening(told)), config)) {
      refused = new FutureTask<>(() -> refusal(resolver, NO_LIMIT));
      Thread.ofVirtual().start(refused);
      Poll.until("it is told of", () -> !told.isEmpty());
      Poll.until("it runs", () -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
    }

    String place = home.resolve("config") + ":2: ";
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().startsWith(place + "waiting for the command"), told.getFirst());
    long sleeper = Long.parseLong(Files.readString(pid).strip());
    Poll.until("it is gone", () -> ProcessHandle.of(sleeper).isEmpty());
    // Killed, it has not said that the condition does not hold.
    assertEquals(endless(), refused.get());
  }

  @Test
  void startsNoConditionOnceItIsClosed() throws Exception {
    Path ran = home.resolve("ran");
    HostSettingsResolver resolver =
        resolver(settings(), "\nMatch exec \"touch " + ran + "\"\n  User asked\n");

    resolver.close();

    assertEquals(endless(), refusal(resolver, NO_LIMIT));
    assertFalse(Files.exists(ran));
  }
}
