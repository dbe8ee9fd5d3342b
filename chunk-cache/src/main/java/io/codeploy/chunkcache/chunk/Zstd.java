package io.codeploy.chunkcache.chunk;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One zstd frame from and to memory. */
final class Zstd {
  static final int LEVEL = 3;

  private Zstd() {}

  /**
   * The frame of the remaining bytes of {@code plain}, or empty if it is longer than {@code max}.
   */
  static Optional<ByteBuffer> compress(ByteBuffer plain, int max) {
    ByteBuffer source = onHeap(plain);
    int offset = source.arrayOffset() + source.position();
    // A short target lets zstd give up early on what does not compress.
    byte[] target = new byte[max];
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(LEVEL);
      int length =
          context.compressByteArray(
              target, 0, target.length, source.array(), offset, source.remaining());
      return Optional.of(ByteBuffer.wrap(Arrays.copyOf(target, length)));
    } catch (ZstdException e) {
      if (e.getErrorCode() == com.github.luben.zstd.Zstd.errDstSizeTooSmall()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The {@code length} bytes to which {@code frame} inflates. */
  static byte[] decompress(ByteBuffer frame, int length) throws CorruptChunkException {
    byte[] plain = new byte[length];
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      int inflated = decompress(context, frame, plain);
      if (inflated != length) {
        throw new CorruptChunkException(
            "a chunk inflates to " + inflated + " bytes instead of " + length);
      }
      return plain;
    } catch (ZstdException e) {
      throw new CorruptChunkException("a chunk does not inflate: " + e.getMessage());
    }
  }

  private static int decompress(ZstdDecompressCtx context, ByteBuffer frame, byte[] plain) {
    int length = frame.remaining();
    if (frame.isDirect()) {
      return context.decompressDirectByteBufferToByteArray(
          plain, 0, plain.length, frame, frame.position(), length);
    }
    ByteBuffer source = onHeap(frame);
    int offset = source.arrayOffset() + source.position();
    return context.decompressByteArray(plain, 0, plain.length, source.array(), offset, length);
  }

  /** {@code buffer} itself if its array is at hand, else a copy. */
  private static ByteBuffer onHeap(ByteBuffer buffer) {
    return buffer.hasArray()
        ? buffer
        : ByteBuffer.allocate(buffer.remaining()).put(buffer.duplicate()).flip();
  }
}
