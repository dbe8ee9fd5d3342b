package io.codeploy.cli.command;

import io.codeploy.agent.control.ProxySpec;
import io.codeploy.chunkcache.proxy.AllowList;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.Options;
import io.codeploy.multiquery.command.UsageException;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the HTTP caching proxy that nodes have after a deployment. */
final class ProxyOptions {
  private static final String ALLOW = "proxy-allow";
  private static final String PORT = "proxy-port";

  /** Where CoBlitz had its own. */
  private static final int DEFAULT_PORT = 3125;

  private static final int MAX_PORT = 0xffff;

  private ProxyOptions() {}

  static Stream<OptionSpec> all() {
    return Stream.of(
        Options.text(
            "HOSTS",
            "origins, as in a.example,*.b.example, whose files nodes get through a caching proxy of"
                + " theirs, until the next deployment",
            "--" + ALLOW),
        Options.text("PORT", "of the proxy on 127.0.0.1 of nodes, default 3125", "--" + PORT));
  }

  static ProxySpec of(OptionValues options) throws UsageException {
    String allow = options.text(ALLOW).orElse("");
    if (allow.isBlank()) {
      return ProxySpec.OFF;
    }
    try {
      AllowList.parse(allow);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + ALLOW + ": " + e.getMessage(), e);
    }
    int port = options.count(PORT).orElse(DEFAULT_PORT);
    if (port > MAX_PORT) {
      throw new UsageException("--" + PORT + " has to be 1 .. 65535, not " + port);
    }
    return new ProxySpec(allow, port);
  }
}
