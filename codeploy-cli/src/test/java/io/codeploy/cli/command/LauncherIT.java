package io.codeploy.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  /** Tells what it was started with. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "${LC_ALL-unset}${JAVA_TOOL_OPTIONS-}${JDK_JAVA_OPTIONS-}${_JAVA_OPTIONS-}"
      for argument do echo "$argument"; done
      """;

  @TempDir Path temporary;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = temporary.toRealPath().resolve("a home");
    Files.createDirectories(home.resolve("lib"));
    write(home.resolve("bin/multiquery"), launcher(""));
    write(home.resolve("bin/multicopy"), launcher("$home/lib/b.jar"));
    write(home.resolve("runtime/bin/java"), JAVA);
  }

  private static String launcher(String relay) throws IOException {
    return Files.readString(Path.of("src/main/launcher/launcher"))
        .replace("@main@", "io.example.Main")
        .replace("@cache@", "cli")
        .replace("@flags@", "-Xflag")
        .replace("@classpath@", "\"$home/lib/a.jar\"")
        .replace("@relay@", '"' + relay + '"');
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<String> launch(Path launcher, Map<String, String> environment)
      throws Exception {
    return launch(launcher, environment, "a b", "");
  }

  private static List<String> launch(
      Path launcher, Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.matches("LANG|LC_.*|MQ_.*|TMPDIR"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    return said.lines().toList();
  }

  private List<String> expected(String locale, String... cache) {
    List<String> lines = new ArrayList<>(List.of(locale, "-Xflag", "-Xlog:disable"));
    lines.add("-XX:+DisplayVMOutputToStderr");
    lines.addAll(List.of("-Duser.language=en", "-Duser.country=US", "-Dcodeploy.home=" + home));
    lines.addAll(List.of(cache));
    lines.addAll(List.of("-cp", home + "/lib/a.jar", "io.example.Main", "a b", ""));
    return lines;
  }

  @Test
  void startsTheRuntimeBesideIt() throws Exception {
    assertEquals(expected("C.UTF-8"), launch(home.resolve("bin/multiquery"), Map.of()));
  }

  @Test
  void isFoundThroughLinks() throws Exception {
    Path link = temporary.resolve("multiquery");
    Files.createSymbolicLink(link, Path.of("a home/bin/multiquery"));

    assertEquals(expected("C.UTF-8"), launch(link, Map.of()));
  }

  @Test
  void takesTheCacheThatIsThere() throws Exception {
    Files.writeString(home.resolve("lib/cli.aot"), "");

    assertEquals(
        expected("C.UTF-8", "-XX:AOTCache=" + home + "/lib/cli.aot"),
        launch(home.resolve("bin/multiquery"), Map.of()));
  }

  @Test
  void takesTheClassPathAndTheCacheOfARelayWhereOneIsWanted() throws Exception {
    Path launcher = home.resolve("bin/multicopy");
    Files.writeString(home.resolve("lib/cli.aot"), "");
    Files.writeString(home.resolve("lib/relay.aot"), "");
    Map<String, String> none = Map.of();

    assertEquals("a cli", taken(launch(launcher, none, "a b", "no--relay", "@:")));
    assertEquals("b relay", taken(launch(launcher, none, "--relay", "a", "@:")));
    assertEquals("b relay", taken(launch(launcher, none, "-q", "--relay-above=50M", "a", "@:")));
    assertEquals("b relay", taken(launch(launcher, Map.of("MQ_RELAY", "1"), "a", "@:")));
    assertEquals("b relay", taken(launch(launcher, Map.of("MQ_RELAY_ABOVE", "1M"), "a", "@:")));
    assertEquals("a cli", taken(launch(home.resolve("bin/multiquery"), none, "--relay")));

    String flag = "-XX:Tier0InvokeNotifyFreqLog=10";
    assertTrue(launch(launcher, none, "--relay", "a", "@:").contains(flag));
    assertFalse(launch(launcher, none, "a", "@:").contains(flag));
  }

  /** Which jar and which cache. */
  private static String taken(List<String> lines) {
    String all = String.join(" ", lines);
    return all.replaceFirst(".*/lib/(\\w+)[.]aot .*/lib/(\\w+)[.]jar .*", "$2 $1");
  }

  @Test
  void leavesALocaleAloneThatCanNameAllFiles() throws Exception {
    Path launcher = home.resolve("bin/multiquery");

    assertEquals(expected("unset"), launch(launcher, Map.of("LANG", "C.UTF-8")));
    assertEquals(expected("C.UTF-8"), launch(launcher, Map.of("LANG", "C.UTF-8", "LC_ALL", "C")));
    assertEquals(expected("C.UTF-8"), launch(launcher, Map.of("LC_ALL", "xx_NO.UTF-8")));
  }

  @Test
  void hasTheSystemTellOfErrorsInEnglish() throws Exception {
    write(home.resolve("runtime/bin/java"), "#!/bin/sh\necho $LANGUAGE\n");

    assertEquals(
        List.of("en"), launch(home.resolve("bin/multiquery"), Map.of("LANGUAGE", "de_DE:de")));
  }

  @Test
  void putsTemporaryFilesWhereTheyAreToGo() throws Exception {
    List<String> lines = launch(home.resolve("bin/multiquery"), Map.of("TMPDIR", "/a place"));

    assertEquals("-Djava.io.tmpdir=/a place", lines.get(lines.indexOf("-cp") - 1));
  }

  @Test
  void doesNotTakeWhatAnotherJavaIsTold() throws Exception {
    Map<String, String> options =
        Map.of("JAVA_TOOL_OPTIONS", "-Xa", "JDK_JAVA_OPTIONS", "-Xb", "_JAVA_OPTIONS", "-Xc");

    assertEquals(expected("C.UTF-8"), launch(home.resolve("bin/multiquery"), options));
  }

  /** As a thread dump, which Ctrl-\ gets. */
  @Test
  void keepsWhatTheJvmSaysOutOfTheOutput() throws Exception {
    Path launcher = home.resolve("bin/multiquery");
    String says = Files.readString(launcher).replace("-Xflag", "-XX:+PrintCommandLineFlags");
    write(launcher, says.replace("io.example.Main", "-version"));
    Files.delete(home.resolve("runtime/bin/java"));
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    Files.createSymbolicLink(home.resolve("runtime/bin/java"), java);

    assertEquals(List.of(), launch(launcher, Map.of()));
  }

  @Test
  void givesAnEmptyInputForAClosedOne() throws Exception {
    write(home.resolve("runtime/bin/java"), "#!/bin/sh\ncat\n");
    String launcher = "'" + home.resolve("bin/multiquery") + "'";

    assertEquals(List.of("typed"), shell("echo typed | " + launcher));
    assertEquals(List.of(), shell(launcher + " <&-"));
  }

  @Test
  void saysThatTheCurrentDirectoryIsGone() throws Exception {
    String gone = "mkdir '%1$s' && cd '%1$s' && rmdir '%1$s'".formatted(temporary.resolve("gone"));

    List<String> said = shell(gone + "; '" + home.resolve("bin/multiquery") + "'; echo $?");

    assertEquals(
        List.of("multiquery: the current directory is not there any more; go to another one", "2"),
        said.subList(said.size() - 2, said.size()));
  }

  private static List<String> shell(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().toList();
  }
}
