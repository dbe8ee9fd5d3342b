package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.shell.NoShellException;
import io.codeploy.multicopy.shell.Records;
import io.codeploy.multicopy.shell.Stepping;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.shell.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One question to a node's shell: what it has of some sources. */
final class ShellListing implements AutoCloseable {
  /** What a login shell may say before our script has its turn. */
  private static final int NOISE_LINES = 200;

  private static final String GREETING = "multicopy 1 ";
  private static final Set<String> NEEDED = Set.of("tar", "find", "tail", "xargs");

  private static final Pattern FIND_SAYS =
      Pattern.compile("(?:find: )?['`‘]?\\.(/.*?)?['’]?: (.*)", Pattern.DOTALL);

  private final ByteStream stream;
  private final Records records;
  private final Set<String> words;
  private String source = "";

  private ShellListing(ByteStream stream, Records records, Set<String> words) {
    this.stream = stream;
    this.records = records;
    this.words = words;
  }

  /**
   * Starts the script.
   *
   * @param details what is kept
   * @throws NoShellException if the node does not run it
   */
  static ShellListing of(
      Connection connection, Set<Detail> details, Duration limit, Progress progress)
      throws IOException, InterruptedException {
    ByteStream stream;
    try {
      stream = connection.open(Script.command(ListScript.TEXT, Detail.words(details)), limit);
    } catch (NodeFailedException e) {
      throw NoShellException.ofRefusal(e);
    }
    try {
      Records records = new Records(new Stepping(stream.in(), progress));
      stream.out().write(Wire.bytes("go\n"));
      stream.out().flush();
      return new ShellListing(stream, records, greeting(records));
    } catch (IOException e) {
      stream.close();
      throw NoShellException.ofSilence(e);
    }
  }

  private static Set<String> greeting(Records records) throws IOException {
    for (int i = 0; i < NOISE_LINES; i++) {
      String line = records.line();
      if (line.startsWith(GREETING)) {
        Set<String> words =
            Set.copyOf(Arrays.asList(line.substring(GREETING.length()).split(" ", -1)));
        if (!words.containsAll(NEEDED) || words.contains("none")) {
          throw new NoShellException("the node lacks tar, find, tail, xargs or stat");
        }
        return words;
      }
    }
    throw new NoShellException("the node's shell says other things");
  }

  boolean has(String program) {
    return words.contains(program);
  }

  /** Asks for {@code paths}, of which some are patterns, and takes down the answer. */
  void list(List<String> paths, Roll roll, Problems problems) throws IOException {
    StringBuilder asked = new StringBuilder();
    for (String path : paths) {
      boolean pattern = Glob.isPattern(path);
      asked
          .append(pattern ? "g " : "p ")
          .append((pattern ? path : Glob.literal(path)).replace("\\", "\\\\").replace("\n", "\\n"))
          .append('\n');
    }
    stream.out().write(Wire.bytes(asked + "\n"));
    stream.out().flush();
    for (Records.Answer a = records.next(); !a.head().equals("end"); a = records.next()) {
      take(a, paths, roll, problems);
    }
  }

  private void take(Records.Answer answer, List<String> paths, Roll roll, Problems problems)
      throws NodeFailedException {
    String head = answer.head();
    if (head.startsWith("= ")) {
      source = head.substring(2);
      if (!new Asked(paths).covers(source, answer.link())) {
        throw Problems.failure(
            "lists %s as %s, which was not asked for"
                .formatted(RemoteSource.text(source), RemoteSource.text(answer.link())));
      }
      roll.begin(source, answer.link());
    } else if (head.startsWith("? ")) {
      missing(head.substring(2), paths, problems);
    } else if (head.startsWith("! ")) {
      unreadable(head.substring(2), problems);
    } else {
      int path = head.indexOf(" .");
      Optional<Found> found =
          path < 0 ? Optional.empty() : Found.parse(head.substring(0, path), answer.link());
      if (found.isEmpty()) {
        throw Problems.failure("lists its files in a form that is not known");
      }
      String name = head.substring(path + 1);
      roll.add(name.length() < 2 ? "" : name.substring(2), found.get());
    }
  }

  private static void missing(String path, List<String> asked, Problems problems) {
    boolean pattern = Glob.isPattern(path) && asked.contains(path);
    if (pattern) {
      problems.add("no match for " + RemoteSource.text(path), 1);
    } else {
      problems.add(RemoteSource.text(path), "no such file or directory");
    }
  }

  /** How many things {@code find} said, and the first of them. */
  private void unreadable(String text, Problems problems) {
    String[] word = text.split(" ", 2);
    int count = word[0].matches("[1-9]\\d{0,6}") ? Integer.parseInt(word[0]) : 1;
    Matcher said = FIND_SAYS.matcher(word.length > 1 ? Wire.text(word[1]) : "");
    problems.add(
        said.matches()
            ? RemoteSource.text(source)
                + Objects.requireNonNullElse(said.group(1), "")
                + ": "
                + said.group(2)
            : RemoteSource.text(source) + ": cannot be read",
        count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
