package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.KneeRule;
import io.codeploy.multiquery.barrier.Release;
import io.codeploy.multiquery.barrier.Share;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.fanout.Spacing;
import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options and variables to the pace, the limits and the retries of a run. */
class PaceOptionsTest {
  @TempDir Path home;

  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void openATerminal() throws IOException {
    terminal = new Terminal(home).exportNodes("n1", "n2");
  }

  private Parsed parse(String... options) {
    return Parsed.of(terminal, Stream.concat(Arrays.stream(options), Stream.of("ls")).toList());
  }

  private Pace pace(String... options) {
    return parse(options).request().pace();
  }

  @Test
  void saysNothingOfBarriersUnlessAsked() {
    Pace pace = pace();
    assertEquals(BarrierRule.forAll(), pace.barrier());
    assertEquals(Optional.empty(), pace.halt());
    assertEquals(Optional.empty(), pace.throttle());
    assertEquals(Spacing.NONE, pace.spacing());
    assertEquals(Duration.ZERO, pace.deadline());
    assertEquals(RetryRule.NONE, parse().settings().retries());
  }

  @Test
  void findsTheWindowUnlessToldOne() {
    Release.Adaptive auto = new Release.Adaptive(8, 1024);
    assertEquals(auto, pace().release());
    assertEquals(auto, pace("--maxload", "auto").release());
    terminal.export("MQ_MAXLOAD", "50");
    assertEquals(new Release.Fixed(50, 1024), pace().release());
    assertEquals(auto, pace("--maxload=auto").release());
    assertEquals(new Release.Fixed(5000, 5000), pace("--maxload=5000").release());
  }

  @Test
  void connectsAheadOfAThrottle() {
    Pace pace = pace("--release", "25");
    assertEquals(Optional.of(new Release.Fixed(25, 1024)), pace.throttle());
    assertEquals(new Release.Fixed(50, 1024), pace.release());
    assertEquals(new Release.Fixed(30, 1024), pace("--release=25", "--maxload=30").release());
  }

  @Test
  void readsDelayAndJitter() {
    assertEquals(
        new Spacing(Duration.ofMillis(500), Duration.ofMillis(250)),
        pace("--delay=0.5", "--jitter=0.25").spacing());
  }

  @ParameterizedTest
  @CsvSource({
    "fail=10%, 10%, FINISH",
    "fail=3, 3, FINISH",
    "'soon,fail=3', 3, FINISH",
    "'now,fail=3', 3, END"
  })
  void readsWhenToHalt(String option, String share, Halt.Pending pending) {
    Halt halt = new Halt(Share.parse(share).orElseThrow(), pending);
    assertEquals(Optional.of(halt), pace("--halt", option).halt());
  }

  @Test
  void failFastIsAHaltAtTheFirst() {
    Optional<Halt> first = Optional.of(new Halt(new Share.Count(1), Halt.Pending.END));
    assertEquals(first, pace("--fail-fast").halt());
    terminal.export("MQ_FAIL_FAST", "1");
    assertEquals(first, pace().halt());
  }

  @Test
  void whatIsTypedOfTheTwoWinsOverWhatIsExported() {
    Halt first = new Halt(new Share.Count(1), Halt.Pending.END);
    Halt third = new Halt(new Share.Count(3), Halt.Pending.FINISH);
    terminal.export("MQ_HALT", "fail=3");
    assertEquals(Optional.of(first), pace("--fail-fast").halt());
    terminal.export("MQ_FAIL_FAST", "1");
    assertEquals(Optional.of(third), pace("--halt", "fail=3").halt());
  }

  @Test
  void aQuorumCutsUnlessToldToReport() {
    Optional<Share> share = Optional.of(new Share.Percent(98));
    assertEquals(
        new BarrierRule(share, Duration.ofSeconds(5), Optional.empty(), Stragglers.CUT),
        pace("--quorum=98%", "--min-wait=5").barrier());
    assertEquals(
        Stragglers.REPORT, pace("--quorum=98%", "--stragglers=report").barrier().stragglers());
  }

