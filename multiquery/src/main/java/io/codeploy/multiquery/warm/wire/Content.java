package io.codeploy.multiquery.warm.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Puts the content of a frame together. */
public final class Content {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

  public Content flag(boolean value) {
    return one(value ? 1 : 0);
  }

  /** A byte. */
  public Content one(int value) {
    bytes.write(value);
    return this;
  }

  /** Four bytes. */
  public Content number(int value) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  /** Eight bytes. */
  public Content longNumber(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  public Content time(Duration time) {
    return longNumber(time.toNanos());
  }

  public Content text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    bytes.writeBytes(encoded);
    return this;
  }

  public Content text(Optional<String> text) {
    flag(text.isPresent());
    text.ifPresent(this::text);
    return this;
  }

  /** The frame with this content. */
  public Frame as(FrameType type) {
    return new Frame(type, bytes.toByteArray());
  }
}
