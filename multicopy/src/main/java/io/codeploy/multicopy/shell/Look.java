package io.codeploy.multicopy.shell;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.progress.Tail;
import io.codeploy.multicopy.source.Detail;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.shell.Script;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A look at a destination, by a script on its node that stays until this is closed: for so long the
 * stage that it makes is in use. One thread.
 */
public final class Look implements AutoCloseable {
  /** What a login shell may say before our script has its turn. */
  private static final int NOISE_LINES = 200;

  private static final int PIECE_BYTES = 32 << 10;

  private final ByteStream stream;
  private final Records records;
  private final Greeting greeting;
  private final String destination;
  private final int sources;

  /** Gets what is there, name by name. */
  public interface Listing {
    /**
     * The node has {@code found}.
     *
     * @param source which source's tree the name belongs to; empty for one of the files
     * @param name below that tree's root, or the name of the file in the base directory
     */
    void found(Optional<Integer> source, String name, Found found);

    /** The node has the tree of {@code source} as it is here, and nothing else in it. */
    default void same(int source) {}

    /** In place of the tree of {@code source} there is something that is no directory. */
    default void blocked(int source, Found found) {}

    /** The tree of {@code source} is in a directory that a link in its place leads to. */
    default void linked(int source) {}
  }

  /**
   * What is asked about.
   *
   * @param destination as typed, in wire form
   * @param names of sources: {@code d NAME} for a directory, {@code s DIGEST NAME} for one that
   *     need not be listed where it has this digest, {@code f NAME} for anything else
   * @param details what is kept
   * @param holes whether it matters that the node can make some
   */
  public record Question(
      String destination, List<String> names, Set<Detail> details, boolean holes) {
    private List<String> arguments(String path) {
      List<String> arguments = new ArrayList<>(List.of(Wire.text(path)));
      arguments.addAll(Detail.words(details));
      arguments.add(holes ? "holes" : "");
      return arguments;
    }
  }

  private Look(
      ByteStream stream, Records records, Greeting greeting, String destination, int sources) {
    this.stream = stream;
    this.records = records;
    this.greeting = greeting;
    this.destination = destination;
    this.sources = sources;
  }

  /**
   * Starts the script.
   *
   * @throws NoShellException if the node does not run it
   */
  public static Look at(Connection connection, Question question, Duration limit, Progress progress)
      throws IOException, InterruptedException {
    String path = path(question.destination());
    ByteStream stream = open(connection, question.arguments(path), limit);
    Records records = new Records(new Stepping(stream.in(), progress));
    try {
      stream.out().write(Wire.bytes("go\n" + names(question.names()) + "\n"));
      stream.out().flush();
      return new Look(stream, records, greeting(records), path, question.names().size());
    } catch (IOException e) {
      stream.close();
      // A node that has given signs of life has a shell.
      throw records.wasBusy() ? e : NoShellException.ofSilence(e);
    }
  }

  private static ByteStream open(Connection connection, List<String> arguments, Duration limit)
      throws IOException, InterruptedException {
    try {
      return connection.open(Script.command(LookScript.TEXT, arguments), limit);
    } catch (NodeFailedException e) {
      throw NoShellException.ofRefusal(e);
    }
  }

  /** A path that no program takes for an option. */
  private static String path(String destination) {
    String path = destination;
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.startsWith("/") ? path : "./" + path;
  }

