package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.AgentStateCodec;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent as a process, killed as with {@code kill -9}. */
class KilledAgentIT {
  private static final byte[] CONTENT = new byte[100_000];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir Path temporary;
  private Fixture fixture;
  private final Set<Process> started = new HashSet<>();

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(temporary);
  }

  @AfterEach
  void close() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    fixture.close();
  }

  @ParameterizedTest(name = "request {0}")
  @ValueSource(ints = {1, 3, 40, 95})
  void asksForNothingAgainThatItHadWhenItWasKilledAt(int last) throws Exception {
    Tree tree = new Tree().file("f", 0644, CONTENT);
    Process first = start();
    AgentState doomed = state(first);
    AtomicInteger requests = new AtomicInteger();
    fixture.onRequest(
        path -> {
          if (requests.incrementAndGet() == last) {
            first.destroyForcibly();
          }
        });
    assertThrows(
        IOException.class, () -> new ControlClient(doomed).report(fixture.request(tree, "test")));
    first.waitFor();
    Set<String> had = store();
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    fixture.onRequest(asked::add);

    AgentState next = state(start());
    Report report = new ControlClient(next).report(fixture.request(tree, "test"));

    assertEquals(List.of(), report.errors());
    assertTrue(last == 1 || !had.isEmpty(), "it had the manifest by then");
    assertFalse(asked.isEmpty());
    assertTrue(
        asked.stream().map(path -> path.substring(3)).noneMatch(had::contains), asked::toString);
    Path root = fixture.home(0).resolve("test");
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("f")));
    assertFalse(Files.exists(root.resolve(".codeploy-stage")));
  }

  @Test
  void asksForNothingAgainThatItHadWrittenWhereItsStoreKeepsLittle() throws Exception {
    Tree tree = new Tree().file("f", 0644, CONTENT);
    Process first = start("--store-quota", "20000");
    AgentState doomed = state(first);
    AtomicInteger requests = new AtomicInteger();
    fixture.onRequest(
        path -> {
          if (requests.incrementAndGet() == 80) {
            first.destroyForcibly();
          }
        });
    assertThrows(
        IOException.class, () -> new ControlClient(doomed).report(fixture.request(tree, "test")));
    first.waitFor();
    Set<String> had = staged();
    had.removeAll(store());
    assertTrue(had.size() > 20, "written, and not in the store: " + had.size());
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    fixture.onRequest(asked::add);

    AgentState next = state(start("--store-quota", "20000"));
    Report report = new ControlClient(next).report(fixture.request(tree, "test"));

    assertEquals(List.of(), report.errors());
    assertTrue(
        asked.stream().map(path -> path.substring(3)).noneMatch(had::contains), asked::toString);
    assertArrayEquals(CONTENT, Files.readAllBytes(fixture.home(0).resolve("test/f")));
  }

  /** The chunks that the stage's one file has. */
  private Set<String> staged() throws IOException {
    byte[] there;
    try (Stream<Path> files = Files.list(fixture.home(0).resolve("test/.codeploy-stage"))) {
      Path file = files.filter(f -> f.getFileName().toString().startsWith("f")).findFirst().get();
      there = Files.readAllBytes(file);
    }
    Set<String> chunks = new HashSet<>();
    for (int at = 0; at + 1000 <= there.length; at += 1000) {
      if (Arrays.equals(CONTENT, at, at + 1000, there, at, at + 1000)) {
        chunks.add(Digest.of(CONTENT, at, 1000).toString());
      }
    }
    return chunks;
  }

  private Process start(String... more) throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private List<String> command() throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "--dir",
        fixture.agentDir(0).toString(),
        "--version",
        "1.0",
        "--listen",
        "127.0.0.1",
        "--home",
        Files.createDirectories(fixture.home(0)).toString());
  }

  /** Waits for as long as it lives. */
  private AgentState state(Process agent) throws IOException {
    Path file = fixture.agentDir(0).resolve(AgentStateCodec.FILE);
    while (agent.isAlive()) {
      if (Files.exists(file)) {
        AgentState state = AgentStateCodec.decode(Files.readString(file));
        if (state.pid() == agent.pid()) {
          fixture.use(state);
          return state;
        }
      }
      Thread.onSpinWait();
    }
    throw new IOException(Files.readString(temporary.resolve("log")));
  }

  private Set<String> store() throws IOException {
    try (Stream<Path> files = Files.walk(fixture.agentDir(0).resolve("store"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{64}"))
          .collect(Collectors.toSet());
    }
  }
}
