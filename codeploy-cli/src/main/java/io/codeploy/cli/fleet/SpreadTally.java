package io.codeploy.cli.fleet;

/**
 * How often an image went which way.
 *
 * @param sent from here
 * @param given by nodes
 * @param lost by nodes, or false
 * @param why the last of these; empty without one
 */
record SpreadTally(int sent, int given, int lost, String why) {
  SpreadTally oneSent() {
    return new SpreadTally(sent + 1, given, lost, why);
  }

  SpreadTally oneGiven() {
    return new SpreadTally(sent, given + 1, lost, why);
  }

  SpreadTally oneLost(String reason) {
    return new SpreadTally(sent, given, lost + 1, reason);
  }

  /** One line for people. */
  String note() {
    return "%s times a node did not give the agent's image to another, %s times it came from here: %s"
        .formatted(lost, sent, why);
  }
}
