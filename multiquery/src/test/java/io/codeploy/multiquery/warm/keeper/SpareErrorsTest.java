package io.codeploy.multiquery.warm.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpareErrorsTest {
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final SpareErrors errors = new SpareErrors(passed, "[unused]");

  private void write(String text) throws IOException {
    errors.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void nothingIsNotTheWord() throws IOException {
    assertFalse(errors.takeUnused());
  }

  @Test
  void knowsTheWordHoweverItIsCut() throws IOException {
    write("[un");
    write("used");
    errors.write(']');

    assertTrue(errors.takeUnused());
    errors.close();
    assertEquals("", passed.toString(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[unused", "[unused] ", "x[unused]", "[unusual]", "["})
  void passesOnEverythingElse(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      errors.write(text.charAt(i));
    }

    assertFalse(errors.takeUnused());
    errors.close();
    assertEquals(text, passed.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void passesOnTheWordIfNobodyAsksForIt() throws IOException {
    write("[unused]");

    errors.close();

    assertEquals("[unused]", passed.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void passesOnTheWordAfterSomethingElse() throws IOException {
    write("so: ");
    write("[unused]");

    assertFalse(errors.takeUnused());
    assertEquals("so: [unused]", passed.toString(StandardCharsets.US_ASCII));
  }
}
