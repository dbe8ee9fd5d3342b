package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.origin.Web;
import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import io.codeploy.chunkcache.swarm.policy.Outcome;
import io.codeploy.chunkcache.wire.PlainClient;
import io.codeploy.chunkcache.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Asks other members of a deployment for chunks and for news. Blocks. */
final class PeerClient implements AutoCloseable {

  /**
   * What came back.
   *
   * @param chunk there when one was asked for and the outcome is {@link Outcome.Got}
   * @param news of the peer, if it sent any
   */
  record Answer(Outcome outcome, Optional<VerifiedChunk> chunk, Optional<HaveDelta> news) {
    static Answer without(Outcome outcome, Optional<HaveDelta> news) {
      return new Answer(outcome, Optional.empty(), news);
    }

    /** {@code bytes} have come for {@code chunk}; wrong ones are {@link Outcome.Wrong}. */
    static Answer of(ChunkRef chunk, byte[] bytes, long nanos, Optional<HaveDelta> news) {
      try {
        VerifiedChunk verified = VerifiedChunk.of(chunk.transported(), ByteBuffer.wrap(bytes));
        return new Answer(new Outcome.Got(bytes.length, nanos), Optional.of(verified), news);
      } catch (CorruptChunkException e) {
        return without(new Outcome.Wrong(), news);
      }
    }
  }

  /**
   * What a near member is to have on its way to here at once. Linux takes it for half as much
   * again; eight of them are 33 ms at 50 Mbit/s, and one of them 200 Mbit/s over a round trip of a
   * millisecond.
   */
  private static final String NEAR_WINDOW = Integer.toString(16 << 10);

  private final String deployment;
  private final BearerToken token;
  private final Ledger ledger;
  private final LongSupplier nanoClock;
  private final PlainClient client;

  PeerClient(String deployment, BearerToken token, Ledger ledger, LongSupplier nanoClock) {
    this.deployment = deployment;
    this.token = token;
    this.ledger = ledger;
    this.nanoClock = nanoClock;
    this.client = new PlainClient(nanoClock, LockSupport::parkNanos, PlainClient.DEFAULT_STALL);
  }

  /** {@code near}: the peer is in this member's site. */
  Answer chunk(Peer peer, boolean near, ChunkRef chunk, HaveHeader.Question question) {
    String since = question.format();
    Map<String, String> fields =
        near
            ? Map.of(HaveHeader.SINCE, since, PlainClient.WINDOW, NEAR_WINDOW)
            : Map.of(HaveHeader.SINCE, since);
    long start = nanoClock.getAsLong();
    try (Reply reply = ask(peer, "/c/" + chunk.transported(), fields)) {
      Optional<HaveDelta> news = reply.field(HaveHeader.HAVE).flatMap(HaveHeader::parse);
      if (reply.status() != 200) {
        return Answer.without(refusal(reply, new Outcome.Absent()), news);
      }
      if (reply.length() != chunk.transportedLength()) {
        return Answer.without(new Outcome.Wrong(), news);
      }
      byte[] content = reply.read(chunk.transportedLength(), ledger.fromPeer(chunk));
      return Answer.of(chunk, content, nanoClock.getAsLong() - start, news);
    } catch (IOException e) {
      return Answer.without(new Outcome.Unreachable(), Optional.empty());
    }
  }

  /** {@code wait} is how long the peer may wait until there is something to tell. */
  Answer news(Peer peer, HaveHeader.Question question, Duration wait) {
    String part = "/h/" + deployment + "/" + question.part();
    String query = "?since=" + question.since() + "&wait=" + wait.toMillis();
    try (Reply reply = ask(peer, part + query, Map.of())) {
      if (reply.status() != 200) {
        return Answer.without(refusal(reply, new Outcome.NotYetAMember()), Optional.empty());
      }
      Optional<HaveDelta> news = delta(reply);
      return Answer.without(
          news.isPresent() ? new Outcome.Got(0, 0) : new Outcome.NotYetAMember(), news);
    } catch (IOException e) {
      return Answer.without(new Outcome.Unreachable(), Optional.empty());
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static Optional<HaveDelta> delta(Reply reply) throws IOException {
    if (reply.length() > HaveCodec.MAX_BYTES) {
      return Optional.empty();
    }
    return HaveCodec.decode(ByteBuffer.wrap(reply.read((int) reply.length(), bytes -> {})));
  }

  private static Outcome refusal(Reply reply, Outcome notFound) {
    return switch (reply.status()) {
      case 404 -> notFound;
      case 410 -> new Outcome.Refused();
      case 503 -> new Outcome.Busy(Web.retryAfter(reply.field("Retry-After")));
      default -> new Outcome.NotYetAMember();
    };
  }

  private Reply ask(Peer peer, String target, Map<String, String> fields) throws IOException {
    Map<String, String> all = new HashMap<>(fields);
    all.put("Authorization", token.authorization());
    return client.get(peer.host(), peer.port(), target, all);
  }
}
