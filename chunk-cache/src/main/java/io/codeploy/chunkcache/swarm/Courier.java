package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.http.Throttle;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.origin.Origin;
import io.codeploy.chunkcache.origin.OriginBusyException;
import io.codeploy.chunkcache.origin.OriginFailedException;
import io.codeploy.chunkcache.origin.OriginRefusedException;
import io.codeploy.chunkcache.origin.Web;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import io.codeploy.chunkcache.swarm.policy.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Carries out steps of a part: asks, waits, verifies the digest of what comes. Safe for use by many
 * threads.
 */
final class Courier implements AutoCloseable {
  /** So old have-maps may get. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<Peer> peers;
  private final Optional<String> site;
  private final PeerClient client;
  private final Optional<Origin> origin;
  private final Throttle throttle;
  private final Ledger ledger;
  private final LongSupplier nanoClock;

  Courier(SwarmSettings settings, Optional<Origin> origin, Ledger ledger, LongSupplier nanoClock) {
    this.peers = settings.peers();
    this.site = settings.selfPeer().site();
    this.client = new PeerClient(settings.deployment(), settings.token(), ledger, nanoClock);
    this.origin = origin;
    this.throttle = settings.fromOrigin();
    this.ledger = ledger;
    this.nanoClock = nanoClock;
  }

  PeerClient.Answer fromPeer(Step.FromPeer step, ChunkRef chunk, HaveHeader.Question question) {
    Peer peer = peers.get(step.rank());
    // Those that are in no site are together by default, not since they are near each other.
    boolean here = site.isPresent() && site.equals(peer.site());
    PeerClient.Answer answer = client.chunk(peer, here, chunk, question);
    answer.chunk().ifPresent(right -> ledger.verified(chunk));
    if (answer.outcome() instanceof Outcome.Wrong) {
      ledger.accuse(peer, chunk);
    }
    return answer;
  }

  PeerClient.Answer poll(Step.Poll step, HaveHeader.Question question) {
    return client.news(peers.get(step.rank()), question, step.patient() ? PATIENCE : Duration.ZERO);
  }

  PeerClient.Answer fromOrigin(ChunkRef chunk) {
    if (origin.isEmpty()) {
      return without(new Outcome.Absent());
    }
    try {
      return content(chunk, origin.get());
    } catch (OriginBusyException e) {
      return troubled(chunk, Web.reason(e), new Outcome.Busy(e.retryAfter()));
    } catch (OriginRefusedException e) {
      return troubled(chunk, Web.reason(e), new Outcome.Absent());
    } catch (OriginFailedException e) {
      return troubled(chunk, Web.reason(e), new Outcome.Failed());
    } catch (IOException e) {
      String line = Web.reason(e) + "; start the origin again and re-run";
      return troubled(chunk, line, new Outcome.Unreachable());
    }
  }

  /** Closes connections to members. */
  @Override
  public void close() {
    client.close();
  }

  private PeerClient.Answer content(ChunkRef chunk, Origin from) throws IOException {
    long start = nanoClock.getAsLong();
    IntConsumer counted = ledger.fromOrigin(chunk);
    byte[] content = from.fetch(chunk, counted.andThen(throttle::hold));
    ledger.originAnswered();
    long nanos = nanoClock.getAsLong() - start;
    PeerClient.Answer answer = PeerClient.Answer.of(chunk, content, nanos, Optional.empty());
    answer.chunk().ifPresent(right -> ledger.verified(chunk));
    if (answer.outcome() instanceof Outcome.Wrong) {
      ledger.originTrouble(
          chunk,
          "the origin gives other bytes for chunk "
              + chunk.transported().shortForm()
              + " than were there when the deployment began; run it again");
    }
    return answer;
  }

  private PeerClient.Answer troubled(ChunkRef chunk, String line, Outcome outcome) {
    ledger.originTrouble(chunk, line);
    return without(outcome);
  }

  private static PeerClient.Answer without(Outcome outcome) {
    return PeerClient.Answer.without(outcome, Optional.empty());
  }
}
