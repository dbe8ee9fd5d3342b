package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.ssh.config.HostKeyPolicy;
import io.codeploy.multiquery.ssh.config.HostPatterns;
import io.codeploy.multiquery.ssh.hostkey.HostKey;
import io.codeploy.multiquery.ssh.hostkey.KnownHosts;
import io.codeploy.multiquery.ssh.hostkey.KnownKeys;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * Judges host keys by known_hosts and the policy of the host; asks nobody. Runs on I/O threads,
 * also at every rekeying, and does no I/O: files were read before, and new keys are written
 * afterwards.
 */
final class HostKeyVerifier implements ServerKeyVerifier {
  private final KnownHosts hosts;

  HostKeyVerifier(KnownHosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey shown) {
    Attempt attempt = Attempt.of(session);
    PublicKey key = shown;
    if (shown instanceof OpenSshCertificate certificate) {
      if (certified(attempt, certificate)) {
        attempt.believe();
        return true;
      }
      key = certificate.getCertPubKey();
    }
    return plain(attempt, key);
  }

  /** MINA has checked signature, kind and validity; whose signature and for whom is left. */
  private static boolean certified(Attempt attempt, OpenSshCertificate certificate) {
    boolean trusted =
        attempt
            .known()
            .certified(
                HostKey.of(certificate.getCaPubKey()), HostKey.of(certificate.getCertPubKey()));
    // A certificate without principals holds for every host of the authority: too much to believe.
    List<String> principals = List.copyOf(certificate.getPrincipals());
    return trusted && HostPatterns.match(principals, attempt.settings().hostKeys().name());
  }

  /**
   * Hidden names are only found by a key, so the types of a host's keys were not known before. A
   * key of another type is refused whatever the policy: the host may have the listed one, too.
   */
  private static boolean changed(
      Attempt attempt, HostKey shown, KnownKeys.Verdict.Changed changed) {
    if (attempt.known().hidesSome() && !changed.listed().keyType().equals(shown.type())) {
      attempt.reconsider(attempt.known().unhidden());
      return refuse(attempt, changed.message());
    }
    return passes(attempt, changed.message()) || refuse(attempt, changed.message());
  }

  private boolean plain(Attempt attempt, PublicKey key) {
    int least = attempt.settings().hostKeys().leastRsaBits();
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < least) {
      return refuse(
          attempt,
          "the RSA host key of " + attempt.known().name() + " is shorter than " + least + " bits");
    }
    HostKey shown = HostKey.of(key);
    return switch (attempt.known().judge(shown)) {
      case KnownKeys.Verdict.Known known -> {
        attempt.believe();
        yield true;
      }
      case KnownKeys.Verdict.Refused refused -> refuse(attempt, refused.message());
      case KnownKeys.Verdict.Changed changed -> changed(attempt, shown, changed);
      case KnownKeys.Verdict.Unknown unknown -> unknown(attempt, shown);
    };
  }

  private boolean unknown(Attempt attempt, HostKey shown) {
    String name = attempt.known().name();
    return switch (attempt.settings().hostKeys().policy()) {
      case STRICT ->
          refuse(
              attempt,
              "the host key of "
                  + name
                  + " is not known ("
                  + shown.type()
                  + " "
                  + shown.fingerprint()
                  + "); check it and add it with ssh-keyscan");
      case ACCEPT_NEW, OFF -> {
        if (hosts.learn(name, shown)) {
          attempt.learn(shown);
          yield true;
        }
        String reason = name + " showed two different host keys within this run";
        yield passes(attempt, reason) || refuse(attempt, reason);
      }
    };
  }

  private static boolean passes(Attempt attempt, String trouble) {
    boolean off = attempt.settings().hostKeys().policy() == HostKeyPolicy.OFF;
    if (off) {
      attempt.warn(trouble + "; StrictHostKeyChecking lets it pass");
      attempt.believe();
    }
    return off;
  }

  private static boolean refuse(Attempt attempt, String reason) {
    attempt.refuse(reason);
    return false;
  }
}
