package io.codeploy.chunkcache.origin;

import io.codeploy.chunkcache.manifest.RegularFile;
import java.util.Locale;

/**
 * Sorts files by what a web server might make of them: run them, hide them, or alter them. The
 * controller tries one file of each kind and offers copies of those kinds that do not come through
 * as they are; nodes then fetch the copies.
 */
public final class FileKind {
  private FileKind() {}

  /**
   * {@code exec} if anybody may execute the file; else {@code dot} if a name in its path begins
   * with a dot; else {@code odd} if its path holds a control character or one of {@code %?#;\\},
   * which many servers refuse even when escaped; else {@code ext:} and its extension in lower case;
   * else {@code plain}.
   */
  public static String of(RegularFile file) {
    if (file.executable()) {
      return "exec";
    }
    if (file.path().names().stream().anyMatch(name -> name.startsWith("."))) {
      return "dot";
    }
    if (file.path().value().chars().anyMatch(FileKind::odd)) {
      return "odd";
    }
    String name = file.path().name();
    int dot = name.lastIndexOf('.');
    boolean extension = dot > 0 && dot < name.length() - 1;
    return extension ? "ext:" + name.substring(dot + 1).toLowerCase(Locale.ROOT) : "plain";
  }

  private static boolean odd(int character) {
    return character < ' ' || character == 0x7F || "%?#;\\".indexOf(character) >= 0;
  }
}
