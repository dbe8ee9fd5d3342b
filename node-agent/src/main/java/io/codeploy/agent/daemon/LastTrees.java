package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.store.Pin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the chunks of the trees that were deployed last, so that the way back to the one before is
 * short. The same tree again counts once. Safe for use by many threads.
 */
final class LastTrees {
  private static final int HELD = 2;

  private final ReentrantLock lock = new ReentrantLock();

  /** By the digest of the manifest, the last one at the end. Guarded by {@link #lock}. */
  private final LinkedHashMap<Digest, Pin> pins = new LinkedHashMap<>();

  /** The tree of {@code manifest}, whose chunks {@code pin} holds, is the last one now. */
  void add(Digest manifest, Pin pin) {
    lock.lock();
    try {
      Optional.ofNullable(pins.remove(manifest)).ifPresent(Pin::close);
      pins.put(manifest, pin);
      if (pins.size() > HELD) {
        Iterator<Pin> oldest = pins.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }
}
