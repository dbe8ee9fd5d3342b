package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Throttle;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.member.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a node must know to take part in a deployment.
 *
 * @param deployment its id, the same for all members; letters and digits
 * @param self this node's rank, an index into {@code peers}
 * @param peers all members, by rank
 * @param uploads how many bodies the node's server sends at once, over all deployments
 * @param giveUpAfter how long a fetch goes on without progress; the package says what that is
 * @param fromOrigin how fast this node takes from the origin
 * @param toMembers how fast it sends to others
 */
public record SwarmSettings(
    String deployment,
    BearerToken token,
    int self,
    List<Peer> peers,
    UploadSlots uploads,
    Duration giveUpAfter,
    Throttle fromOrigin,
    Throttle toMembers) {
  /** How long a fetch goes on without progress, unless told otherwise. */
  public static final Duration DEFAULT_GIVE_UP = Duration.ofSeconds(60);

  public SwarmSettings {
    Objects.requireNonNull(deployment, "deployment is null");
    Objects.requireNonNull(token, "token is null");
    peers = List.copyOf(peers);
    Objects.requireNonNull(uploads, "uploads is null");
    Objects.requireNonNull(giveUpAfter, "giveUpAfter is null");
    Objects.requireNonNull(fromOrigin, "fromOrigin is null");
    Objects.requireNonNull(toMembers, "toMembers is null");
    Objects.checkIndex(self, peers.size());
    for (int rank = 0; rank < peers.size(); rank++) {
      if (peers.get(rank).rank() != rank) {
        throw new IllegalArgumentException("peers are not in the order of their ranks");
      }
    }
  }

  /** Those of a node that takes and sends as fast as it can. */
  public SwarmSettings(
      String deployment,
      BearerToken token,
      int self,
      List<Peer> peers,
      UploadSlots uploads,
      Duration giveUpAfter) {
    this(deployment, token, self, peers, uploads, giveUpAfter, Throttle.NONE, Throttle.NONE);
  }

  /** This node, as the others know it. */
  public Peer selfPeer() {
    return peers.get(self);
  }
}
