package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.agent.control.Caps;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.multicopy.rate.Rates;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PushTest {
  private static final OriginSpec WEB = new OriginSpec.WebTree("http://w.example", "d", List.of());
  private static final OriginSpec OURS = new OriginSpec.ChunkServer("http://192.0.2.1:40003");
  private static final List<Peer> PEERS = List.of(peer(0, true), peer(1, false), peer(2, true));

  @Test
  void dividesTheRateOfAWebServerAmongThoseThatReachIt() {
    assertEquals(new Caps(50, 7), Push.caps(rates(101, 7), WEB, PEERS));
  }

  @Test
  void leavesTheRateOfOurOwnOriginToItself() {
    assertEquals(new Caps(Long.MAX_VALUE, 7), Push.caps(rates(101, 7), OURS, PEERS));
  }

  @Test
  void boundsNothingWhereNothingIsSaid() {
    assertEquals(Caps.NONE, Push.caps(Rates.NONE, WEB, PEERS));
  }

  @Test
  void givesEachNodeSomethingOfTheLeastRate() {
    assertEquals(1, Push.caps(rates(1, 1), WEB, PEERS).fromOrigin());
  }

  private static Rates rates(long run, long node) {
    return new Rates(OptionalLong.of(run), OptionalLong.of(node));
  }

  private static Peer peer(int rank, boolean access) {
    return new Peer(rank, "n" + rank, "192.0.2.7", 40_002, Optional.empty(), access);
  }
}
