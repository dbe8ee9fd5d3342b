package io.codeploy.chunkcache.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ZstdStreamsTest {
  private static final byte[] PLAIN = repeated(FastCdcTest.noise(100_000), 30);

  @Test
  void givesBackTheBytes() throws Exception {
    byte[] frame = deflate(PLAIN);

    assertTrue(frame.length < PLAIN.length / 10);
    assertArrayEquals(PLAIN, inflate(frame));
  }

  @Test
  void givesBackNothing() throws Exception {
    assertArrayEquals(new byte[0], inflate(deflate(new byte[0])));
  }

  @Test
  void failsWhereTheFrameIsCut() throws Exception {
    byte[] frame = deflate(PLAIN);

    for (int length : new int[] {1, 5, 1000, frame.length - 1}) {
      assertThrows(IOException.class, () -> inflate(Arrays.copyOf(frame, length)));
    }
  }

  @Test
  void refusesAWindowThatWouldTakeMuchMemory() throws Exception {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(frame, 3).setWindowLog(26)) {
      out.write(PLAIN);
    }

    assertThrows(IOException.class, () -> inflate(frame.toByteArray()));
  }

  private static byte[] deflate(byte[] plain) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (OutputStream out = ZstdStreams.deflate(frame)) {
      out.write(plain);
    }
    return frame.toByteArray();
  }

  private static byte[] inflate(byte[] frame) throws IOException {
    try (InputStream in = ZstdStreams.inflate(new ByteArrayInputStream(frame))) {
      return in.readAllBytes();
    }
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
    }
    return all;
  }
}
