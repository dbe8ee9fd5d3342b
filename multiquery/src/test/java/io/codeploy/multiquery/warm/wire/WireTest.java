package io.codeploy.multiquery.warm.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.socket.LocalSocket;
import io.codeploy.multiquery.socket.SocketWatch;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static final Node NODE =
      new Node("über:22", "host", Optional.of("me"), OptionalInt.of(22), Map.of());

  @TempDir Path directory;
  private SocketChannel raw;
  private Wire wire;
  private SocketWatch watch;

  @BeforeEach
  void connect() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      watch = SocketWatch.start();
      raw = SocketChannel.open(address);
      wire = new Wire(new LocalSocket(server.accept(), watch));
    }
  }

  @AfterEach
  void close() throws IOException {
    raw.close();
    wire.close();
    watch.close();
  }

  private void send(byte[] bytes) throws IOException {
    raw.write(ByteBuffer.wrap(bytes));
    raw.shutdownOutput();
  }

  private static byte[] bytes(Frame frame) {
    return ByteBuffer.allocate(5 + frame.content().length)
        .put(frame.type().code())
        .putInt(frame.content().length)
        .put(frame.content())
        .array();
  }

  @Test
  void carriesFramesOfAllSizesInOrder() throws Exception {
    byte[] large = new byte[FrameType.MAX_DATA_BYTES];
    new Random(1).nextBytes(large);
    Wire other = new Wire(new LocalSocket(raw, watch));
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      other.send(Frame.of(FrameType.END), new Frame(FrameType.DATA, large));
                    }
                    other.endSending();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    for (int i = 0; i < 100; i++) {
      assertEquals(FrameType.END, wire.next().type());
      assertArrayEquals(large, wire.next().content());
    }
    assertEquals(Optional.empty(), wire.receive());
    sender.join();
  }

  @Test
  void tellsTheEndFromATruncatedFrameAtEveryByte() throws Exception {
    byte[] whole = bytes(new Content().text("some text").as(FrameType.TELL));
    for (int length = 1; length < whole.length; length++) {
      close();
      Files.delete(directory.resolve("s"));
      connect();
      send(Arrays.copyOf(whole, length));

      assertThrows(EOFException.class, wire::receive, "after " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1", "\0\0\0\0\0", "\1\177\177\177\177", "\1\uffff", "~~~~~~"})
  void refusesWhatIsNoFrame(String garbage) throws Exception {
    send(garbage.getBytes(StandardCharsets.ISO_8859_1));

    assertThrows(IOException.class, wire::receive);
  }

  @Test
  void refusesToSendWhatIsTooLong() {
    byte[] tooMuch = new byte[FrameType.MAX_DATA_BYTES + 1];

    assertThrows(ProtocolException.class, () -> wire.send(new Frame(FrameType.DATA, tooMuch)));
  }

  @Test
  void refusesContentThatIsCutAtEveryByteOrHasMore() throws Exception {
    byte[] whole = Values.put(new Content(), NODE).as(FrameType.NODE).content();
    for (int length = 0; length < whole.length; length++) {
      Fields cut = new Fields(Arrays.copyOf(whole, length));
      assertThrows(ProtocolException.class, () -> Values.node(cut));
    }
    Fields more = new Fields(Arrays.copyOf(whole, whole.length + 1));
    assertEquals(NODE, Values.node(more));
    assertThrows(ProtocolException.class, more::end);
  }

  @Test
  void carriesEveryKindOfFailure() throws Exception {
    Duration limit = Duration.ofMillis(700);
    for (NodeFailure failure :
        List.of(
            new NodeFailure.Unreachable("a"),
            new NodeFailure.TurnedAway("b"),
            new NodeFailure.HostKeyRejected("c"),
            new NodeFailure.AuthenticationRejected("d"),
            new NodeFailure.TimedOut("command", limit),
            new NodeFailure.Straggler(limit),
            new NodeFailure.LeftBehind(limit, "rest"),
            new NodeFailure.Disconnected("e"),
            new NodeFailure.RemoteFailure("ü\n"))) {
      assertEquals(failure, Values.failure(Values.failed(failure)));
    }
    assertThrows(
        ProtocolException.class, () -> Values.failure(new Content().one(10).as(FrameType.FAILED)));
  }

  @Test
  void carriesEveryKindOfEnding() throws Exception {
    for (ExitStatus status :
        List.of(new ExitStatus.Exited(255), new ExitStatus.Signalled("KILL"))) {
      assertEquals(Optional.of(status), Values.status(Values.ended(status)));
    }
    assertEquals(Optional.empty(), Values.status(Frame.of(FrameType.END)));
  }

  @Test
  void greetsOnlyItsOwnVersion() throws Exception {
    Hello.check(Hello.frame());

    ProtocolException refused =
        assertThrows(ProtocolException.class, () -> Hello.check(Hello.frame(1)));
    assertEquals("this keeper speaks version 4, not 1", refused.getMessage());
    assertThrows(ProtocolException.class, () -> Hello.check(Frame.of(FrameType.QUIT)));
  }

  @Test
  void saysSoWhenTheOtherEndIsGone() throws Exception {
    raw.close();

    assertTrue(wire.receive().isEmpty());
    assertThrows(EOFException.class, wire::next);
  }
}
