package io.codeploy.multicopy.compress;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** How a stream is packed that is made once for many. */
public record Packing(Optional<Codec> codec) {
  /** Most bytes that are packed in one piece. */
  public static final int PIECE_BYTES = Codec.BLOCK_BYTES;

  /** A piece that gets smaller by less than this part of it is not worth its unpacking. */
  private static final int PART = 16;

  /** The command that undoes it; empty where none is needed. */
  public String undo() {
    return codec.map(Codec::undo).orElse("");
  }

  /** The first {@code length} of {@code bytes}, at least one and at most a piece. */
  public byte[] pack(byte[] bytes, int length) throws IOException {
    if (codec.isEmpty()) {
      return Arrays.copyOf(bytes, length);
    }
    byte[] squeezed = codec.get().squeeze(bytes, length);
    return squeezed.length < length - length / PART ? squeezed : codec.get().wrap(bytes, length);
  }
}
