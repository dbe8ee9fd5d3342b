package io.codeploy.cli.view;

import io.codeploy.cli.deploy.Phase;

/** What phases are called. */
final class PhaseNames {
  private PhaseNames() {}

  static String of(Phase phase) {
    return switch (phase) {
      case SCAN -> "scan";
      case AGENTS -> "agents";
      case ORIGIN -> "origin";
      case TRANSFER -> "transfer";
    };
  }
}
