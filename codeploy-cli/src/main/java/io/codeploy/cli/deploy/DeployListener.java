package io.codeploy.cli.deploy;

/** Is told what happens in a run. Called by one thread at a time, in order; may block. */
@FunctionalInterface
public interface DeployListener {
  /** Takes the next event. */
  void on(DeployEvent event);
}
