package io.codeploy.chunkcache.swarm;

import java.util.List;

/**
 * What came of a {@link FleetCase}.
 *
 * @param seconds in which healthy nodes were complete, ascending
 * @param incomplete nodes that live and are not
 * @param originCopies bytes from the origin, in sizes of the whole
 * @param crossCopies bytes into sites other than the origin's, in sizes of the whole, per site
 * @param control bytes per node that are no chunk, in sizes of the whole
 */
record FleetOutcome(
    FleetCase fleet,
    List<Double> seconds,
    int incomplete,
    double originCopies,
    double crossCopies,
    double control) {
  /** Seconds in which {@code share} of the healthy nodes were complete. */
  double quantile(double share) {
    int index = (int) Math.ceil(share * seconds.size()) - 1;
    return seconds.get(Math.clamp(index, 0, seconds.size() - 1));
  }

  /** The same in bounds. */
  double bounds(double share) {
    return quantile(share) / fleet.boundSeconds();
  }
}
