package io.codeploy.multicopy.source;

import io.codeploy.multicopy.progress.Amount;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream that one thread makes once, piece by piece and as fast as it can, for any number of
 * readers, who wait for what is not made yet. What making it fails with, all of them get.
 */
public final class Reel {
  private final String form;

  /** Guards the fields below; held over nothing. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition more = lock.newCondition();
  private final List<Piece> pieces = new ArrayList<>();
  private String seal = "";
  private boolean ended;
  private @Nullable Throwable failure;

  /**
   * Some of the stream.
   *
   * @param carried files that end in it, and bytes of contents
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Piece(byte[] bytes, Amount carried) {}

  /** Makes the stream; is closed at its end, or where it fails. */
  public interface Maker extends Closeable {
    /** What its readers have to know of it. */
    String form();

    /** The next piece; empty at the end. */
    Optional<Piece> next() throws IOException;

    /** What its readers have to know of all of it, once, after the end. */
    String seal();
  }

  Reel(String form) {
    this.form = form;
  }

  /** What its maker says of it. */
  public String form() {
    return form;
  }

  /**
   * Makes all of it.
   *
   * @param failed called before readers see that it fails
   */
  void make(Maker maker, Runnable failed) {
    try (maker) {
      for (Optional<Piece> made = maker.next(); made.isPresent(); made = maker.next()) {
        add(made.get());
      }
      seal(maker.seal());
    } catch (IOException | RuntimeException | Error e) {
      failed.run();
      end(e);
      return;
    }
    end(null);
  }

  private void seal(String told) {
    lock.lock();
    try {
      seal = told;
    } finally {
      lock.unlock();
    }
  }

  private void add(Piece piece) {
    lock.lock();
    try {
      pieces.add(piece);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable thrown) {
    lock.lock();
    try {
      failure = thrown;
      ended = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What its maker says of all of it; empty before the end was read. */
  public String seal() {
    lock.lock();
    try {
      return seal;
    } finally {
      lock.unlock();
    }
  }

  /** The piece at {@code index}; empty behind the last. Blocks until that is known. */
  public Optional<Piece> piece(int index) throws IOException {
    lock.lock();
    try {
      while (pieces.size() <= index && !ended) {
        more.await();
      }
      if (index < pieces.size()) {
        return Optional.of(pieces.get(index));
      }
      check();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a source was read");
    } finally {
      lock.unlock();
    }
  }

  private void check() throws IOException {
    if (failure instanceof IOException failed) {
      throw failed;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
