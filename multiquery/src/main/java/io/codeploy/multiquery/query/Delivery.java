package io.codeploy.multiquery.query;

/** In which form a listener gets the output of nodes. */
public enum Delivery {
  /** Kept until the node is done, then handed over with its answer. */
  WHOLE,
  /** As it arrives, and not kept: answers know its length alone. */
  LIVE,
  /** As it arrives, and once more with the answer. */
  BOTH;

  /** Whether output is passed on as it arrives. */
  public boolean live() {
    return this != WHOLE;
  }

  /** Whether answers hold the output. */
  public boolean kept() {
    return this != LIVE;
  }

  /** What serves two listeners, one of this and one of the other delivery. */
  public Delivery and(Delivery other) {
    return this == other ? this : BOTH;
  }
}
