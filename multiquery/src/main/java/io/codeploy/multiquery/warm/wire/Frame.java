package io.codeploy.multiquery.warm.wire;

import java.util.Arrays;

/**
 * One message.
 *
 * @param content not copied; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // It has an identity of its own, and no use for equality.
public record Frame(FrameType type, byte[] content) {
  /** A message without content. */
  public static Frame of(FrameType type) {
    return new Frame(type, new byte[0]);
  }

  /** Bytes of a stream. */
  public static Frame data(FrameType type, byte[] bytes, int offset, int length) {
    return new Frame(type, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** For reading the content. */
  public Fields fields() {
    return new Fields(content);
  }

  @Override
  public String toString() {
    return type + " of " + content.length + " bytes";
  }
}
