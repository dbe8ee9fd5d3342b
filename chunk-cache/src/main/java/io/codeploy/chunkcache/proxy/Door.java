package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.member.Peer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides what may be asked, for clients and for members alike. */
final class Door {
  private final AllowList allowed;
  private final Set<String> members = new HashSet<>();

  Door(AllowList allowed, List<Peer> peers) {
    this.allowed = allowed;
    for (Peer peer : peers) {
      String host = peer.host().contains(":") ? "[" + peer.host() + "]" : peer.host();
      members.add(host.toLowerCase(Locale.ROOT) + ":" + peer.port());
    }
  }

  /** What came of a request. */
  sealed interface Verdict {
    /** This may be asked. */
    record Admitted(OriginUrl url) implements Verdict {}

    /** It is on no list. */
    record Forbidden(String host) implements Verdict {}

    /** It cannot be told what is meant. */
    record Malformed() implements Verdict {}
  }

  /** Judges {@code /host[:port]/path?query}. */
  Verdict judge(String target) {
    Optional<Target> parsed = Target.parse(target);
    if (parsed.isEmpty()) {
      return new Verdict.Malformed();
    }
    return allowed
        .admit(parsed.get())
        .filter(url -> !members.contains(url.host() + ":" + url.port()))
        .<Verdict>map(Verdict.Admitted::new)
        .orElseGet(() -> new Verdict.Forbidden(parsed.get().host()));
  }
}
