package io.codeploy.multiquery.ssh.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Expands {@code ~}, percent tokens and {@code ${VARIABLE}} in values of ssh_config.
 *
 * @param values a text for every {@code %} letter that may be used
 */
record Tokens(Path home, Map<String, String> environment, Map<Character, String> values) {
  Tokens {
    environment = Map.copyOf(environment);
    values = Map.copyOf(values);
  }

  Tokens with(Map<Character, String> more) {
    Map<Character, String> all = new HashMap<>(values);
    all.putAll(more);
    return new Tokens(home, environment, all);
  }

  /**
   * Expands percent tokens.
   *
   * @throws UnsupportedDirectiveException for a token that has no value here
   */
  String expand(ConfigLine line, String text) throws UnsupportedDirectiveException {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        out.append(c);
      } else {
        char letter = ++i < text.length() ? text.charAt(i) : ' ';
        out.append(value(letter).orElseThrow(() -> unknown(line, letter)));
      }
    }
    return out.toString();
  }

  /** What concerns this machine is looked up where a text has it, which few have. */
  private Optional<String> value(char letter) {
    return switch (letter) {
      case '%' -> Optional.of("%");
      case 'i' -> ThisMachine.userId();
      case 'l' -> ThisMachine.hostName();
      case 'L' -> ThisMachine.shortHostName();
      case 'C' -> ThisMachine.hostName().map(this::connectionHash);
      default -> Optional.ofNullable(values.get(letter));
    };
  }

  /** The SHA-1 of {@code %l%h%p%r%j}, as from OpenSSH 9.6 on; without a jump also before. */
  private String connectionHash(String thisHost) {
    StringBuilder text = new StringBuilder(thisHost);
    for (char letter : new char[] {'h', 'p', 'r', 'j'}) {
      text.append(values.getOrDefault(letter, ""));
    }
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(text.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static UnsupportedDirectiveException unknown(ConfigLine line, char letter) {
    return new UnsupportedDirectiveException(line, "%" + letter + " is not known");
  }

  /** Expands all three to a path; a relative one starts at the home. */
  Path path(ConfigLine line, String text) throws UnsupportedDirectiveException {
    String expanded = expand(line, variables(line, text));
    if (expanded.equals("~")) {
      return home;
    }
    if (expanded.startsWith("~") && !expanded.startsWith("~/")) {
      throw new UnsupportedDirectiveException(line, "~user is not expanded; write the path");
    }
    return home.resolve(expanded.startsWith("~/") ? expanded.substring(2) : expanded);
  }

  private String variables(ConfigLine line, String text) throws UnsupportedDirectiveException {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
      int close = text.indexOf('}', open);
      String name = close < 0 ? text.substring(open) : text.substring(open + 2, close);
      String value = close < 0 ? null : environment.get(name);
      if (value == null) {
        throw new UnsupportedDirectiveException(line, "there is no variable " + name);
      }
      out.append(text, at, open).append(value);
      at = close + 1;
    }
    return out.append(text.substring(at)).toString();
  }

  /** As {@link #path}, with {@code none} for no file. */
  Optional<Path> pathOrNone(ConfigLine line, String text) throws UnsupportedDirectiveException {
    return text.equalsIgnoreCase("none") ? Optional.empty() : Optional.of(path(line, text));
  }
}
