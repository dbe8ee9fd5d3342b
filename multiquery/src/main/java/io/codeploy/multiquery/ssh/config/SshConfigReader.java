package io.codeploy.multiquery.ssh.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads ssh_config files and what they include. Used once. */
public final class SshConfigReader {
  private static final int MAX_DEPTH = 16;
  private static final long MAX_BYTES = 1 << 20;

  private final Path home;

  /** Patterns of {@code IgnoreUnknown} lines met so far. */
  private final List<String> ignored = new ArrayList<>();

  private final List<Path> filesRead = new ArrayList<>();

  public SshConfigReader(Path home) {
    this.home = home;
  }

  /**
   * Where a file stands.
   *
   * @param base directory at which relative includes start
   * @param guarded whether nobody else may be able to write it; as with OpenSSH those that are
   *     named on the command line, and the system's, are whatever they are, and what they include
   *     is not
   */
  private record Place(Path base, boolean guarded, int depth) {
    Place deeper() {
      return new Place(base, true, depth + 1);
    }
  }

  /** Reads {@code files} in order; those that do not exist are left out. */
  public SshConfig read(List<Path> files) throws SshConfigException {
    List<List<SshConfig.Item>> read = new ArrayList<>();
    for (Path file : files) {
      Path absolute = file.toAbsolutePath();
      Path parent = absolute.getParent();
      boolean guarded = absolute.equals(home.resolve(".ssh/config").toAbsolutePath());
      Place place = new Place(parent == null ? absolute : parent, guarded, 0);
      readFile(file, place).ifPresent(read::add);
    }
    return new SshConfig(read);
  }

  /** The files that were there, included ones too, in the order in which they were read. */
  public List<Path> filesRead() {
    return List.copyOf(filesRead);
  }

  private Optional<List<SshConfig.Item>> readFile(Path file, Place place)
      throws SshConfigException {
    Optional<List<String>> lines = lines(file, place.guarded());
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    filesRead.add(file);
    List<SshConfig.Item> items = new ArrayList<>();
    for (int i = 0; i < lines.get().size(); i++) {
      Optional<ConfigLine> line = ConfigLine.parse(file, i + 1, lines.get().get(i));
      if (line.isPresent() && !isIgnored(line.get())) {
        items.add(item(line.get(), place));
      }
    }
    return Optional.of(items);
  }

  private static Optional<List<String>> lines(Path file, boolean guarded)
      throws SshConfigException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("longer than " + MAX_BYTES + " bytes");
      }
      if (guarded) {
        Access.of(file).check(ThisMachine.userId());
      }
      // Decoded without refusing malformed bytes: comments in old encodings are common.
      return Optional.of(
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SshConfigException(file, e);
    }
  }

  private boolean isIgnored(ConfigLine line) throws SshConfigException {
    if (line.keyword().equals("ignoreunknown")) {
      ignored.addAll(Arrays.asList(line.value().toLowerCase(Locale.ROOT).split(",", -1)));
    }
    if (Keywords.isKnown(line.keyword())) {
      return false;
    }
    if (HostPatterns.match(ignored, line.keyword())) {
      return true;
    }
    throw new SshConfigException(
        line.file(),
        line.number(),
        line.keyword() + " is not a directive of ssh_config; 'IgnoreUnknown' lets it pass");
  }

  private SshConfig.Item item(ConfigLine line, Place place) throws SshConfigException {
    return switch (line.keyword()) {
      case "host" -> new SshConfig.Item.Host(line);
      case "match" -> new SshConfig.Item.Match(MatchCriteria.parse(line));
      case "include" -> included(line, place);
      default -> new SshConfig.Item.Directive(line);
    };
  }

  private SshConfig.Item included(ConfigLine line, Place place) throws SshConfigException {
    if (place.depth() == MAX_DEPTH) {
      throw new SshConfigException(
          line.file(), line.number(), "Include is nested deeper than " + MAX_DEPTH);
    }
    List<SshConfig.Item> included = new ArrayList<>();
    for (String pattern : line.arguments()) {
      for (Path file : IncludedFiles.expand(line, pattern, place.base(), home)) {
        readFile(file, place.deeper())
            .ifPresent(items -> included.add(new SshConfig.Item.Included(items)));
      }
    }
    return new SshConfig.Item.Included(included);
  }
}
