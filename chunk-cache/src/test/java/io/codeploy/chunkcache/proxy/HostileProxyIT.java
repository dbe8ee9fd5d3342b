package io.codeploy.chunkcache.proxy;

import static io.codeploy.chunkcache.proxy.RawHttp.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.proxy.RawHttp.Answer;
import io.codeploy.chunkcache.proxy.ScriptedOrigin.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that want what they may not have, origins that lie, change and break. */
class HostileProxyIT {
  private static final int MIB = RangePlan.RANGE_BYTES;

  private final byte[] content = new byte[3 * MIB];
  private final byte[] changed = new byte[3 * MIB];
  @TempDir private Path temp;
  private ScriptedOrigin origin;
  private ProxyRig rig;
  private String host;
  private String path;

  @BeforeEach
  void start() throws IOException {
    new Random(5).nextBytes(content);
    new Random(6).nextBytes(changed);
    origin = new ScriptedOrigin(ScriptedOrigin.file(content, "\"v1\""));
    host = "127.0.0.1:" + origin.port();
    rig = new ProxyRig(temp, 2, host + ",*.allowed.test");
    path = "/" + host + "/big";
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    origin.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / | 400",
        "GET /HOST | 400",
        "GET /HOST/../other.test/x | 400",
        "GET /HOST/%2e%2e/x | 400",
        "GET /HOST/a%2fb | 400",
        "GET /HOST/a%00b | 400",
        "GET /127%2e0.0.1/x | 400",
        "GET /me@HOST/x | 400",
        "GET //HOST/x | 400",
        "GET /http://HOST/x | 400",
        "GET https://HOST/x | 400",
        "GET /127.0.0.1/x | 403",
        "GET /localhost/x | 403",
        "GET /2130706433/x | 403",
        "GET /[::1]/x | 400",
        "GET /169.254.169.254/latest | 403",
        "GET /allowed.test/x | 403",
        "GET /evilallowed.test/x | 403",
        "GET /LONG.allowed.test/x | 400",
        "POST /HOST/x | 405",
        "PUT /HOST/x | 405",
        "DELETE /HOST/x | 405"
      })
  void asksNobodyForAnythingElse(String request, int status) throws IOException {
    String line = request.replace("HOST", host).replace("LONG", "x".repeat(64)) + " HTTP/1.1";

    assertEquals(status, RawHttp.ask(rig.port(0), line).status());
    assertEquals(List.of(), origin.requests());
  }

  @Test
  void opensNoTunnel() throws IOException {
    Answer answer = RawHttp.ask(rig.port(0), "CONNECT " + host + " HTTP/1.1", "Host: " + host);

    assertTrue(answer.status() >= 400, "" + answer.status());
    assertEquals(List.of(), origin.requests());
  }

  @Test
  void asksNoMemberAndNeverItself() throws IOException {
    try (ProxyRig open =
        new ProxyRig(temp.resolve("open"), 1, host + ",127.0.0.1:" + rig.memberPort(0))) {
      assertEquals(401, get(open.port(0), "/127.0.0.1:" + rig.memberPort(0) + "/p/about").status());
    }
    assertEquals(403, get(rig.port(0), "/127.0.0.1:" + rig.memberPort(0) + "/p/about").status());
    assertEquals(508, get(rig.port(0), path, "Via: 1.1 codeploy-proxy").status());
    assertEquals(List.of(), origin.requests());
  }

  @Test
  void takesAPageOfAnotherNameForARequestOfThatName() throws IOException {
    Answer answer = get(rig.port(0), path, "Host: evil.test:" + rig.port(0));

    assertEquals(403, answer.status());
    assertTrue(answer.text().contains("evil.test"), answer.text());
  }

  @Test
  void refusesHeadersWithoutEnd() throws IOException {
    Answer answer = get(rig.port(0), path, "X: " + "x".repeat(20_000));

    assertEquals(431, answer.status());
    assertEquals(List.of(), origin.requests());
  }

  @Test
  void answersMembersOnlyAndNothingThatIsNotOnTheList() throws IOException {
    String about = "/p/about?target=" + Words.encode(path);
    String range = "/p/range?target=" + Words.encode(path);
    int port = rig.memberPort(0);

    assertEquals(401, get(port, about).status());
    assertEquals(401, get(port, about, "Authorization: Bearer " + "0".repeat(64)).status());
    assertEquals(
        403,
        get(port, "/p/about?target=" + Words.encode("/other.test/x"), rig.authorization())
            .status());
    assertEquals(
        400, get(port, "/p/about?target=" + Words.encode("/a/../b"), rig.authorization()).status());
    assertEquals(400, get(port, "/p/about", rig.authorization()).status());
    assertEquals(400, get(port, range, rig.authorization()).status());
    assertEquals(
        400, get(port, range + "&validator=dg&length=1&index=1", rig.authorization()).status());
    assertEquals(
        400,
        get(
                port,
                range + "&validator=" + Words.encode("v\nX") + "&length=1&index=0",
                rig.authorization())
            .status());
    assertEquals(
        400, get(port, range + "&validator=dg&length=-1&index=0", rig.authorization()).status());
    assertEquals(
        405, RawHttp.ask(port, "POST " + about + " HTTP/1.1", rig.authorization()).status());
    assertEquals(
        404, get(port, "/p/else?target=" + Words.encode(path), rig.authorization()).status());
    assertEquals(List.of(), origin.requests());
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (ScriptedOrigin secret = new ScriptedOrigin(ScriptedOrigin.file(content, "\"s\""))) {
      String forbidden = "http://127.0.0.1:" + secret.port() + "/secret";
      origin.now(request -> redirect(forbidden));

      Answer away = get(rig.port(0), path);

      assertEquals(302, away.status());
      assertEquals(Optional.of(forbidden), away.header("Location"));
      assertEquals(List.of(), secret.requests());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://x.allowed.test/y?z, /x.allowed.test:80/y?z",
    "/other/place, /HOST/other/place",
    "else, /HOST/else",
    "https://x.allowed.test/y, https://x.allowed.test/y",
    "http://allowed.test/y, http://allowed.test/y"
  })
  void leadsThroughTheProxyAgainWhereThatIsAllowed(String location, String passed)
      throws IOException {
    origin.now(request -> redirect(location));

    assertEquals(
        Optional.of(passed.replace("HOST", host)), get(rig.port(0), path).header("Location"));
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization: Basic eA==, http://x.allowed.test/y, http://x.allowed.test/y",
    "Cookie: a=b, http://x.allowed.test/y, http://x.allowed.test/y",
    "Authorization: Basic eA==, /other, /HOST/other"
  })
  void leadsNobodyToAnotherOriginWithCredentials(String header, String location, String passed)
      throws IOException {
    origin.now(request -> redirect(location));

    assertEquals(
        Optional.of(passed.replace("HOST", host)),
        get(rig.port(0), path, header).header("Location"));
  }

  @Test
  void keepsNothingUnderATagThatIsNone() throws IOException {
    origin.now(ScriptedOrigin.file(content, "\"v\u00e9\""));

    assertArrayEquals(content, get(rig.port(0), path).body());
    assertArrayEquals(content, get(rig.port(1), path).body());
    assertFalse(origin.requests().getLast().contains("Range:"), "" + origin.requests());
  }

  @Test
  void keepsNothingUnderATagThatIsTooLongToRemember() throws IOException {
    origin.now(ScriptedOrigin.file(content, '"' + "v".repeat(About.MAX_LENGTH) + '"'));

    assertArrayEquals(content, get(rig.port(0), path).body());
    assertFalse(origin.requests().getLast().contains("Range:"), "" + origin.requests());
  }

  @Test
  void passesOnAFileOfAServerWithoutRanges() throws IOException {
    origin.now(
        request ->
            new Reply(
                "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: " + content.length + "\r\n",
                content));

    assertArrayEquals(content, get(rig.port(0), path).body());
    assertArrayEquals(content, get(rig.port(1), path).body());
  }

  @Test
  void passesOnAFileThatNothingTellsFromAnother() throws IOException {
    origin.now(ScriptedOrigin.file(content, "W/\"weak\""));

    assertArrayEquals(content, get(rig.port(0), path).body());
    assertTrue(origin.requests().getLast().startsWith("GET"), "" + origin.requests());
    assertFalse(origin.requests().getLast().contains("Range:"), "" + origin.requests());
  }

  @Test
  void passesOnRefusals() throws IOException {
    origin.now(
        request ->
            new Reply(
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n",
                "gone"));

    Answer answer = get(rig.port(0), path);

    assertEquals(404, answer.status());
    assertEquals("gone", answer.text());
  }

  @Test
  void mixesNoVersions() throws IOException {
    AtomicBoolean since = new AtomicBoolean();
    origin.now(
        request -> {
          if (request.contains("If-Range: \"v1\"")) {
            since.set(true);
          }
          return since.get()
              ? ScriptedOrigin.file(changed, "\"v2\"").apply(request)
              : ScriptedOrigin.file(content, "\"v1\"", "Cache-Control: max-age=3600")
                  .apply(request);
        });

    Answer broken = get(rig.port(0), path);

    assertEquals(200, broken.status());
    assertTrue(broken.body().length <= MIB, broken.body().length + " bytes");
    assertArrayEquals(Arrays.copyOf(content, broken.body().length), broken.body());
    assertArrayEquals(changed, get(rig.port(0), path).body());
    assertArrayEquals(changed, get(rig.port(1), path).body());
  }

  @Test
  void startsAnewWhenItHasChangedBeforeTheFirstByte() throws IOException {
    origin.now(ScriptedOrigin.file(content, "\"v1\"", "Cache-Control: max-age=3600"));
    get(rig.port(0), path, "Range: bytes=0-9");
    origin.now(ScriptedOrigin.file(changed, "\"v2\"", "Cache-Control: max-age=3600"));

    Answer end = get(rig.port(0), path, "Range: bytes=" + (3 * MIB - 10) + "-");

    assertEquals(206, end.status());
    assertArrayEquals(Arrays.copyOfRange(changed, 3 * MIB - 10, 3 * MIB), end.body());
    assertEquals(Optional.of("\"v2\""), end.header("ETag"));
  }

  @ParameterizedTest
  @CsvSource({"1048576, 100", "100, 100"})
  void believesNoLength(int said, int sent) throws IOException {
    origin.now(
        request ->
            new Reply(
                "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Length: "
                    + said
                    + "\r\nContent-Range: bytes 0-1048575/3145728\r\n",
                Arrays.copyOf(content, sent)));

    assertEquals(502, get(rig.port(0), path).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes 1-1048576/3145728",
        "bytes 0-1048575/*",
        "bytes 0-99/3145728",
        "bytes 0-1048575/1048575",
        "bytes 0-999999999999999999/999999999999999999999",
        "nonsense"
      })
  void keepsNoRangeThatWasNotAskedFor(String range) throws IOException {
    origin.now(
        request ->
            request.contains("Range:")
                ? new Reply(
                    "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Length: 1048576\r\n"
                        + "Content-Range: "
                        + range
                        + "\r\n",
                    Arrays.copyOf(changed, MIB))
                : ScriptedOrigin.file(content, "\"v1\"").apply(request));

    assertArrayEquals(content, get(rig.port(0), path).body());
  }

  @Test
  void saysInOneLineThatTheOriginIsAway() throws IOException {
    origin.close();

    Answer answer = get(rig.port(0), path);

    assertEquals(502, answer.status());
    assertEquals(1, answer.text().lines().count(), answer.text());
  }

  private static Reply redirect(String location) {
    return Reply.of("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n");
  }
}
