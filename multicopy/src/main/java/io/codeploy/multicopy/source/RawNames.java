package io.codeploy.multicopy.source;

import io.codeploy.multiquery.shell.Script;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The bytes of names on the local disk, also of those that are no UTF-8: strings have a substitute
 * in place of such bytes, but URIs have them all, and paths are made of URIs, too.
 */
public final class RawNames {
  private static final char SUBSTITUTE = '\ufffd';

  private RawNames() {}

  /** The last name of {@code path} in {@link Wire} form. */
  public static String last(Path path) {
    String name = String.valueOf(path.getFileName());
    if (name.indexOf(SUBSTITUTE) < 0) {
      return Wire.of(name);
    }
    String all = bytes(path);
    return all.substring(all.lastIndexOf('/') + 1);
  }

  /** The text of a link in {@link Wire} form. */
  public static String text(Path target) {
    if (target.toString().indexOf(SUBSTITUTE) < 0) {
      return Wire.of(target.toString());
    }
    String all = bytes(target);
    return target.isAbsolute() ? all : all.substring(bytes(Path.of("")).length() + 1);
  }

  /**
   * Whether {@code path} says what it stands for. What has the substitute in it may have it as its
   * own; of a path of another file system than that of here there are no bytes to tell by.
   */
  public static boolean isText(Path path) {
    String text = path.toString();
    return text.indexOf(SUBSTITUTE) < 0
        || (path.getFileSystem() == FileSystems.getDefault() && text(path).equals(Wire.of(text)));
  }

  /** What {@code relative}, perhaps of another file system, is called in {@code directory}. */
  public static Path in(Path directory, Path relative) {
    // As text two names might become one.
    return relative.getFileSystem() == directory.getFileSystem()
        ? directory.resolve(relative)
        : directory.resolve(relative.toString());
  }

  /**
   * Makes a link here whose text is these bytes, in {@link Wire} form. Java's paths have no slash
   * at their end and no two in a row, so that {@code ln} has to make links to such.
   */
  public static void link(Path link, String wire) throws IOException {
    Path target = path(wire);
    if (text(target).equals(wire)) {
      Files.createSymbolicLink(link, target);
      return;
    }
    // In a directory ln would make it, and be content.
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(link.toString());
    }
    String command = "ln -s -- %s %s".formatted(Script.quoted(wire), Script.quoted(bytes(link)));
    Process sh =
        new ProcessBuilder("sh")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // As input: arguments would have to be text.
    try (OutputStream in = sh.getOutputStream()) {
      in.write(Wire.bytes(command));
    }
    try {
      if (sh.waitFor() != 0) {
        throw new FileSystemException(link.toString(), null, "cannot be made by ln");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while ln made a link");
    }
  }

  /**
   * The path of these bytes, in {@link Wire} form, relative unless it begins with a slash.
   *
   * @throws IllegalArgumentException if no path can be so called
   */
  public static Path path(String wire) {
    if (wire.chars().allMatch(c -> c > 0 && c < 0x80)) {
      return Path.of(wire);
    }
    StringBuilder uri = new StringBuilder(wire.startsWith("/") ? "file://" : "file:///");
    for (int i = 0; i < wire.length(); i++) {
      char c = wire.charAt(i);
      uri.append(c == '/' ? "/" : "%%%02x".formatted((int) c));
    }
    Path absolute = Path.of(URI.create(uri.toString()));
    return wire.startsWith("/") ? absolute : Path.of("/").relativize(absolute);
  }

  /** The absolute path; a slash at its end only tells that it is a directory now. */
  private static String bytes(Path path) {
    String raw = path.toUri().getRawPath();
    StringBuilder bytes = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.append((char) HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 2;
      } else {
        bytes.append(raw.charAt(i));
      }
    }
    int end = bytes.length();
    while (end > 0 && bytes.charAt(end - 1) == '/') {
      end--;
    }
    return bytes.substring(0, end);
  }
}
