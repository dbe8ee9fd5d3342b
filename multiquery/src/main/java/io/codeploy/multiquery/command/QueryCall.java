package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.output.Noticed;
import io.codeploy.multiquery.output.OpeningNotice;
import io.codeploy.multiquery.output.Running;
import io.codeploy.multiquery.output.Screen;
import io.codeploy.multiquery.query.QueryEngine;
import io.codeploy.multiquery.query.QueryListener;
import io.codeploy.multiquery.query.QueryRequest;
import java.io.IOException;
import java.util.List;

/** Runs requests over one connector, and shows what comes of them. */
record QueryCall(Connector connector, TimeSource time, Surroundings surroundings, Screen screen) {
  /** Who else takes part in a run. */
  @FunctionalInterface
  interface Company {
    /** {@code views}, or a listener that passes everything on to them. */
    default QueryListener beside(QueryListener views) {
      return views;
    }

    /** Has {@code show}, which tells how things stand, called when the operator asks. */
    void onInterrupt(Runnable show);
  }

  /**
   * Runs {@code request} to its end.
   *
   * @throws IOException if a directory for outputs cannot be made
   */
  ExitCode run(QueryRequest request, ViewOptions view, EndOptions end, Company company)
      throws IOException {
    Views views = new Views(view, screen, surroundings.temporary());
    QueryListener listener =
        new Noticed(
            company.beside(views.listener(request.nodes())),
            new OpeningNotice("multiquery", request.nodes().size(), surroundings.err()));
    Running running = new Running(listener, time, request.nodes().size());
    company.onInterrupt(() -> surroundings.err().println("\nmultiquery: " + running.line()));
    long start = time.nanoTime();
    QueryEngine engine =
        new QueryEngine(
            connector, time, surroundings.temporary(), surroundings.controls().steering());
    List<NodeOutcome<ExitStatus>> outcomes = engine.run(request, running);
    RunReport report =
        new RunReport(request.nodes(), outcomes, request.pace().barrier(), time.since(start));
    RunEnd.Report told = report.told(end.largestStatus(), screen.terminal());
    return new RunEnd("multiquery", view.summary(), end.failedNodes(), screen.err())
        .of(told, views.complaint());
  }
}
