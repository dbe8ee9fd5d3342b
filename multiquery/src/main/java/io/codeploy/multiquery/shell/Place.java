package io.codeploy.multiquery.shell;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a command runs.
 *
 * @param host name of the node, as listed
 * @param user its login there
 * @param rank of the node in the run, from 0
 * @param count of the nodes in the run
 */
public record Place(String host, String user, int rank, int count) {
  private static final Pattern PLACEHOLDER = Pattern.compile("%([hunN%])");

  public Place {
    Objects.requireNonNull(host, "host is null");
    Objects.requireNonNull(user, "user is null");
  }

  /**
   * Replaces {@code %h} by the host, {@code %u} by the user, {@code %n} by the rank, {@code %N} by
   * the count and {@code %%} by a percent sign; any other percent sign stays.
   */
  String expand(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m.group(1))));
  }

  private String value(String letter) {
    return switch (letter) {
      case "h" -> host;
      case "u" -> user;
      case "n" -> Integer.toString(rank);
      case "N" -> Integer.toString(count);
      default -> "%";
    };
  }

  /** Makes it known to the command, in a POSIX shell and without a single quote. */
  String export() {
    String encoded = Encoded.text(host);
    String quoted =
        encoded.equals(host) ? '"' + host + '"' : "\"$(printf %b \"" + encoded + "\")\"";
    return "unset MQ_WATCH_GROUP MQ_WATCH_PARENT; export MQ_HOST="
        + quoted
        + " MQ_RANK="
        + rank
        + " MQ_COUNT="
        + count;
  }
}
