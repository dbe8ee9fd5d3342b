package io.codeploy.agent.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of {@code agent.state}, as the page {@code agent-control.md} of {@code docs/formats} has
 * it. Lines of unknown keys are passed over.
 */
public final class AgentStateCodec {
  /** Name of the file in the agent directory. */
  public static final String FILE = "agent.state";

  /** The longest text that is looked at. */
  public static final int MAX_CHARS = 4096;

  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");

  private AgentStateCodec() {}

  /** The text of the file. */
  public static String encode(AgentState state) {
    return """
        pid=%d
        version=%s
        controlPort=%d
        token=%s
        peerHost=%s
        peerPort=%d
        """
        .formatted(
            state.pid(),
            state.version(),
            state.controlPort(),
            state.token(),
            state.peerHost(),
            state.peerPort());
  }

  /** Reads {@link #encode}'s result. */
  public static AgentState decode(String text) throws MalformedMessageException {
    if (text.length() > MAX_CHARS) {
      throw new MalformedMessageException("an agent.state of " + text.length() + " characters");
    }
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line -> values.put(line.substring(0, line.indexOf('=')), after(line)));
    String token = text(values, "token");
    if (!TOKEN.matcher(token).matches()) {
      throw new MalformedMessageException("agent.state: token is not 64 hexadecimal digits");
    }
    return new AgentState(
        number(values, "pid", Integer.MAX_VALUE),
        text(values, "version"),
        (int) number(values, "controlPort", 65_535),
        token,
        text(values, "peerHost"),
        (int) number(values, "peerPort", 65_535));
  }

  private static String after(String line) {
    return line.substring(line.indexOf('=') + 1);
  }

  private static String text(Map<String, String> values, String key)
      throws MalformedMessageException {
    return Optional.ofNullable(values.get(key))
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new MalformedMessageException("agent.state has no " + key));
  }

  private static long number(Map<String, String> values, String key, long max)
      throws MalformedMessageException {
    String text = text(values, key);
    if (!text.matches("[1-9][0-9]{0,9}") || Long.parseLong(text) > max) {
      throw new MalformedMessageException("agent.state: " + key + " is " + text);
    }
    return Long.parseLong(text);
  }
}
