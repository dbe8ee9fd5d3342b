package io.codeploy.chunkcache.swarm;

import java.util.List;

/** Says in one line why chunks did not come. */
final class Cause {
  private static final int NAMES = 3;

  private Cause() {}

  static String ofStandstill(SwarmSettings settings, Ledger ledger) {
    String silence = "nothing came for " + settings.giveUpAfter().toSeconds() + " s";
    String line =
        ledger
            .originRefusal()
            .or(
                () ->
                    ledger
                        .lastOriginTrouble()
                        .map(why -> why + "; " + silence + "; start the origin again and re-run"))
            .orElseGet(() -> silence + withoutOrigin(settings));
    List<String> accusations = ledger.accusations();
    return accusations.isEmpty() ? line : line + "; " + String.join("; ", accusations);
  }

  private static String withoutOrigin(SwarmSettings settings) {
    List<String> names =
        settings.peers().stream().filter(Peer::originAccess).map(Peer::name).toList();
    if (names.isEmpty()) {
      return ", and no node reaches the origin; give it an address that one of them reaches";
    }
    String first = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    String more = names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "";
    return " from the nodes that reach the origin (" + first + more + "); see to them and re-run";
  }
}
