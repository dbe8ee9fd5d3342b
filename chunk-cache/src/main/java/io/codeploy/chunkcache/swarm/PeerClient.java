package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CorruptChunkException;
import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.BearerToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Asks other members of a deployment for chunks and for news. Blocks; keeps no state. */
final class PeerClient {
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

  private final String deployment;
  private final BearerToken token;
  private final Ledger ledger;
  private final LongSupplier nanoClock;

  PeerClient(String deployment, BearerToken token, Ledger ledger, LongSupplier nanoClock) {
    this.deployment = deployment;
    this.token = token;
    this.ledger = ledger;
    this.nanoClock = nanoClock;
  }

  Answer chunk(Peer peer, ChunkRef chunk, HaveHeader.Question question) {
    HttpUrl url = url(peer).addPathSegments("c/" + chunk.transported()).build();
    Request request = request(url).header(HaveHeader.SINCE, question.format()).build();
    long start = nanoClock.getAsLong();
    try (Response response = Web.client(url).newCall(request).execute()) {
      Optional<HaveDelta> news =
          Optional.ofNullable(response.header(HaveHeader.HAVE)).flatMap(HaveHeader::parse);
      if (response.code() != 200) {
        return Answer.without(refusal(response, new Outcome.Absent()), news);
      }
      if (response.body().contentLength() != chunk.transportedLength()) {
        return Answer.without(new Outcome.Wrong(), news);
      }
      Download download = new Download(chunk.transportedLength(), ledger.fromPeer(chunk));
      download.readFrom(response);
      long nanos = nanoClock.getAsLong() - start;
      return Answer.of(chunk, download.content(), nanos, news);
    } catch (IOException e) {
      return Answer.without(new Outcome.Unreachable(), Optional.empty());
    }
  }

  /** {@code wait} is how long the peer may wait until there is something to tell. */
  Answer news(Peer peer, HaveHeader.Question question, Duration wait) {
    HttpUrl url =
        url(peer)
            .addPathSegments("h/" + deployment + "/" + question.part())
            .addQueryParameter("since", Long.toString(question.since()))
            .addQueryParameter("wait", Long.toString(wait.toMillis()))
            .build();
    try (Response response = Web.client(url).newCall(request(url).build()).execute()) {
      if (response.code() != 200) {
        return Answer.without(refusal(response, new Outcome.NotYetAMember()), Optional.empty());
      }
      byte[] body = response.body().byteStream().readNBytes(HaveCodec.MAX_BYTES + 1);
      Optional<HaveDelta> news = HaveCodec.decode(ByteBuffer.wrap(body));
      return Answer.without(
          news.isPresent() ? new Outcome.Got(0, 0) : new Outcome.NotYetAMember(), news);
    } catch (IOException e) {
      return Answer.without(new Outcome.Unreachable(), Optional.empty());
    }
  }

  private static Outcome refusal(Response response, Outcome notFound) {
    return switch (response.code()) {
      case 404 -> notFound;
      case 503 -> new Outcome.Busy(Web.retryAfter(response));
      default -> new Outcome.NotYetAMember();
    };
  }

  private static HttpUrl.Builder url(Peer peer) {
    return new HttpUrl.Builder().scheme("http").host(peer.host()).port(peer.port());
  }

  private Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", token.authorization())
        .header("Accept-Encoding", "identity");
  }
}
