package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.store.Pin;
import io.codeploy.chunkcache.swarm.SwarmRoute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberTest {
  private static final int CHUNK_BYTES = 1000;

  @TempDir Path directory;
  private ChunkStore store;
  private Member member;

  @BeforeEach
  void open() throws IOException {
    store = ChunkStore.open(directory, 6 * CHUNK_BYTES);
    member =
        new Member(
            request(),
            new CacheParts(
                store, new SwarmRoute(), new UploadSlots(1), System::nanoTime, new Random(1)));
  }

  @AfterEach
  void close() {
    member.close();
  }

  @Test
  void holdsWhatArrivesInAStoreThatOthersHold() throws IOException {
    Pin others = store.pin(digests(0, 6));
    put(0, 6);

    member.hold(refs(10, 13));
    put(10, 13);
    put(20, 22);

    assertEquals(digests(10, 13), kept(10, 13));
    others.close();
  }

  @Test
  void letsGoOfAllOnceNobodyNeedsIt() throws IOException {
    member.hold(refs(0, 2));
    member.hold(refs(2, 4));
    put(0, 4);

    member.held().close();
    put(10, 16);

    assertEquals(List.of(), kept(0, 4));
  }

  private void put(int from, int to) throws IOException {
    for (int seed = from; seed < to; seed++) {
      store.put(Digest.of(content(seed)), ByteBuffer.wrap(content(seed)));
    }
  }

  private List<Digest> kept(int from, int to) {
    return digests(from, to).stream().filter(store::contains).toList();
  }

  private static List<ChunkRef> refs(int from, int to) {
    return digests(from, to).stream().map(digest -> ChunkRef.raw(digest, CHUNK_BYTES)).toList();
  }

  private static List<Digest> digests(int from, int to) {
    return IntStream.range(from, to).mapToObj(seed -> Digest.of(content(seed))).toList();
  }

  private static byte[] content(int seed) {
    byte[] content = new byte[CHUNK_BYTES];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static DeployRequest request() {
    return new DeployRequest(
        "0".repeat(32),
        "0".repeat(64),
        0,
        List.of(new Peer(0, "node0", "127.0.0.1", 1, Optional.empty(), true)),
        "test",
        "",
        "",
        List.of(),
        new OriginSpec.ChunkServer("http://127.0.0.1:1"),
        new DeployOptions(false, false),
        new Extent.Whole(Optional.empty(), 0755));
  }
}
