package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.member.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CauseTest {
  private static final List<ChunkRef> CHUNKS =
      IntStream.range(0, 5)
          .mapToObj(i -> ChunkRef.raw(Digest.of(new byte[] {(byte) i}), 1))
          .toList();
  private static final SwarmSettings SETTINGS =
      new SwarmSettings(
          "deployment",
          new BearerToken("5a".repeat(32)),
          0,
          List.of(
              new Peer(0, "n0", "127.0.0.1", 1, Optional.empty(), false),
              new Peer(1, "n1", "127.0.0.1", 1, Optional.empty(), true)),
          new UploadSlots(1),
          Duration.ofSeconds(60));

  private final Ledger ledger = new Ledger();

  @Test
  void namesTheChunkAndWhatTheOriginSaidOfIt() {
    ledger.originTrouble(CHUNKS.get(0), "origin http://o/t/a: status 500; see to it");
    ledger.originTrouble(CHUNKS.get(1), "origin http://o/t/b: status 503; try later");

    assertEquals(
        "origin http://o/t/a: status 500; see to it; nothing came for 60 s; missing: chunk "
            + name(0),
        Cause.ofStandstill(SETTINGS, ledger, CHUNKS.subList(0, 1)));
  }

  @Test
  void saysWhatTheOriginRefusesOrWhoWasRefusedIt() {
    String others = Cause.ofRefusal(SETTINGS, ledger, CHUNKS.subList(0, 1));
    ledger.originTrouble(CHUNKS.get(0), "origin http://o/t/a: status 404; see to it");
    String own = Cause.ofRefusal(SETTINGS, ledger, CHUNKS.subList(0, 1));

    assertEquals(
        "the origin refuses it to nodes that reach it (n1); see what they tell; missing: chunk "
            + name(0),
        others);
    assertEquals("origin http://o/t/a: status 404; see to it; missing: chunk " + name(0), own);
  }

  @Test
  void namesThreeChunksAndCountsTheOthers() {
    ledger.originTrouble(CHUNKS.get(2), "origin http://o: refused; start it");

    assertEquals(
        "origin http://o: refused; start it; nothing came for 60 s; missing: 5 chunks "
            + name(0)
            + ", "
            + name(1)
            + ", "
            + name(2)
            + " and 2 more",
        Cause.ofStandstill(SETTINGS, ledger, CHUNKS));
  }

  @Test
  void namesThoseThatReachTheOriginWhereThisNodeDoesNot() {
    assertEquals(
        "nothing came for 60 s from the nodes that reach the origin (n1); see to them and re-run;"
            + " missing: chunk "
            + name(4),
        Cause.ofStandstill(SETTINGS, ledger, CHUNKS.subList(4, 5)));
  }

  @Test
  void forgetsTroubleWithAChunkThatCame() {
    ledger.originTrouble(CHUNKS.get(0), "origin http://o/t/a: status 500; see to it");
    ledger.verified(CHUNKS.get(0));

    assertEquals(Optional.empty(), ledger.originTrouble(CHUNKS.get(0)));
  }

  @Test
  void namesALiar() {
    ledger.accuse(SETTINGS.peers().get(1), CHUNKS.get(0));

    String cause = Cause.ofStandstill(SETTINGS, ledger, CHUNKS.subList(0, 1));

    assertEquals(
        "n1 (127.0.0.1:1) sent wrong bytes for chunk "
            + name(0)
            + " and is no longer asked; check its memory and disk",
        cause.substring(cause.indexOf("n1 (127")));
  }

  private static String name(int chunk) {
    return CHUNKS.get(chunk).transported().shortForm();
  }
}
