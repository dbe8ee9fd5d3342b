package io.codeploy.multiquery.ssh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we make of ssh_config files against what the system's {@code ssh -G} makes of them. The
 * corpus is {@code ssh_config.corpus}: files, each followed by the hosts that are asked about.
 */
class OpenSshDifferentialIT {
  private static final String SSH = "/usr/bin/ssh";

  /** Values that {@code -G} prints, ours and theirs in one form. */
  private static final List<String> COMPARED =
      List.of(
          "hostname",
          "port",
          "user",
          "identityfile",
          "certificatefile",
          "identitiesonly",
          "hashknownhosts",
          "connecttimeout",
          "serveraliveinterval",
          "serveralivecountmax",
          "proxyjump",
          "proxycommand",
          "addressfamily",
          "bindaddress",
          "userknownhostsfile",
          "setenv");

  @TempDir Path directory;

  /** A file of the corpus and a host. */
  record Case(String name, String text, String host) {
    @Override
    public String toString() {
      return name + " for " + host;
    }
  }

  @BeforeEach
  void needsSsh() {
    assumeTrue(Files.isExecutable(Path.of(SSH)), "there is no " + SSH);
  }

  static Stream<Case> corpus() throws IOException {
    String text;
    try (var in = OpenSshDifferentialIT.class.getResourceAsStream("ssh_config.corpus")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Case> cases = new ArrayList<>();
    for (String block : text.split("(?m)^=== ", -1)) {
      if (block.isBlank()) {
        continue;
      }
      String[] head = block.split("\n", 2);
      String[] words = head[0].split(" -- ", -1);
      for (String host : words[1].strip().split(" ", -1)) {
        cases.add(new Case(words[0], head[1], host));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void agreesWithOpenSsh(Case of) throws Exception {
    Path file = directory.resolve("config");
    for (String name : List.of("included.conf", "second.conf")) {
      Files.writeString(directory.resolve(name), "User from-" + name + "\nHost a*\n  Port 77\n");
    }
    Files.writeString(file, of.text().replace("@DIR@", directory.toString()));

    Map<String, List<String>> theirs = theirs(file, of.host());
    for (String keyword : List.of("identityfile", "certificatefile")) {
      theirs.computeIfPresent(keyword, (k, paths) -> expanded(paths, theirs, of));
    }

    assertEquals(pick(theirs, ours(file, of.host()).keySet()), ours(file, of.host()));
  }

  /** {@code -G} leaves paths as they are written. */
  private static List<String> expanded(
      List<String> paths, Map<String, List<String>> theirs, Case of) {
    String home = System.getProperty("user.home");
    return paths.stream()
        .filter(path -> !path.equals("none"))
        .map(
            path ->
                path.replace("%h", theirs.getOrDefault("hostname", List.of("?")).getFirst())
                    .replace("%r", theirs.getOrDefault("user", List.of("?")).getFirst())
                    .replace("%p", theirs.getOrDefault("port", List.of("?")).getFirst())
                    .replace("%n", of.host())
                    .replace("%k", "alias")
                    .replace("%d", home)
                    .replace("%%", "%")
                    .replace("${HOME}", home)
                    .replace("~/", home + "/"))
        .toList();
  }

  private static Map<String, List<String>> pick(
      Map<String, List<String>> from, Iterable<String> keys) {
    Map<String, List<String>> picked = new TreeMap<>();
    keys.forEach(key -> picked.put(key, from.getOrDefault(key, List.of())));
    return picked;
  }

  private static Map<String, List<String>> theirs(Path file, String host) throws Exception {
    Process process =
        new ProcessBuilder(SSH, "-G", "-F", file.toString(), host)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "ssh -G refuses the file");
    Map<String, List<String>> values = new HashMap<>();
    for (String line : out.lines().toList()) {
      int blank = line.indexOf(' ');
      if (blank > 0 && COMPARED.contains(line.substring(0, blank))) {
        values
            .computeIfAbsent(line.substring(0, blank), k -> new ArrayList<>())
            .add(line.substring(blank + 1));
      }
    }
    return values;
  }

  private static Map<String, List<String>> ours(Path file, String host) throws Exception {
    Path home = Path.of(System.getProperty("user.home"));
    SshSettings settings =
        SshSettings.of(home, System.getProperty("user.name"))
            .withEnvironment(System.getenv())
            .withConfigFiles(List.of(file));
    HostSettings resolved =
        new HostSettingsResolver(settings, new SshConfigReader(home).read(List.of(file)))
            .node(
                host,
                Optional.empty(),
                OptionalInt.empty(),
                Deadline.after(TimeSource.system(), Duration.ZERO));
    return values(resolved, Files.readString(file).toLowerCase(Locale.ROOT));
  }

  private static Map<String, List<String>> values(HostSettings of, String text) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put("hostname", List.of(of.target().host()));
    values.put("port", List.of(Integer.toString(of.target().port())));
    values.put("user", List.of(of.target().user()));
    values.put("identitiesonly", List.of(of.keys().only() ? "yes" : "no"));
    values.put("hashknownhosts", List.of(of.hostKeys().hashNames() ? "yes" : "no"));
    values.put("addressfamily", List.of(of.reach().family().name().toLowerCase(Locale.ROOT)));
    of.reach().source().ifPresent(source -> values.put("bindaddress", List.of(source)));
    switch (of.reach().proxy()) {
      case HostSettings.Proxy.None none -> {
        values.put("proxyjump", List.of());
        values.put("proxycommand", List.of());
      }
      case HostSettings.Proxy.Jumps jumps ->
          values.put("proxyjump", List.of(String.join(",", jumps.hops())));
      case HostSettings.Proxy.Command command ->
          values.put("proxycommand", List.of(command.text()));
    }
    if (text.contains("identityfile")) {
      values.put("identityfile", paths(of.keys().files()));
    }
    if (text.contains("certificatefile")) {
      values.put("certificatefile", paths(of.keys().certificates()));
    }
    if (text.contains("userknownhostsfile")) {
      // The files for all users follow.
      values.put("userknownhostsfile", paths(of.hostKeys().files().subList(0, 1)));
    }
    if (text.contains("connecttimeout")) {
      values.put(
          "connecttimeout",
          List.of(of.reach().connectTimeout().map(t -> "" + t.toSeconds()).orElse("none")));
    }
    if (text.contains("serveraliveinterval")) {
      values.put("serveraliveinterval", List.of("" + of.session().keepAlive().toSeconds()));
    }
    values.put("serveralivecountmax", List.of("" + of.session().unanswered()));
    if (text.contains("setenv")) {
      List<String> pairs = new ArrayList<>();
      of.session().environment().forEach((name, value) -> pairs.add(name + "=" + value));
      values.put("setenv", pairs.stream().sorted().toList());
    }
    return values;
  }

  private static List<String> paths(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }
}
