package io.codeploy.cli.deploy;

import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Turn;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    Clustering clustering = new Clustering(alone(members), random);
    Set<Integer> lost = new HashSet<>();
    while (!clustering.done() && !Thread.currentThread().isInterrupted()) {
      Map<Integer, Map<Integer, Duration>> distances = measure(members, clustering);
      lost.addAll(clustering.asked());
      lost.removeAll(distances.keySet());
      clustering.measured(distances);
    }
    return IntStream.range(0, members.size())
        .filter(place -> !lost.contains(place))
        .mapToObj(place -> placed(place, members, clustering))
        .toList();
  }

  private static Member placed(int place, List<Member> members, Clustering clustering) {
    Member member = members.get(place);
    return clustering
        .leader(place)
        .map(leader -> member.inSite(members.get(leader).site()))
        .orElse(member);
  }

  /** By places among {@code members}, as everything here is. */
  private static List<Integer> alone(List<Member> members) {
    Map<Optional<String>, Long> sizes =
        members.stream().collect(Collectors.groupingBy(Member::site, Collectors.counting()));
    return IntStream.range(0, members.size())
        .filter(place -> members.get(place).node().site().isEmpty())
        .filter(place -> members.get(place).site().isPresent())
        .filter(place -> sizes.getOrDefault(members.get(place).site(), 0L) == 1)
        .boxed()
        .toList();
  }

  private Map<Integer, Map<Integer, Duration>> measure(
      List<Member> members, Clustering clustering) {
    List<Integer> leaders = clustering.leaders();
    List<NearRequest.Address> addresses =
        leaders.stream().map(leader -> address(members.get(leader).agent().state())).toList();
    return new Passage<>(
            Phase.ORIGIN,
            run,
            clustering.asked(),
            place -> members.get(place).place(),
            (Integer place, Turn turn) ->
                Map.entry(
                    place,
                    byLeader(
                        conversation.hold(members.get(place), present -> ask(present, addresses)),
                        leaders)))
        .at(pace.connected(), "codeploy-near").stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Who cannot tell is near nobody; only who is gone is lost. */
  private static Map<Integer, Duration> ask(Member member, List<NearRequest.Address> addresses)
      throws NodeFailedException, InterruptedException {
    try {
      return member.agent().distances(addresses);
    } catch (NodeFailedException e) {
      if (e.failure() instanceof RemoteFailure || e.failure() instanceof TimedOut) {
        return Map.of();
      }
      throw e;
    }
  }

  private static Map<Integer, Duration> byLeader(
      Map<Integer, Duration> distances, List<Integer> leaders) {
    Map<Integer, Duration> result = new HashMap<>();
    distances.forEach(
        (place, distance) -> {
          // An agent says what it likes.
          if (place >= 0 && place < leaders.size()) {
            result.put(leaders.get(place), distance);
          }
        });
    return result;
  }

  private static NearRequest.Address address(AgentState state) {
    return new NearRequest.Address(state.peerHost(), state.peerPort());
  }
}
