package io.codeploy.multiquery.fanout;

/** What a result means for the run. */
public enum Verdict {
  /** It arrived and is well. */
  WELL,
  /** It arrived, and counts among the failures. */
  ARRIVED_ILL,
  /** It failed without arriving. */
  MISSING
}
