package io.codeploy.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Traffic;
import io.codeploy.cli.deploy.DeployEvent;
import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.cli.deploy.DeployEvent.TreeScanned;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.cli.deploy.TreeSize;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Failed;
import io.codeploy.multiquery.node.NodeOutcome.NotRun;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import io.codeploy.multiquery.output.Cause;
import java.io.IOException;
import java.util.Locale;

/** The members of the object of each kind of event. Names are never changed, only added to. */
final class JsonEvents {
  private JsonEvents() {}

  static void write(DeployEvent event, JsonGenerator json) throws IOException {
    switch (event) {
      case PhaseStarted started -> {
        json.writeStringField("event", "phaseStarted");
        json.writeStringField("phase", PhaseNames.of(started.phase()));
        json.writeNumberField("nodes", started.nodes());
      }
      case TreeScanned scanned -> {
        json.writeStringField("event", "scanned");
        writeTree(scanned.tree(), json);
      }
      case Noted noted -> {
        json.writeStringField("event", "note");
        json.writeStringField("message", noted.message());
      }
      case NodePassed passed -> {
        json.writeStringField("event", "nodePassed");
        json.writeStringField("node", passed.node().name());
        json.writeStringField("phase", PhaseNames.of(passed.phase()));
      }
      case BarrierOpened opened -> {
        json.writeStringField("event", "barrierOpened");
        json.writeStringField("phase", PhaseNames.of(opened.phase()));
        json.writeNumberField("arrived", opened.arrived());
        json.writeArrayFieldStart("stragglers");
        for (Node straggler : opened.stragglers()) {
          json.writeString(straggler.name());
        }
        json.writeEndArray();
        json.writeNumberField("afterMillis", opened.after().toMillis());
      }
      case NodeProgressed progressed -> writeProgress(progressed, json);
      case NodeEnded ended -> writeEnd(ended, json);
      case PhaseEnded ended -> {
        json.writeStringField("event", "phaseEnded");
        json.writeStringField("phase", PhaseNames.of(ended.phase()));
        json.writeNumberField("elapsedMillis", ended.elapsed().toMillis());
      }
    }
  }

  static void writeSummary(DeployResult result, JsonGenerator json) throws IOException {
    json.writeStringField("event", "summary");
    json.writeNumberField("nodes", result.nodes().size());
    json.writeNumberField("succeeded", count(result, Succeeded.class));
    json.writeNumberField("failed", count(result, Failed.class));
    json.writeNumberField("notRun", count(result, NotRun.class));
    json.writeNumberField("stragglers", stragglers(result));
    json.writeBooleanField("interrupted", result.interrupted());
    writeTree(result.tree(), json);
    json.writeNumberField("bytesFromOrigin", result.originBytes());
    json.writeNumberField("bytesOfStar", result.deliveredBytes());
    writeTraffic(result.traffic(), json);
    json.writeNumberField("elapsedMillis", result.elapsed().toMillis());
  }

  private static void writeProgress(NodeProgressed progressed, JsonGenerator json)
      throws IOException {
    json.writeStringField("event", "nodeProgress");
    json.writeStringField("node", progressed.node().name());
    json.writeStringField("step", progressed.progress().phase().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("bytesDone", progressed.progress().bytesDone());
    json.writeNumberField("bytesTotal", progressed.progress().bytesTotal());
  }

  private static void writeEnd(NodeEnded ended, JsonGenerator json) throws IOException {
    json.writeStringField("event", "nodeEnded");
    json.writeStringField("node", ended.node().name());
    NodeOutcome<NodeReport> outcome = ended.outcome();
    switch (outcome) {
      case Succeeded<NodeReport> succeeded -> {
        json.writeStringField("outcome", "succeeded");
        json.writeNumberField("elapsedMillis", succeeded.elapsed().toMillis());
        writeCounts(succeeded.value().counts(), json);
        writeTraffic(succeeded.value().traffic(), json);
      }
      case Failed<NodeReport> failed -> {
        json.writeStringField("outcome", "failed");
        json.writeNumberField("elapsedMillis", failed.elapsed().toMillis());
        json.writeStringField("cause", Cause.of(failed.failure()).text());
        json.writeStringField("message", failed.failure().message());
      }
      case NotRun<NodeReport> notRun -> {
        json.writeStringField("outcome", "notRun");
        json.writeStringField("reason", notRun.reason().word());
      }
    }
  }

  private static void writeTree(TreeSize tree, JsonGenerator json) throws IOException {
    json.writeNumberField("files", tree.files());
    json.writeNumberField("contentBytes", tree.contentBytes());
    json.writeNumberField("transportedBytes", tree.transportedBytes());
  }

  private static void writeCounts(Counts counts, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("counts");
    json.writeNumberField("unchanged", counts.unchanged());
    json.writeNumberField("created", counts.created());
    json.writeNumberField("updated", counts.updated());
    json.writeNumberField("attributes", counts.attributes());
    json.writeNumberField("deleted", counts.deleted());
    json.writeEndObject();
  }

  private static void writeTraffic(Traffic traffic, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("traffic");
    json.writeNumberField("fromOrigin", traffic.fromOrigin());
    json.writeNumberField("fromPeers", traffic.fromPeers());
    json.writeNumberField("fromStore", traffic.fromStore());
    json.writeNumberField("served", traffic.served());
    json.writeEndObject();
  }

  private static long stragglers(DeployResult result) {
    return result.nodes().stream()
        .filter(
            node ->
                node.outcome() instanceof Failed<NodeReport> failed
                    && (failed.failure() instanceof NodeFailure.Straggler
                        || failed.failure() instanceof NodeFailure.LeftBehind))
        .count();
  }

  private static long count(DeployResult result, Class<?> kind) {
    return result.nodes().stream().filter(node -> kind.isInstance(node.outcome())).count();
  }
}
