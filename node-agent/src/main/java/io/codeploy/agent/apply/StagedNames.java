package io.codeploy.agent.apply;

import io.codeploy.chunkcache.chunk.Digest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of files in the stage: by what they will hold, so that a deployment finds what one that was
 * cut off has left, whatever else has changed in the tree. Two files never share one.
 */
final class StagedNames {
  private final Map<String, Integer> given = new HashMap<>();

  /** The name of the next file with this content. */
  Path next(Digest content) {
    String name = "f" + content.shortForm();
    int before = given.merge(name, 1, Integer::sum) - 1;
    return Path.of(before == 0 ? name : name + "-" + before);
  }
}
