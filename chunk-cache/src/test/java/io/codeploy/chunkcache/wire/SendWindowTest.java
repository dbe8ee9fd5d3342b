package io.codeploy.chunkcache.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendWindowTest {
  @Test
  void isWhatTheAskerSays() throws IOException {
    assertEquals(granted(32 << 10), afterAsking("32768"));
  }

  @Test
  void isNeverLessThanAFewPackets() throws IOException {
    assertEquals(granted(8 << 10), afterAsking("1"));
  }

  @Test
  void followsTheLastRequestThatSaysOne() throws IOException {
    assertEquals(granted(16 << 10), afterAsking("32768", "16384", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "16k", "16384, 1", "99999999999"})
  void isLeftToTheSystemOtherwise(String strange) throws IOException {
    try (SocketChannel fresh = SocketChannel.open()) {
      assertEquals(fresh.getOption(StandardSocketOptions.SO_SNDBUF), afterAsking(strange));
    }
  }

  /** What the system makes of {@code bytes}. */
  private static int granted(int bytes) throws IOException {
    try (SocketChannel other = SocketChannel.open()) {
      return other
          .setOption(StandardSocketOptions.SO_SNDBUF, bytes)
          .getOption(StandardSocketOptions.SO_SNDBUF);
    }
  }

  private static int afterAsking(String... values) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      SendWindow window = new SendWindow(channel);
      for (String value : values) {
        Map<String, String> fields = value.isEmpty() ? Map.of() : Map.of("codeploy-window", value);
        window.follow(new HeadFields(fields));
      }
      return channel.getOption(StandardSocketOptions.SO_SNDBUF);
    }
  }
}
