package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.ssh.config.HostSettings;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Builds the SSH client. Every default of MINA that reads the user's files, asks somebody, or ends
 * a quiet session is replaced.
 */
final class ClientFactory {
  /** Where MINA wants a limit and ours is elsewhere. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private ClientFactory() {}

  /** A client that is not started yet; {@link ConnectedSessions} is to be set before. */
  static SshClient create(ClientThreads threads, HostKeyVerifier verifier) {
    SshClient client =
        ClientBuilder.builder()
            .keyExchangeFactories(Algorithms.keyExchanges())
            .cipherFactories(Algorithms.ciphers())
            .macFactories(Algorithms.macs())
            .signatureFactories(Algorithms.ofHosts(java.util.Set.of(), false))
            .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
            .filePasswordProvider(FilePasswordProvider.EMPTY)
            .forwardingFilter(TcpOnly.FILTER)
            .serverKeyVerifier(verifier)
            .build();
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(List.of(new KeyAuthentication.Factory()));
    client.setScheduledExecutorService(threads.timer(), false);
    client.addSessionListener(new PerHost());
    tune(client);
    return client;
  }

  private static void tune(SshClient client) {
    // Each of the many settings that are not set would be looked for among the system's properties.
    client.setParentPropertyResolver(PropertyResolver.EMPTY);
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    // The callers' limits hold; these would only cut in with another message.
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, FOR_EVER);
    CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "codeploy");
    CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(5));
  }

  /** Sets what differs from host to host before the first message of a session. */
  private static final class PerHost implements SessionListener {
    /** Services are made next, and keep the interval that they find. */
    @Override
    public void sessionEstablished(Session session) {
      HostSettings.Session wanted = Attempt.of(session.getIoSession()).settings().session();
      CoreModuleProperties.HEARTBEAT_INTERVAL.set(session, wanted.keepAlive());
      CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(session, wanted.unanswered());
    }

    @Override
    public void sessionCreated(Session session) {
      Algorithms.Offered offered = Attempt.of((ClientSession) session).offered();
      session.setKeyExchangeFactories(offered.keyExchanges());
      session.setCipherFactories(offered.ciphers());
      session.setMacFactories(offered.macs());
      session.setSignatureFactories(offered.hostKeys());
    }

    /** What a server says before its greeting: sshd tells so why it turns one away. */
    @Override
    public void sessionPeerIdentificationLine(
        Session session, String line, List<String> linesBefore) {
      Attempt.of(session.getIoSession()).said(line);
    }

    @Override
    public void sessionException(Session session, Throwable cause) {
      Attempt.of(session.getIoSession()).broke(cause);
    }
  }
}
