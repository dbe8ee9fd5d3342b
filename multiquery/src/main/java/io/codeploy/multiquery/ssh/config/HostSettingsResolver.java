package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Causes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Puts node list, settings and ssh_config together.
 *
 * <p>Precedence, first that speaks: for the login the node list, {@code defaultUser} (MQ_SLICE),
 * {@code User}, the local user; for the port the node list, {@code Port}, 22; for the keys {@code
 * identityFiles}, {@code IdentityFile}, {@code ~/.ssh/id_ed25519}, {@code id_ecdsa}, {@code
 * id_rsa}; for the host key policy the settings, {@code StrictHostKeyChecking}, accept-new. An
 * {@code ask} counts as unset, because nobody is there to answer.
 */
public final class HostSettingsResolver {
  private static final int SSH_PORT = 22;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  /** Directives that, left out, would lead elsewhere or weaken what the user asked for. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "proxycommand", "use ProxyJump, or 'ProxyCommand none' for these hosts",
          "canonicalizehostname", "write whole names into the node list",
          "bindaddress", "only the system's choice of source address is supported",
          "bindinterface", "only the system's choice of interface is supported",
          "addressfamily", "only 'any' is supported; list addresses instead of names",
          "revokedhostkeys", "mark revoked keys as @revoked in known_hosts");

  private static final Set<String> NO_EFFECT = Set.of("none", "no", "any");

  private final SshSettings settings;
  private final SshConfig config;

  public HostSettingsResolver(SshSettings settings, SshConfig config) {
    this.settings = settings;
    this.config = config;
  }

  /** Resolves a host of a node list. */
  public HostSettings node(String host, Optional<String> listedUser, OptionalInt listedPort)
      throws NodeFailedException {
    return resolve(host, listedUser.or(settings::defaultUser), listedPort);
  }

  /** Resolves a jump host; the default user is for nodes and does not count here. */
  public HostSettings jump(Jump jump) throws NodeFailedException {
    return resolve(jump.host(), jump.user(), jump.port());
  }

  private HostSettings resolve(String host, Optional<String> decided, OptionalInt listedPort)
      throws NodeFailedException {
    SshConfig.Answer answer =
        config.ask(new SshConfig.Question(host, decided, settings.localUser()));
    try {
      return put(host, decided, listedPort, answer);
    } catch (UnsupportedDirectiveException e) {
      throw new NodeFailedException(new NodeFailure.Unreachable(Causes.text(e)), e);
    }
  }

  private HostSettings put(
      String host, Optional<String> decided, OptionalInt listedPort, SshConfig.Answer answer)
      throws UnsupportedDirectiveException {
    refuse(answer);
    Map<Character, String> values = new HashMap<>(Map.of('h', host));
    Tokens tokens = new Tokens(settings.home(), values);
    Optional<ConfigLine> hostName = answer.first("hostname");
    String name = hostName.isEmpty() ? host : tokens.expand(hostName.get(), hostName.get().value());
    String user =
        decided.or(() -> answer.first("user").map(ConfigLine::value)).orElse(settings.localUser());
    Optional<ConfigLine> portLine = answer.first("port");
    int port =
        listedPort.isPresent()
            ? listedPort.getAsInt()
            : portLine.isPresent() ? number(portLine.get(), 1, 65_535) : SSH_PORT;
    HostSettings.Target target = new HostSettings.Target(user, name, port);
    values.putAll(
        Map.of(
            'h',
            name,
            'n',
            host,
            'p',
            Integer.toString(port),
            'r',
            user,
            'd',
            settings.home().toString(),
            'u',
            settings.localUser()));
    tokens = new Tokens(settings.home(), values);
    return new HostSettings(
        target,
        keys(answer, tokens),
        hostKeys(answer, tokens, target),
        jumps(answer, host),
        seconds(answer, "connecttimeout"),
        seconds(answer, "serveraliveinterval").orElse(KEEP_ALIVE));
  }