  @Test
  void aKneeReportsUnlessToldToCut() {
    Optional<KneeRule> knee = Optional.of(KneeRule.usual());
    assertEquals(
        new BarrierRule(Optional.empty(), Duration.ZERO, knee, Stragglers.REPORT),
        pace("--stragglers", "knee").barrier());
    assertEquals(Stragglers.CUT, pace("--stragglers=knee,cut").barrier().stragglers());
    assertEquals(knee, pace("--quorum=2", "--stragglers=knee").barrier().knee());
  }

  @Test
  void readsTheLimits() {
    Parsed parsed =
        parse(
            "--timeout=60",
            "--connect-timeout=10",
            "--command-timeout=20",
            "--deadline=300",
            "--retries=3");
    assertEquals(new RetryRule(Duration.ofSeconds(10), 3), parsed.settings().retries());
    assertEquals(Duration.ofSeconds(20), parsed.request().limits().command());
    assertEquals(Duration.ofMinutes(1), parsed.request().limits().whole());
    assertEquals(Duration.ofMinutes(5), parsed.request().pace().deadline());
    assertEquals(0, parse("--retries=0").settings().retries().retries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--maxload=some",
        "--release=0",
        "--halt=10%",
        "--halt=fail=0",
        "--halt=later,fail=1",
        "--quorum=101%",
        "--stragglers=knees",
        "--stragglers=cut,report",
        "--stragglers=knee,cut,leave",
        "--stragglers=knee,leave",
        "--stragglers=leave",
        "--stragglers=cut",
        "--min-wait=3",
        "--retries=-1"
      })
  void refusesNonsenseBeforeAnyNodeIsReached(String option) {
    assertEquals(
        ExitCode.USAGE,
        terminal.multiquery(
            (ssh, first) -> new ScriptedConnector(), new ManualTime(), option, "ls"));
    assertTrue(terminal.err().startsWith("multiquery: --"), terminal::err);
  }

  @Test
  void readsTheLimitOnOpenFiles() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max open files            1024                 1048576              files
        """;
    assertEquals(OptionalInt.of(1024), OpenFiles.limit(limits));
    assertEquals(OptionalInt.empty(), OpenFiles.limit(""));
    assertEquals(OptionalInt.empty(), OpenFiles.limit(limits.replace("1024   ", "unlimited")));
  }

  @Test
  void aWindowThatFilesHaveNoRoomForIsReducedWithANotice() throws IOException {
    RunSettings wide = parse("--maxload=1000").settings();
    Terminal small = new Terminal(home).openFiles(1024);

    Release release = wide.within(small.surroundings(), "multiquery").pace().release();

    assertEquals(new Release.Fixed(298, 298), release);
    assertEquals(
        "multiquery: 298 nodes at once instead of 1000, since only 1024 files may be open"
            + " (ulimit -n)\n",
        small.err());
  }

  /** An included file counts, too. */
  @ParameterizedTest
  @CsvSource({"'ProxyCommand nc %h %p', 149", "'ProxyCommand none', 298", "'', 298"})
  void aWindowIsSmallerWhereAProxyCommandTakesFiles(String directive, int window)
      throws IOException {
    Path ssh = Files.createDirectory(home.resolve(".ssh"));
    Files.writeString(ssh.resolve("config"), "Host gate*\n  Include more\n");
    Files.writeString(ssh.resolve("more"), directive + "\n");
    Terminal small = new Terminal(home).openFiles(1024);

    Release release =
        parse("--maxload=1000").settings().within(small.surroundings(), "x").pace().release();

    assertEquals(new Release.Fixed(window, window), release);
  }

  @Test
  void anAdaptiveWindowIsBoundedWithoutAWord() throws IOException {
    Terminal small = new Terminal(home).openFiles(1024);

    Release release = parse().settings().within(small.surroundings(), "x").pace().release();

    assertEquals(new Release.Adaptive(8, 298), release);
    assertEquals("", small.err());
    assertEquals(1, OpenFiles.window(64), "never none");
  }
}
