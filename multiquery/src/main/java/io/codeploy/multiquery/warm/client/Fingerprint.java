package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.warm.wire.Hello;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value for all that decides how connections are made. Two runs that share it may use each
 * other's; {@code docs/formats/warm-sessions.md} lists what goes in.
 */
public final class Fingerprint {
  private static final Set<String> ALWAYS =
      Set.of(
          "HOME",
          "KRB5CCNAME",
          "KRB5_CONFIG",
          "LANG",
          "LANGUAGE",
          "LOGNAME",
          "PATH",
          "SHELL",
          "SSH_AUTH_SOCK",
          "USER",
          "XDG_RUNTIME_DIR");

  private static final Pattern SEND_ENV = Pattern.compile("(?im)^\\s*SendEnv[\\s=]+(.*)$");
  private static final int DIGITS = 16;

  private final MessageDigest digest;

  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    with("protocol", String.valueOf(Hello.VERSION));
  }

  /** Adds a value. */
  public Fingerprint with(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\\n");
    digest.update((name + "=" + escaped + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds the contents of a file; nothing if it cannot be read. */
  public Fingerprint withFile(String name, Path file) {
    try {
      return with(name, file + " " + sha256(Files.readAllBytes(file)));
    } catch (IOException e) {
      return this;
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Adds the variables that connecting may depend on.
   *
   * @param config ssh_config files, which may name variables
   */
  public Fingerprint withEnvironment(Map<String, String> environment, List<Path> config) {
    StringBuilder text = new StringBuilder();
    for (Path file : config) {
      try {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).append('\n');
      } catch (IOException e) {
        // As if it were not there.
      }
    }
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (matters(name, text.toString())) {
                with("env", name + "=" + value);
              }
            });
    return this;
  }

  static boolean matters(String variable, String config) {
    return ALWAYS.contains(variable)
        || variable.startsWith("LC_")
        || Pattern.compile("\\b" + Pattern.quote(variable) + "\\b").matcher(config).find()
        || isSent(variable, config);
  }

  private static boolean isSent(String variable, String config) {
    Matcher lines = SEND_ENV.matcher(config);
    while (lines.find()) {
      for (String pattern : lines.group(1).trim().split("\\s+", -1)) {
        String regex =
            Pattern.quote(pattern.replace("\"", ""))
                .replace("*", "\\E.*\\Q")
                .replace("?", "\\E.\\Q");
        if (variable.matches(regex)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The value; this can be used no more. */
  public String value() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
