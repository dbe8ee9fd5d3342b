package io.codeploy.multiquery.output;

import io.codeploy.multiquery.node.NodeNames;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * At the end, a line on stderr for all nodes that failed alike: {@code <nodes>: <why>}, in the
 * order of the list.
 */
public final class FoldedVerdicts extends Stage {
  private final SortedMap<Integer, Failed> failed = new TreeMap<>();
  private final PrintStream err;

  private record Failed(String node, String why) {}

  public FoldedVerdicts(PrintStream err, QueryListener next) {
    super(next);
    this.err = err;
  }

  @Override
  public void answered(NodeAnswer answer) {
    String name = answer.node().name();
    Verdict.of(answer.outcome()).ifPresent(why -> failed.put(answer.rank(), new Failed(name, why)));
    super.answered(answer);
  }

  @Override
  public void ended() {
    super.ended();
    Map<String, List<String>> nodesByWhy = new LinkedHashMap<>();
    for (Failed one : failed.values()) {
      nodesByWhy.computeIfAbsent(one.why(), any -> new ArrayList<>()).add(one.node());
    }
    nodesByWhy.forEach((why, nodes) -> Lines.print(err, NodeNames.fold(nodes) + ": " + why));
  }
}
