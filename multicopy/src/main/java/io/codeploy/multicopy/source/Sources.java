package io.codeploy.multicopy.source;

import io.codeploy.multiquery.fanout.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sources of a run: each is listed, and each of its files digested, once for all nodes. For any
 * number of threads; who needs what another is getting waits for it.
 */
public final class Sources {
  /** A file from which on its digest is worth a thread of its own. */
  private static final long AHEAD_BYTES = 1 << 20;

  /** What all shelves and reels together may hold. */
  private static final long KEPT_BYTES = 64 << 20;

  /** Its threads end when they have nothing to do, so that nobody has to. */
  private final Executor ahead = threads(Runtime.getRuntime().availableProcessors());

  private final MadeOnce<String, Optional<SourceTree>> trees;
  private final MadeOnce<SourceTree, String> treeDigests;
  private final MadeOnce<SourceEntry, String> digests;
  private final MadeOnce<SourceEntry, Optional<Runs>> runs;
  private final ConcurrentMap<Use, Shelf> shelves = new ConcurrentHashMap<>();
  private final ConcurrentMap<Object, FutureTask<Optional<Reel>>> reels = new ConcurrentHashMap<>();
  private final AtomicLong room = new AtomicLong(KEPT_BYTES);

  private record Use(SourceTree tree, String purpose) {}

  /**
   * None is read before it is asked for.
   *
   * @param exclusion what is in none of them
   * @param details what else is known of their entries
   */
  public Sources(Exclusion exclusion, Set<Detail> details, TimeSource time) {
    this.treeDigests = new MadeOnce<>(TreeDigest::of, time);
    this.digests = new MadeOnce<>(Digest::of, time);
    this.runs = new MadeOnce<>(Runs::of, time);
    this.trees = new MadeOnce<>(path -> SourceTree.list(Path.of(path), exclusion, details), time);
  }

  /** The source at {@code path}, as it was when it was first asked for; empty if it is excluded. */
  public Optional<SourceTree> tree(String path) throws IOException, InterruptedException {
    return result(() -> trees.get(path));
  }

  /** Begins to list the source at {@code path}, so that it is there when it is asked for. */
  public void prepare(String path) {
    trees.begin(path, ahead);
  }

  /** By which a node tells that it has all of {@code tree}, and nothing else. */
  public String digest(SourceTree tree) throws IOException, InterruptedException {
    return result(() -> treeDigests.get(tree));
  }

  /** Where {@code file} has something other than zeros; empty if it seems to have it all over. */
  public Optional<Runs> runs(SourceEntry file) throws IOException, InterruptedException {
    return result(() -> runs.get(file));
  }

  /** The digest of {@code file} is known from elsewhere. */
  public void known(SourceEntry file, String digest) {
    digests.offer(file, digest);
  }

  /** Begins with the digest of a large {@code file}, so that it is there when it is needed. */
  public void prepare(SourceEntry file) {
    if (file.size() >= AHEAD_BYTES) {
      digests.begin(file, ahead);
    }
  }

  /** SHA-256 of {@code file}, which has not changed since it was listed, in hexadecimal. */
  public String digest(SourceEntry file) throws IOException, InterruptedException {
    return result(() -> digests.get(file));
  }

  /** The content of {@code file} is here: its digest is made of that. */
  public void digest(SourceEntry file, byte[] bytes, int offset) {
    if (digests.find(file).isEmpty()) {
      digests.offer(file, Digest.of(bytes, offset, (int) file.size()));
    }
  }

  /** What {@link #digest(SourceEntry)} has returned before. */
  public String known(SourceEntry file) {
    return digests
        .find(file)
        .orElseThrow(() -> new IllegalStateException(file.path() + " was not digested"));
  }

  /** The one place for so many pieces, made of {@code tree} for {@code purpose}. */
  public Shelf shelf(SourceTree tree, String purpose, int pieces) {
    return shelves.computeIfAbsent(new Use(tree, purpose), use -> new Shelf(pieces, room));
  }

  /** Begins a stream. */
  @FunctionalInterface
  public interface Opener {
    Reel.Maker open() throws IOException;
  }

  /**
   * The one stream for {@code purpose}, which a thread of its own makes; empty where there was no
   * room for it, and once making it has failed: what it failed with may have passed since.
   *
   * @param bytes about as many as it has
   */
  public Optional<Reel> reel(Object purpose, long bytes, Opener opener)
      throws IOException, InterruptedException {
    FutureTask<Optional<Reel>> begun =
        reels.computeIfAbsent(
            purpose, any -> new FutureTask<>(() -> begin(purpose, bytes, opener)));
    begun.run();
    return result(begun::get);
  }

  private Optional<Reel> begin(Object purpose, long bytes, Opener opener) throws IOException {
    if (room.addAndGet(-bytes) < 0) {
      room.addAndGet(bytes);
      return Optional.empty();
    }
    boolean begun = false;
    try {
      Reel.Maker maker = opener.open();
      Reel reel = new Reel(maker.form());
      Thread.ofPlatform()
          .daemon()
          .name("multicopy-reel")
          .start(() -> reel.make(maker, () -> drop(purpose, bytes)));
      begun = true;
      return Optional.of(reel);
    } finally {
      if (!begun) {
        drop(purpose, bytes);
      }
    }
  }

  private void drop(Object purpose, long bytes) {
    reels.put(purpose, new FutureTask<>(Optional::empty));
    room.addAndGet(bytes);
  }

  /** The result of a task that somebody runs. */
  static <T> T uninterrupted(FutureTask<T> task) throws IOException {
    try {
      return result(task::get);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a source was read");
    }
  }

  private static Executor threads(int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("multicopy-ahead").factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Waits for something that is made once. */
  @FunctionalInterface
  private interface Waiting<T> {
    T get() throws ExecutionException, InterruptedException;
  }

  private static <T> T result(Waiting<T> made) throws IOException, InterruptedException {
    try {
      return made.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
