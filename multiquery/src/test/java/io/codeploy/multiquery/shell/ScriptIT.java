package io.codeploy.multiquery.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts get through login shells of all kinds, and are run by any {@code sh}. */
class ScriptIT {
  private static final String ALL =
      IntStream.range(1, 0x180)
          .filter(c -> c != '\r')
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "~",
          "~n",
          "\\",
          "\\\\",
          "\\'",
          "'",
          "!",
          "! ",
          "!!",
          "*",
          "$HOME",
          "`id`",
          "\n",
          "a\n\n",
          "\n\n!x\n",
          "trailing\\",
          "-e",
          "\"",
          "%d%%",
          "[!0-9]",
          "~~",
          "a~",
          "\ta\t",
          ALL);

  /** What the script says of its arguments: each with a frame, for what ends with newlines. */
  private static final String TELL =
      """
      case 'it'"'"'s' in *[!a-z\\']*) echo no; exit 1 ;; esac
      IFS=: && [ "$IFS" = : ] || exit
      for a in "$@"; do # !x ~user \\
        printf "<%s>\\n" "$a"
      done
      echo *
      """;

  @TempDir Path directory;

  private static String run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static String told() {
    StringBuilder told = new StringBuilder();
    ODD.forEach(text -> told.append('<').append(text).append(">\n"));
    return told + "sh\n";
  }

  private static Path program(String name) {
    return List.of("/bin", "/usr/bin").stream()
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> Assumptions.abort(name + " is not installed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash", "dash", "zsh", "mksh", "ksh", "csh", "tcsh", "fish"})
  void aLoginShellHandsOnEveryArgumentAsItIs(String login) throws Exception {
    Files.createFile(directory.resolve("sh"));

    assertEquals(
        told(), run(directory, program(login).toString(), "-c", Script.command(TELL, ODD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "dash", "zsh", "mksh", "ksh", "busybox"})
  void anyPosixShellRunsTheScriptAsSh(String shell) throws Exception {
    Path sh =
        Files.writeString(
            directory.resolve("sh"),
            "#!/bin/bash\nexec -a sh %s \"$@\"\n".formatted(program(shell)));
    Files.setPosixFilePermissions(sh, PosixFilePermissions.fromString("rwxr-xr-x"));

    String said =
        run(directory, "/bin/bash", "-c", "PATH=$PWD:$PATH; " + Script.command(TELL, ODD));

    assertEquals(told(), said);
  }

  @Test
  void whatIsPrintableCostsNoProcess() {
    String script = "a='b' # ! \\ ~ \n[ \"$x\" ] || exit\n";

    String encoded = OneLine.text(script);

    assertEquals(
        List.of(), Stream.of("~o", "'", "!", "\n", "\\").filter(encoded::contains).toList());
    assertEquals("~o", OneLine.text("\t").substring(0, 2));
  }
}
