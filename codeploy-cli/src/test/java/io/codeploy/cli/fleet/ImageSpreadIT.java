package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.fleet.ImageSpread.Seed;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real scripts in real shells, and seeds that are honest or not. */
class ImageSpreadIT {
  @TempDir private Path temp;
  private SpreadRig rig;
  private ImageSpread spread;

  @BeforeEach
  void makeImage() throws Exception {
    rig = new SpreadRig(temp, ShellAgent.image(temp, ShellAgent.WORKING));
    spread = rig.spread();
  }

  @AfterEach
  void close() throws IOException {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget", "bash"})
  void bringsTheImageByWhatTheNodeHas(String tool) throws Exception {
    spread.add(rig.seed(rig::give));
    LocalShell shell = rig.shell("node", tool);

    rig.install(shell);

    assertEquals(new SpreadTally(0, 1, 0, ""), spread.tally());
    rig.assertInstalled("node");
    for (String token : rig.tokens()) {
      assertFalse(shell.commands().toString().contains(token), "the token is an argument");
    }
  }

  @Test
  void sendsItToANodeWithoutAnyOfThem() throws Exception {
    spread.add(rig.seed(rig::give));

    for (String node : List.of("first", "second", "third")) {
      rig.install(rig.shell(node, "true"));
      rig.assertInstalled(node);
    }
    rig.install(rig.shell("other", "curl"));

    assertLost(3, 1, 3, "no curl, wget or bash");
  }

  @Test
  void doesNotBlameASeedForADiskThatIsFull() throws Exception {
    spread.add(rig.seed(rig::give));

    for (String node : List.of("first", "second", "third")) {
      LocalShell shell = rig.shell(node, "curl");
      Path head = temp.resolve(node + "-bin/head");
      Files.delete(head);
      Files.writeString(head, "#!/bin/sh\ncat >/dev/null\nexit 1\n");
      assertTrue(head.toFile().setExecutable(true));
      rig.install(shell);
    }
    rig.install(rig.shell("other", "curl"));

    assertLost(3, 1, 3, "cannot write it below ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget", "bash"})
  void believesNoSeedThatLies(String tool) throws Exception {
    spread.add(
        rig.seed(exchange -> exchange.respond(200, ByteBuffer.allocate(rig.archive().length))));

    rig.install(rig.shell("node", tool));
    rig.install(rig.shell("other", tool));

    assertLost(2, 0, 1, "what came is not the image");
    assertEquals(1, rig.asked());
    rig.assertInstalled("node");
    rig.assertInstalled("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget", "bash"})
  void takesNoMoreThanTheImageIsLong(String tool) throws Exception {
    spread.add(
        rig.seed(
            exchange -> {
              try (OutputStream out = exchange.stream(200)) {
                byte[] piece = new byte[1 << 16];
                for (int i = 0; i < 1 << 14; i++) {
                  out.write(piece);
                }
              }
            }));

    rig.install(rig.shell("node", tool));

    assertLost(1, 0, 1, "what came is not the image");
    rig.assertInstalled("node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget", "bash"})
  void goesOnWhereASeedDiesHalfWay(String tool) throws Exception {
    spread.add(
        rig.seed(
            exchange -> {
              exchange.setHeader("Content-Length", String.valueOf(rig.archive().length));
              OutputStream out = exchange.stream(200);
              out.write(rig.archive(), 0, 100);
              out.flush();
              throw new IOException("killed");
            }));
    spread.add(rig.seed(rig::give));

    rig.install(rig.shell("node", tool));

    assertLost(0, 1, 1, " of " + rig.archive().length + " bytes came by " + tool);
    rig.assertInstalled("node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget", "bash"})
  void sendsItToANodeThatReachesNoOther(String tool) throws Exception {
    Seed gone = rig.seed(rig::give);
    rig.closeSeeds();
    spread.add(gone);

    rig.install(rig.shell("node", tool));

    assertLost(1, 0, 1, "0 of " + rig.archive().length + " bytes came by " + tool);
    rig.assertInstalled("node");
  }

  @Test
  void passesOverASeedWhoseAgentIsGone() throws Exception {
    Seed seed = rig.seed(rig::give);
    spread.add(
        new Seed(
            "gone",
            "",
            seed.host(),
            seed.port(),
            request -> {
              throw new NodeFailedException(new Disconnected("it is gone"));
            }));
    spread.add(seed);

    rig.install(rig.shell("node", "curl"));

    assertLost(0, 1, 1, "did not get it from gone: it is gone");
  }

  @Test
  void sendsThreeWhenManyWantIt() throws Exception {
    int count = 10;
    List<Future<?>> installing = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        LocalShell shell = rig.shell("node" + i, "curl");
        NodeFacts node = SpreadRig.probe(shell);
        Seed seed = rig.seed(rig::give);
        installing.add(
            threads.submit(
                () -> {
                  ImageSpread.Copy copy = spread.install(shell, node, "");
                  spread.add(seed);
                  copy.close();
                  return null;
                }));
      }
      for (Future<?> one : installing) {
        one.get();
      }
    }

    SpreadTally tally = spread.tally();
    assertTrue(tally.sent() >= 1 && tally.sent() <= SeedPlan.COPIES, tally.toString());
    assertEquals(new SpreadTally(tally.sent(), count - tally.sent(), 0, ""), tally);
    for (int i = 0; i < count; i++) {
      rig.assertInstalled("node" + i);
    }
  }

  private void assertLost(int sent, int given, int lost, String why) {
    SpreadTally tally = spread.tally();
    assertEquals(new SpreadTally(sent, given, lost, tally.why()), tally);
    assertTrue(tally.why().contains(why), tally.why());
  }
}
