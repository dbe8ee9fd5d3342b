package io.codeploy.multiquery.ssh.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ssh_config files and what they include. */
public final class SshConfigReader {
  private static final int MAX_DEPTH = 16;
  private static final long MAX_BYTES = 1 << 20;

  private final Path home;

  public SshConfigReader(Path home) {
    this.home = home;
  }

  /** Reads {@code files} in order; those that do not exist are left out. */
  public SshConfig read(List<Path> files) throws SshConfigException {
    List<List<SshConfig.Item>> read = new ArrayList<>();
    for (Path file : files) {
      Path parent = file.toAbsolutePath().getParent();
      Path base = parent == null ? file.toAbsolutePath() : parent;
      Optional<List<SshConfig.Item>> items = readFile(file, base, 0);
      items.ifPresent(read::add);
    }
    return new SshConfig(read);
  }

  private Optional<List<SshConfig.Item>> readFile(Path file, Path base, int depth)
      throws SshConfigException {
    List<String> lines;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("longer than " + MAX_BYTES + " bytes");
      }
      // Decoded without refusing malformed bytes: comments in old encodings are common.
      lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SshConfigException(file, e);
    }
    List<SshConfig.Item> items = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Optional<ConfigLine> line = ConfigLine.parse(file, i + 1, lines.get(i));
      if (line.isPresent()) {
        items.add(item(line.get(), base, depth));
      }
    }
    return Optional.of(items);
  }

  private SshConfig.Item item(ConfigLine line, Path base, int depth) throws SshConfigException {
    switch (line.keyword()) {
      case "host", "match" -> {
        MatchCriteria.check(line);
        return new SshConfig.Item.Selector(line);
      }
      case "include" -> {
        if (depth == MAX_DEPTH) {
          throw new SshConfigException(
              line.file(), line.number(), "Include is nested deeper than " + MAX_DEPTH);
        }
        List<SshConfig.Item> included = new ArrayList<>();
        for (String pattern : line.arguments()) {
          for (Path file : expand(line, pattern, base)) {
            readFile(file, base, depth + 1)
                .ifPresent(items -> included.add(new SshConfig.Item.Included(items)));
          }
        }
        return new SshConfig.Item.Included(included);
      }
      default -> {
        return new SshConfig.Item.Directive(line);
      }
    }
  }

  private List<Path> expand(ConfigLine line, String pattern, Path base) throws SshConfigException {
    Path path =
        pattern.startsWith("~/") ? home.resolve(pattern.substring(2)) : base.resolve(pattern);
    List<Path> paths = new ArrayList<>(List.of(path.getRoot()));
    for (Path name : path) {
      List<Path> next = new ArrayList<>();
      for (Path directory : paths) {
        next.addAll(step(line, directory, name.toString()));
      }
      paths = next;
    }
    return paths.stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> step(ConfigLine line, Path directory, String name)
      throws SshConfigException {
    if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
      return List.of(directory.resolve(name));
    }
    List<Path> matches = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String entryName = entry.getFileName().toString();
        boolean hidden = entryName.startsWith(".") && !name.startsWith(".");
        if (!hidden && HostPatterns.glob(name, entryName)) {
          matches.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new SshConfigException(
          line.file(), line.number(), "Include of " + directory + ": " + e);
    }
    matches.sort(null);
    return matches;
  }
}
