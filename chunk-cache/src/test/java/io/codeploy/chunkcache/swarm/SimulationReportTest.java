package io.codeploy.chunkcache.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page tells of the policy that there is. */
class SimulationReportTest {
  static List<FleetCase> small() {
    return SimulationReport.small();
  }

  @ParameterizedTest
  @MethodSource("small")
  void givesTheFiguresOfThePage(FleetCase fleet) throws IOException {
    FleetOutcome outcome = FleetSimulation.run(fleet);

    assertTrue(
        Files.readAllLines(Path.of("../docs/simulation.md"))
            .contains(SimulationReport.row(outcome).strip()),
        "run scripts/simulate: " + SimulationReport.row(outcome));
    assertEquals(0, outcome.incomplete());
  }
}
