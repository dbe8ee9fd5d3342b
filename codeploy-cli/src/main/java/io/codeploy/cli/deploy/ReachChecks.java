package io.codeploy.cli.deploy;

import io.codeploy.agent.control.OriginSpec;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Fanout;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks agents whether they reach an origin. */
final class ReachChecks {
  private final BearerToken token;
  private final Conversation conversation;
  private final Fanout fanout;
  private final Run run;

  ReachChecks(BearerToken token, Conversation conversation, Pace pace, Run run) {
    this.token = token;
    this.conversation = conversation;
    this.fanout = new Fanout("codeploy-reach", pace.connected(), run.time());
    this.run = run;
  }

  /** The members that still answer, in order; the others are settled in the run. */
  List<Reachable> check(List<Member> members, Function<Member, OriginSpec> origins) {
    List<Optional<Reachable>> checked =
        fanout.<Member, Optional<Reachable>>map(
            members, member -> check(member, origins.apply(member)), member -> Optional.empty());
    return checked.stream().flatMap(Optional::stream).toList();
  }

  static boolean anyAccess(List<Reachable> checked) {
    return checked.stream().anyMatch(Reachable::access);
  }

  private Optional<Reachable> check(Member member, OriginSpec origin) throws InterruptedException {
    long start = run.time().nanoTime();
    try {
      return Optional.of(conversation.hold(member, present -> ask(present, origin)));
    } catch (NodeFailedException e) {
      run.end(
          member.index(),
          new Failed<>(e.failure(), member.prepared().plus(run.time().since(start))));
      return Optional.empty();
    }
  }

  private Reachable ask(Member member, OriginSpec origin)
      throws NodeFailedException, InterruptedException {
    return new Reachable(member, origin, member.agent().reaches(origin, token.hex()));
  }
}
