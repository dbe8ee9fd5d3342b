package io.codeploy.multiquery.warm.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Takes the content of a frame apart. What is missing or left over is an error. */
public final class Fields {
  private final ByteBuffer bytes;

  Fields(byte[] content) {
    bytes = ByteBuffer.wrap(content);
  }

  /** A byte that is 0 or 1. */
  public boolean flag() throws ProtocolException {
    return switch (one()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new ProtocolException("neither 0 nor 1");
    };
  }

  /** A byte. */
  public int one() throws ProtocolException {
    need(1);
    return bytes.get();
  }

  /** Four bytes. */
  public int number() throws ProtocolException {
    need(Integer.BYTES);
    return bytes.getInt();
  }

  /** Eight bytes. */
  public long longNumber() throws ProtocolException {
    need(Long.BYTES);
    return bytes.getLong();
  }

  public Duration time() throws ProtocolException {
    long nanos = longNumber();
    if (nanos < 0) {
      throw new ProtocolException("a time of " + nanos);
    }
    return Duration.ofNanos(nanos);
  }

  public String text() throws ProtocolException {
    int length = number();
    if (length < 0) {
      throw new ProtocolException("a length of " + length);
    }
    need(length);
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** A text that may be left out. */
  public Optional<String> optional() throws ProtocolException {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  /** Has to be called last. */
  public void end() throws ProtocolException {
    if (bytes.hasRemaining()) {
      throw new ProtocolException(bytes.remaining() + " bytes too many");
    }
  }

  private void need(int length) throws ProtocolException {
    if (bytes.remaining() < length) {
      throw new ProtocolException("bytes are missing");
    }
  }
}
