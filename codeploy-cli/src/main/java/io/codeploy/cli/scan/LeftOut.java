package io.codeploy.cli.scan;

import io.codeploy.chunkcache.ignore.IgnorePatterns;
import io.codeploy.chunkcache.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is left out in one directory: the patterns of the command line decide first, then those of
 * the {@code .codeployignore} files from this directory up to the root.
 */
final class LeftOut {
  private static final String FILE_NAME = ".codeployignore";

  /** What some editors write before the first line; no part of it, as in git. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final IgnoreRules commandLine;
  private final IgnoreRules deepestFirst;

  /** All patterns of the tree that have been read. */
  private final List<IgnorePatterns> all;

  private LeftOut(IgnoreRules commandLine, IgnoreRules deepestFirst, List<IgnorePatterns> all) {
    this.commandLine = commandLine;
    this.deepestFirst = deepestFirst;
    this.all = all;
  }

  /** What the command line says alone. */
  static LeftOut of(List<String> excludes) {
    List<IgnorePatterns> patterns =
        excludes.isEmpty()
            ? List.of()
            : List.of(new IgnorePatterns("", String.join("\n", excludes)));
    return new LeftOut(IgnoreRules.of(patterns), IgnoreRules.NONE, new ArrayList<>(patterns));
  }

  /** The same within {@code dir}, which is at {@code prefix} below the root. */
  LeftOut within(Path dir, String prefix) throws ScanException {
    Path file = dir.resolve(FILE_NAME);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return this;
    }
    IgnorePatterns patterns = new IgnorePatterns(prefix, read(file));
    all.add(patterns);
    return new LeftOut(commandLine, deepestFirst.after(patterns), all);
  }

  /** Whether the entry at {@code path} below the root is to be left out. */
  boolean ignore(String path, boolean directory) {
    return commandLine
        .verdict(path, directory)
        .or(() -> deepestFirst.verdict(path, directory))
        .orElse(false);
  }

  /**
   * All patterns that have been read, in the order in which they are asked; for the whole tree, as
   * a directory's are about nothing outside of it.
   */
  List<IgnorePatterns> patterns() {
    int typed = commandLine.isEmpty() ? 0 : 1;
    List<IgnorePatterns> inOrder = new ArrayList<>(all);
    // Longer paths first, so that no directory comes before one that is in it.
    inOrder.subList(typed, inOrder.size()).sort(Comparator.comparing(one -> -one.below().length()));
    return inOrder.stream()
        .map(IgnorePatterns::condensed)
        .filter(one -> !one.patterns().isEmpty())
        .toList();
  }

  private static String read(Path file) throws ScanException {
    try {
      String text = Files.readString(file);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ScanException(file + " is not valid UTF-8; save it as UTF-8", e);
    } catch (IOException e) {
      throw new ScanException("cannot read " + file + "; make it readable or remove it", e);
    }
  }
}
