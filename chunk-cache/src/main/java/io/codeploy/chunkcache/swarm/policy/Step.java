package io.codeploy.chunkcache.swarm.policy;

/** Something that a member is to do next. */
public sealed interface Step {
  /** A step that brings a chunk. */
  sealed interface Fetch extends Step {
    int chunk();
  }

  /** Ask the origin for a chunk. */
  record FromOrigin(int chunk) implements Fetch {}

  /** Ask a peer for a chunk that it holds, or, as an owner, may get for the asker. */
  record FromPeer(int chunk, int rank) implements Fetch {}

  /** Break off a transfer that is under way: its chunk has come from elsewhere. */
  record Drop(Fetch fetch) implements Step {}

  /**
   * Ask a peer what it has got since sequence number {@code since}.
   *
   * @param patient whether it may take its time until there is something to tell
   */
  record Poll(int rank, long since, boolean patient) implements Step {
    /** A poll that is to be answered at once. */
    public Poll(int rank, long since) {
      this(rank, since, false);
    }
  }
}
