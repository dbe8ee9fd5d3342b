package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Bounded;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.progress.Tail;
import io.codeploy.multicopy.shell.GroupScript;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.LinesInput;
import io.codeploy.multicopy.source.Owner;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.shell.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A node by its shell: {@code find} lists, {@code tar} and {@code tail} give contents. */
final class ShellOrigin implements Origin {
  private static final String SETTING = "unset CDPATH TAR_OPTIONS; LC_ALL=C; export LC_ALL; ";

  /**
   * Contents of what is a link by now are taken, too: it was a file when it was listed. GNU's tar
   * takes a backslash in a name for the beginning of something else, unless it is told not to.
   */
  private static final String SEND =
      SETTING
          + MarkedContent.SAY
          + """

          plain=
          [ -z "$2" ] || ! tar --no-unquote --version >/dev/null 2>&1 || plain=--no-unquote
          exec xargs -0 tar -c -h $1 $plain -f -
          """;

  private static final String SEND_REST =
      SETTING + MarkedContent.SAY + "exec tail -c \"+$2\" \"$1\"";

  /** With signs of life, on lines that no start-up file of the login shell has begun. */
  private static final String DIGEST =
      SETTING
          + """

          echo
          (while sleep 5 >/dev/null 2>&1; do echo || exit; done) &
          xargs -0 sha256sum
          kill $! 2>/dev/null
          """;

  private static final String DIGEST_LISTED =
      SETTING
          + """

          echo
          (while sleep 5 >/dev/null 2>&1; do echo || exit; done) &
          head -c "$2" "$1" | sha256sum
          kill $! 2>/dev/null
          """;

  private static final String NAMES =
      SETTING
          + MarkedContent.SAY
          + "\n"
          + GroupScript.BY_NUMBER
          + """
          while read -r kind id; do
            case $kind in
              u) n=$(id -nu "$id" 2>/dev/null) ;;
              *)
                n=$(group "$id" </dev/null)
                n=${n%%:*} ;;
            esac
            [ -z "$n" ] || printf "%s %s %s\\n" $kind "$id" "$n"
          done
          """;

  private static final Pattern NAME = Pattern.compile("([ug]) (\\d{1,10}) (.+)");
  private static final int NAMES_BYTES = 4 << 20;

  private final Connection connection;
  private final Duration limit;
  private final Progress progress;
  private boolean digests;
  private boolean xattrs;

  /**
   * @param limit for opening a channel
   */
  ShellOrigin(Connection connection, Duration limit, Progress progress) {
    this.connection = connection;
    this.limit = limit;
    this.progress = progress;
  }

  @Override
  public List<RemoteSource> list(List<String> paths, Selection selection, Problems problems)
      throws IOException, InterruptedException {
    Roll roll = new Roll(Roll.LIMIT, selection, problems);
    List<String> asked = paths.stream().map(ShellOrigin::fit).toList();
    try (ShellListing listing = ShellListing.of(connection, selection.details(), limit, progress)) {
      digests = listing.has("sha256sum");
      xattrs = selection.details().contains(Detail.XATTRS);
      if (xattrs && !listing.has("xattrs")) {
        throw Problems.failure("--preserve xattrs: the node's tar does not know --xattrs");
      }
      listing.list(asked, roll, problems);
    }
    return roll.sources();
  }

  /** A path that no program takes for an option, and without two slashes in a row. */
  private static String fit(String path) {
    String single = path.replaceAll("/+", "/");
    return single.startsWith("/") ? single : "./" + single;
  }

  @Override
  public void fetch(List<Incoming> files, Problems problems)
      throws IOException, InterruptedException {
    Tail said = new Tail();
    List<String> paths = files.stream().map(Incoming::path).toList();
    boolean quoted = paths.stream().anyMatch(path -> path.contains("\\"));
    try (Intake intake = new Intake(files, progress)) {
      run(
          SEND,
          List.of(xattrs ? "--xattrs" : "", quoted ? "quoted" : ""),
          names(paths),
          intake,
          said,
          intake::failure);
    }
    note(files, said, problems);
  }

