package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.io.PrintStream;

/** A line on stderr for each node that failed or whose command did: {@code <node>: <why>}. */
public final class VerdictLines extends Stage {
  private final PrintStream err;

  public VerdictLines(PrintStream err, QueryListener next) {
    super(next);
    this.err = err;
  }

  @Override
  public void answered(NodeAnswer answer) {
    String name = answer.node().name();
    Verdict.of(answer.outcome()).ifPresent(why -> Lines.print(err, name + ": " + why));
    super.answered(answer);
  }
}
