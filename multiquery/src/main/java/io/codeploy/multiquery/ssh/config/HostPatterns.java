package io.codeploy.multiquery.ssh.config;

import java.util.List;
import java.util.Locale;

/**
 * Patterns of ssh_config and known_hosts: {@code *} and {@code ?}, and {@code !} in front for those
 * that must not match.
 */
public final class HostPatterns {
  private HostPatterns() {}

  /** Whether one pattern matches {@code name} and no negated one does; case does not count. */
  public static boolean match(List<String> patterns, String name) {
    return matchExactly(
        patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList(),
        name.toLowerCase(Locale.ROOT));
  }

  /** As {@link #match}, where case counts. */
  public static boolean matchExactly(List<String> patterns, String name) {
    boolean matched = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (glob(negated ? pattern.substring(1) : pattern, name)) {
        if (negated) {
          return false;
        }
        matched = true;
      }
    }
    return matched;
  }

  /** Matches in time linear in the product of the lengths, whatever the number of stars. */
  public static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
