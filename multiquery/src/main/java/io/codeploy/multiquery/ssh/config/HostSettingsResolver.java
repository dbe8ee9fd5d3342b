package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Puts node list, settings and ssh_config together.
 *
 * <p>Precedence, first that speaks: for the login the node list, {@code defaultUser} (MQ_SLICE),
 * {@code User}, the local user; for the port the node list, {@code Port}, 22; for the keys {@code
 * identityFiles}, {@code IdentityFile}, {@code ~/.ssh/id_ed25519}, {@code id_ecdsa}, {@code
 * id_rsa}; for the host key policy the settings, {@code StrictHostKeyChecking}, accept-new. An
 * {@code ask} counts as unset, because nobody is there to answer. An answer holds for the run.
 */
public final class HostSettingsResolver implements AutoCloseable {
  private static final int SSH_PORT = 22;

  private final SshSettings settings;
  private final SshConfig config;
  private final Conditions conditions;

  /**
   * By host, user and port: a node is asked about before the launch and again when it is connected
   * to. The first hash of a record takes the JVM 10 ms, that of a list none.
   */
  private final ConcurrentMap<List<Object>, HostSettings> answers = new ConcurrentHashMap<>();

  public HostSettingsResolver(SshSettings settings, SshConfig config) {
    this.settings = settings;
    this.config = config;
    this.conditions = new Conditions(settings.local(), settings.person());
  }

  /** Whether answers may take their time, since commands are run for them. */
  public boolean runsCommands() {
    return config.runsCommands();
  }

  /** Resolves a host of a node list. */
  public HostSettings node(
      String host, Optional<String> listedUser, OptionalInt listedPort, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    return resolve(question(host, listedUser.or(settings::defaultUser), listedPort), deadline);
  }

  /** Resolves a jump host; the default user is for nodes and does not count here. */
  public HostSettings jump(Jump jump, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    return resolve(question(jump.host(), jump.user(), jump.port()), deadline);
  }

  private SshConfig.Question question(String host, Optional<String> user, OptionalInt port) {
    SshSettings.LocalUser local = settings.local();
    Tokens tokens =
        new Tokens(
            local.home(),
            local.environment(),
            Map.of('d', local.home().toString(), 'u', local.name()));
    return new SshConfig.Question(host, user, port, local.name(), tokens);
  }

  private HostSettings resolve(SshConfig.Question question, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    List<Object> asked = List.of(question.host(), question.user(), question.port());
    HostSettings before = answers.get(asked);
    if (before != null) {
      return before;
    }
    try {
      SshConfig.Answer answer = config.ask(question, conditions.within(deadline));
      HostSettings found = put(question, answer);
      answers.put(asked, found);
      return found;
    } catch (UnsupportedDirectiveException e) {
      throw new NodeFailedException(new NodeFailure.Unreachable(Causes.text(e)), e);
    }
  }

  private HostSettings put(SshConfig.Question question, SshConfig.Answer answer)
      throws UnsupportedDirectiveException {
    Refusals.check(answer);
    String host = question.host();
    Values bare = new Values(answer, question.tokens().with(Map.of('h', host)));
    Optional<ConfigLine> hostName = bare.line("hostname");
    String name =
        hostName.isEmpty() ? host : bare.tokens().expand(hostName.get(), hostName.get().value());
    String user = question.user().or(() -> bare.text("user")).orElse(question.localUser());
    OptionalInt port = question.port();
    if (port.isEmpty()) {
      port = bare.number("port", 1, 65_535);
    }
    HostSettings.Target target =
        new HostSettings.Target(user, name.toLowerCase(Locale.ROOT), port.orElse(SSH_PORT));
    Values values = new Values(answer, question.tokens().with(tokens(host, target, answer)));
    return new HostSettings(
        target,
        ReachSettings.of(values, settings.local().shell(), host),
        KeySettings.of(values, settings),
        HostKeySettings.of(values, settings, target),
        algorithms(values),
        SessionSettings.of(values, settings.local().environment()));
  }

  private static Map<Character, String> tokens(
      String host, HostSettings.Target target, SshConfig.Answer answer) {
    return Map.of(
        'h', target.host(),
        'n', host,
        'p', Integer.toString(target.port()),
        'r', target.user(),
        'k', answer.first("hostkeyalias").map(ConfigLine::value).orElse(host),
        'j', ReachSettings.lastJump(answer));
  }

  private static HostSettings.Algorithms algorithms(Values values) {
    return new HostSettings.Algorithms(
        values.line("kexalgorithms").map(AlgorithmList::of),
        values.line("ciphers").map(AlgorithmList::of),
        values.line("macs").map(AlgorithmList::of),
        values.line("hostkeyalgorithms").map(AlgorithmList::of),
        values.line("pubkeyacceptedalgorithms").map(AlgorithmList::of));
  }

  /** Ends commands of {@code Match exec} that run. */
  @Override
  public void close() {
    conditions.close();
  }
}
