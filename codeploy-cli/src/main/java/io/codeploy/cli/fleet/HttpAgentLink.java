package io.codeploy.cli.fleet;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.ControlCodec;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.EndRequest;
import io.codeploy.agent.control.NearAnswer;
import io.codeploy.agent.control.NearRequest;
import io.codeploy.agent.control.OriginSpec;
import io.codeploy.agent.control.ReachRequest;
import io.codeploy.agent.control.SeedRequest;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure.Disconnected;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import okhttp3.Response;
import okio.BufferedSource;

/** {@link AgentLink} over HTTP on the agent's control port; each call on a stream of its own. */
final class HttpAgentLink implements AgentLink {
  /** A run that is over waits for it; an agent that hangs is most likely why. */
  private static final Duration END_LIMIT = Duration.ofSeconds(6);

  private final ControlHttp http;
  private final AgentState state;
  private final FleetLimits limits;

  HttpAgentLink(ControlStreams streams, AgentState state, FleetLimits limits) {
    this.http = new ControlHttp(streams, state.token());
    this.state = state;
    this.limits = limits;
  }

  @Override
  public AgentState state() {
    return state;
  }

  /** Whether an agent answers at all; a state file may be left over from one that crashed. */
  boolean answers() throws InterruptedException {
    try {
      return http.get("/v1/status", limits.command(), Response::isSuccessful);
    } catch (NodeFailedException e) {
      return false;
    }
  }

  @Override
  public boolean reaches(OriginSpec origin, String token)
      throws NodeFailedException, InterruptedException {
    byte[] request = ControlCodec.encode(question(origin, token));
    return http.post(
        "/v1/reach",
        request,
        limits.command(),
        response -> ControlCodec.decodeReachAnswer(ControlHttp.message(response)).reached());
  }

  @Override
  public Map<Integer, Duration> distances(List<NearRequest.Address> members)
      throws NodeFailedException, InterruptedException {
    NearAnswer answer =
        http.post(
            "/v1/near",
            ControlCodec.encode(new NearRequest(members)),
            limits.command(),
            response -> ControlCodec.decodeNearAnswer(ControlHttp.message(response)));
    return answer.trips().stream()
        .collect(
            Collectors.toMap(
                NearAnswer.Trip::index,
                trip -> Duration.of(trip.micros(), ChronoUnit.MICROS),
                (one, other) -> one));
  }

  @Override
  public AgentEvent.Report deploy(DeployRequest request, Consumer<AgentEvent.Progress> progress)
      throws NodeFailedException, InterruptedException {
    return http.postPacked(
        "/v1/deployments",
        ControlCodec.encodePacked(request),
        limits.progress(),
        response -> follow(ControlHttp.success(response).body().source(), progress));
  }

  @Override
  public void end(String deployment) throws NodeFailedException, InterruptedException {
    byte[] request = ControlCodec.encode(new EndRequest(deployment));
    http.post("/v1/end", request, END_LIMIT, ControlHttp::success);
  }

  /** Has the agent give the archive of its image to the first who shows a token. */
  void seed(SeedRequest request) throws NodeFailedException, InterruptedException {
    http.post("/v1/seed", ControlCodec.encode(request), limits.command(), ControlHttp::success);
  }

  @Override
  public void stop() throws NodeFailedException, InterruptedException {
    http.post("/v1/stop", new byte[0], limits.command(), ControlHttp::success);
  }

  /** What an origin of ours answers only with the token; a web server may answer what it likes. */
  private static ReachRequest question(OriginSpec origin, String token) {
    return switch (origin) {
      case OriginSpec.ChunkServer server -> new ReachRequest(server.url() + "/v1/ping", token);
      case OriginSpec.WebTree web -> new ReachRequest(web.url() + "/", "");
    };
  }

  private static AgentEvent.Report follow(
      BufferedSource lines, Consumer<AgentEvent.Progress> progress) throws IOException {
    try {
      while (true) {
        // A node says what it likes, but not without end.
        switch (ControlCodec.decodeEvent(lines.readUtf8LineStrict(ControlCodec.MAX_BYTES))) {
          case AgentEvent.Progress event -> progress.accept(event);
          case AgentEvent.Report report -> {
            return report;
          }
        }
      }
    } catch (EOFException e) {
      throw new NodeFailedException(
          new Disconnected("the agent went away before it was done; see agent.log on the node"), e);
    }
  }
}
