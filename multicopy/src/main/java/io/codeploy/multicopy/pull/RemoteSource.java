package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Change;
import io.codeploy.multicopy.source.Wire;
import java.util.List;

/**
 * A source of a pull, after expansion on its node.
 *
 * @param path as the node has it, in wire form
 * @param name what it is called in a directory that takes it, in wire form
 * @param entries at least one, the source itself; each directory before what is in it
 */
record RemoteSource(String path, String name, List<RemoteEntry> entries) {
  RemoteSource {
    entries = List.copyOf(entries);
  }

  /** Where the node has {@code entry}, in wire form. */
  String path(RemoteEntry entry) {
    return entry.name().isEmpty() ? path : path + "/" + entry.name();
  }

  /** A path in wire form, for people: with escapes where it is no UTF-8. */
  static String text(String path) {
    String plain = path.startsWith("./") ? path.substring(2) : path;
    String text = Wire.text(plain);
    return Wire.of(text).equals(plain) ? text : Change.shown(plain);
  }
}
