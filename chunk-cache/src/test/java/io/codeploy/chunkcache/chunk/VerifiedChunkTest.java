package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class VerifiedChunkTest {
  private static final byte[] BYTES = {1, 2, 3, 4};

  @Test
  void hasTheBytesThatItsDigestNames() throws Exception {
    ByteBuffer window = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 4, 9}, 1, 4);

    VerifiedChunk chunk = VerifiedChunk.of(Digest.of(BYTES), window);

    assertEquals(ByteBuffer.wrap(BYTES), chunk.bytes());
    assertEquals(4, chunk.length());
    assertEquals(1, window.position());
  }

  @Test
  void isNotMadeOfOtherBytes() {
    assertThrows(
        CorruptChunkException.class,
        () -> VerifiedChunk.of(Digest.of(BYTES), ByteBuffer.wrap(new byte[] {1, 2, 3, 5})));
  }

  @Test
  void isReadByOneWithoutMovingAnother() throws Exception {
    VerifiedChunk chunk = VerifiedChunk.of(Digest.of(BYTES), ByteBuffer.wrap(BYTES));

    chunk.bytes().position(3);

    assertEquals(0, chunk.bytes().position());
  }

  @Test
  void isNotTakenForAnotherChunk() throws Exception {
    VerifiedChunk chunk = VerifiedChunk.of(Digest.of(BYTES), ByteBuffer.wrap(BYTES));
    ChunkRef other = ChunkRef.raw(Digest.of(new byte[] {5, 6, 7, 8}), 4);

    assertThrows(CorruptChunkException.class, () -> ChunkCodec.decode(other, chunk));
    assertThrows(
        CorruptChunkException.class,
        () -> ChunkCodec.decode(ChunkRef.raw(chunk.transported(), 5), chunk));
  }
}
