package io.codeploy.multiquery.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.Poll;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSocketIT {
  @TempDir Path directory;
  private final List<Thread> started = new ArrayList<>();
  private ServerSocketChannel server;
  private SocketWatch watch;

  @BeforeEach
  void listen() throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path()));
    watch = SocketWatch.start();
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
    server.close();
  }

  private Path path() {
    return directory.resolve("s");
  }

  private <T> FutureTask<T> begin(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    started.add(Thread.ofVirtual().start(task));
    return task;
  }

  /** Also in a system call a thread would wait; there it is not to be. */
  private void awaitWaiting() {
    Poll.until(
        "all wait", () -> started.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
  }

  private static void failsWith(Class<? extends Throwable> cause, FutureTask<?> task) {
    ExecutionException thrown = assertThrows(ExecutionException.class, task::get);
    assertTrue(cause.isInstance(thrown.getCause()), thrown.toString());
  }

  private static byte[] readAll(LocalSocket from) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(8 << 20);
    while (from.read(in) >= 0) {}
    byte[] bytes = new byte[in.flip().remaining()];
    in.get(bytes);
    return bytes;
  }

  @Test
  void carriesMoreThanTheKernelHoldsBothWaysAtOnce() throws Exception {
    byte[] there = new byte[4 << 20];
    byte[] back = new byte[4 << 20];
    new Random(1).nextBytes(there);
    new Random(2).nextBytes(back);
    try (LocalSocket client = LocalSocket.connect(path(), watch);
        LocalSocket served = new LocalSocket(server.accept(), watch)) {
      FutureTask<byte[]> arrived = begin(() -> readAll(served));
      FutureTask<byte[]> returned = begin(() -> readAll(client));
      FutureTask<Integer> sent = begin(() -> client.write(ByteBuffer.wrap(there)));
      FutureTask<Integer> answered = begin(() -> served.write(ByteBuffer.wrap(back)));
      assertEquals(there.length, sent.get());
      assertEquals(back.length, answered.get());
      client.shutdownOutput();
      served.shutdownOutput();

      assertArrayEquals(there, arrived.get());
      assertArrayEquals(back, returned.get());
    }
  }

  @Test
  void tellsEachOfManyWhatIsItsOwn() throws Exception {
    int many = 200;
    List<SocketChannel> others = new ArrayList<>();
    List<FutureTask<Byte>> readers = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      LocalSocket socket = LocalSocket.connect(path(), watch);
      others.add(server.accept());
      readers.add(
          begin(
              () -> {
                ByteBuffer one = ByteBuffer.allocate(1);
                socket.read(one);
                return one.get(0);
              }));
    }
    for (int i = many - 1; i >= 0; i--) {
      others.get(i).write(ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    for (int i = 0; i < many; i++) {
      assertEquals((byte) i, readers.get(i).get());
    }
    for (SocketChannel other : others) {
      other.close();
    }
  }

  @Test
  void seesTheEndOfTheOtherEnd() throws Exception {
    try (LocalSocket client = LocalSocket.connect(path(), watch);
        SocketChannel other = server.accept()) {
      FutureTask<Integer> reader = begin(() -> client.read(ByteBuffer.allocate(1)));
      awaitWaiting();

      other.close();

      assertEquals(-1, reader.get());
    }
  }

  @Test
  void closingEndsWhoWaitsAndIsSeenAtTheOtherEnd() throws Exception {
    try (LocalSocket client = LocalSocket.connect(path(), watch);
        SocketChannel other = server.accept()) {
      FutureTask<Integer> reader = begin(() -> client.read(ByteBuffer.allocate(1)));
      FutureTask<Integer> writer = begin(() -> client.write(ByteBuffer.allocate(8 << 20)));
      awaitWaiting();

      client.close();

      failsWith(IOException.class, reader);
      failsWith(IOException.class, writer);
      ByteBuffer rest = ByteBuffer.allocate(16 << 20);
      while (other.read(rest) >= 0) {}
      assertThrows(IOException.class, () -> client.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void interruptionClosesIt() throws Exception {
    try (LocalSocket client = LocalSocket.connect(path(), watch);
        SocketChannel other = server.accept()) {
      FutureTask<Integer> reader = begin(() -> client.read(ByteBuffer.allocate(1)));
      awaitWaiting();

      started.getFirst().interrupt();

      failsWith(ClosedByInterruptException.class, reader);
      assertFalse(client.isOpen());
      assertEquals(-1, other.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void closingTheWatchClosesItsSocketsAndEndsItsThread() throws Exception {
    LocalSocket client = LocalSocket.connect(path(), watch);
    try (SocketChannel other = server.accept()) {
      FutureTask<Integer> reader = begin(() -> client.read(ByteBuffer.allocate(1)));
      awaitWaiting();

      watch.close();

      failsWith(IOException.class, reader);
      assertEquals(-1, other.read(ByteBuffer.allocate(1)));
      assertThrows(IOException.class, () -> LocalSocket.connect(path(), watch));
    }
  }

  @Test
  void aSocketThatIsReadAfterTheWatchWasClosedDoesNotWait() throws Exception {
    LocalSocket client = LocalSocket.connect(path(), watch);
    try (SocketChannel other = server.accept()) {
      watch.close();

      assertThrows(IOException.class, () -> client.read(ByteBuffer.allocate(1)));
      assertEquals(-1, other.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void knowsWhoIsAtTheOtherEnd() throws Exception {
    try (LocalSocket client = LocalSocket.connect(path(), watch);
        SocketChannel other = server.accept()) {
      assertEquals(System.getProperty("user.name"), client.peer().getName());
    }
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    server.close();

    assertThrows(IOException.class, () -> LocalSocket.connect(path(), watch));
    assertThrows(IOException.class, () -> LocalSocket.connect(directory.resolve("no"), watch));
  }
}
