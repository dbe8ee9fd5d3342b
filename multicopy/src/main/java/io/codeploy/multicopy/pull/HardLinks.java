package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.shell.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which names of a source are one file on its node. */
final class HardLinks {
  private HardLinks() {}

  /** An inode that was given up while the node listed may be another file's by then. */
  private record Content(String inode, long size, long seconds, int nanos) {}

  /** The entries that are a file which has an earlier name, with the number of that. */
  static Map<Integer, Integer> firsts(RemoteSource source) {
    Map<Integer, Integer> firsts = new HashMap<>();
    Map<Content, Integer> byContent = new HashMap<>();
    List<RemoteEntry> entries = source.entries();
    for (int i = 0; i < entries.size(); i++) {
      Found found = entries.get(i).found();
      if (entries.get(i).isFile() && found.identity().isPresent()) {
        String inode = found.identity().get().inode();
        Integer first =
            byContent.putIfAbsent(
                new Content(inode, found.size(), found.seconds(), found.nanos()), i);
        if (first != null) {
          firsts.put(i, first);
        }
      }
    }
    return firsts;
  }
}
