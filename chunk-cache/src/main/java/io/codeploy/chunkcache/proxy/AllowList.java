package io.codeploy.chunkcache.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The origins that a proxy may ask, as its operator wrote them; immutable. */
public final class AllowList {
  private static final Pattern ENTRY =
      Pattern.compile(
          "(https?://)?(\\*\\.)?([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]{2,45}])"
              + "(?::([1-9][0-9]{0,4}))?");

  /** The last label says whether it is an address, in whatever notation. */
  private static final Pattern ADDRESS = Pattern.compile("\\[.*|(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 0xffff;

  private final List<Entry> entries;

  private record Entry(String scheme, boolean below, String host, int port) {
    boolean fits(String asked, int askedPort) {
      boolean name = below ? asked.endsWith("." + host) && !isAddress(asked) : asked.equals(host);
      return name && askedPort == port;
    }

    int portOr(int asked) {
      return asked == 0 ? defaultPort() : asked;
    }

    int defaultPort() {
      return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
  }

  private AllowList(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads entries {@code [https://]HOST[:PORT]} between commas, where {@code *.NAME} is every name
   * below NAME.
   *
   * @throws IllegalArgumentException with a line that names the entry that is none
   */
  public static AllowList parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String entry : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      entries.add(entry(entry.strip()));
    }
    return new AllowList(entries);
  }

  private static Entry entry(String text) {
    Matcher matcher = ENTRY.matcher(text);
    if (!matcher.matches() || text.contains("..")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no origin such as mirror.example.org, *.data.org or https://x:8443");
    }
    boolean below = matcher.group(2) != null;
    String host = Objects.requireNonNull(matcher.group(3), "no host");
    if (below && (isAddress(host) || !host.contains("."))) {
      throw new IllegalArgumentException(
          "\"" + text + "\" takes in too much; say *.NAME.TLD, or one host");
    }
    String scheme = "https://".equals(matcher.group(1)) ? "https" : "http";
    Entry entry = new Entry(scheme, below, host, HTTP_PORT);
    int port = matcher.group(4) == null ? entry.defaultPort() : Integer.parseInt(matcher.group(4));
    if (port > MAX_PORT) {
      throw new IllegalArgumentException("\"" + text + "\" has no port from 1 to 65535");
    }
    return new Entry(scheme, below, host, port);
  }

  /** What to ask for {@code target}, by the first entry that it fits. */
  Optional<OriginUrl> admit(Target target) {
    int asked = target.port().orElse(0);
    return entries.stream()
        .filter(entry -> entry.fits(target.host(), entry.portOr(asked)))
        .findFirst()
        .map(
            entry ->
                new OriginUrl(
                    entry.scheme(),
                    target.host(),
                    entry.portOr(asked),
                    target.path(),
                    !entry.below()));
  }

  private static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }
}
