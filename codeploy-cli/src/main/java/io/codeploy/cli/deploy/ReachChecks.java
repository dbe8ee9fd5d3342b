package io.codeploy.cli.deploy;

import io.codeploy.agent.control.OriginSpec;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.Turn;
import java.util.List;
import java.util.function.Function;

/** Asks agents whether they reach an origin. */
final class ReachChecks {
  private final BearerToken token;
  private final Conversation conversation;
  private final Pace pace;
  private final Run run;

  ReachChecks(BearerToken token, Conversation conversation, Pace pace, Run run) {
    this.token = token;
    this.conversation = conversation;
    this.pace = pace;
    this.run = run;
  }

  /** The members that still answer, in order; the others are settled in the run. */
  List<Reachable> check(List<Member> members, Function<Member, OriginSpec> origins) {
    return new Passage<>(
            Phase.ORIGIN,
            run,
            members,
            Member::place,
            (Member member, Turn turn) ->
                conversation.hold(member, present -> ask(present, origins.apply(member))))
        .at(pace.connected(), "codeploy-reach");
  }

  static boolean anyAccess(List<Reachable> checked) {
    return checked.stream().anyMatch(Reachable::access);
  }

  private Reachable ask(Member member, OriginSpec origin)
      throws NodeFailedException, InterruptedException {
    return new Reachable(member, origin, member.agent().reaches(origin, token.hex()));
  }
}
