package io.codeploy.multiquery.warm.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client wants of its visit; see {@code VISIT}.
 *
 * @param slice login where a node names none
 * @param command the program to connect with, instead of our own client
 * @param keep how long its connections are to be kept
 */
public record Wishes(Optional<String> slice, Optional<String> command, Duration keep) {
  /** Reads those of a frame, all of it. */
  public static Wishes of(Fields fields) throws ProtocolException {
    Wishes wishes = new Wishes(fields.optional(), fields.optional(), fields.time());
    fields.end();
    return wishes;
  }

  /** The frame that says them. */
  public Frame frame() {
    return new Content().text(slice).text(command).time(keep).as(FrameType.VISIT);
  }
}
