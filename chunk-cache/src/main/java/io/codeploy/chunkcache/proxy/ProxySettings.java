package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.member.Peer;
import java.util.List;
import java.util.Objects;

/**
 * Whose proxy it is, and for what.
 *
 * @param token that members show each other
 * @param self this node's rank
 * @param peers all members by rank
 * @param allowed whom any of them may ask
 */
public record ProxySettings(BearerToken token, int self, List<Peer> peers, AllowList allowed) {
  public ProxySettings {
    Objects.requireNonNull(token, "token is null");
    peers = List.copyOf(peers);
    Objects.requireNonNull(allowed, "allowed is null");
    Objects.checkIndex(self, peers.size());
  }
}
