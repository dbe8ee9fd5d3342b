package io.codeploy.chunkcache.swarm.policy;

import java.time.Duration;

/** What became of a {@link Step}. News that came with it is told separately, before. */
public sealed interface Outcome {
  /** The chunk came and is verified; or the poll was answered. */
  record Got(long bytes, long nanos) implements Outcome {}

  /** Alive, but does not have the chunk. */
  record Absent() implements Outcome {}

  /** Alive, and was refused the chunk by the origin for good. */
  record Refused() implements Outcome {}

  /** Alive, but failed at it; it may go better the next time. */
  record Failed() implements Outcome {}

  /** Alive, but not in this deployment or part yet. */
  record NotYetAMember() implements Outcome {}

  /** Alive, and asks to be left alone for a while. */
  record Busy(Duration retryAfter) implements Outcome {}

  /** No connection, a broken one, or no byte for too long. */
  record Unreachable() implements Outcome {}

  /** Broken off, since the chunk had come from elsewhere: says nothing of the source. */
  record Overtaken() implements Outcome {}

  /** The bytes are not those of the chunk. */
  record Wrong() implements Outcome {}
}