  @Override
  public void fetchRest(Incoming file, Problems problems) throws IOException, InterruptedException {
    Tail said = new Tail();
    file.open();
    try (RestIntake intake = new RestIntake(file, progress)) {
      run(
          SEND_REST,
          List.of(file.path(), Long.toString(file.written() + 1)),
          InputStream.nullInputStream(),
          intake,
          said,
          intake::failure);
    }
    note(List.of(file), said, problems);
  }

  private interface Fault {
    Optional<IOException> failure();
  }

  private void run(
      String script,
      List<String> arguments,
      InputStream stdin,
      OutputStream sink,
      Tail said,
      Fault fault)
      throws IOException, InterruptedException {
    try {
      connection.execute(
          command(script, arguments), stdin, new MarkedContent(sink), said, Duration.ZERO);
    } catch (NodeFailedException e) {
      if (fault.failure().isPresent()) {
        throw fault.failure().get();
      }
      throw e;
    }
  }

  private static String command(String script, List<String> arguments) {
    return Script.commandOfBytes(script, arguments.stream().map(Wire::bytes).toList());
  }

  private static void note(List<Incoming> files, Tail said, Problems problems) throws IOException {
    for (Incoming file : files) {
      if (!file.arrived()) {
        String path = RemoteSource.text(file.path());
        problems.add(path, file.isBegun() ? Incoming.CHANGED : reason(path, said));
        file.reject();
      }
    }
  }

  /** What a program said of {@code path}. */
  private static String reason(String path, Tail said) {
    Pattern told = Pattern.compile(Pattern.quote(path) + "'?: (?:Cannot open: )?(.*)");
    return said.text()
        .lines()
        .map(told::matcher)
        .filter(Matcher::find)
        .map(line -> line.group(1))
        .findFirst()
        .orElse("cannot be read");
  }

  @Override
  public RemoteNames names(Set<Integer> users, Set<Integer> groups)
      throws IOException, InterruptedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    connection.execute(
        command(NAMES, List.of()),
        new LinesInput(
            Stream.concat(
                    users.stream().map(id -> "u " + Integer.toUnsignedString(id) + "\n"),
                    groups.stream().map(id -> "g " + Integer.toUnsignedString(id) + "\n"))
                .iterator()),
        new MarkedContent(new Bounded(said, NAMES_BYTES)),
        new Tail(),
        Duration.ZERO);
    Map<Integer, String> userNames = new HashMap<>();
    Map<Integer, String> groupNames = new HashMap<>();
    for (String line : said.toString(StandardCharsets.UTF_8).lines().toList()) {
      Matcher told = NAME.matcher(line);
      if (told.matches() && Long.parseLong(told.group(2)) <= Owner.MAX_ID) {
        (told.group(1).equals("u") ? userNames : groupNames)
            .put(Integer.parseUnsignedInt(told.group(2)), told.group(3));
      }
    }
    return new RemoteNames(userNames, groupNames);
  }

  @Override
  public boolean digests() {
    return digests;
  }

  @Override
  public List<Optional<String>> sums(List<String> paths) throws IOException, InterruptedException {
    Sums sums = new Sums(paths, progress);
    connection.execute(command(DIGEST, List.of()), names(paths), sums, new Tail(), Duration.ZERO);
    return sums.all();
  }

  @Override
  public Optional<String> sumOfListed(Incoming file) throws IOException, InterruptedException {
    Tail said = new Tail(progress);
    connection.execute(
        command(DIGEST_LISTED, List.of(file.path(), Long.toString(file.listed().size()))),
        InputStream.nullInputStream(),
        said,
        new Tail(),
        Duration.ZERO);
    return said.text().lines().filter(Sums::isSum).map(line -> line.substring(0, 64)).findFirst();
  }

  private static InputStream names(List<String> paths) {
    return new LinesInput(paths.stream().map(path -> path + "\0").iterator());
  }
}
