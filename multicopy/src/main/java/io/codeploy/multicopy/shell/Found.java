package io.codeploy.multicopy.shell;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node has under a name.
 *
 * @param kind what it is
 * @param mode the permission bits, and the set-uid, set-gid and sticky bits
 * @param seconds of the time of the last change
 * @param nanos of that second; 0 also where the node tells none
 * @param link the text of a link in wire form, where the node tells it
 * @param identity where it was asked for
 */
public record Found(
    Kind kind,
    int mode,
    long size,
    long seconds,
    int nanos,
    Optional<String> link,
    Optional<Identity> identity) {
  /**
   * Whose it is, and which.
   *
   * @param uid unsigned, as {@code unix:uid} is
   * @param gid likewise
   * @param inode the same for all names of one file
   */
  public record Identity(int uid, int gid, String inode) {}

  /** What it is. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    OTHER
  }

  private static final int TYPE_BITS = 0170000;

  /** Times that there can be here; a disk has less. */
  private static final long FIRST_SECOND = Instant.MIN.getEpochSecond();

  private static final long LAST_SECOND = Instant.MAX.getEpochSecond();

  public Found {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(link, "link is null");
    Objects.requireNonNull(identity, "identity is null");
  }

  /** Of whoever, whichever it is. */
  public Found(Kind kind, int mode, long size, long seconds, int nanos, Optional<String> link) {
    this(kind, mode, size, seconds, nanos, link, Optional.empty());
  }

  /**
   * Reads what {@code find} or {@code stat} said of it: {@code f 644 10 1081944000.5} or {@code
   * x81a4 0 10 1081944000}, perhaps with the numbers of its owner and group and its inode behind;
   * empty for anything else.
   */
  public static Optional<Found> parse(String facts, String link) {
    String[] field = facts.split(" ", -1);
    if ((field.length != 4 && field.length != 7) || field[0].isEmpty()) {
      return Optional.empty();
    }
    try {
      boolean raw = field[0].startsWith("x");
      int bits = raw ? Integer.parseInt(field[0].substring(1), 16) : 0;
      Kind kind = raw ? kind(bits & TYPE_BITS) : kind(field[0].charAt(0));
      int mode = (raw ? bits : Integer.parseInt(field[1], 8)) & 07777;
      String[] time = field[3].split("\\.", 2);
      String fraction = (time.length > 1 ? time[1] : "") + "000000000";
      long size = Long.parseLong(field[2]);
      long seconds = Long.parseLong(time[0]);
      if (size < 0 || seconds < FIRST_SECOND || seconds > LAST_SECOND) {
        return Optional.empty();
      }
      return Optional.of(
          new Found(
              kind,
              mode,
              size,
              seconds,
              Integer.parseInt(fraction.substring(0, 9)),
              raw ? Optional.empty() : Optional.of(link),
              identity(field)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Identity> identity(String[] field) {
    return field.length == 4
        ? Optional.empty()
        : Optional.of(
            new Identity(
                Integer.parseUnsignedInt(field[4]), Integer.parseUnsignedInt(field[5]), field[6]));
  }

  /** The same but for some of its bits. */
  public Found masked(int mask) {
    return new Found(kind, mode & mask, size, seconds, nanos, link, identity);
  }

  private static Kind kind(char letter) {
    return switch (letter) {
      case 'f' -> Kind.FILE;
      case 'd' -> Kind.DIRECTORY;
      case 'l' -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  private static Kind kind(int type) {
    return switch (type) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.DIRECTORY;
      case 0120000 -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }
}
