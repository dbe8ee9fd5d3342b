package io.codeploy.multiquery.connect;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A command that ends by itself when its input ends before it does. */
public final class LeashedCommand {
  private final String text;
  private final Supplier<Optional<String>> handed;

  /**
   * One for any shell.
   *
   * @param text for a login shell; sees to the end
   * @param handed see {@link #handed}; asked for only where there may be such a shell
   */
  public LeashedCommand(String text, Supplier<Optional<String>> handed) {
    this.text = Objects.requireNonNull(text, "text is null");
    this.handed = Objects.requireNonNull(handed, "handed is null");
  }

  /** One for a login shell only. */
  public static LeashedCommand of(String text) {
    return new LeashedCommand(text, Optional::empty);
  }

  /** The same with another text for a login shell. */
  public LeashedCommand withText(String other) {
    return new LeashedCommand(other, handed);
  }

  /** For a login shell; sees to the end. */
  public String text() {
    return text;
  }

  /**
   * The same for a shell that waits for it and has seen to the end already; empty where it would
   * not do there what it does by {@link #text}.
   */
  public Optional<String> handed() {
    return handed.get();
  }
}
