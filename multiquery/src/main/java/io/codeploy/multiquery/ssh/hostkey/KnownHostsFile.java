package io.codeploy.multiquery.ssh.hostkey;

import io.codeploy.multiquery.ssh.config.HostPatterns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A known_hosts file, indexed: plain names by name; hashed names by key; patterns and what is
 * marked under hashed names, which only a trial can tell, in a list. Lines that cannot be parsed
 * know nobody. Immutable.
 */
final class KnownHostsFile {
  private final Map<String, List<KnownHost>> byName = new HashMap<>();
  private final List<KnownHost> withPatterns = new ArrayList<>();

  /** Hashed names, by key: a key is on few lines, and trying them all for each host is costly. */
  private final Map<String, List<Hidden>> hidden = new HashMap<>();

  private record Hidden(HashedName name, KnownHost host) {}

  private KnownHostsFile() {}

  /** Reads {@code file}; one that does not exist is empty. */
  static KnownHostsFile read(Path file) throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException | NotDirectoryException e) {
      text = "";
    }
    return parse(text, file);
  }

  static KnownHostsFile parse(String text, Path file) {
    KnownHostsFile index = new KnownHostsFile();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      KnownHost.parse(lines.get(i), file, i + 1).ifPresent(index::add);
    }
    return index;
  }

  private void add(KnownHost host) {
    if (host.hashed() && host.marker() == KnownHost.Marker.NONE) {
      HashedName.parse(host.names().getFirst())
          .map(name -> new Hidden(name, host))
          .ifPresent(h -> hidden.computeIfAbsent(host.key(), k -> new ArrayList<>(1)).add(h));
    } else if (!host.hashed() && host.names().stream().allMatch(KnownHostsFile::plain)) {
      for (String name : host.names()) {
        byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), k -> new ArrayList<>()).add(host);
      }
    } else {
      withPatterns.add(host);
    }
  }

  private static boolean plain(String name) {
    return name.indexOf('*') < 0 && name.indexOf('?') < 0 && !name.startsWith("!");
  }

  boolean hidesSome() {
    return !hidden.isEmpty();
  }

  /** Whether a line hides {@code name} and has {@code key}, base64. */
  boolean hides(String name, String key) {
    HashedName.Trial trial = new HashedName.Trial(name);
    return hidden.getOrDefault(key, List.of()).stream().anyMatch(h -> trial.fits(h.name()));
  }

  /** The lines that hide {@code name}, in the order of the file. Tries them all. */
  List<KnownHost> unhide(String name) {
    HashedName.Trial trial = new HashedName.Trial(name);
    return hidden.values().stream()
        .flatMap(List::stream)
        .filter(h -> trial.fits(h.name()))
        .map(Hidden::host)
        .sorted(Comparator.comparingInt(KnownHost::line))
        .toList();
  }

  /**
   * The lines that list {@code name}, which is {@code host} or {@code [host]:port}, but for keys
   * under a hashed name.
   */
  List<KnownHost> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<KnownHost> found = new ArrayList<>(byName.getOrDefault(lower, List.of()));
    for (KnownHost host : withPatterns) {
      boolean listed =
          host.hashed()
              ? HashedName.hides(host.names().getFirst(), lower)
              : HostPatterns.match(host.names(), lower);
      if (listed) {
        found.add(host);
      }
    }
    return found;
  }
}
