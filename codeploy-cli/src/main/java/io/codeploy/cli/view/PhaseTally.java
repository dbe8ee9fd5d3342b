package io.codeploy.cli.view;

import io.codeploy.agent.control.AgentEvent;
import io.codeploy.agent.control.AgentEvent.Progress;
import io.codeploy.cli.deploy.DeployEvent;
import io.codeploy.cli.deploy.DeployEvent.BarrierOpened;
import io.codeploy.cli.deploy.DeployEvent.NodeEnded;
import io.codeploy.cli.deploy.DeployEvent.NodePassed;
import io.codeploy.cli.deploy.DeployEvent.NodeProgressed;
import io.codeploy.cli.deploy.DeployEvent.Noted;
import io.codeploy.cli.deploy.DeployEvent.PhaseEnded;
import io.codeploy.cli.deploy.DeployEvent.PhaseStarted;
import io.codeploy.cli.deploy.DeployEvent.TreeScanned;
import io.codeploy.cli.deploy.NodeReport;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.node.NodeOutcome.Succeeded;
import java.util.HashMap;
import java.util.Map;

/** Counts within the phase under way: nodes by how they left it, and bytes. Used by one thread. */
final class PhaseTally {
  private final Map<Node, Progress> fetching = new HashMap<>();
  private int nodes;
  private int passed;
  private int lost;

  /** Takes every event of a run. */
  void on(DeployEvent event) {
    switch (event) {
      case PhaseStarted started -> start(started.nodes());
      case NodePassed node -> passed++;
      case NodeProgressed progressed -> progress(progressed.node(), progressed.progress());
      case NodeEnded ended -> end(ended.outcome());
      case TreeScanned scanned -> {}
      case Noted noted -> {}
      case BarrierOpened opened -> {}
      case PhaseEnded ended -> {}
    }
  }

  int nodes() {
    return nodes;
  }

  int passed() {
    return passed;
  }

  int lost() {
    return lost;
  }

  /** Plain bytes that nodes have fetched. */
  long bytesDone() {
    return fetching.values().stream().mapToLong(Progress::bytesDone).sum();
  }

  /** Plain bytes that nodes said they lack, so far. */
  long bytesTotal() {
    return fetching.values().stream().mapToLong(Progress::bytesTotal).sum();
  }

  private void start(int size) {
    nodes = size;
    passed = 0;
    lost = 0;
    fetching.clear();
  }

  private void progress(Node node, Progress progress) {
    if (progress.phase() == AgentEvent.Phase.FETCH) {
      fetching.put(node, progress);
    }
  }

  private void end(NodeOutcome<NodeReport> outcome) {
    if (outcome instanceof Succeeded<NodeReport>) {
      passed++;
    } else {
      lost++;
    }
  }
}
