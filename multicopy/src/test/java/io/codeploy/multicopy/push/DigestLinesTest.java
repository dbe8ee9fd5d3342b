package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DigestLinesTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static Map<String, String> read(String wire) throws IOException {
    Map<String, String> read = new TreeMap<>();
    try (DigestLines lines = new DigestLines(read::put)) {
      lines.write(Wire.bytes(wire));
    }
    return read;
  }

  @Test
  void readsNamesOfAnyBytes() throws IOException {
    assertEquals(
        Map.of("./a b \u00ff", DIGEST, "./-c", DIGEST),
        read(DIGEST + "  ./a b \u00ff\n" + DIGEST + " *./-c\n"));
  }

  @Test
  void passesOverEverythingElse() throws IOException {
    assertEquals(
        Map.of("./x", DIGEST),
        read(
            "Welcome!\n\n\\"
                + DIGEST
                + "  ./a\\nb\n"
                + DIGEST.substring(1)
                + "  ./y\n"
                + "z".repeat(200_000)
                + "\n"
                + DIGEST
                + "  ./x\n"
                + DIGEST
                + "  ./unfinished"));
  }
}
