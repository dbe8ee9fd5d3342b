package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member that answers, and whose chunks never come to an end. */
@Timeout(300)
class CrawlIT {
  private static final int CHUNKS = 20;

  @TempDir private Path dir;

  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch brokenOff = new CountDownLatch(1);
  private Fleet fleet;

  @BeforeEach
  void open() throws IOException {
    fleet = new Fleet(dir, CHUNKS, route -> route);
  }

  @AfterEach
  void close() {
    over.countDown();
    fleet.close();
  }

  @Test
  void itsChunksComeFromOthersAndItsTransfersAreBrokenOff() throws Exception {
    Fleet.Member crawling = fleet.add(this::crawl);
    Fleet.Member quick = fleet.add(route -> route);
    Fleet.Member leech = fleet.add(route -> route);
    fleet.start(0);
    haveAll(crawling);
    haveAll(quick);

    SwarmResult result = leech.fetchAll();

    assertInstanceOf(SwarmResult.Complete.class, result);
    assertTrue(leech.hasEverything());
    brokenOff.await();
  }

  private void haveAll(Fleet.Member member) throws Exception {
    for (ChunkRef chunk : fleet.chunks) {
      ByteBuffer bytes = Objects.requireNonNull(fleet.content.get(chunk.transported()));
      member.store.put(chunk.transported(), bytes.asReadOnlyBuffer());
    }
    assertInstanceOf(SwarmResult.Complete.class, member.fetch(new BitSet()));
  }

  /** A byte of a chunk every while, until nobody takes it any more. */
  private Route crawl(Route route) {
    return exchange -> {
      if (!exchange.path().startsWith("/c/")) {
        return route.handle(exchange);
      }
      crawl(exchange);
      return true;
    };
  }

  private void crawl(Exchange exchange) throws IOException {
    String digest = exchange.path().substring("/c/".length());
    int length =
        fleet.chunks.stream()
            .filter(chunk -> chunk.transported().toString().equals(digest))
            .mapToInt(ChunkRef::transportedLength)
            .findFirst()
            .orElseThrow();
    exchange.setHeader("Content-Length", Integer.toString(length));
    OutputStream out = exchange.stream(200);
    try {
      for (int sent = 0; sent < length && !over.await(20, TimeUnit.MILLISECONDS); sent++) {
        out.write(0);
        out.flush();
      }
    } catch (IOException e) {
      brokenOff.countDown();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
