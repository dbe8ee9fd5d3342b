package io.codeploy.cli.deploy;

import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.origin.EmbeddedOrigin;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Brings the embedded origin to a few nodes through their SSH connections. */
final class Forwards {
  private final EmbeddedOrigin origin;
  private final ReachChecks checks;
  private final Run run;

  Forwards(EmbeddedOrigin origin, ReachChecks checks, Run run) {
    this.origin = origin;
    this.checks = checks;
    this.run = run;
  }

  /**
   * Tries nodes in order until {@link EmbeddedOrigin#MOST_FORWARDS} have access.
   *
   * @param addresses the origin's address for a member
   * @return all of {@code members}, those with access with an origin of their own
   */
  List<Reachable> find(List<Reachable> members, Function<Member, InetAddress> addresses) {
    List<Reachable> result = new ArrayList<>();
    int found = 0;
    for (Reachable reachable : members) {
      Optional<Reachable> forwarded = Optional.empty();
      if (found < EmbeddedOrigin.MOST_FORWARDS && !Thread.currentThread().isInterrupted()) {
        forwarded = forward(reachable.member(), addresses.apply(reachable.member()));
      }
      found += forwarded.isPresent() ? 1 : 0;
      result.add(forwarded.orElse(reachable));
    }
    if (found > 0) {
      run.tell(new Noted("content goes through SSH to " + found + " of the nodes"));
    }
    return result;
  }

  private Optional<Reachable> forward(Member member, InetAddress address) {
    try {
      ChunkServer spec = origin.forward(member.connection(), address);
      return checks.check(List.of(member), any -> spec).stream()
          .filter(Reachable::access)
          .findFirst();
    } catch (NodeFailedException e) {
      // Prohibited there: the next node is asked.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
