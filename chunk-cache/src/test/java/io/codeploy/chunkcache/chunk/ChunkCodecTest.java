package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCodecTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 20, 1000, 65_537, 1 << 20, ChunkRef.MAX_LENGTH})
  void givesBackWhatCompresses(int length) throws Exception {
    byte[] plain = text(length);

    EncodedChunk encoded = ChunkCodec.encode(ByteBuffer.wrap(plain));

    assertEquals(Digest.of(plain), encoded.ref().plain());
    assertEquals(ByteBuffer.wrap(plain), ChunkCodec.decode(encoded.ref(), encoded.transported()));
    if (length >= 1000) {
      assertEquals(Encoding.ZSTD, encoded.ref().encoding());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 20, 1000, 65_537, 1 << 20})
  void keepsNoiseRaw(int length) throws Exception {
    byte[] plain = noise(length);

    EncodedChunk encoded = ChunkCodec.encode(ByteBuffer.wrap(plain));

    assertEquals(ChunkRef.raw(Digest.of(plain), length), encoded.ref());
    assertEquals(ByteBuffer.wrap(plain), ChunkCodec.decode(encoded.ref(), encoded.transported()));
  }

  @Test
  void keepsRawWhatSavesLessThanFivePercent() {
    byte[] hardlyWorthIt = noise(100_000);
    Arrays.fill(hardlyWorthIt, 0, 4_000, (byte) 0);
    byte[] worthIt = noise(100_000);
    Arrays.fill(worthIt, 0, 6_000, (byte) 0);

    assertEquals(Encoding.RAW, ChunkCodec.encode(ByteBuffer.wrap(hardlyWorthIt)).ref().encoding());
    assertEquals(Encoding.ZSTD, ChunkCodec.encode(ByteBuffer.wrap(worthIt)).ref().encoding());
  }

  @Test
  void takesAnyKindOfBufferAndLeavesItsPositionAlone() throws Exception {
    byte[] plain = text(10_000);
    ByteBuffer direct = ByteBuffer.allocateDirect(plain.length + 7).position(7).put(plain);
    direct.position(7);
    ByteBuffer slice = ByteBuffer.wrap(text(10_007), 0, 10_000).slice().asReadOnlyBuffer();

    EncodedChunk fromDirect = ChunkCodec.encode(direct);
    EncodedChunk fromSlice = ChunkCodec.encode(slice);
    ByteBuffer back = ChunkCodec.decode(fromDirect.ref(), directCopy(fromDirect.transported()));

    assertEquals(fromSlice.ref(), fromDirect.ref());
    assertEquals(fromSlice.transported(), fromDirect.transported());
    assertEquals(ByteBuffer.wrap(plain), back);
    assertEquals(7, direct.position());
    assertEquals(
        back, ChunkCodec.decode(fromSlice.ref(), fromSlice.transported().asReadOnlyBuffer()));
  }

  @Test
  void refusesAnyChangedByteAndAnyTruncation() {
    EncodedChunk encoded = ChunkCodec.encode(ByteBuffer.wrap(text(300)));
    byte[] bytes = bytes(encoded.transported());

    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      int length = i;
      assertThrows(
          CorruptChunkException.class,
          () -> ChunkCodec.decode(encoded.ref(), ByteBuffer.wrap(changed)));
      assertThrows(
          CorruptChunkException.class,
          () -> ChunkCodec.decode(encoded.ref(), ByteBuffer.wrap(bytes, 0, length)));
    }
  }

  @Test
  void inflatesNoByteMoreThanDeclared() {
    byte[] bomb = bytes(ChunkCodec.encode(ByteBuffer.wrap(new byte[1 << 20])).transported());
    ChunkRef lie = zstd(Digest.of(new byte[1000]), 1000, bomb);

    CorruptChunkException refusal =
        assertThrows(
            CorruptChunkException.class, () -> ChunkCodec.decode(lie, ByteBuffer.wrap(bomb)));

    assertTrue(refusal.toString().contains("does not inflate"), refusal.toString());
  }

  @Test
  void refusesAFrameThatInflatesToTooLittle() {
    byte[] frame = bytes(ChunkCodec.encode(ByteBuffer.wrap(new byte[1000])).transported());
    ChunkRef lie = zstd(Digest.of(new byte[1001]), 1001, frame);

    assertThrows(CorruptChunkException.class, () -> ChunkCodec.decode(lie, ByteBuffer.wrap(frame)));
  }

  @Test
  void refusesAFrameOfOtherContent() {
    byte[] frame = bytes(ChunkCodec.encode(ByteBuffer.wrap(new byte[1000])).transported());
    ChunkRef lie = zstd(Digest.of(text(1000)), 1000, frame);

    assertThrows(CorruptChunkException.class, () -> ChunkCodec.decode(lie, ByteBuffer.wrap(frame)));
  }

  @Test
  void refusesWhatIsNoFrame() {
    byte[] noise = noise(500);
    ChunkRef lie = zstd(Digest.of(text(1000)), 1000, noise);

    assertThrows(CorruptChunkException.class, () -> ChunkCodec.decode(lie, ByteBuffer.wrap(noise)));
  }

  private static ChunkRef zstd(Digest plain, int plainLength, byte[] frame) {
    return new ChunkRef(plain, plainLength, Encoding.ZSTD, Digest.of(frame), frame.length);
  }

  private static ByteBuffer directCopy(ByteBuffer buffer) {
    return ByteBuffer.allocateDirect(buffer.remaining()).put(buffer.duplicate()).flip();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] text(int length) {
    byte[] line = "the quick brown fox jumps over the lazy dog\n".getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = line[i % line.length];
    }
    return text;
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }
}
