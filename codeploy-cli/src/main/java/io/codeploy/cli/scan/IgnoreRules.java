package io.codeploy.cli.scan;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import nl.basjes.gitignore.GitIgnore;

/**
 * The ignore rules that hold in one directory: the patterns of the command line first, then those
 * of the {@code .codeployignore} files from this directory up to the root. The first of them that
 * says anything of a path decides, as in git; within one of them the last matching pattern.
 */
final class IgnoreRules {
  private static final String FILE_NAME = ".codeployignore";

  /** Rules and the directory that they are relative to, {@code ""} or with a trailing slash. */
  private record Level(String prefix, GitIgnore rules) {}

  private final Optional<Level> commandLine;
  private final List<Level> deepestFirst;

  private IgnoreRules(Optional<Level> commandLine, List<Level> deepestFirst) {
    this.commandLine = commandLine;
    this.deepestFirst = deepestFirst;
  }

  /** The rules of the command line alone. */
  static IgnoreRules of(List<String> excludes) throws ScanException {
    Optional<Level> commandLine =
        excludes.isEmpty()
            ? Optional.empty()
            : Optional.of(parse("", String.join("\n", excludes), "--exclude"));
    return new IgnoreRules(commandLine, List.of());
  }

  /** The rules within {@code dir}, which is at {@code prefix} below the root. */
  IgnoreRules within(Path dir, String prefix) throws ScanException {
    Path file = dir.resolve(FILE_NAME);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return this;
    }
    List<Level> levels = new ArrayList<>(deepestFirst.size() + 1);
    levels.add(parse(prefix, read(file), file.toString()));
    levels.addAll(deepestFirst);
    return new IgnoreRules(commandLine, levels);
  }

  /** Whether the entry at {@code path} below the root is to be left out. */
  boolean ignore(String path, boolean directory) {
    if (commandLine.isEmpty() && deepestFirst.isEmpty()) {
      return false;
    }
    // Patterns are lines, so none can tell a line break from another character that is no slash.
    String asked = path.replace('\n', '\u0001').replace('\r', '\u0001') + (directory ? "/" : "");
    Optional<Boolean> verdict = commandLine.flatMap(level -> verdict(level, asked));
    for (int i = 0; verdict.isEmpty() && i < deepestFirst.size(); i++) {
      verdict = verdict(deepestFirst.get(i), asked);
    }
    return verdict.orElse(false);
  }

  private static Optional<Boolean> verdict(Level level, String path) {
    return Optional.ofNullable(
        level.rules().isIgnoredFile(path.substring(level.prefix().length())));
  }

  private static String read(Path file) throws ScanException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ScanException(file + " is not valid UTF-8; save it as UTF-8", e);
    } catch (IOException e) {
      throw new ScanException("cannot read " + file + "; make it readable or remove it", e);
    }
  }

  private static Level parse(String prefix, String patterns, String source) throws ScanException {
    try {
      return new Level(prefix, new GitIgnore(patterns));
    } catch (PatternSyntaxException e) {
      throw new ScanException("a pattern of " + source + " is not gitignore syntax; mend it", e);
    }
  }
}
