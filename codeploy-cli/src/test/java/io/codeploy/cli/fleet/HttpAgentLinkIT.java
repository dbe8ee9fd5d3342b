package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Phase;
import io.codeploy.agent.control.AgentEvent.Progress;
import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.ControlCodec;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.OriginSpec.ChunkServer;
import io.codeploy.agent.control.OriginSpec.WebTree;
import io.codeploy.agent.control.ReachAnswer;
import io.codeploy.agent.control.ReachRequest;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The link against an HTTP server that stands in for an agent. */
class HttpAgentLinkIT {
  private static final String TOKEN = "0f".repeat(32);
  private static final Progress PROGRESS = new Progress(Phase.FETCH, 1, 2);
  private static final Report REPORT =
      new Report(new Counts(1, 2, 3, 4, 5), new Traffic(1, 2, 3, 4), List.of());
  private static final DeployRequest REQUEST =
      new DeployRequest(
          "00".repeat(16),
          TOKEN,
          0,
          List.of(),
          "dest",
          "",
          "",
          List.of(),
          new ChunkServer("http://192.0.2.1:1"),
          new DeployOptions(false, false),
          new Extent.Whole(Optional.empty(), 0755));

  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stopServer() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void followsADeploymentToItsReport() throws Exception {
    AtomicReference<DeployRequest> received = new AtomicReference<>();
    server.createContext(
        "/v1/deployments",
        exchange -> {
          received.set(ControlCodec.decodePackedRequest(exchange.getRequestBody()));
          send(exchange, ControlCodec.encode(PROGRESS), ControlCodec.encode(REPORT));
          exchange.close();
        });
    List<Progress> seen = new ArrayList<>();

    Report report = link(true).deploy(REQUEST, seen::add);

    assertEquals(REPORT, report);
    assertEquals(List.of(PROGRESS), seen);
    assertEquals(REQUEST, received.get());
  }

  @Test
  void showsTheToken() throws Exception {
    AtomicReference<String> shown = new AtomicReference<>("");
    server.createContext(
        "/v1/stop",
        exchange -> {
          shown.set(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });

    link(true).stop();

    assertEquals("Bearer " + TOKEN, shown.get());
  }

  @Test
  void asksForTheEndOfADeployment() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>("");
    server.createContext(
        "/v1/end",
        exchange -> {
          asked.set(ControlCodec.decodeEndRequest(exchange.getRequestBody()).deployment());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });

    link(true).end(REQUEST.deployment());

    assertEquals(REQUEST.deployment(), asked.get());
  }

  @Test
  void goesThroughARelayWhereForwardingIsProhibited() throws Exception {
    server.createContext(
        "/v1/status",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    SocketConnection connection = new SocketConnection(server.getAddress().getPort(), false);
    HttpAgentLink link = link(connection);

    assertTrue(link.answers());
    assertTrue(link.answers());

    assertEquals(List.of("127.0.0.1", "relay", "relay"), connection.opened());
  }

  @Test
  void asksWhetherAnOriginIsReached() throws Exception {
    List<ReachRequest> asked = new ArrayList<>();
    server.createContext(
        "/v1/reach",
        exchange -> {
          asked.add(ControlCodec.decodeReachRequest(exchange.getRequestBody()));
          byte[] answer = ControlCodec.encode(new ReachAnswer(asked.size() == 1, "refused"));
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });

    assertTrue(link(true).reaches(new ChunkServer("http://o:1"), TOKEN));
    assertFalse(link(true).reaches(new WebTree("http://w/~me", ".x", List.of()), TOKEN));

    assertEquals(
        List.of(
            new ReachRequest("http://o:1/v1/ping", TOKEN), new ReachRequest("http://w/~me/", "")),
        asked);
  }

  @Test
  void timesOutWhenTheAgentFallsSilent() {
    server.createContext(
        "/v1/deployments",
        exchange -> {
          send(exchange, ControlCodec.encode(PROGRESS));
          await(over);
        });

    assertEquals(
        new TimedOut("progress", Duration.ofMillis(300)),
        failure(() -> link(true).deploy(REQUEST, progress -> {})));
  }

  @Test
  void reportsAnAgentThatGoesAwayBeforeItIsDone() {
    server.createContext(
        "/v1/deployments",
        exchange -> {
          send(exchange, ControlCodec.encode(PROGRESS));
          exchange.close();
        });

    assertInstanceOf(Disconnected.class, failure(() -> link(true).deploy(REQUEST, progress -> {})));
  }

  @Test
  void passesOnWhyTheAgentRefuses() {
    server.createContext(
        "/v1/deployments",
        exchange -> {
          byte[] text = "another deployment to dest runs\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(409, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });

    assertEquals(
        new RemoteFailure("the agent refused: another deployment to dest runs"),
        failure(() -> link(true).deploy(REQUEST, progress -> {})));
  }

  @Test
  void takesNonsenseForALostAgent() {
    server.createContext(
        "/v1/deployments",
        exchange -> {
          send(exchange, "<html>");
          exchange.close();
        });

    assertInstanceOf(Disconnected.class, failure(() -> link(true).deploy(REQUEST, progress -> {})));
  }

  @Test
  void readsNoLineWithoutEnd() {
    server.createContext(
        "/v1/deployments",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[ControlCodec.MAX_BYTES + 1]);
          exchange.getResponseBody().flush();
          await(over);
        });

    assertInstanceOf(Disconnected.class, failure(() -> link(true).deploy(REQUEST, progress -> {})));
  }

  @Test
  void endsAtOnceWhenInterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    server.createContext(
        "/v1/deployments",
        exchange -> {
          send(exchange, ControlCodec.encode(PROGRESS));
          await(over);
        });
    AtomicReference<Class<?>> ended = new AtomicReference<>(Void.class);
    Thread follower =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    patientLink().deploy(REQUEST, progress -> started.countDown());
                  } catch (NodeFailedException | InterruptedException e) {
                    ended.set(e.getClass());
                  }
                });
    started.await();

    follower.interrupt();
    follower.join();

    assertEquals(InterruptedException.class, ended.get());
  }

  private HttpAgentLink link(boolean forwards) {
    return link(new SocketConnection(server.getAddress().getPort(), forwards));
  }

  private static HttpAgentLink link(SocketConnection connection) {
    return link(connection, Duration.ofMillis(300));
  }

  private HttpAgentLink patientLink() {
    return link(new SocketConnection(server.getAddress().getPort(), true), Duration.ofMinutes(10));
  }

  private static HttpAgentLink link(SocketConnection connection, Duration progress) {
    FleetLimits limits = FleetLimits.defaults().withProgress(progress);
    AgentState state = new AgentState(1, "1", 4711, TOKEN, "127.0.0.1", 1);
    return new HttpAgentLink(new ControlStreams(connection, state, "relay", limits), state, limits);
  }

  private static NodeFailure failure(Executable action) {
    return assertThrows(NodeFailedException.class, action).failure();
  }

  private static void send(HttpExchange exchange, String... lines) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    for (String line : lines) {
      body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    body.flush();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
