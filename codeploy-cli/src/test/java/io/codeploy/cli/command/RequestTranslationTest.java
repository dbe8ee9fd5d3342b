package io.codeploy.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.ProxySpec;
import io.codeploy.cli.deploy.Deployment;
import io.codeploy.cli.deploy.OriginAddress;
import io.codeploy.cli.deploy.Pace;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.multicopy.rate.Rates;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.SshOptions;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Spacing;
import io.codeploy.multiquery.node.Node;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RequestTranslationTest {
  private static final List<Node> NODES =
      List.of(new Node("n1", "n1", Optional.empty(), OptionalInt.empty(), Map.of()));

  private static Pace pace(Release release, int delayMillis, int connectSeconds) {
    return new Pace(
        io.codeploy.multiquery.fanout.Pace.of(release, Spacing.of(Duration.ofMillis(delayMillis))),
        Duration.ofSeconds(connectSeconds),
        RetryRule.NONE);
  }

  @Test
  void servesTheTreeFromHereWhenThereIsNoUrl() throws UsageException {
    Invocation invocation = translate(Map.of(), "src", "dest");

    assertEquals(
        new Invocation(
            new Deployment(
                NODES,
                new ScanRequest(
                    Path.of("src"),
                    List.of(),
                    Delivery.CHUNKS,
                    Path.of("/home/me/.cache/codeploy")),
                Optional.empty(),
                "dest",
                new DeployOptions(false, false),
                new OriginAddress(Optional.empty(), 0),
                Rates.NONE,
                pace(new Release.Adaptive(8, 1024), 0, 30)),
            SshOptions.NONE,
            ".codeploy",
            0,
            Duration.ofSeconds(60)),
        invocation);
  }

  @Test
  void takesEveryOption() throws Exception {
    Invocation invocation =
        translate(
            Map.of("XDG_CACHE_HOME", "/cache", "MQ_DELAY", "0.5", "MQ_TIMEOUT", "7"),
            "--delete",
            "--checksum",
            "--exclude",
            "*.o",
            "--exclude",
            "!keep.o",
            "--maxload",
            "3",
            "--slice",
            "princeton",
            "--ssh-command",
            "ssh -F none",
            "--agent-dir",
            "~/agents",
            "--origin-address",
            "127.0.0.1",
            "--origin-port",
            "8080",
            "--proxy-allow",
            "a.example,*.b.example",
            "--proxy-port",
            "8081",
            "--bwlimit",
            "100M,2M",
            "--nice",
            "10",
            "src",
            "HTTP://web.example/~me/src/",
            "~/dest");

    assertEquals(
        new Invocation(
            new Deployment(
                NODES,
                new ScanRequest(
                    Path.of("src"),
                    List.of("*.o", "!keep.o"),
                    Delivery.WEB,
                    Path.of("/cache/codeploy")),
                Optional.of("HTTP://web.example/~me/src"),
                "dest",
                new DeployOptions(true, true, new ProxySpec("a.example,*.b.example", 8081)),
                new OriginAddress(Optional.of(InetAddress.getLoopbackAddress()), 8080),
                new Rates(OptionalLong.of(100_000_000), OptionalLong.of(2_000_000)),
                pace(new Release.Fixed(3, 1024), 500, 7)),
            new SshOptions(Optional.of("princeton"), Optional.of("ssh -F none")),
            "agents",
            10,
            Duration.ofSeconds(7)),
        invocation);
  }

  @Test
  void putsAProxyWhereTheOriginalHadItsOwn() throws UsageException {
    ProxySpec proxy =
        translate(Map.of("MQ_PROXY_ALLOW", "a.example"), "d", "r").deployment().options().proxy();

    assertEquals(new ProxySpec("a.example", 3125), proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "*, 3125, --proxy-allow: \"*\" is no origin",
    "*.org, 3125, --proxy-allow: \"*.org\" takes in too much",
    "a.example, 65536, --proxy-port has to be"
  })
  void refusesAProxyForEverything(String allow, String port, String complaint) {
    UsageException e =
        assertThrows(
            UsageException.class,
            () -> translate(Map.of(), "--proxy-allow", allow, "--proxy-port", port, "d", "r"));

    assertTrue(String.valueOf(e.getMessage()).startsWith(complaint), e.getMessage());
  }

  @Test
  void sendsAnArchiveWhenAskedTo() throws UsageException {
    Delivery delivery = translate(Map.of(), "-a", "d", "r").deployment().source().delivery();

    assertEquals(Delivery.ARCHIVE, delivery);
  }

  @Test
  void takesWindowAndTimeoutFromTheEnvironment() throws UsageException {
    Pace pace =
        translate(Map.of("MQ_MAXLOAD", "5", "MQ_TIMEOUT", "12"), "d", "r").deployment().pace();

    assertEquals(pace(new Release.Fixed(5, 1024), 0, 12), pace);
  }

  @Test
  void refusesOptionsAfterTheDirectory() {
    UsageException e =
        assertThrows(UsageException.class, () -> translate(Map.of(), "d", "r", "--delete"));

    assertEquals("options go before DIR: --delete", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d                   | DIR, perhaps URL, and REMOTEDIR are wanted, not 1 argument",
        "d ~                 | REMOTEDIR is the home directory; name one below it",
        "--agent-dir ~/ d r  | --agent-dir is the home directory; name one below it",
        "d ~me/r             | REMOTEDIR: no other home directory than ~/ is known; write the path,"
            + " or ./~me/r",
        "d http://h          | REMOTEDIR is missing after the URL http://h",
        "d ftp://h/ r        | URL has to start with http:// or https:// and a host: ftp://h/",
        "d relative r        | URL has to start with http:// or https:// and a host: relative",
        "d http:/// r        | URL has to start with http:// or https:// and a host: http:///",
        "d http://h/?a=b r   | URL has to name a directory, without ? or #: http://h/?a=b",
        "--origin-port 70000 d r | --origin-port has to be 0 .. 65535, not 70000",
      })
  void refusesWithOneLine(String arguments, String message) {
    UsageException e =
        assertThrows(UsageException.class, () -> translate(Map.of(), arguments.split(" ")));

    assertEquals(message, e.getMessage());
  }

  @Test
  void staysBelowTheHomeDirectoryHoweverManySlashesFollowTheTilde() throws UsageException {
    Invocation invocation = translate(Map.of(), "--agent-dir", "~//agents", "d", "~//app");

    assertEquals("app", invocation.deployment().remoteDir());
    assertEquals("agents", invocation.agentDir());
  }

  @Test
  void refusesAnEmptyRemoteDirectory() {
    assertThrows(UsageException.class, () -> translate(Map.of(), "d", ""));
  }

  @ParameterizedTest
  @CsvSource({"MQ_TIMEOUT, soon", "MQ_MAXLOAD, -1", "MQ_MAXLOAD, 0", "MQ_DELAY, 1e9"})
  void refusesNonsenseInTheEnvironment(String variable, String value) {
    assertThrows(UsageException.class, () -> translate(Map.of(variable, value), "d", "r"));
  }

  private static Invocation translate(Map<String, String> environment, String... arguments)
      throws UsageException {
    return translation(environment, arguments).toRequest(NODES);
  }

  private static RequestTranslation translation(
      Map<String, String> environment, String... arguments) throws UsageException {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("MQ_NODES", "list");
    Surroundings surroundings =
        new Surroundings(
            variables,
            Path.of("/home/me"),
            "me",
            Path.of("/tmp"),
            Path.of("/opt/codeploy"),
            "1",
            new SplittableRandom(1),
            InputStream.nullInputStream(),
            System.out,
            System.err,
            Controls.none());
    return new RequestTranslation(
        new CommandLine(Arguments.spec()).setStopAtPositional(true).parseArgs(arguments),
        surroundings);
  }
}
