package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CorruptChunkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Carries out steps of a part: asks, waits, verifies the digest of what comes. Safe for use by many
 * threads.
 */
final class Courier {
  private final List<Peer> peers;
  private final PeerClient client;
  private final Optional<Origin> origin;
  private final Ledger ledger;
  private final LongSupplier nanoClock;

  Courier(SwarmSettings settings, Optional<Origin> origin, Ledger ledger, LongSupplier nanoClock) {
    this.peers = settings.peers();
    this.client =
        new PeerClient(settings.deployment(), settings.token(), ledger.fromPeers(), nanoClock);
    this.origin = origin;
    this.ledger = ledger;
    this.nanoClock = nanoClock;
  }

  PeerClient.Answer fromPeer(Step.FromPeer step, ChunkRef chunk, HaveHeader.Question question) {
    Peer peer = peers.get(step.rank());
    PeerClient.Answer answer = client.chunk(peer, chunk, question);
    PeerClient.Answer verified = verified(chunk, answer);
    if (verified.outcome() instanceof Outcome.Wrong) {
      ledger.accuse(peer, chunk);
    }
    return verified;
  }

  PeerClient.Answer poll(Step.Poll step, HaveHeader.Question question) {
    return client.news(peers.get(step.rank()), question);
  }

  PeerClient.Answer fromOrigin(ChunkRef chunk) {
    if (origin.isEmpty()) {
      return PeerClient.Answer.without(new Outcome.Absent(), Optional.empty());
    }
    long start = nanoClock.getAsLong();
    try {
      byte[] content = origin.get().fetch(chunk);
      ledger.fromOrigin().add(content.length);
      Outcome got = new Outcome.Got(content.length, nanoClock.getAsLong() - start);
      PeerClient.Answer answer =
          verified(chunk, new PeerClient.Answer(got, ByteBuffer.wrap(content), Optional.empty()));
      if (answer.outcome() instanceof Outcome.Wrong) {
        ledger.originRefused(
            "the origin gives other bytes for chunk "
                + chunk.transported().shortForm()
                + " than were there when the deployment began; run it again");
      } else {
        ledger.originAnswered();
      }
      return answer;
    } catch (OriginBusyException e) {
      ledger.toldToWait();
      return PeerClient.Answer.without(new Outcome.Busy(e.retryAfter()), Optional.empty());
    } catch (OriginRefusedException e) {
      ledger.originRefused(Web.reason(e));
      return PeerClient.Answer.without(new Outcome.Absent(), Optional.empty());
    } catch (IOException e) {
      ledger.originTrouble(Web.reason(e));
      return PeerClient.Answer.without(new Outcome.Unreachable(), Optional.empty());
    }
  }

  private static PeerClient.Answer verified(ChunkRef chunk, PeerClient.Answer answer) {
    if (!(answer.outcome() instanceof Outcome.Got)) {
      return answer;
    }
    try {
      ChunkCodec.verify(chunk.transported(), answer.body());
      return answer;
    } catch (CorruptChunkException e) {
      return PeerClient.Answer.without(new Outcome.Wrong(), answer.news());
    }
  }
}
