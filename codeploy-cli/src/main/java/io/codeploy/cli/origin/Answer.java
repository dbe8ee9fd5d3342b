package io.codeploy.cli.origin;

import java.util.Optional;

/** What a web server made of a sample. */
sealed interface Answer {
  /** The right bytes, and nothing else. */
  record Ranged() implements Answer {}

  /** The right bytes, within the whole file: the server does not know ranges. */
  record Whole() implements Answer {}

  /** A status other than 200 and 206; {@code elsewhere} if it leads from http to https. */
  record Refused(int status, Optional<String> elsewhere) implements Answer {}

  /** Other bytes than the file has. */
  record Altered(int status) implements Answer {}

  /** No answer at all; {@code reason} ends in a remedy. */
  record Unreachable(String reason) implements Answer {}

  /** There is nothing to compare with: the file cannot be read any more. */
  record Vanished(String reason) implements Answer {}

  /** Whether the right bytes came. */
  default boolean right() {
    return this instanceof Ranged || this instanceof Whole;
  }

  /** The answer in a few words, after "GET URL". */
  default String words() {
    return switch (this) {
      case Ranged ranged -> "gave the right bytes";
      case Whole whole -> "gave the right bytes";
      case Refused refused ->
          refused.elsewhere().map(url -> "leads to " + url).orElse("gave " + refused.status());
      case Altered altered -> "gave " + altered.status() + " with other bytes";
      case Unreachable unreachable -> "gave no answer: " + unreachable.reason();
      case Vanished vanished -> "could not be compared: " + vanished.reason();
    };
  }
}
