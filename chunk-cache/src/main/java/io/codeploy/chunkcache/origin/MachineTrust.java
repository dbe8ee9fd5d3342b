package io.codeploy.chunkcache.origin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom the machine trusts to vouch for web servers: what comes with Java, and what its
 * administrator has added for all its programs, as a company's own authority. So a URL that {@code
 * curl} takes is taken here, too.
 *
 * @param manager that decides
 * @param sockets that ask it
 */
public record MachineTrust(X509TrustManager manager, SSLSocketFactory sockets) {
  private static final System.Logger LOG = System.getLogger(MachineTrust.class.getName());

  /** Where systems of the family have the certificates of all authorities in one file. */
  private static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private static final class Loaded {
    private static final MachineTrust TRUST = of(BUNDLES);
  }

  /** That of this machine, read once: megabytes, and half a second of CPU. */
  public static MachineTrust get() {
    return Loaded.TRUST;
  }

  /** Java's, and that of the first of {@code bundles} that is there, if it can be read. */
  static MachineTrust of(List<Path> bundles) {
    try {
      List<Certificate> authorities =
          new ArrayList<>(Arrays.asList(manager(Optional.empty()).getAcceptedIssuers()));
      bundles.stream()
          .filter(Files::exists)
          .findFirst()
          .ifPresent(bundle -> authorities.addAll(read(bundle)));
      X509TrustManager manager = manager(Optional.of(store(authorities)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new MachineTrust(manager, context.getSocketFactory());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static Collection<? extends Certificate> read(Path bundle) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException | CertificateException e) {
      LOG.log(System.Logger.Level.WARNING, "no certificates in " + bundle + ": " + e);
      return List.of();
    }
  }

  private static KeyStore store(List<Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority" + i, authorities.get(i));
    }
    return store;
  }

  /** Without a store: Java's own. */
  private static X509TrustManager manager(Optional<KeyStore> store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store.orElse(null));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no X.509"));
  }
}
