package io.codeploy.multiquery.fanout;

import java.util.List;
import java.util.OptionalLong;

/** What is to be done next in a run. */
sealed interface Step {
  /** The item has its turn. */
  record Launch(int item) implements Step {}

  /** The barrier is open; somebody is to be told. */
  record Tell(Opening opening) implements Step {}

  /** These are to be interrupted. */
  record End(List<Integer> items) implements Step {}

  /** Nothing until something ends, or until then. */
  record Wait(OptionalLong untilNanos) implements Step {}

  /** Nothing any more. */
  record Finished() implements Step {}
}
