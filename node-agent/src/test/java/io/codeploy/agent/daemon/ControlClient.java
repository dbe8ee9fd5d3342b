package io.codeploy.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.ControlCodec;
import io.codeploy.agent.control.DeployRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Talks with a control port as the format page has it. */
record ControlClient(AgentState state) {
  /** Status and body of an answer. */
  record Answer(int status, String body) {}

  Answer get(String path) throws IOException {
    return answer(open("GET", path));
  }

  Answer post(String path, byte[] body) throws IOException {
    HttpURLConnection connection = open("POST", path);
    send(connection, body);
    return answer(connection);
  }

  /** Runs a deployment to its report. */
  List<AgentEvent> deploy(DeployRequest request) throws IOException {
    Answer answer = post("/v1/deployments", ControlCodec.encode(request));
    if (answer.status() != 200) {
      throw new IOException(answer.toString());
    }
    List<AgentEvent> events = new ArrayList<>();
    for (String line : answer.body().lines().toList()) {
      events.add(ControlCodec.decodeEvent(line));
    }
    return events;
  }

  AgentEvent.Report report(DeployRequest request) throws IOException {
    List<AgentEvent> events = deploy(request);
    return (AgentEvent.Report) events.get(events.size() - 1);
  }

  HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + state.controlPort() + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + state.token());
    return connection;
  }

  static void send(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Answer(status, body == null ? "" : new String(body.readAllBytes(), UTF_8));
    }
  }
}
