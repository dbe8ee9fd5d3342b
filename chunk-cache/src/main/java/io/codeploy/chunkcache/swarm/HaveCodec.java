package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.swarm.policy.HaveDelta;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of an answer under {@code /h/}; its format is in {@code docs/formats/http.md}. */
final class HaveCodec {
  /** Indexes in one answer. */
  static final int LIMIT = 1 << 16;

  private static final int FIXED_BYTES = 17;

  /** The longest body. */
  static final int MAX_BYTES = FIXED_BYTES + 4 * LIMIT;

  private HaveCodec() {}

  static ByteBuffer encode(HaveDelta delta) {
    ByteBuffer body = ByteBuffer.allocate(FIXED_BYTES + 4 * delta.chunks().size());
    body.putLong(delta.next()).putLong(delta.progress()).put((byte) (delta.active() ? 1 : 0));
    delta.chunks().forEach(body::putInt);
    return body.flip();
  }

  /** Empty if {@code body} is not of the format. */
  static Optional<HaveDelta> decode(ByteBuffer body) {
    int bytes = body.remaining();
    if (bytes < FIXED_BYTES || bytes > MAX_BYTES || (bytes - FIXED_BYTES) % 4 != 0) {
      return Optional.empty();
    }
    long next = body.getLong();
    long progress = body.getLong();
    byte active = body.get();
    List<Integer> chunks = new ArrayList<>(body.remaining() / 4);
    while (body.hasRemaining()) {
      chunks.add(body.getInt());
    }
    boolean sound = next >= 0 && progress >= 0 && (active == 0 || active == 1);
    return sound
        ? Optional.of(new HaveDelta(next, progress, active == 1, chunks))
        : Optional.empty();
  }
}
