package io.codeploy.multiquery.command;

import io.codeploy.multiquery.prompt.Keyboard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Opens the keyboard of a prompt; there is none where nobody sits at a terminal. */
@FunctionalInterface
interface Keyboards {
  /**
   * The one of this process; the caller closes it.
   *
   * @param history where lines are kept, if they are
   * @param groups names to complete from
   */
  Keyboard open(Optional<Path> history, Supplier<Set<String>> groups) throws IOException;
}
