package io.codeploy.multiquery.ssh.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Directives that, passed over, would lead elsewhere or weaken what the user asked for. */
final class Refusals {
  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry("canonicalizehostname", "write whole names into the node list"),
          Map.entry("bindinterface", "use BindAddress"),
          Map.entry("casignaturealgorithms", "trust fewer authorities instead"),
          Map.entry("knownhostscommand", "write what it prints into a known_hosts file"),
          Map.entry("pkcs11provider", "load the keys into ssh-agent with ssh-add -s"),
          Map.entry("proxyusefdpass", "use a ProxyCommand that copies"),
          Map.entry("refuseconnection", "it says so"),
          Map.entry("remotecommand", "'RemoteCommand none' for these hosts lets commands through"),
          Map.entry("revokedhostkeys", "mark revoked keys as @revoked in known_hosts"),
          Map.entry("sessiontype", "only 'default' runs commands"));

  private static final Set<String> NO_EFFECT = Set.of("none", "no", "false", "default");

  private Refusals() {}

  /** Refuses the first of them that holds for a host. */
  static void check(SshConfig.Answer answer) throws UnsupportedDirectiveException {
    for (Map.Entry<String, String> remedy : REMEDIES.entrySet()) {
      Optional<ConfigLine> line = answer.first(remedy.getKey());
      if (line.isPresent() && !NO_EFFECT.contains(lower(line.get().value()))) {
        throw new UnsupportedDirectiveException(line.get(), "not supported; " + remedy.getValue());
      }
    }
    refuseOtherLogins(answer);
  }

  /** Keys are the only way to log in here. */
  private static void refuseOtherLogins(SshConfig.Answer answer)
      throws UnsupportedDirectiveException {
    Optional<ConfigLine> keys = answer.first("pubkeyauthentication");
    if (keys.isPresent() && Set.of("no", "false").contains(lower(keys.get().value()))) {
      throw new UnsupportedDirectiveException(keys.get(), "there is no other way to log in here");
    }
    Optional<ConfigLine> ways = answer.first("preferredauthentications");
    if (ways.isPresent()) {
      List<String> names = Arrays.asList(lower(ways.get().value()).split(",", -1));
      if (!names.contains("publickey")) {
        throw new UnsupportedDirectiveException(
            ways.get(), "publickey is the only way to log in here");
      }
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
