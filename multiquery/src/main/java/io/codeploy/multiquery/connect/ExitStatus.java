package io.codeploy.multiquery.connect;

/** How a remote command ended. */
public sealed interface ExitStatus {
  /** It exited with {@code code}, 0 .. 255. */
  record Exited(int code) implements ExitStatus {}

  /** A signal killed it; {@code name} without SIG, such as {@code KILL}. */
  record Signalled(String name) implements ExitStatus {}

  /** Whether it exited with 0. */
  default boolean success() {
    // A record is compared by code that is made at run time, 10 ms at the end of each run.
    return this instanceof Exited exited && exited.code() == 0;
  }
}
