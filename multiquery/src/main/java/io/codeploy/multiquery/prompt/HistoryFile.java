package io.codeploy.multiquery.prompt;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.codeploy.multiquery.connect.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file of lines typed before, which may hold what is nobody else's business.
 *
 * @param directory that it is in
 */
public record HistoryFile(Path directory) {
  /** The one of a user: in {@code XDG_STATE_HOME}, if that is set, or {@code ~/.local/state}. */
  public static HistoryFile of(Path home, Map<String, String> environment) {
    // A relative one is to be ignored, says the specification.
    Path state =
        Optional.ofNullable(environment.get("XDG_STATE_HOME"))
            .filter(path -> path.startsWith("/"))
            .map(Path::of)
            .orElse(home.resolve(".local/state"));
    return new HistoryFile(state.resolve("codeploy"));
  }

  Path file() {
    return directory.resolve("multiquery_history");
  }

  /**
   * Makes it, if it is not there, and keeps others from reading it.
   *
   * @return the file
   * @throws IOException if that cannot be done; one line for people
   */
  public Path prepare() throws IOException {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, asFileAttribute(fromString("rwx------")));
      }
      if (!Files.exists(file())) {
        Files.createFile(file(), asFileAttribute(fromString("rw-------")));
      }
      return Files.setPosixFilePermissions(file(), fromString("rw-------"));
    } catch (IOException e) {
      throw new IOException("lines are not kept: " + FileTrouble.text(e), e);
    }
  }
}
