package io.codeploy.multicopy.source;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of bytes that are made of a tree once for all nodes, as long as there is room; after that
 * they are made anew for each node. For any number of threads; who needs what another is making
 * waits for it.
 */
public final class Shelf {
  private final AtomicReferenceArray<@Nullable FutureTask<byte[]>> pieces;
  private final AtomicLong room;

  /** Makes a piece. */
  @FunctionalInterface
  public interface Maker {
    byte[] make() throws IOException;
  }

  /**
   * An empty one.
   *
   * @param room bytes that may be held, here and on all shelves that have the same
   */
  Shelf(int pieces, AtomicLong room) {
    this.pieces = new AtomicReferenceArray<>(pieces);
    this.room = room;
  }

  /**
   * The piece at {@code index}. A failure is not kept: it may have passed when the next one asks.
   *
   * @param bytes about as many as it has
   */
  public byte[] get(int index, long bytes, Maker maker) throws IOException {
    FutureTask<byte[]> known = pieces.get(index);
    if (known == null) {
      if (room.addAndGet(-bytes) < 0) {
        room.addAndGet(bytes);
        return maker.make();
      }
      FutureTask<byte[]> fresh = new FutureTask<>(maker::make);
      known = pieces.compareAndExchange(index, null, fresh);
      if (known == null) {
        known = fresh;
        fresh.run();
        if (fresh.state() == FutureTask.State.FAILED && pieces.compareAndSet(index, fresh, null)) {
          room.addAndGet(bytes);
        }
      } else {
        room.addAndGet(bytes);
      }
    }
    return Sources.uninterrupted(known);
  }
}
