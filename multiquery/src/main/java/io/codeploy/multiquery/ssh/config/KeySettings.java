package io.codeploy.multiquery.ssh.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** With which keys ssh_config wants one to log in. */
final class KeySettings {
  private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private KeySettings() {}

  static HostSettings.Keys of(Values values, SshSettings settings)
      throws UnsupportedDirectiveException {
    List<Path> files = settings.identityFiles();
    boolean named = !files.isEmpty();
    if (!named) {
      named = !values.all("identityfile").isEmpty();
      files = named ? values.allPaths("identityfile") : defaults(settings);
    }
    return new HostSettings.Keys(
        files,
        values.allPaths("certificatefile"),
        named,
        values.flag("identitiesonly"),
        agent(values, settings));
  }

  private static List<Path> defaults(SshSettings settings) {
    return DEFAULTS.stream().map(settings.sshDirectory()::resolve).toList();
  }

  private static Optional<Path> agent(Values values, SshSettings settings)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = values.line("identityagent");
    if (line.isEmpty() || line.get().value().equals("SSH_AUTH_SOCK")) {
      return settings.agentSocket();
    }
    String text = line.get().value();
    if (text.startsWith("$") && !text.startsWith("${")) {
      return Optional.ofNullable(settings.local().environment().get(text.substring(1)))
          .filter(path -> !path.isBlank())
          .map(path -> settings.home().resolve(path));
    }
    return values.tokens().pathOrNone(line.get(), text);
  }
}
