package io.codeploy.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.MalformedMessageException;
import io.codeploy.agent.control.SeedRequest;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageRouteTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final String TOKEN = "0f".repeat(32);
  private static final String OTHER = "1f".repeat(32);
  private static final Digest DIGEST = Digest.of("archive".getBytes(UTF_8));
  private static final String PATH = "/i/" + DIGEST;

  private final AtomicLong nanos = new AtomicLong();

  @TempDir private Path temp;
  private Path archive;
  private ImageRoute route;

  @BeforeEach
  void keepAnArchive() throws IOException {
    archive = Files.writeString(temp.resolve("archive"), "archive");
    route = new ImageRoute(archive, nanos::get);
  }

  @Test
  void givesTheArchiveOnceForAToken() throws IOException {
    assertTrue(route.open(request(TOKEN)));

    assertEquals("200 archive", ask("GET", PATH, TOKEN));
    assertEquals("401 ", ask("GET", PATH, TOKEN));
  }

  @Test
  void leavesOtherPathsToOthers() throws IOException {
    assertFalse(route.handle(new Asked("GET", "/c/" + DIGEST, TOKEN)));
  }

  @Test
  void givesNothingBeforeAControllerSaysSo() throws IOException {
    assertEquals("401 ", ask("GET", PATH, TOKEN));
  }

  @Test
  void givesNothingWithoutTheToken() throws IOException {
    assertTrue(route.open(request(TOKEN)));

    assertEquals("401 ", ask("GET", PATH, OTHER));
    assertEquals("401 ", ask("GET", PATH, ""));
  }

  @Test
  void givesNothingButTheArchive() throws IOException {
    assertTrue(route.open(request(TOKEN)));

    assertEquals("404 ", ask("GET", "/i/" + Digest.of(new byte[0]), TOKEN));
    assertEquals("404 ", ask("GET", "/i/../agent.state", TOKEN));
    assertEquals("404 ", ask("GET", "/i/", TOKEN));
    assertEquals("405 ", ask("POST", PATH, TOKEN));
  }

  @Test
  void takesATokenForAnHour() throws IOException {
    assertTrue(route.open(request(TOKEN)));
    nanos.set(1);
    assertTrue(route.open(request(OTHER)));

    nanos.set(HOUR + 1);

    assertEquals("401 ", ask("GET", PATH, TOKEN));
    assertEquals("200 archive", ask("GET", PATH, OTHER));
  }

  @Test
  void forgetsTheOldestOfManyTokens() throws IOException {
    for (int i = 0; i < 9; i++) {
      assertTrue(route.open(request("%02x".formatted(i).repeat(32))));
    }

    assertEquals("401 ", ask("GET", PATH, "00".repeat(32)));
    assertEquals("200 archive", ask("GET", PATH, "01".repeat(32)));
  }

  @Test
  void refusesToSeedWhatIsNotKept() throws IOException {
    Files.delete(archive);

    assertFalse(route.open(request(TOKEN)));
    assertEquals("401 ", ask("GET", PATH, TOKEN));
  }

  @Test
  void followsNoLink() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Files.delete(archive);
    Files.createSymbolicLink(archive, secret);
    assertFalse(route.open(request(TOKEN)));

    Files.delete(archive);
    Files.writeString(archive, "archive");
    assertTrue(route.open(request(TOKEN)));
    Files.delete(archive);
    Files.createSymbolicLink(archive, secret);

    assertThrows(IOException.class, () -> ask("GET", PATH, TOKEN));
  }

  @Test
  void refusesWhatIsNoToken() {
    assertThrows(MalformedMessageException.class, () -> route.open(request("secret")));
    assertThrows(MalformedMessageException.class, () -> route.open(new SeedRequest("../x", TOKEN)));
  }

  private static SeedRequest request(String token) {
    return new SeedRequest(DIGEST.toString(), token);
  }

  private String ask(String method, String path, String token) throws IOException {
    Asked asked = new Asked(method, path, token);
    assertTrue(route.handle(asked));
    return asked.answer;
  }

  /** A request, and what came of it. */
  private static final class Asked implements Exchange {
    private final String method;
    private final String path;
    private final String token;
    private String answer = "";

    Asked(String method, String path, String token) {
      this.method = method;
      this.path = path;
      this.token = token;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String uri() {
      return "http://node" + path;
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
      boolean known = name.equals("Authorization") && !token.isEmpty();
      return known ? Optional.of("Bearer " + token) : Optional.empty();
    }

    @Override
    public InputStream body() {
      return InputStream.nullInputStream();
    }

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void respond(int status) {
      answer = status + " ";
    }

    @Override
    public void respond(int status, ByteBuffer body) {
      answer = status + " " + UTF_8.decode(body);
    }

    @Override
    public OutputStream stream(int status) {
      return new ByteArrayOutputStream();
    }
  }
}
