package io.codeploy.chunkcache.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How much of an answer may wait in a connection's socket or be on its way: as much as the asker
 * says, or what the system thinks fit. Left to itself, a system gives every connection more than
 * the queue of a thin link takes; where a dozen of them leave by one link, what does not fit is
 * thrown away and sent again. Used by one thread at a time.
 */
final class SendWindow {
  /** A field of a request, in bytes. */
  static final String FIELD = "Codeploy-Window";

  private static final Pattern VALUE = Pattern.compile("\\d{1,9}");

  /** Less would be sent in packets that are not full. */
  private static final int LEAST_BYTES = 8 << 10;

  private static final int MOST_BYTES = 1 << 20;

  private final SocketChannel channel;
  private OptionalInt set = OptionalInt.empty();

  SendWindow(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Holds for what is sent from now on; without a field, or with a strange one, nothing changes.
   */
  void follow(HeadFields request) throws IOException {
    OptionalInt asked = bytes(request.get(FIELD));
    if (asked.isPresent() && !asked.equals(set)) {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, asked.getAsInt());
      set = asked;
    }
  }

  private static OptionalInt bytes(Optional<String> value) {
    return value.filter(text -> VALUE.matcher(text).matches()).stream()
        .mapToInt(text -> Math.clamp(Integer.parseInt(text), LEAST_BYTES, MOST_BYTES))
        .findFirst();
  }
}
