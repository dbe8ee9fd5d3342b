package io.codeploy.multiquery.ssh.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What ssh_config wants of a session. */
final class SessionSettings {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
  private static final int UNANSWERED = 3;

  private SessionSettings() {}

  static HostSettings.Session of(Values values, Map<String, String> local)
      throws UnsupportedDirectiveException {
    Map<String, String> environment = sent(values, local);
    environment.putAll(set(values));
    return new HostSettings.Session(
        values.time("serveraliveinterval").orElse(KEEP_ALIVE),
        values.number("serveralivecountmax", 0, Integer.MAX_VALUE).orElse(UNANSWERED),
        environment);
  }

  /** A pattern behind a minus takes away what earlier ones have named. */
  private static Map<String, String> sent(Values values, Map<String, String> local) {
    List<String> patterns = new ArrayList<>();
    for (ConfigLine line : values.all("sendenv")) {
      for (String pattern : line.arguments()) {
        if (pattern.startsWith("-")) {
          patterns.removeIf(earlier -> HostPatterns.glob(pattern.substring(1), earlier));
        } else {
          patterns.add(pattern);
        }
      }
    }
    Map<String, String> sent = new TreeMap<>();
    local.forEach(
        (name, value) -> {
          if (HostPatterns.matchExactly(patterns, name)) {
            sent.put(name, value);
          }
        });
    return sent;
  }

  /** All of the first line, and of no other. */
  private static Map<String, String> set(Values values) throws UnsupportedDirectiveException {
    Map<String, String> set = new TreeMap<>();
    for (ConfigLine line : values.line("setenv").stream().toList()) {
      for (String pair : line.arguments()) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new UnsupportedDirectiveException(line, "not of the form NAME=value");
        }
        set.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return set;
  }
}
