package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.agent.control.SeedRequest;
import io.codeploy.chunkcache.http.Endpoint;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.HttpServer;
import io.codeploy.cli.fleet.ImageSpread.Seed;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An image on its way to shells of this machine, from here and from seeds that are tests'. */
final class SpreadRig implements AutoCloseable {
  private static final List<String> USUAL =
      List.of(
          "sh",
          "uname",
          "df",
          "tail",
          "sed",
          "tar",
          "gzip",
          "sha256sum",
          "mkdir",
          "rm",
          "mv",
          "rmdir",
          "cat",
          "head",
          "wc",
          "tr",
          "sleep",
          "grep");

  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Path> links = new ArrayList<>();

  private final Path temp;
  private final AgentImage image;
  private final ImageSpread spread;

  /** What a seed does with a request. */
  interface Manner {
    void answer(Exchange exchange) throws IOException;
  }

  SpreadRig(Path temp, AgentImage image) {
    this.temp = temp;
    this.image = image;
    this.spread =
        new ImageSpread(image, new Bootstrap(FleetLimits.defaults()), TimeSource.system());
  }

  ImageSpread spread() {
    return spread;
  }

  /** Tokens that seeds were told of. */
  Set<String> tokens() {
    return Set.copyOf(tokens);
  }

  /** How often any seed was asked. */
  int asked() {
    return asked.get();
  }

  /** No more seed can be reached. */
  void closeSeeds() {
    servers.forEach(HttpServer::close);
  }

  @Override
  public void close() throws IOException {
    closeSeeds();
    for (Path link : links) {
      Files.delete(link);
    }
  }

  void install(LocalShell shell) throws Exception {
    spread.install(shell, probe(shell), "").close();
  }

  /** What an honest seed does. */
  void give(Exchange exchange) throws IOException {
    String shown = exchange.header("Authorization").orElse("");
    boolean right = exchange.path().equals("/i/" + image.digest());
    if (shown.startsWith("Bearer ") && tokens.contains(shown.substring(7)) && right) {
      exchange.respond(200, ByteBuffer.wrap(archive()));
    } else {
      exchange.respond(401);
    }
  }

  Seed seed(Manner manner) throws IOException {
    InetAddress address = InetAddress.getLoopbackAddress();
    HttpServer server =
        HttpServer.start(
            "seed",
            List.of(
                new Endpoint(
                    new InetSocketAddress(address, 0),
                    List.of(
                        exchange -> {
                          asked.incrementAndGet();
                          manner.answer(exchange);
                          return true;
                        }))));
    servers.add(server);
    int port = server.addresses().getFirst().getPort();
    return new Seed("seed", "", "127.0.0.1", port, this::open);
  }

  private void open(SeedRequest request) {
    tokens.add(request.token());
  }

  byte[] archive() throws IOException {
    return Files.readAllBytes(image.archive());
  }

  /** A node that has the usual tools and one more, which is to be on this machine. */
  LocalShell shell(String name, String tool) throws IOException {
    Path bin = Files.createDirectories(temp.resolve(name + "-bin"));
    for (String word : Stream.concat(USUAL.stream(), Stream.of(tool)).toList()) {
      Optional<Path> found =
          Stream.of("/usr/bin/", "/bin/")
              .map(directory -> Path.of(directory + word))
              .filter(Files::exists)
              .findFirst();
      assumeTrue(found.isPresent(), word + " is not installed");
      links.add(Files.createSymbolicLink(bin.resolve(word), found.get()));
    }
    Path home = Files.createDirectory(temp.resolve(name));
    return new LocalShell(home, Map.of("PATH", bin.toString()));
  }

  static NodeFacts probe(LocalShell shell) throws Exception {
    String command = Script.fromStandardInput(List.of(".codeploy", "elsewhere"));
    Marked lines =
        RemoteScript.run(
            shell, command, new ByteArrayInputStream(Script.PROBE.text()), Duration.ofSeconds(30));
    return NodeProbe.parse(lines).orElseThrow();
  }

  /** Whole, with its archive, and nothing else is left. */
  void assertInstalled(String name) throws IOException {
    Path images = temp.resolve(name).resolve(".codeploy/image");
    try (Stream<Path> entries = Files.list(images)) {
      assertEquals(
          List.of(image.name(), image.name() + ".tar.gz"),
          entries.map(entry -> entry.getFileName().toString()).sorted().toList());
    }
    assertEquals(-1, Files.mismatch(image.archive(), images.resolve(image.name() + ".tar.gz")));
    assertTrue(Files.isExecutable(images.resolve(image.name()).resolve("bin/node-agent")));
  }
}
