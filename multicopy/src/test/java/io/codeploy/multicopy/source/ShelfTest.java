package io.codeploy.multicopy.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShelfTest {
  private final AtomicInteger made = new AtomicInteger();

  private byte[] make() {
    made.incrementAndGet();
    return new byte[10];
  }

  @Test
  void makesAPieceOnce() throws IOException {
    Shelf shelf = new Shelf(2, new AtomicLong(100));

    assertSame(shelf.get(1, 10, this::make), shelf.get(1, 10, this::make));
    assertEquals(1, made.get());
  }

  @Test
  void makesAPieceEachTimeWhereThereIsNoRoom() throws IOException {
    AtomicLong room = new AtomicLong(15);
    byte[] kept = new Shelf(1, room).get(0, 10, this::make);
    Shelf shelf = new Shelf(1, room);

    assertNotSame(shelf.get(0, 10, this::make), shelf.get(0, 10, this::make));
    assertEquals(3, made.get());
    assertEquals(5, room.get());
    assertEquals(10, kept.length);
  }

  @Test
  void makesAPieceAnewWhereItFailed() throws IOException {
    AtomicLong room = new AtomicLong(15);
    Shelf shelf = new Shelf(1, room);
    Shelf.Maker failing =
        () -> {
          made.incrementAndGet();
          throw new IOException("no");
        };

    assertThrows(IOException.class, () -> shelf.get(0, 10, failing));
    assertEquals(15, room.get());
    assertSame(shelf.get(0, 10, this::make), shelf.get(0, 10, this::make));
    assertEquals(2, made.get());
    assertEquals(5, room.get());
  }
}
