package io.codeploy.multiquery.ssh.hostkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {
  private static final HostKey KEY = new HostKey("ssh-ed25519", "AAAA");
  private static final HostKey OTHER = new HostKey("ssh-ed25519", "BBBB");
  private static final HostKey RSA = new HostKey("ssh-rsa", "CCCC");

  @TempDir Path directory;

  private KnownKeys find(String text, String host, int port) throws Exception {
    Path file = Files.writeString(directory.resolve("known_hosts"), text);
    return new KnownHosts()
        .find(List.of(file), host, port, Deadline.after(TimeSource.system(), Duration.ZERO));
  }

  private Class<?> verdict(String text, String host, int port, HostKey shown) throws Exception {
    return find(text, host, port).judge(shown).getClass();
  }

  @ParameterizedTest
  @CsvSource({
    "host, host, 22, Known",
    "HOST, host, 22, Known",
    "'a,host,b', host, 22, Known",
    "[host]:2222, host, 2222, Known",
    "host, host, 2222, Known",
    "[host]:2222, host, 22, Unknown",
    "[host]:2222, host, 23, Unknown",
    "*.org, web.org, 22, Known",
    "'*.org,!web.org', web.org, 22, Unknown",
    "[127.*]:2222, 127.1.2.3, 2222, Known",
    "h?st, host, 22, Known",
    "::1, ::1, 22, Known",
    "[::1]:2222, ::1, 2222, Known",
    "other, host, 22, Unknown"
  })
  void findsHostsByName(String names, String host, int port, String verdict) throws Exception {
    assertEquals(verdict, verdict(names + " ssh-ed25519 AAAA\n", host, port, KEY).getSimpleName());
  }

  @Test
  void findsHashedNames() throws Exception {

    String hidden = HashedName.of(new byte[] {1, 2, 3}, "[node.example]:2222");

    assertEquals(
        KnownKeys.Verdict.Known.class,
        verdict(hidden + " ssh-ed25519 AAAA\n", "Node.example", 2222, KEY));
    assertEquals(
        KnownKeys.Verdict.Unknown.class,
        verdict(hidden + " ssh-ed25519 AAAA\n", "node.example", 22, KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"|1|", "|1||", "|2|AQID|AQID", "|1|AQID|!!", "|1|AQID|AQID|x", "|"})
  void doesNotFindMalformedHashes(String names) throws Exception {
    assertEquals(
        KnownKeys.Verdict.Unknown.class, verdict(names + " ssh-ed25519 AAAA\n", "host", 22, KEY));
  }

  @Test
  void saysWhereTheKeyWasThatHasChanged() throws Exception {
    KnownKeys keys = find("# c\n\nhost ssh-rsa CCCC\nhost ssh-ed25519 BBBB\n", "host", 22);

    KnownKeys.Verdict.Changed changed =
        assertInstanceOf(KnownKeys.Verdict.Changed.class, keys.judge(KEY));
    assertEquals(4, changed.listed().line());
    assertTrue(changed.message().contains("known_hosts:4"), changed.message());
    assertEquals(List.of("ssh-ed25519", "ssh-rsa"), keys.keyTypes().stream().sorted().toList());
  }

  @Test
  void knowsAHostByAnyOfItsKeys() throws Exception {
    String text = "host ssh-ed25519 BBBB\nhost ssh-rsa CCCC\nhost ssh-ed25519 AAAA\n";

    assertEquals(KnownKeys.Verdict.Known.class, verdict(text, "host", 22, KEY));
    assertEquals(KnownKeys.Verdict.Known.class, verdict(text, "host", 22, RSA));
  }

  @Test
  void asksTheBareNameOnlyWhereThePortIsNotListed() throws Exception {
    String bare = "host ssh-ed25519 AAAA\n";
    String hidden = HashedName.of(new byte[] {1}, "[host]:2222") + " ssh-ed25519 BBBB\n";

    assertEquals(KnownKeys.Verdict.Known.class, verdict(bare, "host", 2222, KEY));
    assertEquals(
        KnownKeys.Verdict.Changed.class,
        verdict(bare + "[host]:2222 ssh-ed25519 BBBB\n", "host", 2222, KEY));
    assertEquals(KnownKeys.Verdict.Changed.class, verdict(bare + hidden, "host", 2222, KEY));
  }

  @Test
  void takesAKeyOfATypeThatIsNotListedForAChange() throws Exception {
    assertEquals(KnownKeys.Verdict.Changed.class, verdict("host ssh-rsa CCCC\n", "host", 22, KEY));
  }

  @ParameterizedTest
  @CsvSource({"*, 22", "*, 2222", "host, 2222", "[host]:2222, 2222", "'x,h*', 2222"})
  void refusesRevokedKeysAlsoWhereTheyAreKnown(String names, int port) throws Exception {
    String text =
        "host ssh-ed25519 AAAA\n[host]:2222 ssh-ed25519 AAAA\n@revoked "
            + names
            + " ssh-ed25519 AAAA\n";

    assertEquals(KnownKeys.Verdict.Refused.class, verdict(text, "host", port, KEY));
  }

  @Test
  void believesAuthoritiesForTheirHostsOnly() throws Exception {
    String text = "@cert-authority *.org ssh-ed25519 AAAA\n";

    assertTrue(find(text, "web.org", 22).certified(KEY, OTHER));
    assertFalse(find(text, "web.com", 22).certified(KEY, OTHER));
    assertFalse(find(text, "web.org", 22).certified(OTHER, KEY));
    assertEquals(
        KnownKeys.Verdict.Unknown.class, verdict(text, "web.org", 22, KEY), "is no host key");
  }

  @Test
  void refusesARevokedAuthorityAndARevokedCertifiedKey() throws Exception {
    String authority = "@cert-authority * ssh-ed25519 AAAA\n";

    assertFalse(find(authority + "@revoked * ssh-ed25519 AAAA\n", "h", 22).certified(KEY, OTHER));
    assertFalse(find(authority + "@revoked * ssh-ed25519 BBBB\n", "h", 2222).certified(KEY, OTHER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host",
        "host ssh-ed25519",
        "host ssh-ed25519 not*base64",
        "@unknown host ssh-ed25519 AAAA",
        "@revoked",
        "@revoked host ssh-ed25519",
        ", ssh-ed25519 AAAA",
        "# host ssh-ed25519 AAAA",
        "#host ssh-ed25519 AAAA"
      })
  void knowsNobodyFromMalformedLines(String line) throws Exception {
    assertEquals(
        KnownKeys.Verdict.Known.class, verdict(line + "\nhost ssh-rsa CCCC\n", "host", 22, RSA));
    assertEquals(KnownKeys.Verdict.Unknown.class, verdict(line + "\n", "host", 22, KEY));
  }

  @Test
  void learnsOneKeyPerHostInARun() {
    KnownHosts hosts = new KnownHosts();

    assertTrue(hosts.learn("host", KEY));
    assertTrue(hosts.learn("host", KEY));
    assertFalse(hosts.learn("host", OTHER));
    assertTrue(hosts.learn("[host]:2222", OTHER));
  }

  @Test
  void appendsWholeLinesFromManyWritersAtOnce() throws Exception {
    Path file = directory.resolve("new/known_hosts");
    // Two writers stand for two runs, as far as one process can.
    List<KnownHostsWriter> writers =
        List.of(new KnownHostsWriter(new Random(1)), new KnownHostsWriter(new Random(2)));
    List<Callable<Void>> tasks =
        IntStream.range(0, 100)
            .<Callable<Void>>mapToObj(
                i ->
                    () -> {
                      writers.get(0).append(file, "host" + i / 2, false, KEY);
                      return null;
                    })
            .toList();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    }
    writers.get(1).append(file, "hidden", true, KEY);

    List<String> lines = Files.readAllLines(file);
    assertEquals(
        IntStream.range(0, 50).mapToObj(i -> "host" + i + " ssh-ed25519 AAAA").sorted().toList(),
        lines.subList(0, 50).stream().sorted().toList());
    assertTrue(HashedName.hides(lines.get(50).split(" ", -1)[0], "hidden"), lines.get(50));
  }

  @Test
  void tellsAChangeFromAHashedLineAndTheTypesToAskFor() throws Exception {
    String hidden = HashedName.of(new byte[] {1, 2, 3}, "host");
    KnownKeys keys = find("# c\n" + hidden + " ssh-rsa CCCC\n", "host", 22);

    KnownKeys.Verdict.Changed changed =
        assertInstanceOf(KnownKeys.Verdict.Changed.class, keys.judge(KEY));
    assertEquals(2, changed.listed().line());
    assertTrue(keys.hidesSome());
    assertEquals(Set.of(), keys.keyTypes());
    assertEquals(Set.of("ssh-rsa"), keys.unhidden().keyTypes());
    assertFalse(keys.unhidden().hidesSome());
  }

  @Test
  void refusesARevokedKeyUnderAHashedName() throws Exception {
    String hidden = HashedName.of(new byte[] {1, 2, 3}, "host");

    assertEquals(
        KnownKeys.Verdict.Refused.class,
        verdict(
            "host ssh-ed25519 AAAA\n@revoked " + hidden + " ssh-ed25519 AAAA\n", "host", 22, KEY));
  }

  @Test
  void writesNothingWhereNothingIsKept() throws Exception {
    new KnownHostsWriter(new Random(1)).append(Path.of("/dev/null"), "host", false, KEY);

    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }
}
