package io.codeploy.multiquery.ssh.hostkey;

import io.codeploy.multiquery.ssh.config.HostPatterns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A known_hosts file, indexed: plain names by name; patterns and hashed names, which only a trial
 * can tell, in lists. Lines that cannot be parsed know nobody. Immutable.
 */
final class KnownHostsFile {
  private final Map<String, List<KnownHost>> byName = new HashMap<>();
  private final List<KnownHost> withPatterns = new ArrayList<>();
  private final List<KnownHost> hashed = new ArrayList<>();

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
    if (host.hashed()) {
      hashed.add(host);
    } else if (host.names().stream().allMatch(KnownHostsFile::plain)) {
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

  /** The lines that list {@code name}, which is {@code host} or {@code [host]:port}. */
  List<KnownHost> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<KnownHost> found = new ArrayList<>(byName.getOrDefault(lower, List.of()));
    for (KnownHost host : withPatterns) {
      if (HostPatterns.match(host.names(), lower)) {
        found.add(host);
      }
    }
    for (KnownHost host : hashed) {
      if (HashedName.hides(host.names().getFirst(), lower)) {
        found.add(host);
      }
    }
    return found;
  }
}
