package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.testing.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that only a ProxyCommand leads to. */
class ProxyCommandIT {
  @TempDir Path root;
  @TempDir Path home;

  private void configure(Site site, String more) throws IOException {
    SshNode node = site.nodes().nodes().getFirst();
    Files.writeString(
        home.resolve(".ssh/config"),
        """
        Host inside
          HostName inside.invalid
          User %s
          HostKeyAlias the-one
          %s
        """
            .formatted(site.nodes().user(), more));
    Files.writeString(home.resolve(".ssh/known_hosts"), "the-one " + node.hostKey() + "\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNodeBehindAProxyCommandIsReachedThroughItAndNotWithout(boolean bySystemSsh)
      throws Exception {
    Installed.assume("ssh", "openssh-client");
    try (Site site = Site.open(root, home, 1)) {
      SshNode node = site.nodes().nodes().getFirst();
      configure(site, "");
      assertEquals(4, status(site, bySystemSsh));

      configure(
          site,
          "ProxyCommand bash -c 'exec 3<>/dev/tcp/%s/%d; cat <&3 & cat >&3; kill $!'"
              .formatted(node.address(), node.port()));
      assertEquals(0, status(site, bySystemSsh));
    }
  }

  private int status(Site site, boolean bySystemSsh) throws IOException {
    Terminal terminal = site.terminal();
    if (bySystemSsh) {
      terminal.export("MQ_SSH_COMMAND", site.sshCommand());
    }
    terminal.exportNodes("inside");
    return terminal.multiquery("echo reached");
  }
}
