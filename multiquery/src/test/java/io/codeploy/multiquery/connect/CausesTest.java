package io.codeploy.multiquery.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void tellsTheInnermostMessageOnOneLine() {
    assertEquals(
        "no route", Causes.text(new IOException("it\nbroke", new IOException("no\n  route"))));
    assertEquals("it broke", Causes.text(new IOException("it\nbroke", new IOException())));
  }

  @Test
  void namesTheClassOfWhatSaysNothing() {
    assertEquals("ClosedChannelException", Causes.text(new ClosedChannelException()));
  }
}
