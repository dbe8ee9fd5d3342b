package io.codeploy.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir Path temporary;
  private Path image;
  private Path bin;

  @BeforeEach
  void makeImage() throws IOException {
    image = temporary.toRealPath().resolve("my image");
    bin = Files.createDirectories(temporary.resolve("path"));
    Files.createDirectories(image.resolve("bin"));
    Files.createDirectories(image.resolve("lib"));
    Files.copy(Path.of("src/main/launcher/node-agent"), image.resolve("bin/node-agent"));
    Files.writeString(image.resolve("lib/b.jar"), "");
    Files.writeString(image.resolve("lib/a.jar"), "");
    for (String tool : List.of("dirname", "sed", "head", "uname", "sh")) {
      Files.createSymbolicLink(bin.resolve(tool), tool(tool));
    }
  }

  @Test
  void runsTheRuntimeOfItsImage() throws Exception {
    java(image.resolve("runtime/bin/java"), "25.0.1", "own");
    java(bin.resolve("java"), "21.0.1", "system");

    Result result = launch(Map.of());

    List<String> lines = result.out().lines().toList();
    assertEquals(0, result.status());
    assertEquals("own in C.UTF-8", lines.get(0));
    assertTrue(lines.contains(image.resolve("lib/a.jar") + ":" + image.resolve("lib/b.jar")));
    assertEquals(List.of("relay", "--dir", "a b"), lines.subList(lines.size() - 3, lines.size()));
    assertFalse(result.out().contains("AOTCache"));
  }

  @Test
  void takesTheAotCacheThatIsThere() throws Exception {
    java(image.resolve("runtime/bin/java"), "25.0.1", "own");
    Files.writeString(image.resolve("lib/agent.aot"), "");

    Result result = launch(Map.of());

    assertTrue(result.out().contains("-XX:AOTCache=" + image.resolve("lib/agent.aot")));
  }

  @Test
  void runsAnotherJavaWhereItsOwnDoesNotRun() throws Exception {
    Path own = image.resolve("runtime/bin/java");
    java(own, "25.0.1", "own");
    Files.writeString(own, "#!/bin/sh\nexit 126\n");
    java(bin.resolve("java"), "17.0.1", "old");
    java(temporary.resolve("jdk/bin/java"), "21.0.2", "home");

    Result result = launch(Map.of("JAVA_HOME", temporary.resolve("jdk").toString()));

    assertEquals("home in C.UTF-8", result.out().lines().findFirst().orElse(""));
  }

  @Test
  void endsWithOneLineWhereNoJavaIsGoodEnough() throws Exception {
    java(bin.resolve("java"), "1.8.0_352", "ancient");

    Result result = launch(Map.of());

    assertEquals(3, result.status());
    assertEquals(1, result.out().lines().count());
    assertTrue(result.out().startsWith("node-agent: no Java of at least 21"), result.out());
  }

  private record Result(int status, String out) {}

  private Result launch(Map<String, String> environment) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh", image.resolve("bin/node-agent").toString(), "relay", "--dir", "a b")
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out);
  }

  private static Path tool(String name) {
    Path usual = Path.of("/usr/bin", name);
    return Files.exists(usual) ? usual : Path.of("/bin", name);
  }

  private static void java(Path file, String version, String name) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2026-01-01' >&2
          exit 0
        fi
        echo "%s in $LC_ALL"
        for argument in "$@"; do
          echo "$argument"
        done
        """
            .formatted(version, name));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
