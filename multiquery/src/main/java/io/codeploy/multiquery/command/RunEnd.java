package io.codeploy.multiquery.command;

import io.codeploy.multiquery.output.RunSummary;
import io.codeploy.multiquery.output.Screen;
import java.io.IOException;
import java.util.Optional;

/** What is left to do when a run is over: sum it up, note who failed, tell how it went. */
record RunEnd(ViewOptions views, EndOptions options, Screen screen) {
  /**
   * Does so.
   *
   * @param complaint of a view that could not do its part
   */
  ExitCode of(RunReport report, Optional<String> complaint) {
    RunSummary summary = report.summary();
    if (views.summary() && (!summary.allOk() || screen.terminal())) {
      say(summary.line(report.elapsed()));
    }
    Optional<String> unwritten = note(report);
    complaint.ifPresent(this::say);
    unwritten.ifPresent(this::say);
    ExitCode code = options.largestStatus() ? report.largestStatus() : report.code();
    return complaint.or(() -> unwritten).isPresent() ? code.or(ExitCode.USAGE) : code;
  }

  private Optional<String> note(RunReport report) {
    try {
      if (options.failedNodes().isPresent()) {
        options.failedNodes().get().update(report.well(), report.failed());
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("failed nodes cannot be written: " + e);
    }
  }

  private void say(String line) {
    screen.err().println("multiquery: " + line);
  }
}
