package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt over sessions that a keeper keeps, on a terminal. */
class WarmPromptIT {
  private static final String ASK = "echo $SSH_CONNECTION";
  private static final Pattern ANSWER = Pattern.compile("127\\S+ \\d+ 127\\S+ \\d+");

  @TempDir Path root;
  @TempDir Path home;
  private KeptSite site;
  private Optional<Process> prompt = Optional.empty();

  @BeforeEach
  void installAndStartNodes() throws IOException {
    site = new KeptSite(root, home);
  }

  @AfterEach
  void stopAll() throws IOException {
    prompt.ifPresent(Process::destroyForcibly);
    site.close();
  }

  private void open() throws IOException {
    prompt = Optional.of(site.startPrompt("prompt", "--persist 10m --prefix --order"));
    Poll.until("it asks", () -> site.read("prompt").contains("codeploy[2]> "));
  }

  private void type(String line) throws IOException {
    OutputStream in = prompt.orElseThrow().getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** The connections that {@code text} tells of. */
  private static List<String> told(String text) {
    return ANSWER.matcher(text).results().map(MatchResult::group).toList();
  }

  /** Those that the next command of the prompt goes over. */
  private List<String> ask() throws IOException {
    int before = told(site.read("prompt")).size();
    type(ASK);
    Poll.until("both answer", () -> told(site.read("prompt")).size() == before + 2);
    return told(site.read("prompt")).subList(before, before + 2);
  }

  private void quit() throws Exception {
    type(":quit");
    Process left = prompt.orElseThrow();
    Poll.until("it ends", () -> !left.isAlive());
    assertEquals(0, left.exitValue(), () -> site.read("prompt"));
  }

  @Test
  void usesWhatEarlierRunsLeftAndLeavesItToLaterOnes() throws Exception {
    List<String> before = told(site.connections());

    open();
    assertEquals(before, ask());
    assertEquals(before, ask());
    quit();

    site.awaitSessionsAtRest();
    assertEquals(before, told(site.connections()));
    assertEquals(1, site.keepers().size());
  }

  @Test
  void reconnectsWhenAskedTo() throws Exception {
    open();
    List<String> first = ask();
    type(":reconnect");
    List<String> second = ask();
    quit();

    assertTrue(Collections.disjoint(first, second), first + " " + second);
    site.awaitSessionsAtRest();
    assertEquals(second, told(site.connections()));
  }

  @Test
  void goesOnWithoutAKeeperThatIsKilled() throws Exception {
    open();
    List<String> first = ask();
    site.keepers().getFirst().destroyForcibly();
    Poll.until("it is gone", () -> site.keepers().isEmpty());

    List<String> second = ask();
    assertEquals(second, ask());
    quit();

    assertTrue(Collections.disjoint(first, second), first + " " + second);
  }
}
