package io.codeploy.multicopy.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqueezedInputTest {
  private static final int SIZE = 3_000_001;

  private final Clock clock = new Clock();

  private static final class Clock implements TimeSource {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }
  }

  private static byte[] text() {
    byte[] line = "a line of text, as there are many\n".getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      text[i] = line[i % line.length];
    }
    return text;
  }

  /** Reads it over a link that takes so long for each byte. */
  private byte[] over(InputStream in, int nanosPerByte) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[32_000];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      clock.sleep(Duration.ofNanos((long) n * nanosPerByte));
    }
    return out.toByteArray();
  }

  private InputStream squeezed(byte[] content, Codec codec, boolean always) {
    return new SqueezedInput(new ByteArrayInputStream(content), codec, 0.5, always, clock);
  }

  private static byte[] undone(byte[] sent, Codec codec) throws IOException {
    InputStream in = new ByteArrayInputStream(sent);
    try (InputStream plain =
        codec == Codec.ZSTD
            ? new ZstdInputStream(in).setContinuous(false)
            : new GZIPInputStream(in)) {
      return plain.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void arrivesWholeOverAFastLinkAndIsNotCompressed(Codec codec) throws IOException {
    byte[] sent = over(squeezed(text(), codec, false), 1);

    assertTrue(sent.length > SIZE, sent.length + " bytes");
    assertArrayEquals(text(), undone(sent, codec));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void isCompressedOverASlowLink(Codec codec) throws IOException {
    byte[] sent = over(squeezed(text(), codec, false), 1000);

    assertTrue(sent.length < SIZE / 5, sent.length + " bytes");
    assertArrayEquals(text(), undone(sent, codec));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void isNotCompressedForLongWhereThatMakesItNoSmaller(Codec codec) throws IOException {
    byte[] dense = new byte[SIZE];
    new Random(3).nextBytes(dense);
    byte[] sent = over(squeezed(dense, codec, false), 1000);

    assertTrue(sent.length > SIZE, sent.length + " bytes");
    assertArrayEquals(dense, undone(sent, codec));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void isCompressedAlwaysWhenAskedFor(Codec codec) throws IOException {
    byte[] sent = over(squeezed(text(), codec, true), 0);

    assertTrue(sent.length < SIZE / 10, sent.length + " bytes");
    assertArrayEquals(text(), undone(sent, codec));
  }

  @Test
  void takesTheBestThatTheNodeHas() {
    assertEquals(Optional.of(Codec.ZSTD), Compression.AUTO.codec(Set.of("zstd", "gzip")::contains));
    assertEquals(Optional.of(Codec.GZIP), Compression.AUTO.codec(Set.of("gzip")::contains));
    assertEquals(Optional.empty(), Compression.AUTO.codec(Set.of("tar")::contains));
    assertEquals(Optional.empty(), Compression.ZSTD.codec(Set.of("gzip")::contains));
    assertEquals(Optional.of(Codec.GZIP), Compression.GZIP.codec(Set.of("gzip")::contains));
    assertEquals(Optional.empty(), Compression.NONE.codec(Set.of("zstd")::contains));
  }

  @Test
  void leavesAloneWhatIsDenseOrLittle() throws IOException {
    byte[] dense = new byte[100_000];
    new Random(4).nextBytes(dense);
    byte[] little = Arrays.copyOf(text(), 1000);
    Squeezer squeezer = new Squeezer(Compression.AUTO, Set.of("zstd")::contains, clock);

    for (byte[] content : new byte[][] {dense, little}) {
      Squeezer.Sent sent = squeezer.of(new ByteArrayInputStream(content));
      assertEquals("", sent.undo());
      assertArrayEquals(content, sent.stream().readAllBytes());
    }
    assertEquals("zstd -dcq", squeezer.of(new ByteArrayInputStream(text())).undo());
  }

  @Test
  void losesNothingOfWhatItLookedAt() throws IOException {
    Squeezer squeezer = new Squeezer(Compression.GZIP, Set.of("gzip")::contains, clock);

    Squeezer.Sent sent = squeezer.of(new ByteArrayInputStream(text()));

    assertArrayEquals(text(), undone(sent.stream().readAllBytes(), Codec.GZIP));
  }
}
