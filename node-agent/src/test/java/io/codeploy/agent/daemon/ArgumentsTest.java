package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static final Path HOME = Path.of("/home/me");

  @Test
  void fillsInWhatIsNotSaid() {
    Arguments arguments = parse("--dir .codeploy --version 1.0 --listen 192.0.2.7");

    assertEquals(
        new Arguments.Run(
            new AgentSettings(
                HOME.resolve(".codeploy"),
                "1.0",
                "192.0.2.7",
                Duration.ofHours(24),
                new StoreQuota.Percent(10),
                HOME)),
        arguments);
  }

  @Test
  void takesEveryOption() {
    Arguments arguments =
        parse("run --home /h --idle-out 90s --store-quota 1000 --dir /a --version 2 --listen ::1");

    assertEquals(
        new Arguments.Run(
            new AgentSettings(
                Path.of("/a"),
                "2",
                "::1",
                Duration.ofSeconds(90),
                new StoreQuota.Bytes(1000),
                Path.of("/h"))),
        arguments);
  }

  @Test
  void knowsTheRelay() {
    assertEquals(new Arguments.Relay(Path.of("/a")), parse("relay --dir /a"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', --dir is missing",
    "--dir, --dir needs a value",
    "--dir a --version 1, --listen is missing",
    "--frob 1, unknown option --frob",
    "relay --dir a --version 1, unknown option --version",
    "relay, --dir is missing",
  })
  void saysWhatIsWrong(String line, String why) {
    assertEquals(new Arguments.Wrong(why), parse(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--idle-out 5", "--idle-out 0s", "--store-quota 0", "--store-quota 101%"})
  void refusesFiguresThatMakeNoSense(String option) {
    assertInstanceOf(
        Arguments.Wrong.class, parse("--dir a --version 1 --listen 127.0.0.1 " + option));
  }

  private static Arguments parse(String line) {
    return Arguments.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), HOME);
  }
}
