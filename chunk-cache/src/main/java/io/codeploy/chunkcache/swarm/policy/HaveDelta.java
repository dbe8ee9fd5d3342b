package io.codeploy.chunkcache.swarm.policy;

import java.util.List;

/**
 * What a member has got since somebody asked last.
 *
 * @param next the sequence number to ask with the next time
 * @param progress bytes received and times told to wait; moves while the member is alive
 * @param active whether the member still wants chunks of the part
 * @param chunks indexes, in the order in which it got them
 */
public record HaveDelta(long next, long progress, boolean active, List<Integer> chunks) {
  public HaveDelta {
    chunks = List.copyOf(chunks);
  }
}
