package io.codeploy.agent.plan;

import io.codeploy.chunkcache.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What is never removed below the root, nor what is in it or holds it. */
final class Spared {
  private final Set<Path> places;
  private final IgnoreRules rules;

  /** Where what is below the root begins in the text of a path. */
  private final int start;

  /**
   * @param places of the agent: real paths
   * @param rules that leave out of the tree what is the node's own
   */
  Spared(Path root, Set<Path> places, IgnoreRules rules) {
    this.places = Set.copyOf(places);
    this.rules = rules;
    this.start = root.resolve("x").toString().length() - 1;
  }

  /** The text of {@code path}, which is below the root, from there. */
  String relative(Path path) {
    return path.toString().substring(start);
  }

  /** Whether {@code path} itself is spared; what it is in is not. */
  boolean keeps(Path path, boolean folder) {
    return places.stream().anyMatch(path::startsWith)
        || rules.verdict(relative(path), folder).orElse(false);
  }

  /** Whether {@code path} is a directory that one of the agent's places is in. */
  boolean holdsPlace(Path path) {
    return places.stream().anyMatch(place -> place.startsWith(path));
  }

  /**
   * What keeps {@code path} from being removed with all that is in it, which is looked through.
   *
   * @return the first such path, from the root
   */
  Optional<String> within(Path path) throws IOException {
    boolean folder = OnDisk.at(path) instanceof OnDisk.Folder;
    if (keeps(path, folder)) {
      return Optional.of(relative(path));
    }
    if (!folder || rules.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
      for (Path child : children) {
        Optional<String> kept = within(child);
        if (kept.isPresent()) {
          return kept;
        }
      }
    }
    return Optional.empty();
  }
}
