package io.codeploy.cli.command;

import io.codeploy.multiquery.command.DirectoryOnNodes;
import io.codeploy.multiquery.command.UsageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the arguments that are no options say.
 *
 * @param url without a trailing slash
 * @param remoteDir absolute, or relative to the home directory
 */
record Positionals(Path dir, Optional<String> url, String remoteDir) {
  static Positionals of(List<String> arguments) throws UsageException {
    for (String argument : arguments) {
      if (argument.startsWith("--")) {
        throw new UsageException("options go before DIR: " + argument);
      }
    }
    if (arguments.size() < 2 || arguments.size() > 3) {
      throw new UsageException(
          "DIR, perhaps URL, and REMOTEDIR are wanted, not "
              + arguments.size()
              + (arguments.size() == 1 ? " argument" : " arguments"));
    }
    if (arguments.getFirst().isBlank()) {
      throw new UsageException("DIR is empty");
    }
    return new Positionals(
        Path.of(arguments.getFirst()),
        arguments.size() == 3 ? Optional.of(url(arguments.get(1))) : Optional.empty(),
        remoteDir(arguments.getLast()));
  }

  private static String url(String text) throws UsageException {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("not a URL: " + text, e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw new UsageException("URL has to start with http:// or https:// and a host: " + text);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new UsageException("URL has to name a directory, without ? or #: " + text);
    }
    return text.replaceAll("/+$", "");
  }

  private static String remoteDir(String text) throws UsageException {
    if (text.matches("(?i)https?://.*")) {
      throw new UsageException("REMOTEDIR is missing after the URL " + text);
    }
    return DirectoryOnNodes.path("REMOTEDIR", text);
  }
}
