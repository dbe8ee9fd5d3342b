package io.codeploy.multiquery.shell;

import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to run on every node, in its login shell. Closing it forgets the input.
 *
 * @param text as typed
 * @param form how it is sent
 * @param input what every node gets on standard input; without it that is {@code /dev/null}
 * @param sudo to run it as root
 */
public record RemoteCommand(
    String text, Form form, Optional<BroadcastInput> input, Optional<Sudo> sudo)
    implements AutoCloseable {
  /** How the text is sent. */
  public enum Form {
    /** As it is, with variables and a watch that ends it when this side goes away. */
    WATCHED,
    /** The same after {@code %h}, {@code %u}, {@code %n} and {@code %N} were replaced. */
    EXPANDED,
    /** The text and nothing else, for what is no shell at the other end. */
    PLAIN
  }

  public RemoteCommand {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(form, "form is null");
    Objects.requireNonNull(input, "input is null");
    Objects.requireNonNull(sudo, "sudo is null");
    if (form == Form.PLAIN && sudo.isPresent()) {
      throw new IllegalArgumentException("sudo is no part of a plain command");
    }
  }

  /** A watched command without input. */
  public static RemoteCommand of(String text) {
    return new RemoteCommand(text, Form.WATCHED, Optional.empty(), Optional.empty());
  }

  /**
   * Runs it to its end. When that does not come within {@code limit}, when the thread is
   * interrupted and when this process goes away, the command's process group gets TERM and after a
   * grace KILL; what a command that has ended left in the background stays. A command of tens of
   * kilobytes, for which a node takes no more, is sent as if it were plain.
   *
   * @param out as in {@link Connection#execute}
   * @param err likewise
   * @param limit likewise
   * @throws NodeFailedException also where sudo did not accept the password
   */
  public ExitStatus run(
      Connection connection,
      int rank,
      int count,
      OutputStream out,
      OutputStream err,
      Duration limit)
      throws NodeFailedException, InterruptedException {
    Place place = new Place(connection.node().name(), connection.user(), rank, count);
    String typed = form == Form.EXPANDED ? place.expand(text) : text;
    if (sudo.isPresent()) {
      return sudo.get().run(connection, framed(place, typed, sudo.get()), input, out, err, limit);
    }
    String framed = framed(place, typed);
    if (form == Form.PLAIN || !Frame.fits(framed)) {
      return connection.execute(typed, plainInput(), out, err, limit);
    }
    try (Leash leash = new Leash()) {
      input.ifPresent(leash::offer);
      return connection.executeOnLeash(leashed(framed, place, typed), leash, out, err, limit);
    }
  }

  private LeashedCommand leashed(String framed, Place place, String typed) {
    return input.isPresent()
        ? LeashedCommand.of(framed)
        : new LeashedCommand(framed, () -> WaitingShell.textOf(place, typed));
  }

  @Override
  public void close() throws IOException {
    if (input.isPresent()) {
      input.get().close();
    }
  }

  private InputStream plainInput() {
    return input.map(BroadcastInput::open).orElseGet(InputStream::nullInputStream);
  }

  private String framed(Place place, String typed) {
    return Frame.of(Watch.setUp(inputBytes()) + place.export(), typed);
  }

  private String framed(Place place, String typed, Sudo as) {
    return Frame.of(as.announcement() + Watch.setUp(inputBytes()) + place.export(), typed);
  }

  private OptionalLong inputBytes() {
    return input.map(in -> OptionalLong.of(in.length())).orElseGet(OptionalLong::empty);
  }
}
