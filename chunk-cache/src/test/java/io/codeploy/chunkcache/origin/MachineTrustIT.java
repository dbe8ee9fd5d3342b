package io.codeploy.chunkcache.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTrustIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path temp;

  @Test
  void takesAServerForWhichAnAuthorityOfTheMachineVouches() throws Exception {
    Path bundle = authority("ours");
    HttpsServer server = serve("ours");
    try {
      assertEquals(404, ask(server, MachineTrust.of(List.of(temp.resolve("none"), bundle))));
      assertThrows(
          SSLHandshakeException.class, () -> ask(server, MachineTrust.of(List.of(authority("b")))));
      assertThrows(SSLHandshakeException.class, () -> ask(server, MachineTrust.of(List.of())));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void trustsAsJavaDoesWhereTheBundleIsBroken() throws Exception {
    Path broken = Files.writeString(temp.resolve("broken"), "-----BEGIN CERTIFICATE-----\nx\n");
    int java = MachineTrust.of(List.of()).manager().getAcceptedIssuers().length;

    assertTrue(java > 0);
    assertEquals(java, MachineTrust.of(List.of(broken)).manager().getAcceptedIssuers().length);
  }

  private static int ask(HttpsServer server, MachineTrust trust) throws IOException {
    URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    HttpsURLConnection connection = (HttpsURLConnection) url.toURL().openConnection();
    connection.setSSLSocketFactory(trust.sockets());
    return connection.getResponseCode();
  }

  private HttpsServer serve(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(temp.resolve(name))) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.start();
    return server;
  }

  /** A key and a certificate that vouches for itself; the latter as a file of its own. */
  private Path authority(String name) throws IOException, InterruptedException {
    Path certificate = temp.resolve(name + ".crt");
    keytool(
        name,
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:127.0.0.1");
    keytool(name, "-exportcert", "-rfc", "-alias", name, "-file", certificate.toString());
    return certificate;
  }

  private void keytool(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", temp.resolve(name).toString(), "-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
