package io.codeploy.multiquery.ssh.config;

/** Decides {@code Match exec}. */
@FunctionalInterface
interface ConditionRunner {
  /** Whether {@code command} exits with 0. */
  boolean run(ConfigLine line, String command)
      throws UnsupportedDirectiveException, InterruptedException;
}
