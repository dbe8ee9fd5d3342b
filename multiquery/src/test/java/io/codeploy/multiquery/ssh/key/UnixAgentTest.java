package io.codeploy.multiquery.ssh.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.HostSettings;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that answers as told. */
class UnixAgentTest {
  @TempDir Path directory;
  private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
  private ServerSocketChannel server;

  /** What the agent does with a request. */
  private interface Answering {
    byte[] answer(byte[] request) throws InterruptedException;
  }

  @BeforeEach
  void listen() throws Exception {
    JdkSecurity.register();
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void hangUp() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private Path socket() {
    return directory.resolve("agent");
  }

  private void serve(Answering answering) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  SocketChannel client = server.accept();
                  clients.add(client);
                  Thread.ofVirtual().start(() -> serve(client, answering));
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
  }

  private static void serve(SocketChannel client, Answering answering) {
    try (client) {
      var in = Channels.newInputStream(client);
      while (true) {
        byte[] head = in.readNBytes(Integer.BYTES);
        if (head.length < Integer.BYTES) {
          return;
        }
        byte[] answer = answering.answer(in.readNBytes(ByteBuffer.wrap(head).getInt()));
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + answer.length);
        out.putInt(answer.length).put(answer).flip();
        while (out.hasRemaining()) {
          client.write(out);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The test is over.
    }
  }

  private static byte[] list(byte[]... blobs) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putByte((byte) 12);
    buffer.putInt(blobs.length);
    for (byte[] blob : blobs) {
      buffer.putBytes(blob);
      buffer.putString("comment");
    }
    return buffer.getCompactData();
  }

  private static byte[] blob() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(pair.getPublic());
    return buffer.getCompactData();
  }

  private static byte[] unknownBlob() {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putString("ssh-kind-to-come");
    buffer.putBytes(new byte[] {1, 2, 3});
    return buffer.getCompactData();
  }

  @Test
  void listsManyKeysAndLeavesOutUnknownKinds() throws Exception {
    List<byte[]> blobs = new ArrayList<>(List.of(unknownBlob()));
    for (int i = 0; i < 200; i++) {
      blobs.add(blob());
    }
    serve(request -> list(blobs.toArray(byte[][]::new)));

    try (UnixAgent agent = new UnixAgent(socket())) {
      assertEquals(200, agent.keys().size());
    }
  }

  @Test
  void isNotHeldUpByARequestThatWaits() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    serve(
        request -> {
          if (first.getCount() > 0) {
            first.countDown();
            go.await();
          }
          return list();
        });
    try (UnixAgent agent = new UnixAgent(socket())) {
      FutureTask<Integer> waiting = new FutureTask<>(() -> agent.keys().size());
      Thread.ofVirtual().start(waiting);
      first.await();

      assertEquals(0, agent.keys().size());

      go.countDown();
      assertEquals(0, waiting.get());
    }
  }

  @Test
  void closingEndsARequestThatWaits() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    serve(
        request -> {
          asked.countDown();
          never.await();
          return list();
        });
    UnixAgent agent = new UnixAgent(socket());
    FutureTask<Integer> waiting = new FutureTask<>(() -> agent.keys().size());
    Thread.ofVirtual().start(waiting);
    asked.await();

    agent.close();

    assertThrows(ExecutionException.class, waiting::get);
  }

  @Test
  void connectsAnewAfterTheAgentHungUp() throws Exception {
    serve(request -> list());
    try (UnixAgent agent = new UnixAgent(socket())) {
      assertEquals(0, agent.keys().size());
      hangUp();
      assertEquals(0, agent.keys().size());
    }
  }

  @Test
  void doesWithoutAnAgentThatDoesNotAnswer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    serve(
        request -> {
          never.await();
          return list();
        });
    HostSettings.Keys keys =
        new HostSettings.Keys(List.of(), List.of(), false, false, Optional.of(socket()));
    try (Identities identities = new Identities(Duration.ofMillis(50))) {
      List<String> remarks = new ArrayList<>();
      Deadline noLimit = Deadline.after(TimeSource.system(), Duration.ZERO);

      assertEquals(List.of(), identities.held(keys, noLimit, remarks));
      assertEquals(List.of(), identities.held(keys, noLimit, remarks));

      assertTrue(remarks.getFirst().contains("does not answer"), remarks.toString());
    }
  }
}
