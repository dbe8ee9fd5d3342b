package io.codeploy.agent.control;

import java.util.List;

/**
 * How far members are from an agent.
 *
 * @param trips of those that answered, in the order of the request
 */
public record NearAnswer(List<Trip> trips) {
  public NearAnswer {
    trips = List.copyOf(trips);
  }

  /**
   * To a member and back.
   *
   * @param index of the member in the request
   */
  public record Trip(int index, long micros) {}
}
