package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.swarm.FleetCase.Death;
import io.codeploy.chunkcache.swarm.FleetCase.Scale;
import io.codeploy.chunkcache.swarm.FleetCase.Troubles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small deployment to twenty nodes, of which two are slow, or die, or both. */
class FaultyFleetTest {
  private static final FleetCase FLEET = FleetCase.plain(20, 50, new Scale(320_000, 50));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void waitsLittleForSlowNodes(long seed) {
    assertWithin(2, FLEET.with(new Troubles(0.1, 0, 0)).withSeed(seed));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.1", "2, 0.25", "3, 0.5", "4, 0.75", "5, 1"})
  void waitsLittleForNodesThatDieBesideSlowOnes(long seed, double after) {
    Troubles troubles = new Troubles(0.1, 0.1, 0).dying(new Death(after, false));

    assertWithin(2.5, FLEET.with(troubles).withSeed(seed));
  }

  private static void assertWithin(double bounds, FleetCase fleet) {
    FleetOutcome outcome = FleetSimulation.run(fleet);

    assertEquals(0, outcome.incomplete());
    assertTrue(outcome.bounds(0.95) < bounds, outcome.bounds(0.95) + " bounds");
  }
}