  private static void refuse(SshConfig.Answer answer) throws UnsupportedDirectiveException {
    Optional<ConfigLine> jump = answer.first("proxyjump");
    for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
      Optional<ConfigLine> line = answer.first(refused.getKey());
      boolean overridden = refused.getKey().equals("proxycommand") && jump.isPresent();
      if (line.isPresent()
          && !overridden
          && !NO_EFFECT.contains(line.get().value().toLowerCase(Locale.ROOT))) {
        throw new UnsupportedDirectiveException(line.get(), "not supported; " + refused.getValue());
      }
    }
  }

  private HostSettings.Keys keys(SshConfig.Answer answer, Tokens tokens)
      throws UnsupportedDirectiveException {
    Set<Path> files = new LinkedHashSet<>(settings.identityFiles());
    boolean named = true;
    if (files.isEmpty()) {
      for (ConfigLine line : answer.all("identityfile")) {
        tokens.pathOrNone(line, line.value()).ifPresent(files::add);
      }
      named = !answer.all("identityfile").isEmpty();
    }
    if (!named) {
      DEFAULT_KEYS.forEach(key -> files.add(settings.sshDirectory().resolve(key)));
    }
    boolean only =
        answer.first("identitiesonly").map(l -> l.value().equalsIgnoreCase("yes")).orElse(false);
    return new HostSettings.Keys(List.copyOf(files), named, only, agentSocket(answer, tokens));
  }

  private Optional<Path> agentSocket(SshConfig.Answer answer, Tokens tokens)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = answer.first("identityagent");
    if (line.isEmpty() || line.get().value().equals("SSH_AUTH_SOCK")) {
      return settings.agentSocket();
    }
    return tokens.pathOrNone(line.get(), line.get().value());
  }

  private HostSettings.HostKeys hostKeys(
      SshConfig.Answer answer, Tokens tokens, HostSettings.Target target)
      throws UnsupportedDirectiveException {
    Path ssh = settings.sshDirectory();
    List<Path> files =
        new ArrayList<>(
            files(
                answer,
                "userknownhostsfile",
                tokens,
                List.of(ssh.resolve("known_hosts"), ssh.resolve("known_hosts2"))));
    files.addAll(
        files(
            answer,
            "globalknownhostsfile",
            tokens,
            List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2"))));
    HostKeyPolicy policy =
        settings
            .hostKeys()
            .or(() -> answer.first("stricthostkeychecking").flatMap(HostSettingsResolver::policy))
            .orElse(HostKeyPolicy.ACCEPT_NEW);
    Optional<String> alias = answer.first("hostkeyalias").map(ConfigLine::value);
    String listed = alias.orElse(target.host());
    int port = alias.isPresent() ? SSH_PORT : target.port();
    boolean hash =
        answer.first("hashknownhosts").map(l -> l.value().equalsIgnoreCase("yes")).orElse(false);
    return new HostSettings.HostKeys(policy, listed, port, files, hash);
  }

  private static List<Path> files(
      SshConfig.Answer answer, String keyword, Tokens tokens, List<Path> byDefault)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = answer.first(keyword);
    if (line.isEmpty()) {
      return byDefault;
    }
    List<Path> files = new ArrayList<>();
    for (String argument : line.get().arguments()) {
      tokens.pathOrNone(line.get(), argument).ifPresent(files::add);
    }
    return files;
  }

  private static Optional<HostKeyPolicy> policy(ConfigLine line) {
    return switch (line.value().toLowerCase(Locale.ROOT)) {
      case "yes" -> Optional.of(HostKeyPolicy.STRICT);
      case "no", "off" -> Optional.of(HostKeyPolicy.OFF);
      case "accept-new" -> Optional.of(HostKeyPolicy.ACCEPT_NEW);
      default -> Optional.empty();
    };
  }

  /** A host does not jump through itself, so that {@code Host *} may name a jump host. */
  private static List<String> jumps(SshConfig.Answer answer, String host) {
    return answer
        .first("proxyjump")
        .map(ConfigLine::value)
        .filter(value -> !value.equalsIgnoreCase("none") && !value.equalsIgnoreCase(host))
        .map(value -> List.of(value.split(",")))
        .orElse(List.of());
  }

  private static Optional<Duration> seconds(SshConfig.Answer answer, String keyword)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> line = answer.first(keyword);
    if (line.isEmpty() || line.get().value().equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    int seconds = number(line.get(), 0, Integer.MAX_VALUE);
    return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static int number(ConfigLine line, int least, int most)
      throws UnsupportedDirectiveException {
    try {
      int number = Integer.parseInt(line.value());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new UnsupportedDirectiveException(line, "not a number between " + least + " and " + most);
  }
}
