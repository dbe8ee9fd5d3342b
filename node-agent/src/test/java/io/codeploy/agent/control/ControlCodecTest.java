package io.codeploy.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.ignore.IgnorePatterns;
import io.codeploy.chunkcache.member.Peer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCodecTest {
  private static final String TOKEN = "00112233445566778899aabbccddeeff".repeat(2);

  @Test
  void writesARequestAsTheFormatPageHasIt() throws IOException {
    assertEquals(golden(), new String(ControlCodec.encode(request()), UTF_8));
  }

  @Test
  void readsARequestAsTheFormatPageHasIt() throws IOException {
    assertEquals(request(), decode(golden()));
  }

  @Test
  void keepsEveryEvent() throws IOException {
    List<AgentEvent> events =
        List.of(
            new AgentEvent.Progress(AgentEvent.Phase.FETCH, 1, Long.MAX_VALUE),
            new AgentEvent.Report(
                new AgentEvent.Counts(1, 2, 3, 4, 5),
                new AgentEvent.Traffic(6, 7, 8, 9),
                List.of("a\nb: is \"ä\"")));
    for (AgentEvent event : events) {
      String line = ControlCodec.encode(event);

      assertEquals(event, ControlCodec.decodeEvent(line));
      assertEquals(1, line.lines().count());
    }
  }

  @Test
  void writesAnEventAsTheFormatPageHasIt() {
    assertEquals(
        "{\"type\":\"progress\",\"phase\":\"FETCH\",\"bytesDone\":1048576,\"bytesTotal\":104857600}",
        ControlCodec.encode(
            new AgentEvent.Progress(AgentEvent.Phase.FETCH, 1_048_576, 104_857_600)));
  }

  @Test
  void keepsReachMessagesAndStatus() throws IOException {
    ReachRequest request = new ReachRequest("http://a", "");
    ReachAnswer answer = new ReachAnswer(false, "connection refused");
    EndRequest end = new EndRequest("00".repeat(16));
    SeedRequest seed = new SeedRequest("11".repeat(32), TOKEN);
    NearRequest near = new NearRequest(List.of(new NearRequest.Address("192.0.2.7", 40_002)));
    NearAnswer trips = new NearAnswer(List.of(new NearAnswer.Trip(0, 812)));
    AgentStatus status =
        new AgentStatus("1", 2, 3, List.of(new AgentStatus.Deployment("d", "/r", true)));

    assertEquals(
        request,
        ControlCodec.decodeReachRequest(new ByteArrayInputStream(ControlCodec.encode(request))));
    assertEquals(
        end, ControlCodec.decodeEndRequest(new ByteArrayInputStream(ControlCodec.encode(end))));
    assertEquals(
        seed, ControlCodec.decodeSeedRequest(new ByteArrayInputStream(ControlCodec.encode(seed))));
    assertEquals(answer, ControlCodec.decodeReachAnswer(ControlCodec.encode(answer)));
    assertEquals(
        near, ControlCodec.decodeNearRequest(new ByteArrayInputStream(ControlCodec.encode(near))));
    assertEquals(trips, ControlCodec.decodeNearAnswer(ControlCodec.encode(trips)));
    assertEquals(status, ControlCodec.decodeStatus(ControlCodec.encode(status)));
  }

  @Test
  void refusesToAskForMoreMembersThanAreMeasuredAtOnce() {
    String member = "{\"host\":\"192.0.2.7\",\"port\":1}";
    byte[] request =
        ("{\"members\":[" + String.join(",", Collections.nCopies(17, member)) + "]}")
            .getBytes(UTF_8);

    assertThrows(
        MalformedMessageException.class,
        () -> ControlCodec.decodeNearRequest(new ByteArrayInputStream(request)));
  }

  @Test
  void refusesARequestThatIsCutAnywhere() throws IOException {
    byte[] whole = ControlCodec.encode(request());
    for (int length = 0; length < whole.length; length++) {
      InputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
      assertThrows(MalformedMessageException.class, () -> ControlCodec.decodeRequest(cut));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"self\":1,|\"self\":1,\"extra\":1,",
        "\"self\":1,|",
        "\"self\":1,|\"self\":1,\"self\":2,",
        "\"self\":1|\"self\":null",
        "\"self\":1|\"self\":\"1\"",
        "\"self\":1|\"self\":1.5",
        "\"self\":1|\"self\":99999999999",
        "\"site\":null|\"site\":7",
        "\"site\":null,|",
        "\"remoteDir\":\"test dir\"|\"remoteDir\":null",
        "\"remoteDir\":\"test dir\"|\"remoteDir\":5",
        "\"web-tree\"|\"java.lang.Object\"",
        "\"type\":\"web-tree\",|",
        "\"delete\":true|\"delete\":\"true\"",
        "\"delete\":true|\"delete\":1",
      })
  void refusesWhatIsNotExactlyARequest(String from, String to) throws IOException {
    String changed = golden().replace(from, Objects.requireNonNullElse(to, ""));

    IOException e = assertThrows(MalformedMessageException.class, () -> decode(changed));

    assertTrue(e.toString().contains("not a DeployRequest: "), e.toString());
    assertEquals(1, e.toString().lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{\"type\":\"progress\"}",
        "{\"type\":\"progress\",\"phase\":3,\"bytesDone\":1,\"bytesTotal\":2}",
        "{\"type\":\"progress\",\"phase\":\"DONE\",\"bytesDone\":1,\"bytesTotal\":2}",
        "{\"type\":\"progress\",\"phase\":\"DIFF\",\"bytesDone\":1,\"bytesTotal\":2} {}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
      })
  void refusesWhatIsNoEvent(String line) {
    assertThrows(MalformedMessageException.class, () -> ControlCodec.decodeEvent(line));
  }

  @Test
  void readsNoMoreThanTheLimitOfAnEndlessBody() {
    InputStream endless =
        new InputStream() {
          private long served;

          @Override
          public int read() {
            assertTrue(served++ <= ControlCodec.MAX_BYTES, "reads on");
            return ' ';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            served += length;
            assertTrue(served <= ControlCodec.MAX_BYTES + 1L, "reads on");
            Arrays.fill(buffer, offset, offset + length, (byte) ' ');
            return length;
          }
        };

    assertThrows(MalformedMessageException.class, () -> ControlCodec.decodeRequest(endless));
  }

  @Test
  void readsARequestThatWentThroughGzip() throws IOException {
    byte[] packed = ControlCodec.encodePacked(request());

    assertEquals(request(), ControlCodec.decodePackedRequest(new ByteArrayInputStream(packed)));
  }

  /** Every node gets all of them, over SSH. */
  @Test
  void tellsOf500MembersInLessThan8KiB() {
    List<Peer> peers =
        IntStream.range(0, 500)
            .mapToObj(
                rank ->
                    new Peer(
                        rank,
                        "web%04d.example.com".formatted(rank),
                        "192.0.%d.%d".formatted(rank / 250, rank % 250),
                        32_768 + rank * 7919 % 28_000,
                        Optional.of("192.0.%d.0/24".formatted(rank / 250)),
                        true))
            .toList();
    DeployRequest one = request();
    DeployRequest large =
        new DeployRequest(
            one.deployment(),
            one.token(),
            one.self(),
            peers,
            one.remoteDir(),
            one.signedRoot(),
            one.publicKey(),
            one.manifest(),
            one.origin(),
            one.options(),
            one.extent());

    int bytes = ControlCodec.encodePacked(large).length;

    assertTrue(bytes < 8 << 10, bytes + " bytes");
  }

  @Test
  void refusesWhatIsNoGzipOrEndsEarly() {
    byte[] packed = ControlCodec.encodePacked(request());

    for (int length = 0; length < packed.length; length++) {
      InputStream part = new ByteArrayInputStream(packed, 0, length);
      assertThrows(
          MalformedMessageException.class,
          () -> ControlCodec.decodePackedRequest(part),
          "" + length);
    }
  }

  private static DeployRequest decode(String json) throws IOException {
    return ControlCodec.decodeRequest(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  private static String golden() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            ControlCodecTest.class.getResourceAsStream("agent-control-request.json"))) {
      return new String(file.readAllBytes(), UTF_8).strip();
    }
  }

  private static DeployRequest request() {
    return new DeployRequest(
        "00112233445566778899aabbccddeeff",
        TOKEN,
        1,
        List.of(
            new Peer(0, "node-0", "192.0.2.7", 40_002, Optional.of("zürich"), true),
            new Peer(1, "node-1", "192.0.2.8", 40_004, Optional.empty(), false)),
        "test dir",
        "AAEC",
        "AwQF",
        List.of("Bgc="),
        new OriginSpec.WebTree(
            "http://web.example/~me/program", ".codeploy-0011", List.of("ext:php", "exec")),
        new DeployOptions(
            true,
            List.of(new IgnorePatterns("", "*.log"), new IgnorePatterns("ä/", "/b\n!c d")),
            false,
            new ProxySpec("a.example,*.b.example", 3125),
            new Caps(1_000_000, Long.MAX_VALUE)),
        new Extent.Part(List.of("ä dir"), "BQ=="));
  }
}
