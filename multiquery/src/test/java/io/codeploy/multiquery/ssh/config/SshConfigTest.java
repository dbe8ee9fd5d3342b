package io.codeploy.multiquery.ssh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigTest {
  @TempDir Path home;

  private Path write(String name, String text) throws IOException {
    Path file = home.resolve(".ssh").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private SshConfig.Answer ask(String text, String host) throws IOException {
    return ask(read(write("config", text)), host);
  }

  private SshConfig.Answer ask(SshConfig config, String host) {
    try {
      return config.ask(question(host), (line, command) -> command.startsWith("true"));
    } catch (UnsupportedDirectiveException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private SshConfig read(Path... files) throws SshConfigException {
    return new SshConfigReader(home).read(List.of(files));
  }

  private SshConfig.Question question(String host) {
    Tokens tokens = new Tokens(home, Map.of(), Map.of());
    return new SshConfig.Question(host, Optional.empty(), OptionalInt.empty(), "me", tokens);
  }

  private String value(String text, String host) throws IOException {
    return ask(text, host).first("user").map(ConfigLine::value).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "web1, first",
    "web2, second",
    "WEB1, all",
    "db.example.org, wild",
    "not.example.org, all",
    "x, all"
  })
  void takesTheFirstValueThatHolds(String host, String user) throws Exception {
    assertEquals(
        user,
        value(
            """
            Host web1
              User first
            Host web?
              User second
            Host *.example.org !not.example.org
              User wild
            Host *
              User all
            """,
            host));
  }

  @Test
  void appliesWhatStandsBeforeTheFirstBlockToAllHosts() throws Exception {
    assertEquals("top", value("User top\nHost *\nUser other\n", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User=ann lee",
        "uSeR = \"ann lee\"",
        "User \"ann lee\"",
        "\tUser\t\"ann lee\" # who else",
        "User \"ann lee\"\r"
      })
  void understandsQuotesEqualsSignsAndComments(String line) throws Exception {
    String expected = line.startsWith("User=") ? "ann" : "ann lee";

    assertEquals(expected, value("# first\n\n" + line + "\n", "x"));
  }

  @Test
  void gathersIdentityFiles() throws Exception {
    var answer = ask("Host a\nIdentityFile one\nHost *\nIdentityFile two\n", "a");

    assertEquals(
        List.of("one", "two"), answer.all("identityfile").stream().map(ConfigLine::value).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "Match all, x, yes",
    "Match host real.*, x, yes",
    "Match host x, x, none",
    "Match originalhost x, x, yes",
    "'Match originalhost y,x', x, yes",
    "'Match originalhost *,!x', x, none",
    "Match !originalhost x, x, none",
    "Match localuser me originalhost x, x, yes",
    "Match user root, x, none",
    "Match canonical, x, none",
    "Match final, x, yes",
    "Match !final user root, x, none",
    "Match final host real.*, x, yes",
    "Match final originalhost y, x, none",
    "Match exec true, x, yes",
    "'Match exec \"true %h %n %p %r %u %k\"', x, yes",
    "Match exec false, x, none",
    "Match !exec false, x, yes",
    "Match tagged t, x, none"
  })
  void decidesMatchLines(String match, String host, String user) throws Exception {
    assertEquals(user, value("HostName real.example\n" + match + "\nUser yes\n", host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localnetwork 10.0.0.0/8", "version x", "command x"})
  void refusesOtherMatchCriteriaByFileLineAndName(String criteria) throws Exception {
    Path file = write("config", "User a\nMatch " + criteria + "\nUser b\n");

    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(file));

    assertTrue(
        Causes.text(refused).startsWith(file + ":2: Match " + criteria.split(" ", 2)[0]),
        Causes.text(refused));
  }

  @ParameterizedTest
  @ValueSource(strings = {"User \"open", "User", "User =", "Match host", "Host"})
  void refusesMalformedLines(String line) throws Exception {
    Path file = write("config", "\n" + line + "\n");

    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(file));

    assertTrue(Causes.text(refused).startsWith(file + ":2: "), refused.getMessage());
  }

  @Test
  void includesRelativeAndGlobbedFilesInOrder() throws Exception {
    write("config.d/20.conf", "User late\n");
    write("config.d/10.conf", "Host a\nUser early\n");
    write("config.d/.hidden.conf", "User hidden\n");

    assertEquals("early", value("Include config.d/*.conf\n", "a"));
    assertEquals("late", value("Include ~/.ssh/config.d/*.conf\n", "b"));
    assertEquals("none", value("Include nothing/*.conf missing\n", "b"));
  }

  @Test
  void keepsAnIncludedFileUnderTheConditionOfItsBlock() throws Exception {
    write("inner", "User inner\nHost *\nPort 1\n");
    String text = "Host a\nInclude inner\nPort 2\nHost *\nUser outer\n";

    assertEquals("inner", value(text, "a"));
    assertEquals("outer", value(text, "b"));
    // A block of the included file ends with that file.
    assertEquals(2, ask(text, "a").all("port").size());
    assertTrue(ask(text, "b").all("port").isEmpty());
  }

  @Test
  void refusesIncludesWithoutEnd() throws Exception {
    Path file = write("config", "Include config\n");

    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(file));

    assertTrue(Causes.text(refused).contains("nested deeper"), refused.getMessage());
  }

  @Test
  void doesWithoutFilesThatAreMissing() throws Exception {
    assertFalse(ask(read(home.resolve("missing")), "x").first("user").isPresent());
  }

  @Test
  void survivesBytesThatAreNoText() throws Exception {
    Path file = home.resolve("binary");
    Files.write(file, new byte[] {'#', (byte) 0xff, 0, '\n', 'U', 's', 'e', 'r', ' ', 'a', '\n'});

    assertEquals("a", ask(read(file), "x").first("user").orElseThrow().value());
  }

  @Test
  void matchesPatternsWithManyStarsInTime() {
    String name = "a".repeat(2000);

    assertFalse(HostPatterns.match(List.of("*a".repeat(500) + "b"), name));
  }

  @Test
  void parsesEveryPrefixOrRefusesIt() throws Exception {
    String text = "Host \"a b\" !c\n Include x\nMatch host=q\nUser = \"q\\\"uote\" # end\n";
    Stream.iterate(0, i -> i <= text.length(), i -> i + 1)
        .forEach(
            end -> {
              try {
                ask(text.substring(0, end), "a b");
              } catch (SshConfigException refused) {
                assertTrue(Causes.text(refused).contains("config:"), refused.getMessage());
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void refusesAWordThatIsNoDirective() throws Exception {
    Path file = write("config", "Host other\n  ProxyJmup gate\n");

    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(file));

    assertTrue(
        Causes.text(refused).startsWith(file + ":2: proxyjmup is not"), refused.getMessage());
  }

  @Test
  void letsPassWhatIgnoreUnknownNames() throws Exception {
    assertEquals("a", value("IgnoreUnknown use*,x\nUseKeychain yes\nUser a\n", "h"));
  }

  @Test
  void refusesAFileThatOthersMayWrite() throws Exception {
    Path file = write("config", "User a\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(file));

    assertTrue(Causes.text(refused).contains("chmod go-w"), refused.getMessage());
  }

  @Test
  void refusesAnIncludedFileThatOthersMayWriteWhereverItIsIncluded() throws Exception {
    Path inner = write("inner", "User a\n");
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rw-rw-r--"));
    Path file = write("given", "Include " + inner + "\n");

    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(file));

    assertEquals(
        inner + " cannot be read: others may write it; take that away with chmod go-w",
        refused.getMessage());
  }

  @Test
  void takesAFileThatIsGivenAsItIs() throws Exception {
    Path file = write("given", "User a\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    assertEquals("a", ask(read(file), "h").first("user").orElseThrow().value());
  }

  @Test
  void includesByBrackets() throws Exception {
    write("config.d/b.conf", "User b\n");

    assertEquals("b", value("Include config.d/[abc].conf\n", "h"));
    assertEquals("none", value("Include config.d/[!abc].conf\n", "h"));
    assertEquals("none", value("Include config.d/[b.conf\n", "h"));
  }

  @Test
  void tellsWhatIsWrongWithAFileInWords() {
    SshConfigException refused = assertThrows(SshConfigException.class, () -> read(home));

    assertEquals(home + " cannot be read: Is a directory", refused.getMessage());
  }
}
