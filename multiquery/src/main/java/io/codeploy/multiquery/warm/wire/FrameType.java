package io.codeploy.multiquery.warm.wire;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of frames, with their bytes. */
public enum FrameType {
  HELLO(1),
  WELCOME(2),
  REFUSED(3),
  VISIT(4),
  VISITING(5),
  NODE(6),
  PREPARE(7),
  PREPARED(8),
  ASK(9),
  SECRET(10),
  TELL(11),
  LEASE(12),
  LEASED(13),
  JOIN(14),
  EXECUTE(15),
  OPEN(16),
  TCP(17),
  FORWARD(18),
  ADDRESS(19),
  ALIVE(20),
  DATA(21),
  STDERR(22),
  END(23),
  EXITED(24),
  SIGNALLED(25),
  OPENED(26),
  PORT(27),
  AT(28),
  IS_ALIVE(29),
  FAILED(30),
  LIST(31),
  KEPT(32),
  QUIT(33),
  FORGET(34),
  FORGOTTEN(35);

  /** Of what a {@link #DATA} or {@link #STDERR} frame carries. */
  public static final int MAX_DATA_BYTES = 64 << 10;

  /** Of the content of any other frame. */
  public static final int MAX_BYTES = 1 << 20;

  private static final FrameType[] BY_CODE = new FrameType[36];

  static {
    Arrays.stream(values()).forEach(type -> BY_CODE[type.code] = type);
  }

  private final byte code;

  FrameType(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Optional<FrameType> of(byte code) {
    return code > 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }

  int maxBytes() {
    return this == DATA || this == STDERR ? MAX_DATA_BYTES : MAX_BYTES;
  }
}
