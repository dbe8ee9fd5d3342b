package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Finds a site for nodes that have no label and are alone in their network: the network of a node
 * that is near, as their agents measure it.
 */
final class NearSites {
  private final Conversation conversation;
  private final Pace pace;
  private final Run run;
  private final RandomGenerator random;

  NearSites(Conversation conversation, Pace pace, Run run, RandomGenerator random) {
    this.conversation = conversation;
    this.pace = pace;
    this.run = run;
    this.random = random;
  }

  /**
   * Asks nobody if there are no two such nodes.
   *
   * @return the members that still answer, in order; the others are settled in the run
   */
  List<Member> place(List<Member> members) {
    Map<Integer, Member> byIndex =
        members.stream().collect(Collectors.toMap(Member::index, Function.identity()));
    Clustering clustering = new Clustering(alone(members), random);
    Set<Integer> lost = new HashSet<>();
    while (!clustering.done() && !Thread.currentThread().isInterrupted()) {
      List<Member> asked = members(clustering.asked(), byIndex);
      Map<Integer, Map<Integer, Duration>> distances =
          measure(asked, members(clustering.leaders(), byIndex));
      asked.stream()
          .map(Member::index)
          .filter(index -> !distances.containsKey(index))
          .forEach(lost::add);
      clustering.measured(distances);
    }
    List<Member> placed = new ArrayList<>();
    for (Member member : members) {
      Optional<Member> leader = clustering.leader(member.index()).flatMap(at -> get(byIndex, at));
      if (!lost.contains(member.index())) {
        placed.add(leader.map(near -> member.inSite(near.site())).orElse(member));
      }
    }
    return placed;
  }

  private static List<Integer> alone(List<Member> members) {
    Map<Optional<String>, Long> sizes =
        members.stream().collect(Collectors.groupingBy(Member::site, Collectors.counting()));
    return members.stream()
        .filter(member -> member.node().site().isEmpty() && member.site().isPresent())
        .filter(member -> sizes.getOrDefault(member.site(), 0L) == 1)
        .map(Member::index)
        .toList();
  }

  private Map<Integer, Map<Integer, Duration>> measure(List<Member> asked, List<Member> leaders) {
    List<NearRequest.Address> addresses =
        leaders.stream().map(leader -> address(leader.agent().state())).toList();
    Map<Integer, Map<Integer, Duration>> distances = new HashMap<>();
    new Passage<>(
            Phase.ORIGIN,
            run,
            asked,
            Member::place,
            (Member member, Turn turn) ->
                conversation.hold(member, present -> ask(present, addresses)))
        .at(pace.connected(), "codeploy-near")
        .forEach(one -> distances.put(one.index(), byLeader(one.distances(), leaders)));
    return distances;
  }

  /** Who cannot tell is near nobody; only who is gone is lost. */
  private static Measured ask(Member member, List<NearRequest.Address> addresses)
      throws NodeFailedException, InterruptedException {
    try {
      return new Measured(member.index(), member.agent().distances(addresses));
    } catch (NodeFailedException e) {
      if (e.failure() instanceof RemoteFailure || e.failure() instanceof TimedOut) {
        return new Measured(member.index(), Map.of());
      }
      throw e;
    }
  }

  /**
   * What a member found.
   *
   * @param distances by places among the leaders
   */
  private record Measured(int index, Map<Integer, Duration> distances) {}

  private static Map<Integer, Duration> byLeader(
      Map<Integer, Duration> distances, List<Member> leaders) {
    Map<Integer, Duration> result = new HashMap<>();
    distances.forEach(
        (place, distance) -> {
          // An agent says what it likes.
          if (place >= 0 && place < leaders.size()) {
            result.put(leaders.get(place).index(), distance);
          }
        });
    return result;
  }

  private static NearRequest.Address address(AgentState state) {
    return new NearRequest.Address(state.peerHost(), state.peerPort());
  }

  private static List<Member> members(List<Integer> indexes, Map<Integer, Member> byIndex) {
    return indexes.stream().flatMap(index -> get(byIndex, index).stream()).toList();
  }

  private static Optional<Member> get(Map<Integer, Member> byIndex, int index) {
    return Optional.ofNullable(byIndex.get(index));
  }
}
