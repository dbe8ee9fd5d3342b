package io.codeploy.cli.deploy;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Makes an agent image without a runtime out of the class path of this JVM. */
final class ReactorImage {
  private ReactorImage() {}

  /**
   * Writes {@code codeploy-agent-test-any.tar.gz} and its digest.
   *
   * @param classPath of the test, with the classes of node-agent and all that they need
   */
  static Path write(Path directory, String classPath, Path launcher)
      throws IOException, InterruptedException {
    Path content = directory.resolve("content");
    Path lib = Files.createDirectories(content.resolve("lib"));
    Path bin = Files.createDirectories(content.resolve("bin"));
    int number = 0;
    for (String element : List.of(classPath.split(File.pathSeparator, -1))) {
      Path source = Path.of(element);
      Path target = lib.resolve("%03d.jar".formatted(number++));
      if (Files.isDirectory(source)) {
        jar(source, target);
      } else if (wanted(source)) {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path agent = Files.copy(launcher, bin.resolve("node-agent"));
    Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    return archive(directory, content);
  }

  /** What the agent runs on; the rest of the class path would only be uploaded. */
  private static boolean wanted(Path jar) {
    return Files.exists(jar)
        && Stream.of(
                "node-agent",
                "chunk-cache",
                "jackson",
                "jetty",
                "okhttp",
                "okio",
                "kotlin",
                "slf4j-api",
                "zstd",
                "commons-",
                "annotations")
            .anyMatch(part -> jar.getFileName().toString().contains(part));
  }

  private static Path archive(Path directory, Path content)
      throws IOException, InterruptedException {
    Path archive = directory.resolve("codeploy-agent-test-any.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "czf", archive.toString(), "-C", content.toString(), ".")
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("tar failed");
    }
    Digest digest = Digest.of(Files.readAllBytes(archive));
    Files.writeString(directory.resolve(archive.getFileName() + ".sha256"), digest + "\n");
    return archive;
  }

  private static void jar(Path classes, Path target) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target), manifest);
        Stream<Path> files = Files.walk(classes)) {
      files.filter(Files::isRegularFile).forEach(file -> add(jar, classes, file));
    }
  }

  private static void add(JarOutputStream jar, Path classes, Path file) {
    String name = classes.relativize(file).toString();
    if (name.equals("META-INF/MANIFEST.MF")) {
      return;
    }
    try {
      jar.putNextEntry(new ZipEntry(name));
      Files.copy(file, jar);
      jar.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
