package io.codeploy.agent.control;

/**
 * The most bytes of content a second, as they travel; {@link Long#MAX_VALUE} where nothing bounds
 * them.
 *
 * @param fromOrigin that a node takes from the origin
 * @param toMembers that a node sends to others
 */
public record Caps(long fromOrigin, long toMembers) {
  /** As fast as it goes. */
  public static final Caps NONE = new Caps(Long.MAX_VALUE, Long.MAX_VALUE);

  public Caps {
    if (fromOrigin < 1 || toMembers < 1) {
      throw new IllegalArgumentException("a cap is at least 1 byte a second");
    }
  }
}
