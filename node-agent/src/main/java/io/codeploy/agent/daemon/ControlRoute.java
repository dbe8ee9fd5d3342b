package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.ControlCodec;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.EndRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.control.MalformedMessageException;
import io.codeploy.agent.control.SeedRequest;
import io.codeploy.agent.plan.RemoteDir;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Answers the control port, as the page {@code agent-control.md} has it. */
final class ControlRoute implements Route {
  private static final long PROGRESS_PERIOD_MILLIS = 1000;

  private final BearerToken token;
  private final Deployments deployments;
  private final Activity activity;
  private final Path home;
  private final ImageRoute image;
  private final Inquiries inquiries;

  ControlRoute(
      BearerToken token,
      Deployments deployments,
      Activity activity,
      Path home,
      ImageRoute image,
      Inquiries inquiries) {
    this.token = token;
    this.deployments = deployments;
    this.activity = activity;
    this.home = home;
    this.image = image;
    this.inquiries = inquiries;
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    if (!token.admits(exchange)) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      refuse(exchange, 401, "the token of agent.state is wanted");
      return true;
    }
    activity.touch();
    try {
      dispatch(exchange);
    } catch (MalformedMessageException e) {
      refuse(exchange, 400, String.valueOf(e.getMessage()));
    }
    return true;
  }

  private void dispatch(Exchange exchange) throws IOException {
    switch (exchange.path()) {
      case "/v1/status" -> {
        if (allows(exchange, "GET")) {
          json(exchange, inquiries.status());
        }
      }
      case "/v1/reach" -> {
        if (allows(exchange, "POST")) {
          json(exchange, Inquiries.reach(exchange.body()));
        }
      }
      case "/v1/near" -> {
        if (allows(exchange, "POST")) {
          near(exchange);
        }
      }
      case "/v1/deployments" -> {
        if (allows(exchange, "POST")) {
          deploy(exchange, request(exchange));
        }
      }
      case "/v1/end" -> {
        if (allows(exchange, "POST")) {
          end(exchange, ControlCodec.decodeEndRequest(exchange.body()));
        }
      }
      case "/v1/seed" -> {
        if (allows(exchange, "POST")) {
          seed(exchange, ControlCodec.decodeSeedRequest(exchange.body()));
        }
      }
      case "/v1/stop" -> {
        if (allows(exchange, "POST")) {
          exchange.respond(204);
          activity.stop();
        }
      }
      default -> refuse(exchange, 404, "no such path: " + exchange.path());
    }
  }

  private void near(Exchange exchange) throws IOException {
    try {
      json(exchange, inquiries.near(exchange.body()));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static DeployRequest request(Exchange exchange) throws IOException {
    return exchange.header("Content-Encoding").filter("gzip"::equals).isPresent()
        ? ControlCodec.decodePackedRequest(exchange.body())
        : ControlCodec.decodeRequest(exchange.body());
  }

  private void deploy(Exchange exchange, DeployRequest request) throws IOException {
    RemoteDir dir;
    try {
      dir = RemoteDir.of(home, request.remoteDir());
    } catch (IOException e) {
      report(exchange, String.valueOf(e.getMessage()));
      return;
    }
    try {
      Optional<Deployment> started = deployments.start(request, dir);
      if (started.isPresent()) {
        follow(exchange, started.get());
      } else {
        refuse(exchange, 409, "a deployment to " + dir.path() + " runs; try again when it is done");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      refuse(exchange, 400, "not a DeployRequest: " + e.getMessage());
    }
  }

  private void end(Exchange exchange, EndRequest request) throws IOException {
    try {
      deployments.end(request.deployment());
      exchange.respond(204);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void seed(Exchange exchange, SeedRequest request) throws IOException {
    if (image.open(request)) {
      exchange.respond(204);
    } else {
      refuse(exchange, 404, "the archive of the agent's image is not kept here");
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the agent ends");
  }

  /**
   * Tells of a deployment to its end; if the controller is gone, the deployment goes on, abandoned,
   * unless the directory is the controller's own.
   */
  private void follow(Exchange exchange, Deployment deployment)
      throws IOException, InterruptedException {
    try (OutputStream out = events(exchange)) {
      AgentEvent event = deployment.progress();
      while (!(event instanceof AgentEvent.Report)) {
        event =
            Optional.ofNullable(
                    deployment.events().poll(PROGRESS_PERIOD_MILLIS, TimeUnit.MILLISECONDS))
                .orElseGet(deployment::progress);
        write(out, event);
      }
    } catch (IOException e) {
      abandon(deployment);
      throw e;
    }
  }

  private void abandon(Deployment deployment) throws InterruptedException {
    deployment.abandon();
    if (deployment.request().extent() instanceof Extent.Part) {
      deployments.end(deployment.request().deployment());
    }
  }

  private static void report(Exchange exchange, String error) throws IOException {
    try (OutputStream out = events(exchange)) {
      write(
          out,
          new AgentEvent.Report(
              new AgentEvent.Counts(0, 0, 0, 0, 0),
              new AgentEvent.Traffic(0, 0, 0, 0),
              List.of(error)));
    }
  }

  private static OutputStream events(Exchange exchange) throws IOException {
    exchange.setHeader("Content-Type", "application/x-ndjson");
    return exchange.stream(200);
  }

  private static void write(OutputStream out, AgentEvent event) throws IOException {
    out.write((ControlCodec.encode(event) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static boolean allows(Exchange exchange, String method) throws IOException {
    if (exchange.method().equals(method)) {
      return true;
    }
    exchange.setHeader("Allow", method);
    refuse(exchange, 405, exchange.path() + " is for " + method);
    return false;
  }

  private static void json(Exchange exchange, byte[] body) throws IOException {
    exchange.setHeader("Content-Type", "application/json");
    exchange.respond(200, ByteBuffer.wrap(body));
  }

  private static void refuse(Exchange exchange, int code, String line) throws IOException {
    exchange.setHeader("Content-Type", "text/plain; charset=utf-8");
    exchange.respond(code, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
