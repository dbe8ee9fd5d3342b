package io.codeploy.multiquery.connect;

import java.util.Objects;
import java.util.Optional;

/**
 * A command that ends by itself when its input ends before it does.
 *
 * @param text for a login shell; sees to that
 * @param handed the same for a shell that waits for it and has seen to that already, where it does
 *     there what it does by {@code text}
 */
public record LeashedCommand(String text, Optional<String> handed) {
  public LeashedCommand {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(handed, "handed is null");
  }

  /** One for a login shell only. */
  public static LeashedCommand of(String text) {
    return new LeashedCommand(text, Optional.empty());
  }
}