  private static String names(List<String> names) {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(name.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
    return lines.toString();
  }

  private static Greeting greeting(Records records) throws IOException {
    for (int i = 0; i < NOISE_LINES; i++) {
      String line = records.line();
      Optional<Greeting> greeting = Greeting.parse(line);
      if (greeting.isPresent()) {
        if (greeting.get().way() == Way.SFTP) {
          throw new NoShellException("the node lacks mv, touch, find or stat");
        }
        return greeting.get();
      }
    }
    throw new NoShellException("the node's shell says other things");
  }

  /** {@code directory}, {@code other}, {@code absent} or {@code nowhere}. */
  public String kind() {
    return greeting.kind();
  }

  /** How files get there; not by SFTP, or there would be no look. */
  public Way way() {
    return greeting.way();
  }

  /** Whether the node has this program, or this is true of the destination. */
  public boolean has(String word) {
    return greeting.has(word);
  }

  /** The directory that the sources' names are in, fit for an argument. */
  public String base() {
    if (kind().equals("directory")) {
      return destination;
    }
    int slash = destination.lastIndexOf('/');
    return slash == 0 ? "/" : destination.substring(0, slash);
  }

  /** What a source called {@code name} is called in the base directory. */
  public String target(String name) {
    return kind().equals("directory")
        ? name
        : destination.substring(destination.lastIndexOf('/') + 1);
  }

  /** Reads what is there; to be called once, before anything below. */
  public void list(Listing listing) throws IOException {
    Optional<Integer> source = Optional.empty();
    boolean in = true;
    for (Records.Answer a = records.next(); !a.head().equals("end"); a = records.next()) {
      if (a.head().startsWith("= ")) {
        String[] section = a.head().split(" ", -1);
        in = section.length == 3 && !section[2].equals("at");
        source = section.length == 3 ? Optional.of(number(section[1])) : Optional.empty();
        if (in && section[2].equals("via")) {
          listing.linked(number(section[1]));
        } else if (in && section[2].equals("same")) {
          listing.same(number(section[1]));
        }
        continue;
      }
      Optional<Found> found = found(a);
      if (found.isPresent() && source.isPresent() && !in) {
        listing.blocked(source.get(), found.get());
      } else if (found.isPresent()) {
        listing.found(source, name(a), found.get());
      }
    }
  }

  /** Of one of the sources. */
  private int number(String text) throws IOException {
    try {
      return Objects.checkIndex(Integer.parseInt(text), sources);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IOException("the node's list is garbled", e);
    }
  }

  private static Optional<Found> found(Records.Answer answer) {
    int path = answer.head().indexOf(" .");
    return path < 0
        ? Optional.empty()
        : Found.parse(answer.head().substring(0, path), answer.link());
  }

  /** The path without what {@code find} was given to begin with. */
  private static String name(Records.Answer answer) {
    String path = answer.head().substring(answer.head().indexOf(" .") + 1);
    return path.length() < 2 ? "" : path.substring(2);
  }

  /** Removes stages of runs that are gone. */
  public void clear() throws IOException {
    ask("clear -");
    records.next();
  }

  /**
   * Ends what the node still runs for {@code stage}, one of ours over a connection that is gone, so
   * that it can be taken over.
   */
  public void leave(String stage) throws IOException {
    ask("leave " + stage);
    records.next();
  }

  /**
   * Makes a stage, or takes over one of the same key that nobody uses any more.
   *
   * @param staged gets what is in it, with names below {@code t/}
   * @return its path from the base directory
   */
  public String stage(String key, Listing staged) throws IOException {
    ask("stage " + key);
    Records.Answer answer = records.next();
    if (!answer.head().startsWith("stage ")) {
      throw new NodeFailedException(
          new NodeFailure.RemoteFailure(
              Wire.text(Complaint.cause(answer.head().replaceFirst("^failed ", "")))));
    }
    list(staged);
    return answer.head().substring("stage ".length());
  }

  /**
   * Lists a stage once more.
   *
   * @param key that it was made for
   */
  public void relist(String key, Listing staged) throws IOException {
    ask("list " + key);
    list(staged);
  }

  /**
   * Has a script run in the base directory, as the process that holds the stage; nothing can be
   * asked afterwards. What arrives of it in part must do nothing.
   *
   * @return the end of what it said
   */
  public String finish(InputStream script, Progress progress) throws IOException {
    ask("finish");
    byte[] piece = new byte[PIECE_BYTES];
    for (int n = script.read(piece); n >= 0; n = script.read(piece)) {
      stream.out().write(piece, 0, n);
      progress.step();
    }
    stream.out().flush();
    Tail said = new Tail();
    records.rest(said);
    return said.text();
  }

  private void ask(String line) throws IOException {
    stream.out().write(Wire.bytes(line + "\n"));
    stream.out().flush();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
