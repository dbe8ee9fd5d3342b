package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How ssh_config wants a host key to be judged. */
final class HostKeySettings {
  private static final int SSH_PORT = 22;
  private static final int LEAST_RSA_BITS = 1024;
  private static final int MOST_RSA_BITS = 65_536;

  private HostKeySettings() {}

  static HostSettings.HostKeys of(Values values, SshSettings settings, HostSettings.Target target)
      throws UnsupportedDirectiveException {
    Optional<HostKeyPolicy> wanted = policy(values);
    List<Path> own = own(values, settings.sshDirectory());
    Optional<String> alias = values.text("hostkeyalias").map(name -> name.toLowerCase(Locale.ROOT));
    return new HostSettings.HostKeys(
        settings.hostKeys().or(() -> wanted).orElse(HostKeyPolicy.ACCEPT_NEW),
        alias.orElse(target.host()),
        alias.isPresent() ? SSH_PORT : target.port(),
        files(values, own),
        own.stream().findFirst(),
        values.flag("hashknownhosts"),
        values.number("requiredrsasize", LEAST_RSA_BITS, MOST_RSA_BITS).orElse(LEAST_RSA_BITS));
  }

  /** The user's files; the others are for all users. */
  private static List<Path> own(Values values, Path ssh) throws UnsupportedDirectiveException {
    return values.paths(
        "userknownhostsfile", List.of(ssh.resolve("known_hosts"), ssh.resolve("known_hosts2")));
  }

  private static List<Path> files(Values values, List<Path> own)
      throws UnsupportedDirectiveException {
    List<Path> files = new ArrayList<>(own);
    files.addAll(
        values.paths(
            "globalknownhostsfile",
            List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2"))));
    return files;
  }

  private static Optional<HostKeyPolicy> policy(Values values)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = values.line("stricthostkeychecking");
    if (line.isEmpty()) {
      return Optional.empty();
    }
    return switch (line.get().value().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> Optional.of(HostKeyPolicy.STRICT);
      case "no", "false", "off" -> Optional.of(HostKeyPolicy.OFF);
      case "accept-new" -> Optional.of(HostKeyPolicy.ACCEPT_NEW);
      case "ask" -> Optional.empty();
      default ->
          throw new UnsupportedDirectiveException(
              line.get(), "not one of yes, no, off, ask, accept-new");
    };
  }
}
