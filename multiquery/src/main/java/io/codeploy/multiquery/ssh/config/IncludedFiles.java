package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.FileTrouble;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the files that an {@code Include} names, as glob(7) does. */
final class IncludedFiles {
  private IncludedFiles() {}

  /** Those that match {@code pattern}, sorted; hidden ones only where the pattern has the dot. */
  static List<Path> expand(ConfigLine line, String pattern, Path base, Path home)
      throws SshConfigException {
    if (pattern.contains("${") || (pattern.startsWith("~") && !pattern.startsWith("~/"))) {
      throw new SshConfigException(
          line.file(), line.number(), "Include " + pattern + ": write the whole path");
    }
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
    if (name.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
      return List.of(directory.resolve(name));
    }
    Pattern glob = regex(name);
    List<Path> matches = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String entryName = entry.getFileName().toString();
        boolean hidden = entryName.startsWith(".") && !name.startsWith(".");
        if (!hidden && glob.matcher(entryName).matches()) {
          matches.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new SshConfigException(line.file(), line.number(), "Include of " + FileTrouble.text(e));
    }
    matches.sort(null);
    return matches;
  }

  /** A bracket that is not closed stands for itself. */
  private static Pattern regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = glob.substring(i + 1, close).replaceAll("([\\\\\\[&^])", "\\\\$1");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
