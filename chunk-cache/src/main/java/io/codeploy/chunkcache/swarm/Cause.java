package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.member.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in one line which chunks did not come, and why. */
final class Cause {
  private static final int NAMES = 3;
  private static final int REASONS = 2;

  private Cause() {}

  /** For a fetch that was given up; {@code missing} has at least one chunk. */
  static String ofStandstill(SwarmSettings settings, Ledger ledger, List<ChunkRef> missing) {
    List<String> parts = new ArrayList<>();
    List<String> reasons = reasons(ledger, missing);
    if (reasons.isEmpty()) {
      parts.add(silence(settings) + withoutOrigin(settings));
    } else {
      parts.addAll(reasons);
      parts.add(silence(settings));
    }
    parts.add("missing: " + names(missing));
    parts.addAll(ledger.accusations());
    return String.join("; ", parts);
  }

  /** For a fetch of which the origin refuses all that is missing. */
  static String ofRefusal(SwarmSettings settings, Ledger ledger, List<ChunkRef> missing) {
    List<String> parts = new ArrayList<>(reasons(ledger, missing));
    if (parts.isEmpty()) {
      String names = few(reaching(settings));
      parts.add("the origin refuses it to nodes that reach it (" + names + "); see what they tell");
    }
    parts.add("missing: " + names(missing));
    parts.addAll(ledger.accusations());
    return String.join("; ", parts);
  }

  /** What the origin said of these chunks; if nothing, what it said last. */
  private static List<String> reasons(Ledger ledger, List<ChunkRef> missing) {
    List<String> reasons =
        missing.stream()
            .map(ledger::originTrouble)
            .flatMap(Optional::stream)
            .distinct()
            .limit(REASONS)
            .toList();
    return reasons.isEmpty() ? ledger.lastOriginTrouble().stream().toList() : reasons;
  }

  private static String silence(SwarmSettings settings) {
    return "nothing came for " + settings.giveUpAfter().toSeconds() + " s";
  }

  private static String names(List<ChunkRef> missing) {
    String first =
        missing.stream()
            .limit(NAMES)
            .map(chunk -> chunk.transported().shortForm())
            .collect(Collectors.joining(", "));
    String more = missing.size() > NAMES ? " and " + (missing.size() - NAMES) + " more" : "";
    return (missing.size() == 1 ? "chunk " : missing.size() + " chunks ") + first + more;
  }

  private static String withoutOrigin(SwarmSettings settings) {
    List<String> names = reaching(settings);
    if (names.isEmpty()) {
      return ", and no node reaches the origin; give it an address that one of them reaches";
    }
    return " from the nodes that reach the origin (" + few(names) + "); see to them and re-run";
  }

  private static List<String> reaching(SwarmSettings settings) {
    return settings.peers().stream().filter(Peer::originAccess).map(Peer::name).toList();
  }

  private static String few(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return first + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "");
  }
}
